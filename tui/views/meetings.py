"""Earlier meetings: sealed ones can be read, never edited."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from core.days import london
from db import meetings
from db.actions import Subject
from db.meetings import MeetingView
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("no", "no.", 5, "right"),
    Column("title", "meeting", 16),
    Column("as_of", "as of", 10, "right"),
    Column("chair", "chair", 20, grow=True),
    Column("sealed", "sealed", 11, "right"),
)


class MeetingsView(View):
    """Every meeting that was held, the latest first; enter reads its minutes."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No meeting has been held yet."
    noun = "meetings"
    BINDINGS: ClassVar[list[BindingType]] = verbs("export")

    def read(self) -> tuple[Source, str]:
        """Every meeting."""
        found = meetings.meetings(self.session.store)
        return Lines(_COLUMNS, [_line(one) for one in found]), "Meetings held"


def _line(one: MeetingView) -> Line:
    sealed = f"{london(one.sealed_at):%d/%m %H:%M}" if one.sealed_at else "open"
    cells = (str(one.id), one.title, f"{one.as_of:%d/%m/%Y}", one.chair, sealed)
    made_of = f"seal {one.seal[:16]}" if one.seal else "not sealed yet"
    values = (one.id, one.title, one.as_of.toordinal(), one.chair, sealed)
    return Line(one.id, cells, Record(Subject("meeting", str(one.id), one.title), {}, made_of), values)
