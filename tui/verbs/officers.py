"""Verbs on the extra ward officers: place them, move a post by hand and hear what it costs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from core.errors import Problem, Refused
from core.officers import POSTS, Limits, Move
from core.text import counted
from db import officers
from db.composite import parts
from db.ward_map import ward_map
from db.weights import weights_of
from tui.screens.form import Field, Values
from tui.verbs.acting import Acting

_BASES = ("harm", "composite")


def place(acting: Acting) -> None:
    """Ask how many, by what and within which limits, then put the proposal in force."""
    session = acting.session
    stands = officers.plan(session.store)

    def save(values: Values) -> str:
        limits = Limits(_whole(values["floor"], "Fewest"), _whole(values["cap"], "Most"))
        first = _whole(values["first"], "Wards") or None
        total = _whole(values["total"], "Posts")
        found = parts(session.store)
        names = {code: known.name for code, known in ward_map(session.store).items()}
        with _by_name(names):
            given = officers.proposed(
                found, weights_of(session.store), values["basis"].casefold(), total, limits, first
            )
        officers.keep(session.store, given, values["by"], session.meeting_id)
        return f"{counted(total, 'post')} placed"

    fields = [
        Field("total", "Posts to place", str(stands.total if stands else POSTS)),
        Field("basis", "In proportion to", stands.basis if stands else "harm", choices=_BASES, only=True,
              hint="harm or composite"),
        Field("floor", "Fewest in a ward", str(stands.limits.floor if stands else 0)),
        Field("cap", "Most in a ward", str(stands.limits.cap if stands else 4)),
        Field("first", "Only the first so many wards", "", needed=False, hint="empty: every ward"),
        Field("by", "Placed by", session.chair),
    ]  # fmt: skip
    acting.ask("Place the extra ward officers", fields, save)


def more(acting: Acting) -> None:
    """One post more for this ward."""
    _move(acting, 1)


def fewer(acting: Acting) -> None:
    """One post fewer for this ward."""
    _move(acting, -1)


def _move(acting: Acting, change: int) -> None:
    session, ward = acting.session, acting.one.subject
    names = {code: known.name for code, known in ward_map(session.store).items()}
    with _by_name(names):
        moves = officers.move(session.store, ward.ref, change, session.meeting_id)
    acting.done("; ".join(_said(move, names) for move in moves))


@contextmanager
def _by_name(names: Mapping[str, str]) -> Iterator[None]:
    """Say a refusal with the name of the ward in place of its code."""
    try:
        yield
    except Refused as problem:
        said = re.sub(r"Ward (E05\w+)", lambda code: names.get(code[1], code[0]), problem.sentence)
        raise Refused(said, problem.title) from problem


def _said(move: Move, names: dict[str, str]) -> str:
    """A move in words, with what it costs."""
    source, target = names.get(move.source, move.source), names.get(move.target, move.target)
    effect = f"costs {move.cost:,.0f}" if move.cost > 0 else f"gains {-move.cost:,.0f}"
    return f"One post from {source} ({move.given_up:,.0f} d each) to {target} ({move.gained:,.0f}): {effect} d a post"


def _whole(text: str, what: str) -> int:
    """A whole number of 0 or more; an empty text is 0. Raises Problem."""
    if text and not text.isdecimal():
        raise Problem(f"{what}: '{text}' is no whole number. Write 442.")
    if len(text) > 5:
        raise Problem(f"{what}: {text} is too many. Write at most 99,999.")
    return int(text or 0)
