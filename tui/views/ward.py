"""The two lists of a ward's page: what was done about it, and the named suspects who were reported in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from core.days import uk
from core.errors import Problem
from core.text import counted
from db import rankings
from db.actions import Subject
from db.priority_wards import PriorityWard, history
from db.rankings import RunHead
from db.ward_people import WardPerson, people_of_ward
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.history import HistoryView
from tui.views.ranked import VICTIM, proposed, short
from tui.views.registers import RegisterRow
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("rank", "rank", 5, "right"),
    Column("name", "named suspect", 16, grow=True),
    Column("also", "also", 6),
    Column("ref", "ref", 9, priority=4),
    Column("here", "here", 4, "right"),
    Column("all", "all", 4, "right"),
    Column("last", "last here", 9, "right"),
    Column("score", "score", 10, "right"),
    Column("status", "status", 9),
)


class WardHistoryView(HistoryView):
    """What was done about a ward, and when it was a priority; a unit is sent there from here, too."""

    noun = "entries"
    BINDINGS: ClassVar[list[BindingType]] = [*verbs("deploy"), *verbs("adopt_ward", footer=False)]

    def more(self, number: int) -> list[Line]:
        """Every time the ward was a priority, the latest first."""
        found = history(self.session.store, self.about.subject.ref)
        return [self._priority(place, one) for place, one in enumerate(found, number)]

    def _priority(self, number: int, one: PriorityWard) -> Line:
        ended = one.ended_on is not None
        state, day = ("dropped", one.ended_on) if ended else ("priority", one.since)
        words, who = (one.ended_reason, one.ended_by) if ended else (one.reason, one.adopted_by)
        cells = (uk(day), "priority", state, words, who, "" if ended else uk(one.review_on))
        made_of = f"priority since {uk(one.since)}, adopted by {one.adopted_by}: {one.reason}; put forward by "
        made_of += one.proposed_by + "".join(f"; {review.sentence}" for review in reversed(one.reviews))
        made_of += f"; dropped {uk(day)} by {one.ended_by}: {one.ended_reason}" if ended else ""
        return Line(number, cells, Record(self.about.subject, self.about.facts, made_of), (day, *cells[1:]))


class WardPeopleView(View):
    """The people of the run that is looked at with a counted report in one ward, in the order of the run."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No one of this ranking was reported in this ward."
    noun = "named suspects"
    reads_beside = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("why", "action", "decision", "timeline"),
        *verbs("compare", "adopt", footer=False),
    ]

    class Found(Message):
        """A worker has read who was reported in the ward."""

        def __init__(self, people: Sequence[WardPerson]) -> None:
            super().__init__()
            self.people = tuple(people)

    def __init__(self, session: Session, ward: Subject, item: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(session, item, id=id)
        self.ward = ward

    def read(self) -> tuple[Source, str]:
        """The people of the run."""
        if self.session.run_id is None:
            raise Problem("No one is ranked. Import crime reports: tasking import FILE.", "No ranking")
        store = self.session.store
        head = rankings.run(store, self.session.run_id)
        people = people_of_ward(store, head, self.ward.ref)
        self.post_message(self.Found(people))
        lines = [self._line(number, head, one) for number, one in enumerate(people, 1)]
        return Lines(_COLUMNS, lines), f"Reported here, {head.how.title}, {head.window} d to {uk(head.as_of)}:"

    def _line(self, number: int, head: RunHead, one: WardPerson) -> Line:
        entry = one.entry
        name = self.session.shown(entry.name, entry.person)
        score = f"{entry.score:,g} {head.how.unit}"
        rank = "-" if entry.rank is None else f"{entry.rank:,}"
        victim = VICTIM if entry.victim else ""
        cells = (
            rank, name, victim, entry.person, str(one.reports), str(entry.crimes), short(one.latest), score,
            entry.status,
        )  # fmt: skip
        values = (entry.rank, *cells[1:4], one.reports, entry.crimes, one.latest, entry.score, entry.status)
        made_of = (
            f"{counted(one.reports, 'report')} of {entry.crimes} in this ward, the latest on {uk(one.latest)}; "
            f"{score} in all, {counted(entry.victims, 'victim')}"
        )
        facts = {"rank": rank, "score": score, "reports here": str(one.reports), "run": str(head.id)}
        about = Subject("person", entry.person, name)
        return Line(number, cells, Record(about, facts, made_of, detail=RegisterRow(proposed(head, entry))), values)
