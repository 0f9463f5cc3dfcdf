"""The roll-call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from core.meetings import HANDLING, MARKING, THERE
from db import meetings
from db.actions import Subject
from db.gaps import gaps
from db.meetings import MeetingView, Present
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.brief import Brief
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """A role at the roll-call, and the data gaps that are said at it."""

    present: Present
    gaps: tuple[str, ...]


_MEANS = {"present": Meaning.DONE, "deputy": Meaning.DONE, "absent": Meaning.LATE, "": Meaning.DUE}
_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("role", "role", 18, show=lambda row: row.present.role, holds=PLAIN),
    ListColumn("name", "name", 20, grow=True, show=lambda row: row.present.name, holds=PLAIN),
    ListColumn(
        "state",
        "state",
        12,
        show=lambda row: row.present.state or "not called",
        holds=PLAIN,
        means=lambda row: _MEANS.get(row.present.state),
    ),
)


class AttendanceView(View):
    """Who is there for each role; the data gaps are said here first."""

    DEFAULT_CSS = """
    AttendanceView Detail { height: 10; max-height: 17vh; }
    """
    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Roll-call"
    only_in_meetings = True
    empty = "No roles on this agenda."
    noun = ""
    BINDINGS: ClassVar[list[BindingType]] = verbs(
        "call", "all_present", "name", "chase", "quorum", "why", "action", "decision"
    )

    def compose(self) -> ComposeResult:
        """The brief, then the roll-call."""
        yield Brief(self.session)
        yield from super().compose()

    def reload(self) -> None:
        """Read the roll-call again, and what the brief says."""
        super().reload()
        self.query_one(Brief).read()

    def conceal(self) -> None:
        """Write the brief as it may be shown, too."""
        super().conceal()
        self.query_one(Brief).write()

    def start(self, keys: Sequence[int]) -> int | None:
        """The first role that has not been called; who chairs, where that is not known by name."""
        if self.session.chair_unnamed and keys:
            return keys[0]
        waiting = (key for key in keys if not self.source.record(key).facts["state"])
        return next(waiting, super().start(keys))

    def read(self) -> tuple[Source, str]:
        """The roll-call, and how many data gaps there are."""
        meeting = self.session.meeting
        if meeting is None:
            return Lines(_COLUMNS, ()), ""
        known = gaps(self.session.store, meeting, self.session.now())
        said = tuple(f"{number}. {gap}" for number, gap in enumerate(known, 1)) or ("none known.",)
        rows = [_Row(present, said) for present in meetings.attendance(self.session.store, meeting.id)]
        lines = Lines.of(_COLUMNS, rows, key=lambda row: row.present.id, record=_record)
        return lines, f"{_quorum(meeting, [row.present for row in rows])}{MARKING}: {HANDLING}"


def _quorum(meeting: MeetingView, called: Sequence[Present]) -> str:
    """Whether there is a quorum, to be said; empty where the template asks for none or nobody is called yet.

    That there is none is known when too few are left who may still be called present.
    """
    if not meeting.agenda.quorum or not any(one.state for one in called):
        return ""
    there = sum(one.state in THERE for one in called)
    waiting = sum(not one.state for one in called)
    wanted = meeting.agenda.quorum
    if there >= wanted:
        return f"Quorum: {there} there, {wanted} needed. "
    if there + waiting >= wanted:
        return f"Quorum: {there} there so far, {wanted} needed. "
    return f"NO QUORUM: {there} there, {wanted} needed; Q notes why it goes on. "


def _record(row: _Row) -> Record:
    role = row.present.role
    parts = ("Data gaps:", *row.gaps)
    said = " ".join(parts)
    rows = (("attendance", row.present.id),)
    about = Subject("role", role, role)
    return Record(about, {"state": row.present.state}, said, wall=said, rows=rows, parts=parts)
