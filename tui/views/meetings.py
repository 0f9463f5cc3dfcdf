"""Earlier meetings: sealed ones can be read, never edited."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from core.days import london
from db import meetings
from db.actions import Subject
from db.meetings import MeetingView
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column


def _sealed(meeting: MeetingView) -> str:
    return f"{london(meeting.sealed_at):%d/%m %H:%M}" if meeting.sealed_at else "open"


_COLUMNS: tuple[ListColumn[MeetingView], ...] = (
    ListColumn("no", "no.", 5, "right", show=lambda meeting: str(meeting.id), sort=lambda meeting: meeting.id),
    ListColumn("title", "meeting", 16, show=lambda meeting: meeting.title, holds=PLAIN),
    ListColumn("scope", "whose", 8, show=lambda meeting: meeting.scope, holds=PLAIN),
    ListColumn(
        "as_of", "as of", 10, "right",
        show=lambda meeting: f"{meeting.as_of:%d/%m/%Y}", sort=lambda meeting: meeting.as_of.toordinal(),
    ),
    ListColumn("chair", "chair", 20, grow=True, show=lambda meeting: meeting.chair, holds=PLAIN),
    ListColumn(
        "sealed", "sealed", 11, "right",
        show=_sealed, means=lambda meeting: None if meeting.sealed_at else Meaning.DUE,
        sort=lambda meeting: meeting.sealed_at.timestamp() if meeting.sealed_at else "open",
    ),
)  # fmt: skip


class MeetingsView(View):
    """Every meeting that was held, the latest first; enter or P reads its papers."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Meetings"
    only_in_meetings = True
    empty = "No meeting has been held yet."
    noun = "meetings"
    BINDINGS: ClassVar[list[BindingType]] = verbs("papers_held", "why")

    def read(self) -> tuple[Source, str]:
        """Every meeting."""
        held = meetings.meetings(self.session.store)
        return Lines.of(_COLUMNS, held, key=lambda meeting: meeting.id, record=_record), "Meetings held"


def _record(meeting: MeetingView) -> Record:
    made_of = f"seal {meeting.seal[:16]}" if meeting.seal else "not sealed yet"
    return Record(Subject("meeting", str(meeting.id), meeting.title), {}, made_of, wall=made_of)
