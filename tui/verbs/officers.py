"""Verbs on the extra ward officers: place them, move a post by hand and hear what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.officers import ADOPTED, ALL, AMONG, POSTS, Limits, Move, WardRefused, placed_words
from core.text import in_days
from db import officers
from db.composite import parts
from db.composite_weights import weights_of
from db.priority_wards import priority_wards
from db.store import Store
from db.ward_map import name_of
from tui.dialogs.form import Field, Values
from tui.verbs.context import PLAIN, VerbContext, typed_number

_BASES = ("harm", "composite")


def place(context: VerbContext) -> None:
    """Ask how many, by what and within which limits, then put the proposal in force."""
    session = context.session
    placement = officers.placement(session.store)

    def save(values: Values) -> str:
        limits = Limits(typed_number(values["floor"], "Fewest"), typed_number(values["cap"], "Most"))
        first = typed_number(values["first"] or "0", "Wards") or None
        total = typed_number(values["total"], "Posts")
        figures = parts(session.store, session.counted_from)
        among, within = officers.among_of(session.store, figures, values["among"].casefold())
        with _by_name(session.store):
            proposal = officers.proposed(
                figures, weights_of(session.store), values["basis"].casefold(), total, limits, first, within
            )
        officers.keep(session.store, proposal, values["by"], session.meeting_id)
        words = placed_words(proposal.posts, total, limits, among, cut=proposal.cut)
        lacking = officers.without_count(session.store, figures) if among == ADOPTED else ""
        return f"{words}; {lacking}" if lacking else words

    fields = [
        Field("total", "Posts to place", str(placement.total if placement else POSTS)),
        Field("basis", "In proportion to", placement.basis if placement else "harm", choices=_BASES, only=True,
              hint="harm or composite"),
        Field("among", "In which wards", _among(session.store), choices=AMONG, only=True,
              hint="adopted: the priority wards; all: every ward"),
        Field("floor", "Fewest in a ward", str(placement.limits.floor if placement else 0)),
        Field("cap", "Most in a ward", str(placement.limits.cap if placement else 4)),
        Field("first", "Only the first so many wards", "", needed=False, hint="empty: every ward"),
        Field("by", "Placed by", session.chair, holds=PLAIN),
    ]  # fmt: skip
    context.ask("Place the extra ward officers", fields, save)


def _among(store: Store) -> str:
    """What is offered: the adopted wards where there are any."""
    return ADOPTED if priority_wards(store) else ALL


def more(context: VerbContext) -> None:
    """One post more for this ward."""
    _move(context, 1)


def fewer(context: VerbContext) -> None:
    """One post fewer for this ward."""
    _move(context, -1)


def _move(context: VerbContext, change: int) -> None:
    session, ward = context.session, context.record.subject.ref

    def move() -> str:
        with _by_name(session.store):
            moves = officers.move(session.store, ward, change, session.meeting_id)
        return "; ".join(_move_in_words(one, session.store) for one in moves)

    context.make(move)


@contextmanager
def _by_name(store: Store) -> Iterator[None]:
    """Say a refusal with the name of the ward in place of its code."""
    try:
        yield
    except WardRefused as problem:
        raise problem.named(name_of(store, problem.ward_code)) from problem


def _move_in_words(move: Move, store: Store) -> str:
    """A move in words, with what it costs."""
    source, target = name_of(store, move.source), name_of(store, move.target)
    effect = f"costs {in_days(move.cost, ',.0f')}" if move.cost > 0 else f"gains {in_days(-move.cost, ',.0f')}"
    given = f"One post from {source} ({in_days(move.given_up, ',.0f')} each)"
    return f"{given} to {target} ({move.gained:,.0f}): {effect} a post"
