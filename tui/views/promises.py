"""What was said, what happened: the promises of the last meeting beside what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.text import counted
from db.actions import Subject
from db.promises import Promise, promises
from tui.means import Meaning
from tui.verb import verbs
from tui.views.actions import action_record, owner_on_a_wall
from tui.views.base import View
from tui.views.column import IDENTITY, PLAIN, ListColumn
from tui.views.source import Lines, Record, Source, lasting
from tui.wall import called
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """A promise and the record that verbs act on."""

    promise: Promise
    record: Record


_MARKS = {True: ("✓", Meaning.DONE), False: ("✗", Meaning.LATE), None: ("·", None)}
"""Whether it was kept, by a sign with its meaning: kept, not kept, not yet to be said."""
_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn(
        "kept", "", 1, show=lambda row: _MARKS[row.promise.kept][0],
        sort=lambda row: (False, None, True).index(row.promise.kept), holds=PLAIN,
        means=lambda row: _MARKS[row.promise.kept][1],
    ),
    ListColumn("kind", "said", 10, show=lambda row: row.promise.kind, holds=PLAIN),
    ListColumn(
        "subject", "about", 14, grow=True, show=lambda row: row.promise.about.label, holds=IDENTITY,
        instead=lambda row: called(row.promise.about, hidden=True),
    ),
    ListColumn("words", "what was said", 24, grow=True, show=lambda row: row.promise.words),
    ListColumn("came", "what happened", 24, grow=True, show=lambda row: row.promise.came),
    ListColumn(
        "by", "by", 14, priority=3, show=lambda row: row.promise.by,
        instead=lambda row: owner_on_a_wall(row.promise.by),
    ),
)  # fmt: skip


_ON = ListColumn[_Row](
    "on", "on", 5, show=lambda row: f"{row.promise.on:%d/%m}" if row.promise.on else "",
    sort=lambda row: row.promise.on.toordinal() if row.promise.on else None, holds=PLAIN,
)  # fmt: skip
"""Stands in the list where more than one meeting said something."""


class PromisesView(View):
    """The last meeting's actions, decisions and deployments with what came of each; what is expected by today.

    Where others chaired since who chairs now did, it goes back to the last meeting that they chaired.
    """

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Promises"
    only_in_meetings = True
    empty = "The last meeting promised nothing, and nothing is expected by today."
    noun = ""
    goes_by_the_clock = True
    BINDINGS: ClassVar[list[BindingType]] = verbs("close", "carry", "escalate", "why", "action", "decision")

    def read(self) -> tuple[Source, str]:
        """The promises, those of the last meeting first."""
        session = self.session
        if session.meeting is None:
            return Lines(_COLUMNS, ()), ""
        held, found = promises(session.store, session.meeting, session.now(), session.chair)
        rows = [_Row(one, _record(one)) for one in found]
        columns = _COLUMNS if len(held) < 2 else (*_COLUMNS[:1], _ON, *_COLUMNS[1:])
        lines = Lines.of(columns, rows, key=_key, record=lambda row: row.record)
        if not held:
            return lines, "No meeting of this kind was sealed before; expected by today:"
        kept = sum(one.kept is True for one in found)
        broken = sum(one.kept is False for one in found)
        said = f"{counted(len(found), 'promise')}: {kept} kept, {broken} not kept"
        since = "on" if len(held) < 2 else f"in {counted(len(held), 'meeting')}, since you last chaired on"
        return lines, f"Said {since} {held[0].as_of:%d/%m/%Y}, and what happened: {said}"


def _key(row: _Row) -> int:
    return lasting(row.promise.kind, row.promise.table, row.promise.row_id)


def _record(promise: Promise) -> Record:
    line = f"{promise.came}; said: {promise.words}"
    wall = f"{promise.kind}: {called(promise.about, hidden=True)}"
    if promise.action is not None:
        acted_on = action_record(promise.action)
        return Record(acted_on.subject, acted_on.facts, line, opens=acted_on.opens, wall=wall)
    if promise.table == "decision":
        about = Subject("decision", str(promise.row_id), promise.words)
        return Record(about, {}, line, opens=promise.about, wall=wall, rows=(("decision", promise.row_id),))
    return Record(promise.about, {}, line, wall=wall, rows=((promise.table, promise.row_id),))
