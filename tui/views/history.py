"""What was done about a person, ward or unit: every action and decision, the latest first; cohorts of a person."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from core.cohorts import COHORTS
from core.days import london, uk
from db import actions, decisions, memberships
from db.actions import Subject
from db.memberships import Member
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("at", "when", 10),
    Column("what", "what", 9),
    Column("state", "state", 9),
    Column("words", "words", 24, grow=True),
    Column("who", "who", 18),
    Column("due", "due", 11, "right"),
)


class HistoryView(View):
    """Actions and decisions about one subject; verbs act on the subject."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No action or decision yet. a raises an action, d records a decision."
    noun = "actions and decisions"
    BINDINGS: ClassVar[list[BindingType]] = verbs("why", "action", "decision")

    def __init__(self, session: Session, record: Record, item: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(session, item, id=id)
        self.about = record

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The subject is always there to act on."""
        return True if action == "verb" else super().check_action(action, parameters)

    def acted_on(self) -> list[Record]:
        """The subject, whatever row the cursor is on."""
        return [self.about]

    def under_cursor(self) -> Record | None:
        """The subject."""
        return self.about

    def read(self) -> tuple[Source, str]:
        """Everything that was done about the subject."""
        subject: Subject = self.about.subject
        lines: list[Line] = []
        for one in actions.about(self.session.store, subject, self.session.now()):
            due = f"{london(one.due_at):%d/%m %H:%M}"
            state = f"{one.rag.value} {one.status}"
            cells = (f"{london(one.set_at):%d/%m/%Y}", "action", state, one.action, one.owner, due)
            made_of = f"{one.action}; {one.result or 'no result yet'}"
            lines.append(Line(len(lines) + 1, cells, Record(subject, self.about.facts, made_of), cells))
        for taken in decisions.about(self.session.store, subject):
            cells = (f"{london(taken.decided_at):%d/%m/%Y}", "decision", "", taken.decision, taken.decided_by, "")
            shown = ", ".join(f"{name} {value}" for name, value in taken.facts.items())
            made_of = f"because {taken.reason}; as shown then: {shown}"
            lines.append(Line(len(lines) + 1, cells, Record(subject, self.about.facts, made_of), cells))
        lines += self.more(len(lines) + 1)
        return Lines(_COLUMNS, lines), "Done about this:"

    def more(self, _number: int) -> list[Line]:
        """What else is known of this kind of subject, numbered from *_number*."""
        return []


class PersonHistoryView(HistoryView):
    """The same of a person, with every cohort they are in or were in; a wall is not shown what has ended."""

    noun = "entries"
    BINDINGS: ClassVar[list[BindingType]] = verbs("timeline", "adopt")

    def more(self, number: int) -> list[Line]:
        """The person's memberships, the latest first."""
        found = memberships.history(self.session.store, self.about.subject.ref)
        shown = [one for one in found if one.ended_on is None or not self.session.projector]
        return [self._membership(place, one) for place, one in enumerate(shown, number)]

    def _membership(self, number: int, one: Member) -> Line:
        title = COHORTS[one.cohort].title if one.cohort in COHORTS else one.cohort
        ended = one.ended_on is not None
        state, day = ("left", one.ended_on) if ended else ("member", one.since)
        words = f"{title}: {one.ended_reason if ended else one.reason}"
        cells = (uk(day), "cohort", state, words, one.ended_by if ended else one.adopted_by, "")
        made_of = f"{title} since {uk(one.since)}, adopted by {one.adopted_by}: {one.reason}"
        made_of += "".join(f"; {review.sentence}" for review in reversed(one.reviews))
        made_of += f"; left {uk(one.ended_on)}, decided by {one.ended_by}: {one.ended_reason}" if ended else ""
        about = Record(self.about.subject, self.about.facts, made_of)
        return Line(number, cells, about, (day, *cells[1:]))
