"""The two lists of a ward's page: what was done about it, and the named suspects who were reported in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message

from core.days import uk
from core.errors import Problem
from core.localities import locality_of
from core.text import counted, in_unit
from db import rankings
from db.actions import Subject
from db.priority_wards import PriorityWard, history
from db.rankings import Ranked, RunHead
from db.ward_people import WardPerson, people_of_ward
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.column_kinds import status_column
from tui.views.history import Entry, HistoryView
from tui.views.localities import locality_columns
from tui.views.ranked import also, name_column, short
from tui.views.ranked_person import person_of, proposed
from tui.views.registers import RegisterRow
from tui.views.source import Lines, Record, Source, lasting
from tui.widgets.record_list import Column


class WardHistoryView(HistoryView):
    """What was done about a ward, and when it was a priority; a unit is sent there from here, too."""

    noun = "entries"
    singular = "entry"
    BINDINGS: ClassVar[list[BindingType]] = [*verbs("deploy"), *verbs("adopt_ward", footer=False)]

    def more(self) -> list[Entry]:
        """Every time the ward was a priority, the latest first."""
        return [_of_priority(ward) for ward in history(self.session.store, self.about.subject.ref)]


def _of_priority(ward: PriorityWard) -> Entry:
    made_of = f"priority since {uk(ward.since)}, adopted by {ward.adopted_by}: {ward.reason}; put forward by "
    made_of += ward.proposed_by + "".join(f"; {review.sentence}" for review in reversed(ward.reviews))
    day, rows = ward.ended_on, (("priority_ward", ward.id),)
    if day is None:
        review = ward.review_on
        return Entry(
            ward.since, "priority", "priority", ward.reason, ward.adopted_by, made_of, uk(review), review, rows=rows
        )
    made_of += f"; dropped {uk(day)} by {ward.ended_by}: {ward.ended_reason}"
    return Entry(day, "priority", "dropped", ward.ended_reason, ward.ended_by, made_of, rows=rows)


@dataclass(frozen=True)
class _Row:
    """Someone of a run who was reported in the ward."""

    head: RunHead
    here: WardPerson

    @property
    def entry(self) -> Ranked:
        """Their entry in the run."""
        return self.here.entry


def _rank(row: _Row) -> str:
    return "-" if row.entry.rank is None else f"{row.entry.rank:,}"


def _score(row: _Row) -> str:
    return in_unit(row.entry.score, row.head.how.unit)


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("rank", "rank", 5, "right", show=_rank, sort=lambda row: row.entry.rank),
    name_column(lambda row: row.entry),
    ListColumn("also", "also", 7, show=lambda row: also(row.entry, row.head.as_of), holds=PLAIN),
    ListColumn("ref", "ref", 9, priority=4, show=lambda row: row.entry.person, holds=PLAIN),
    *locality_columns(lambda row: locality_of(row.entry.borough)),
    ListColumn("here", "here", 4, "right", show=lambda row: str(row.here.reports), sort=lambda row: row.here.reports),
    ListColumn("all", "all", 4, "right", show=lambda row: str(row.entry.crimes), sort=lambda row: row.entry.crimes),
    ListColumn(
        "last", "last here", 9, "right", show=lambda row: short(row.here.latest), sort=lambda row: row.here.latest
    ),
    ListColumn("score", "score", 10, "right", show=_score, sort=lambda row: row.entry.score),
    status_column(lambda row: row.entry.status),
)


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

    class PeopleRead(Message):
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
        self.post_message(self.PeopleRead(people))
        rows = [_Row(head, person) for person in people]
        lines = Lines.of(_COLUMNS, rows, key=lambda row: lasting(row.entry.person), record=_record)
        return lines, f"Reported here, {head.how.title}, {head.window} days to {uk(head.as_of)}:"


def _record(row: _Row) -> Record:
    entry, here = row.entry, row.here
    made_of = (
        f"{here.reports:,} of {counted(entry.crimes, 'report')} in this ward, the latest on {uk(here.latest)}; "
        f"{_score(row)} in all, {counted(entry.victims, 'victim')}"
    )
    facts = {
        "rank": _rank(row),
        "score": _score(row),
        "reports here": str(here.reports),
        "run": str(row.head.id),
    }
    detail = RegisterRow(proposed(row.head, entry))
    return Record(person_of(entry), facts, made_of, detail=detail, wall=made_of)
