"""``tasking backtest``: how much of what followed the first places of a ranking held."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from core.backtest_picture import svg
from core.backtest_words import NO_MORE, Backtest, Step, percent
from core.days import day_of
from core.errors import Problem
from core.methods.v100 import METHOD as V100
from core.pools import pool_named
from db.store import Store
from db.store.owned import OnRecord, write_new
from db.store.viewings import export
from tui.cli import choices
from tui.cli.common import choice, existing, print_json, print_table, say
from tui.cli.days import day_of_option
from tui.printing import waiting


def run(
    path: Path | None,
    of: str,
    wards: Sequence[str | None],
    people: tuple[str | None, int | None, str | None],
    first: str,
    picture: Path | None,
    recipient: str,
    *,
    json: bool,
) -> None:
    """Work a backtest and print it; write its picture, for someone.

    wards: release, against, first and last month. people: day, days and pool. Raises a usage error, Problem, NotFound.
    """
    choice("--of", of, choices.backtests())
    firsts = firsts_of(first)
    _refuse_others(of, wards, people)
    if picture is not None:
        _check_place(picture)
    with existing(path) as store:
        what = f"the picture of a backtest of {of}"
        allowed = None if picture is None else export(store, what, "", picture, recipient)
        with waiting("Working the backtest") as step:
            found = _wards(store, wards, firsts, step) if of == "wards" else _people(store, people, firsts, step)
    if picture is not None and allowed is not None:
        _keep(picture, svg(found), allowed)
    if json:
        print_json(found.as_json())
    else:
        _print(found)
        if picture is not None:
            say(f"Picture: {picture}")


def _check_place(picture: Path) -> None:
    """Raise Problem before anything is worked where the picture cannot be written."""
    if picture.exists():
        raise Problem(f"{picture} is there already. Name another file.")
    if not picture.parent.is_dir():
        raise Problem(f"{picture} cannot be written: {picture.parent} is no folder. Name another place.")


def firsts_of(text: str) -> tuple[int, ...]:
    """Every n that was typed, in the order typed. Raises a usage error."""
    parts = [part.strip() for part in text.split(",")]
    for part in parts:
        if not (part.isascii() and part.isdigit() and len(part) <= 9 and int(part) > 0):
            raise typer.BadParameter(f"'{text}'; write numbers from 1 on, as 10,20,68", param_hint="--first")
    return tuple(dict.fromkeys(map(int, parts)))


def _refuse_others(of: str, wards: Sequence[str | None], people: Sequence[object]) -> None:
    names = {"wards": ("--release", "--against", "--from", "--to"), "people": ("--as-of", "--days", "--pool")}
    given = {"wards": wards, "people": people}
    other = "people" if of == "wards" else "wards"
    for name, value in zip(names[other], given[other], strict=True):
        if value is not None:
            raise typer.BadParameter(f"goes with --of {other}", param_hint=name)
    missing = [name for name, value in zip(names["wards"], wards, strict=True) if value is None]
    if of == "wards" and 0 < len(missing) < len(names["wards"]):
        raise typer.BadParameter(
            "is missing: give all four, or none of them for the latest releases", param_hint=missing[0]
        )


def _wards(store: Store, typed: Sequence[str | None], firsts: Sequence[int], step: Step) -> Backtest:
    from db import backtest_wards

    release, against, first, last = (one or "" for one in typed)
    what = backtest_wards.asked(store, release, against, first, last) if release else backtest_wards.usual(store)
    return backtest_wards.backtest(store, what, firsts, step=step)


def _people(
    store: Store, typed: tuple[str | None, int | None, str | None], firsts: Sequence[int], step: Step
) -> Backtest:
    from db import backtest_people

    day, days, pool = typed
    if pool is not None:
        choice("--pool", pool, choices.pools())
    chosen = V100.pool if pool is None else pool_named(pool)
    span = 365 if days is None else days
    if day is None:
        what = backtest_people.usual(store, chosen, span)
    else:
        what = backtest_people.Asked(day_of(day_of_option(day)), span, chosen)
    return backtest_people.backtest(store, what, firsts, step=step)


def _keep(path: Path, text: str, allowed: OnRecord) -> None:
    try:
        write_new(path, text, allowed)
    except FileExistsError:
        raise Problem(f"{path} is there already. Name another file.") from None
    except OSError as error:
        raise Problem(f"{path} cannot be written: {error.strerror}. Name another place.") from error


def _print(found: Backtest) -> None:
    for sentence in found.sentences:
        say(sentence)
    heads = ("ranking", "first", f"of {found.of}", "held", "best", "of best", "chance", "low", "high")
    rows = [
        (
            e.ranking, e.first, f"{e.pool:,}", percent(e.captured), percent(e.best), percent(e.of_best),
            percent(e.chance), percent(e.low), percent(e.high),
        )
        for e in found.entries
    ]  # fmt: skip
    print_table(heads, rows, right=range(1, len(heads)))
    _print_bands(found)
    say(found.gini_words)
    for sentence in found.beside[0].sentences if found.beside else ():
        say(sentence)
    _print_beside(found)
    for left in found.left_out:
        say(left.placed)
    say(NO_MORE)


def _print_beside(found: Backtest) -> None:
    if len(found.beside) < 2:
        return
    heads = (
        "ranking", "first", "named\nagain", "new in\nthe next", "just\nbelow", "they\nheld", "named\nagain", "children",
        "age not\nknown", "in custody", "throughout",
    )  # fmt: skip
    rows = [
        (
            one.ranking, one.first, one.named_again, one.next_new, one.below, percent(one.below_captured),
            one.below_named_again,
            *("?" if many is None else many
              for many in (one.children, one.age_unknown, one.custody, one.custody_throughout)),
        )
        for one in found.beside
    ]  # fmt: skip
    print_table(heads, rows, right=range(1, len(heads)))


def _print_bands(found: Backtest) -> None:
    bands = list(dict.fromkeys((one.first, one.last) for one in found.calibration))
    by = {(one.ranking, one.first, one.last): one for one in found.calibration}
    say(found.bands_words)
    rows = [
        (one.ranking, *(f"{by[one.ranking, *band].per_head:,.1f}" for band in bands if (one.ranking, *band) in by))
        for one in found.followed
    ]
    heads = ("ranking", *(f"{first}-{last}" for first, last in bands))
    print_table(heads, rows, right=range(1, len(heads)))
