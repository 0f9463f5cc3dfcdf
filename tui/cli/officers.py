"""``tasking officers``: a proposal for the extra ward officers, moved by hand, with what every move costs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.composite import WardFigures, weigh
from core.errors import NotFound, Refused
from core.officers import Edit, Limits, Move, Place, edited, proposal
from core.releases import dashed
from core.text import counted, plain
from db.composite import parts
from tui.cli.common import choice, existing, number, print_json, print_table, say
from tui.cli.priority import weights_of

_EDIT = re.compile(r"(.+?)\s*=\s*([+-][0-9]{1,4})")


@dataclass(frozen=True)
class Options:
    """The options as they were typed; ``wards`` None stands for every ward."""

    total: int
    by: str
    floor: int
    cap: int
    wards: int | None
    edits: tuple[str, ...]
    weights: Path | None
    release: str | None


@dataclass(frozen=True)
class _Placed:
    """A proposal with its edits: wards in the order of their need, posts as proposed and as edited."""

    release: str
    months: tuple[str, ...]
    wards: tuple[WardFigures, ...]
    needs: Mapping[str, float]
    proposed: Mapping[str, Place]
    posts: Mapping[str, int]
    moves: tuple[Move, ...]


def run(path: Path | None, options: Options, *, json: bool) -> None:
    """Propose where the posts go, edit the proposal, print it. Raises NotFound, Refused; stores nothing."""
    choice("--by", options.by, ("harm", "composite"))
    edits = [_edit(text) for text in options.edits]
    placed = _placed(path, options, edits)
    if json:
        print_json(_as_json(placed, options))
    else:
        _print(placed, options)


def _edit(text: str) -> tuple[str, int]:
    import typer

    found = _EDIT.fullmatch(text.strip())
    if found is None:
        raise typer.BadParameter(f"'{text}'; write WARD=+1 or WARD=-1", param_hint="--edit")
    return found[1].strip(), int(found[2])


def _placed(path: Path | None, options: Options, edits: Sequence[tuple[str, int]]) -> _Placed:
    found = parts(existing(path), options.release)
    ranked = weigh(found.wards, weights_of(options.weights))
    scores = {one.ward.ward_code: one.score for one in ranked}
    ordered = sorted((one.ward for one in ranked), key=lambda ward: (-_need(ward, scores, options.by), ward.ward_code))
    wards = tuple(ordered[: options.wards])
    if not wards:
        raise NotFound(f"No ward has a count in release {found.release.name}; choose another with --release.")
    needs = {ward.ward_code: _need(ward, scores, options.by) for ward in wards}
    limits = Limits(options.floor, options.cap)
    proposed = proposal(needs, options.total, limits)
    by_hand = [Edit(_ward_code(name, wards, ordered), change) for name, change in edits]
    harm = {ward.ward_code: ward.harm for ward in wards}
    posts, moves = edited({code: place.posts for code, place in proposed.items()}, harm, by_hand, limits)
    return _Placed(found.release.name, found.months, wards, needs, proposed, posts, moves)


def _need(ward: WardFigures, scores: Mapping[str, float], by: str) -> float:
    return ward.harm if by == "harm" else scores[ward.ward_code]


def _ward_code(name: str, wards: Sequence[WardFigures], every: Sequence[WardFigures]) -> str:
    """The code of a ward named by its code or its name. Raises Refused, NotFound."""
    asked = name.casefold()
    found = [ward for ward in wards if asked in (ward.ward_code.casefold(), ward.ward.casefold())]
    if len(found) == 1:
        return found[0].ward_code
    if found:
        which = ", ".join(f"{ward.ward_code} ({ward.borough})" for ward in found)
        raise Refused(f"More than one ward is called '{name}': {which}. Name one by its code.", "Not moved")
    if any(asked in (ward.ward_code.casefold(), ward.ward.casefold()) for ward in every):
        raise NotFound(f"Ward '{name}' is not among the first {len(wards)}; take more wards with --wards.")
    raise NotFound(f"There is no ward '{name}' in the release; name one by its code, as {wards[0].ward_code}.")


def _as_json(placed: _Placed, options: Options) -> dict[str, Any]:
    return {
        "release": placed.release,
        "months": [dashed(month) for month in placed.months],
        "total": sum(placed.posts.values()),
        "by": options.by,
        "floor": options.floor,
        "cap": options.cap,
        "wards": len(placed.wards),
        "entries": [_entry(ward, placed) for ward in placed.wards],
        "moves": [
            {
                "from": move.source,
                "to": move.target,
                "days_given_up": round(move.given_up, 1),
                "days_gained": round(move.gained, 1),
                "cost": round(move.cost, 1),
            }
            for move in placed.moves
        ],
    }


def _entry(ward: WardFigures, placed: _Placed) -> dict[str, Any]:
    code = ward.ward_code
    return {
        "ward_code": code,
        "ward": ward.ward,
        "borough": ward.borough,
        "harm": number(ward.harm),
        "need": round(placed.needs[code], 2),
        "share": round(placed.proposed[code].share, 4),
        "proposed": placed.proposed[code].posts,
        "officers": placed.posts[code],
    }


def _print(placed: _Placed, options: Options) -> None:
    shown = [ward for ward in placed.wards if placed.posts[ward.ward_code] or placed.proposed[ward.ward_code].posts]
    rows = [
        (
            ward.ward_code,
            ward.ward,
            ward.borough,
            f"{ward.harm:,.0f}",
            *([f"{placed.needs[ward.ward_code]:.1f}"] if options.by == "composite" else []),
            f"{placed.proposed[ward.ward_code].share:.2f}",
            placed.proposed[ward.ward_code].posts,
            *([_after(ward.ward_code, placed)] if placed.moves else []),
        )
        for ward in shown
    ]
    heads = (
        *("code", "ward", "borough", "harm (days)"),
        *(["score"] if options.by == "composite" else []),
        *("share", "officers"),
        *(["by hand"] if placed.moves else []),
    )
    print_table(heads, rows, right=range(3, len(heads)))
    _say_moves(placed)
    without = sum(not posts for posts in placed.posts.values())
    say(
        f"{counted(sum(placed.posts.values()), 'post')} in {counted(len(placed.wards) - without, 'ward')} of "
        f"{len(placed.wards):,}, in proportion to {options.by}, {options.floor} to {options.cap} a ward; on top of two "
        "dedicated ward officers and one PCSO in every ward."
    )
    span = f"{dashed(placed.months[0])} to {dashed(placed.months[-1])}"
    say(f"Release {plain(placed.release)}, {span}. A proposal: nothing is stored.")


def _after(code: str, placed: _Placed) -> str:
    change = placed.posts[code] - placed.proposed[code].posts
    return f"{placed.posts[code]} ({change:+d})" if change else str(placed.posts[code])


def _say_moves(placed: _Placed) -> None:
    names = {ward.ward_code: f"{plain(ward.ward)} ({ward.ward_code})" for ward in placed.wards}
    for move in placed.moves:
        effect = "costs" if move.cost > 0 else "gains"
        say(
            f"One post from {names[move.source]}, where it stood for {move.given_up:,.0f} days of harm, to "
            f"{names[move.target]}, where it stands for {move.gained:,.0f}: "
            f"{effect} {abs(move.cost):,.0f} days of harm per officer given up."
        )
