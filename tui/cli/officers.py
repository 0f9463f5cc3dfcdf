"""``tasking officers``: a proposal for the extra ward officers, moved by hand, with what every move costs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.composite import WardFigures
from core.errors import NotFound, Refused
from core.localities import locality_of
from core.officers import ADOPTED, Edit, Limits, Move, edited, placed_words
from core.releases import dashed
from core.scope import Scope
from core.text import counted, plain
from db import officers
from db.areas import areas
from db.composite import no_ward, parts
from db.officers import Proposed, proposed, without_count
from db.store import Store
from tui.cli.choices import officer_needs, officer_wards
from tui.cli.common import choice, existing, number, print_json, print_table, say, say_not_counted, user
from tui.cli.priority import say_doubtful, weights_of
from tui.cli.releases import say_caveats
from tui.cli.source import release_asked

_ON_TOP = "; on top of two dedicated ward officers and one PCSO in every ward"
"""What every ward of London has beside them."""
_EDIT = re.compile(r"(.+?)\s*=\s*([+-][0-9]{1,4})")


@dataclass(frozen=True)
class Options:
    """The options as they were typed; ``wards`` None stands for every ward, ``among`` None for what fits the store."""

    total: int
    by: str
    among: str | None
    floor: int
    cap: int
    wards: int | None
    edits: tuple[str, ...]
    weights: Path | None
    release: str | None
    source: str
    doubtful: bool


@dataclass(frozen=True)
class _Edited:
    """A proposal with its edits: posts as edited, and the moves that led there."""

    given: Proposed
    posts: Mapping[str, int]
    moves: tuple[Move, ...]


def run(path: Path | None, options: Options, scope: Scope, *, keep: bool, json: bool) -> None:
    """Propose where the posts of the force go, edit the proposal, print the wards of a scope.

    keep: put the whole proposal in force. Raises NotFound, Refused.
    """
    choice("--by", options.by, officer_needs())
    if options.among is not None:
        choice("--among", options.among, officer_wards())
    edits = [_edit(text) for text in options.edits]
    with existing(path) as store:
        placed = _edited(store, options, edits)
        london = areas(store).london
        if keep:
            officers.keep(store, placed.given, user(), by_hand=placed.posts)
    if json:
        print_json(_as_json(placed, options, scope))
    else:
        _print(placed, options, scope, keep=keep, london=london)


def _edit(text: str) -> tuple[str, int]:
    import typer

    found = _EDIT.fullmatch(text.strip())
    if found is None:
        raise typer.BadParameter(f"'{text}'; write WARD=+1 or WARD=-1", param_hint="--edit")
    return found[1].strip(), int(found[2])


def _edited(store: Store, options: Options, edits: Sequence[tuple[str, int]]) -> _Edited:
    found = parts(store, release_asked(options.source, options.release), with_doubtful=options.doubtful)
    if not found.wards:
        raise no_ward(found)
    limits = Limits(options.floor, options.cap)
    _, within = officers.among_of(store, found, options.among)
    weights = weights_of(store, options.weights)
    given = proposed(found, weights, options.by, options.total, limits, options.wards, within)
    if within is not None and (lacking := without_count(store, found)):
        given = replace(given, caveats=(*given.caveats, lacking))
    every = [one.figures for one in found.wards]
    by_hand = [Edit(_ward_code(name, given, every), change) for name, change in edits]
    harm = {ward.ward_code: ward.harm for ward in given.wards}
    posts, moves = edited(given.posts, harm, by_hand, limits)
    return _Edited(given, posts, moves)


def _ward_code(name: str, given: Proposed, every: Sequence[WardFigures]) -> str:
    """The code of a ward named by its code or its name. Raises Refused, NotFound."""
    asked, wards = name.casefold(), given.wards
    found = [ward for ward in wards if asked in (ward.ward_code.casefold(), ward.ward.casefold())]
    if len(found) == 1:
        return found[0].ward_code
    if found:
        which = ", ".join(f"{ward.ward_code} ({ward.borough})" for ward in found)
        raise Refused(f"More than one ward is called '{name}': {which}. Name one by its code.", "Not moved")
    if any(asked in (ward.ward_code.casefold(), ward.ward.casefold()) for ward in every):
        ways = [*(["take more wards with --wards"] if given.cut else [])]
        if given.among == ADOPTED:
            ways.append("adopt it, or place among every ward with --among all")
        kind = f"the first {len(wards)}" if given.cut else "the priority wards"
        raise NotFound(f"Ward '{name}' is not among {kind}; {', or '.join(ways)}.")
    raise NotFound(f"There is no ward '{name}' in the release; name one by its code, as {wards[0].ward_code}.")


def _inside(placed: _Edited, scope: Scope) -> list[WardFigures]:
    return [ward for ward in placed.given.wards if scope.holds(locality_of(ward.borough))]


def _as_json(placed: _Edited, options: Options, scope: Scope) -> dict[str, Any]:
    return {
        "scope": scope.name,
        "source": options.source,
        "release": placed.given.release,
        "months": [dashed(month) for month in placed.given.months],
        "caveats": list(placed.given.caveats),
        "total": options.total,
        "unplaced": options.total - sum(placed.posts.values()),
        "by": options.by,
        "among": placed.given.among,
        "doubtful": options.doubtful,
        "floor": options.floor,
        "cap": options.cap,
        "wards": len(placed.given.wards),
        "not_counted": [one.as_json() for one in placed.given.not_counted],
        "entries": [_entry(ward, placed) for ward in _inside(placed, scope)],
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


def _entry(ward: WardFigures, placed: _Edited) -> dict[str, Any]:
    code = ward.ward_code
    return {
        "ward_code": code,
        "ward": ward.ward,
        "borough": ward.borough,
        "harm": number(ward.harm),
        "need": round(placed.given.needs[code], 2),
        "share": round(placed.given.placed[code].share, 4),
        "proposed": placed.given.placed[code].posts,
        "officers": placed.posts[code],
    }


def _print(placed: _Edited, options: Options, scope: Scope, *, keep: bool, london: bool) -> None:
    inside = _inside(placed, scope)
    shown = [ward for ward in inside if placed.posts[ward.ward_code] or placed.given.placed[ward.ward_code].posts]
    rows = [
        (
            ward.ward_code,
            ward.ward,
            ward.borough,
            f"{ward.harm:,.0f}",
            *([f"{placed.given.needs[ward.ward_code]:.1f}"] if options.by == "composite" else []),
            f"{placed.given.placed[ward.ward_code].share:.2f}",
            placed.given.placed[ward.ward_code].posts,
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
    given = placed.given
    if not scope.is_force:
        posts = sum(placed.posts[ward.ward_code] for ward in inside)
        say(f"Of {scope.label}: {counted(posts, 'post')} in {counted(len(inside), 'ward')}. Of the whole force:")
    say(f"{placed_words(placed.posts, options.total, given.limits, given.among, cut=given.cut)}.")
    say(
        f"Among {'the adopted priority wards' if given.among == ADOPTED else 'all wards'} (--among), in proportion to "
        f"{options.by}, {options.floor} to {options.cap} a ward{_ON_TOP if london else ''}."
    )
    stored = "Kept: this placement is in force" if keep else "A proposal: nothing is stored"
    span = f"{dashed(placed.given.months[0])} to {dashed(placed.given.months[-1])}"
    say_doubtful(doubtful=options.doubtful)
    say_not_counted(given.not_counted)
    say(f"Release {plain(placed.given.release)}, {span}. {stored}.")
    say_caveats(placed.given.caveats)


def _after(code: str, placed: _Edited) -> str:
    change = placed.posts[code] - placed.given.placed[code].posts
    return f"{placed.posts[code]} ({change:+d})" if change else str(placed.posts[code])


def _say_moves(placed: _Edited) -> None:
    names = {ward.ward_code: f"{plain(ward.ward)} ({ward.ward_code})" for ward in placed.given.wards}
    for move in placed.moves:
        effect = "costs" if move.cost > 0 else "gains"
        say(
            f"One post from {names[move.source]}, where it stood for {move.given_up:,.0f} days of harm, to "
            f"{names[move.target]}, where it stands for {move.gained:,.0f}: "
            f"{effect} {abs(move.cost):,.0f} days of harm per officer given up."
        )
