"""What every screen of one sitting shares: the store, the meeting, who chairs, and what is half-typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from core.meetings import sealed_words
from db.actions import Subject
from db.meetings import MeetingView
from db.store import Store
from tui.pulse import Pulse


@dataclass
class Session:
    """One sitting at the keyboard.

    run_id: the ranking that is looked at. projector: names are shown as references. drafts: what was typed into a
    form and not yet saved.
    """

    store: Store
    chair: str
    as_of: date
    kind: str
    now: Callable[[], datetime]
    folder: Path
    run_id: int | None = None
    meeting: MeetingView | None = None
    projector: bool = False
    drafts: dict[str, dict[str, str]] = field(default_factory=dict)
    pulse: Pulse = field(default_factory=Pulse)

    @property
    def meeting_id(self) -> int | None:
        """The number of the meeting that is held, if one is."""
        return self.meeting.id if self.meeting else None

    @property
    def sealed(self) -> str:
        """When the meeting that is held was sealed, in words; empty where it is open or none is held."""
        if self.meeting is None or self.meeting.sealed_at is None:
            return ""
        return sealed_words(self.meeting.sealed_at, self.now())

    def about(self, subject: Subject) -> str:
        """What an action or decision is about, a person as `shown`."""
        return self.shown(subject.label, subject.ref) if subject.kind == "person" else subject.label

    def shown(self, name: str, ref: str) -> str:
        """A person's name, or the reference where the projector is on or no name is known."""
        return shown_as(name, ref, projector=self.projector)


def shown_as(name: str, ref: str, *, projector: bool) -> str:
    """What stands for a person: the name, or the reference on a wall and where no name is known."""
    return ref if projector or not name else name
