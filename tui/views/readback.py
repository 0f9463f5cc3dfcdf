"""Read-back: everything this meeting did, in the order of its agenda, then the seal."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from core.days import london
from db import actions, meeting_notes, record
from db.meetings import MeetingView
from db.record import Deed
from db.record_words import Words
from tui.opening import OF_SUBJECTS
from tui.session import Session
from tui.verb import verbs
from tui.views.actions import action_record
from tui.views.base import View
from tui.views.column import IDENTITY, PLAIN, ListColumn
from tui.views.list_panel import record_of
from tui.views.list_reading import Loaded
from tui.views.source import Lines, Record, Source, details
from tui.wall import HIDDEN, called
from tui.widgets.list_messages import Chosen
from tui.widgets.record_list import Column, RecordList


@dataclass(frozen=True)
class Told:
    """Which change a line tells: its table, its row and its entry of the journal. For the verb that ticks it.

    back_to: the key of the item at which it was parked, while nobody has taken it up; else empty.
    """

    table: str
    row_id: int
    entry: int
    back_to: str = ""


@dataclass(frozen=True)
class _Row:
    """What is read back: one deed of the meeting."""

    key: int
    deed: Deed
    record: Record
    read: bool


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("read", "", 1, show=lambda row: "✓" if row.read else "", holds=PLAIN),
    ListColumn("item", "item", 4, "right", show=lambda row: str(row.deed.number), sort=lambda row: row.deed.number),
    ListColumn("what", "what", 10, show=lambda row: row.deed.words.what, holds=PLAIN),
    ListColumn(
        "subject", "about", 15, show=lambda row: row.deed.words.about.label, holds=IDENTITY,
        instead=lambda row: called(row.deed.words.about, hidden=True),
    ),
    ListColumn(
        "words", "read back", 48, grow=True, show=lambda row: row.deed.words.words,
        instead=lambda row: row.deed.words.words if _is_staff(row.deed) else HIDDEN,
    ),
    ListColumn("why", "reason", 24, grow=True, priority=4, show=lambda row: row.deed.words.why),
    ListColumn("by", "by", 16, priority=5, show=lambda row: row.deed.words.by, holds=PLAIN),
    ListColumn(
        "at", "at", 5, "right", priority=6,
        show=lambda row: f"{london(row.deed.at):%H:%M}", sort=lambda row: row.deed.at.timestamp(),
    ),
)  # fmt: skip


class ReadbackView(View):
    """Everything that the commands of this meeting left standing, over all its sittings."""

    DEFAULT_CSS = "ReadbackView .made-of { height: 6; }"
    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Read-back"
    only_in_meetings = True
    empty = "Nothing was raised, decided or changed yet. S seals the meeting."
    noun = "to read back"
    BINDINGS: ClassVar[list[BindingType]] = verbs(
        "tick", "seal", "papers", "edit", "why", "action", "decision", "rationale"
    )

    @on(RecordList.Chosen)
    async def _go_there(self, message: Chosen) -> None:
        """What is parked and has no page of its own is gone to at the item where it was put aside."""
        record, meeting = record_of(self, message.key), self.session.meeting
        if record is None or meeting is None or record.subject.kind in OF_SUBJECTS:
            return
        keys = [item.key for item in meeting.agenda.items]
        back_to = [told.back_to for told in details([record], Told) if told.back_to in keys]
        if back_to:
            message.prevent_default()
            await self.run_action(f"screen.go({keys.index(back_to[0])})")

    def _show(self, loaded: Loaded) -> None:
        """What is sealed waits for nobody to read it back."""
        meeting = self.session.meeting
        self.noun = "to read back" if meeting is None or meeting.sealed_at is None else "rows"
        super()._show(loaded)

    def read(self) -> tuple[Source, str]:
        """What this meeting has done so far."""
        meeting = self.session.meeting
        if meeting is None:
            return Lines(_COLUMNS, ()), ""
        store = self.session.store
        aside = {note.id: note.item for note in meeting_notes.parked(store, meeting.id)}
        ticked = meeting_notes.read_back(store, meeting.id)
        deeds = sorted(record.deeds(store, meeting), key=lambda deed: not _is_parked(deed, aside))
        shown = [
            _row(
                number,
                deed,
                self.session,
                read=(deed.table, deed.row_id, deed.entry) in ticked,
                back_to=aside[deed.row_id] if _is_parked(deed, aside) else "",
            )
            for number, deed in enumerate(deeds)
        ]
        lines = Lines.of(_COLUMNS, shown, key=lambda row: row.key, record=lambda row: row.record)
        return lines, _heading(meeting, len(aside), sum(row.read for row in shown))


def _is_staff(deed: Deed) -> bool:
    """Whether a deed tells of the roll-call alone: who is there answers for what is done, and stays on a wall."""
    return deed.table == "attendance"


def _is_parked(deed: Deed, aside: Collection[int]) -> bool:
    """Whether a deed put something aside that nobody has taken up yet: that comes before everything else."""
    return deed.table == "meeting_note" and deed.row_id in aside


def _heading(meeting: MeetingView, parked: int, read: int) -> str:
    if meeting.sealed_at is None:
        first = f"{parked} parked, first in the list: enter goes there, K takes up. " if parked else ""
        return f"{first}x ticks what was read back ({read} so far), then S seals"
    if meeting.by_older_rule:
        return "Sealed by an older rule: its papers (P) may lack some of this"
    return "Sealed: this is what was read back"


def _row(number: int, deed: Deed, session: Session, *, read: bool, back_to: str) -> _Row:
    acted_on = replace(_record(deed, session), detail=Told(deed.table, deed.row_id, deed.entry, back_to))
    return _Row(number, deed, acted_on, read)


def _record(deed: Deed, session: Session) -> Record:
    """The record that verbs act on, an action itself or what else the deed is about; its line is the deed, as sealed.

    What was done since, here or in later meetings, is not in the line.
    """
    words = deed.words
    wall = in_full(words) if _is_staff(deed) else f"{words.what}: {called(words.about, hidden=True)}"
    if deed.table == "action":
        acted_on = action_record(actions.action(session.store, deed.row_id, session.now()))
        return replace(acted_on, made_of=in_full(words), wall=wall)
    return Record(words.about, {}, in_full(words), wall=wall, rows=((deed.table, deed.row_id),))


def in_full(words: Words) -> str:
    """A deed in one line, every part as the papers have it."""
    why = f"reason: {words.why}" if words.why else ""
    parts = (f"{words.what}: {words.about.label}", words.words, why, f"by {words.by}" if words.by else "")
    return "; ".join(part for part in parts if part)
