"""What was done about a person, ward or unit: every action and decision, the latest first; cohorts of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType

from core.cohorts import COHORTS
from core.days import day_of, london, uk
from db import actions, decisions, memberships
from db.actions import ActionView
from db.decisions import DecisionView
from db.memberships import Member
from tui.session import Session
from tui.verb import verbs
from tui.views.actions import owner_on_a_wall
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.views.subject import SubjectView
from tui.wall import HIDDEN
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class Entry:
    """One thing that was done about the subject: on which day, what, by whom, until when; days are day numbers.

    wall: the words on a wall. rows: the rows of the store that hold it, by table and number.
    """

    day: int
    what: str
    state: str
    words: str
    who: str
    made_of: str
    due: str = ""
    due_day: int | None = None
    wall: str = ""
    rows: tuple[tuple[str, int], ...] = ()

    @property
    def who_on_a_wall(self) -> str:
        """Who did it, or is to do it: staff who adopt and decide, and the roles that are offered as owners."""
        return owner_on_a_wall(self.who) if self.what == "action" else self.who


@dataclass(frozen=True)
class _Row:
    """An entry with its number in the list and what verbs act on, whichever row the cursor is on."""

    number: int
    entry: Entry
    about: Record


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("at", "when", 10, show=lambda row: uk(row.entry.day), sort=lambda row: row.entry.day, holds=PLAIN),
    ListColumn("what", "what", 9, show=lambda row: row.entry.what, holds=PLAIN),
    ListColumn("state", "state", 9, show=lambda row: row.entry.state, holds=PLAIN),
    ListColumn(
        "words", "words", 24, grow=True, show=lambda row: row.entry.words, instead=lambda row: row.entry.wall or HIDDEN
    ),
    ListColumn("who", "who", 18, show=lambda row: row.entry.who, instead=lambda row: row.entry.who_on_a_wall),
    ListColumn("due", "due", 11, "right", show=lambda row: row.entry.due, sort=lambda row: row.entry.due_day),
)


def _record(row: _Row) -> Record:
    entry = row.entry
    return Record(row.about.subject, row.about.facts, entry.made_of, wall=entry.wall, rows=entry.rows)


def _london_day(moment: datetime) -> int:
    return day_of(london(moment).date())


def _of_action(action: ActionView) -> Entry:
    return Entry(
        _london_day(action.set_at),
        "action",
        f"{action.rag.value} {action.status}",
        action.action,
        action.owner,
        f"{action.action}; {action.result or 'no result yet'}",
        actions.FIELDS["due"].words(action),
        _london_day(action.due_at),
        rows=(("action", action.id),),
    )


def _of_decision(decision: DecisionView) -> Entry:
    facts = ", ".join(f"{name} {value}" for name, value in decision.facts.items())
    made_of = f"reason: {decision.reason}; as shown then: {facts}"
    day = _london_day(decision.decided_at)
    rows = (("decision", decision.id),)
    return Entry(day, "decision", "", decision.decision, decision.decided_by, made_of, rows=rows)


class HistoryView(SubjectView):
    """Actions and decisions about one subject; verbs act on the subject."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No action or decision yet. a raises an action, d records a decision."
    noun = "actions and decisions"
    singular = "action or decision"
    BINDINGS: ClassVar[list[BindingType]] = verbs("why", "action", "decision")

    def __init__(self, session: Session, record: Record, item: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(session, item, id=id)
        self.about = record

    def under_cursor(self) -> Record | None:
        """The subject."""
        return self.about

    def read(self) -> tuple[Source, str]:
        """Everything that was done about the subject."""
        store, subject = self.session.store, self.about.subject
        entries = [
            *(_of_action(action) for action in actions.about(store, subject, self.session.now())),
            *(_of_decision(decision) for decision in decisions.about(store, subject)),
            *self.more(),
        ]
        rows = [_Row(number, entry, self.about) for number, entry in enumerate(entries, 1)]
        return Lines.of(_COLUMNS, rows, key=lambda row: row.number, record=_record), "Done about this:"

    def more(self) -> list[Entry]:
        """What else is known of this kind of subject."""
        return []


class PersonHistoryView(HistoryView):
    """The same of a person, with every cohort they are in or were in; a wall is not shown what has ended."""

    noun = "entries"
    singular = "entry"
    BINDINGS: ClassVar[list[BindingType]] = verbs("timeline", "adopt")

    def more(self) -> list[Entry]:
        """The person's memberships, the latest first."""
        members = memberships.history(self.session.store, self.about.subject.ref)
        return [_of_member(member) for member in members if member.ended_on is None or not self.session.projector]


def _of_member(member: Member) -> Entry:
    title = COHORTS[member.cohort].title if member.cohort in COHORTS else member.cohort
    made_of = f"{title} since {uk(member.since)}, adopted by {member.adopted_by}: {member.reason}"
    made_of += "".join(f"; {review.sentence}" for review in reversed(member.reviews))
    rows = (("membership", member.id),)
    if member.ended_on is None:
        words = f"{title}: {member.reason}"
        return Entry(member.since, "cohort", "member", words, member.adopted_by, made_of, wall=title, rows=rows)
    made_of += f"; left {uk(member.ended_on)}, decided by {member.ended_by}: {member.ended_reason}"
    words = f"{title}: {member.ended_reason}"
    return Entry(member.ended_on, "cohort", "left", words, member.ended_by, made_of, wall=title, rows=rows)
