"""Why is this so: who wrote it down or decided it, when, in which meeting; of what a file brought, file and line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from core.days import london
from core.text import plain
from db import meetings, trail
from db.actions import Subject
from db.loop import rows_behind
from db.trail import RowOf, Written
from tui.views.column import PLAIN, ListColumn
from tui.views.loop import WEEKS, LineKey
from tui.views.registry import SOURCE
from tui.views.source import Lines, Record, Source, details
from tui.views.why import AboutView
from tui.wall import HIDDEN
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """An entry of the journal, and the meeting it belongs to in words."""

    written: Written
    meeting: str


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn(
        "at", "when", 16,
        show=lambda row: f"{london(row.written.at):%d/%m/%Y %H:%M}",
        sort=lambda row: row.written.at.timestamp(), holds=PLAIN,
    ),
    ListColumn("who", "who", 18, show=lambda row: row.written.who, holds=PLAIN),
    ListColumn("meeting", "meeting", 16, priority=1, show=lambda row: row.meeting, holds=PLAIN),
    ListColumn("words", "what", 24, grow=True, show=lambda row: row.written.what, instead=lambda _: HIDDEN),
    ListColumn(SOURCE, "from", 18, grow=True, inside=True, show=lambda row: plain(row.written.source)),
)  # fmt: skip


class JournalView(AboutView):
    """Every entry of the journal that wrote a record, the latest first."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "The journal holds nothing of it: no one has written it down yet."
    noun = "journal entries"
    singular = "journal entry"

    def written(self) -> Sequence[RowOf]:
        """The rows of the store that are asked about."""
        return self.about.written

    def read(self) -> tuple[Source, str]:
        """What the journal has of the record."""
        store = self.session.store
        held = {meeting.id: f"{meeting.title} {meeting.as_of:%d/%m/%y}" for meeting in meetings.meetings(store)}
        rows = [_Row(one, _meeting(one, held)) for one in trail.written(store, self.written())]
        return Lines.of(_COLUMNS, rows, key=lambda row: row.written.entry, record=_record), "Written down and decided:"


class LoopRowsView(JournalView):
    """Every entry of the journal behind a line of what came of promises."""

    empty = "Nothing was written down in it."

    def written(self) -> list[RowOf]:
        """The actions, updates, meetings or the decision that the line counts."""
        session = self.session
        return [
            row
            for line in details([self.about], LineKey)
            for row in rows_behind(
                session.store, session.looks_at, session.as_of, session.now(), line.part, line.key, WEEKS
            )
        ]


def _meeting(one: Written, held: Mapping[int, str]) -> str:
    return "outside meetings" if one.meeting is None else held.get(one.meeting, f"meeting {one.meeting}")


def _record(row: _Row) -> Record:
    one = row.written
    ends = f"{plain(one.source)}; {one.who}, {london(one.at):%d/%m/%Y %H:%M}, {row.meeting}"
    return Record(Subject("entry", str(one.entry), f"entry {one.entry}"), {}, f"{one.what}; {ends}", wall=ends)
