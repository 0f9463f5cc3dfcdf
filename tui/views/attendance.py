"""The roll-call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from core.meetings import HANDLING, MARKING
from db import meetings
from db.actions import Subject
from db.gaps import gaps
from db.meetings import Present
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("role", "role", 18),
    Column("name", "name", 20, grow=True),
    Column("state", "state", 12),
)


class AttendanceView(View):
    """Who is there for each role; the data gaps are said here first."""

    DEFAULT_CSS = """
    AttendanceView > .made-of { height: 10; color: $foreground; }
    """
    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No roles on this agenda."
    noun = "roles"
    BINDINGS: ClassVar[list[BindingType]] = verbs("call", "name", "action", "decision")

    def start(self, keys: Sequence[int]) -> int | None:
        """The first role that has not been called."""
        waiting = (key for key in keys if not self.source.record(key).facts["state"])
        return next(waiting, super().start(keys))

    def read(self) -> tuple[Source, str]:
        """The roll-call, and how many data gaps there are."""
        meeting = self.session.meeting
        if meeting is None:
            return Lines(_COLUMNS, ()), ""
        said = gaps(self.session.store, meeting, self.session.now())
        told = " ".join(f"{number}. {gap}" for number, gap in enumerate(said, 1)) or "none known."
        lines = [_line(one, told) for one in meetings.attendance(self.session.store, meeting.id)]
        return Lines(_COLUMNS, lines), f"{MARKING}: {HANDLING}"


def _line(one: Present, told: str) -> Line:
    cells = (one.role, one.name, one.state or "not called")
    record = Record(Subject("role", one.role, one.role), {"state": one.state}, f"Data gaps: {told}")
    return Line(one.id, cells, record, cells)
