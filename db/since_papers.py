"""What the briefing report says of the time since the last meeting: who moved and why, what came of what was said."""

from __future__ import annotations

from datetime import datetime

from core.minutes import Table
from core.movement import Move, in_words
from core.scope import Scope, scope_of
from core.text import counted
from db import rankings
from db.localities import of_people
from db.meetings import MeetingView
from db.movements import moves
from db.promises import Promise, promises
from db.since import since
from db.store import Store
from db.store.batches import people_version
from db.unweighed import no_ranking

MOST = 10
"""So many movers are told: those whose score changed most."""
_WITHIN = 100
"""Movers are looked for among the first so many of either ranking."""
_PAIRS = 4
"""Pairs of rankings whose movers are held at a time."""


def movers(store: Store, meeting: MeetingView) -> Table:
    """Who of the first hundred of the meeting's scope moved most since the last meeting's ranking, and by what cause.

    The causes are those of ``core.movement``: they add up to the change of the score. They stand in words and not by
    the letters of the list, since whoever reads the report out has no key to those.
    """
    title = "Movers, and what each move is put down to"
    if meeting.run_id is None:
        return Table(title, (), (), "No ranking was made.")
    head = rankings.run(store, meeting.run_id)
    if nothing := no_ranking(store, head):
        return Table(title, (), (), nothing)
    before = since(store, head, meeting)
    if before.run is None or before.run == head.id:
        return Table(title, (), (), "There is no earlier ranking to move from.")
    own = _own_moves(store, before.run, head.id)
    moved = _of(store, scope_of(meeting.scope), head.id, own)
    most = sorted(moved, key=lambda one: (-abs(one.change), one.person))[:MOST]
    rows = [
        (_rank(one.before.rank), _rank(one.after.rank), one.word, one.name, one.person,
         in_words(one.causes, head.how.unit))
        for one in most
    ]  # fmt: skip
    among = f"{counted(len(moved), 'person', 'people')} of the first {_WITHIN} by a change of their own score"
    among += f", the {MOST} of the most change" if len(moved) > MOST else ""
    return Table(
        f"{title} ({before.words}; {among})" if rows else title,
        ("From rank", "To rank", "Move", "Name", "Reference", "Put down to"),
        rows,
        f"Nobody of the first {_WITHIN} moved by a change of their own score ({before.words}).",
    )


def _own_moves(store: Store, first: int, second: int) -> list[Move]:
    """Who of the first hundred of two runs moved by a change of their own score.

    Remembered until a file comes in that may tell of people: of a morning the meetings of one template and scope after
    the other tell of the same few pairs, and on a day without a ranking of the pairs of the day before.
    """
    question, version = ("movers", second % _PAIRS), (people_version(store), first, second)

    def own() -> list[Move]:
        return [one for one in moves(store, first, second, _WITHIN) if one.change]

    return store.remember(question, version, own)


def _of(store: Store, scope: Scope, run: int, moved: list[Move]) -> list[Move]:
    if scope.is_force:
        return moved
    places = of_people(store, run, (one.person for one in moved))
    return [one for one in moved if one.person in places and scope.holds(places[one.person])]


def _rank(rank: int | None) -> str:
    return "-" if rank is None else f"{rank:,}"


def results(store: Store, meeting: MeetingView, now: datetime) -> Table:
    """What the last meeting of the kind and scope said, and what came of it; without people where they are masked."""
    held, said = promises(store, meeting, now)
    last = held[-1] if held else None
    shown = [one for one in said if not (meeting.agenda.is_masked and one.about.kind == "person")]
    title = "What was said, what happened"
    if last is not None:
        title = f"{title} (since the meeting of {last.as_of:%d/%m/%Y})"
    rows = [(one.kind, one.about.label, one.words, one.by or "-", _kept(one), one.came) for one in shown]
    heads = ("What", "About", "What was said", "By", "Kept", "What came of it")
    return Table(
        title, heads, rows, "No earlier meeting promised anything." if last is None else "It promised nothing."
    )


def _kept(one: Promise) -> str:
    return "not yet" if one.kept is None else "yes" if one.kept else "NO"
