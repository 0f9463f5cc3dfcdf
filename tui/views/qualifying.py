"""Who meets the rule of a cohort and is not in it, whom A adopts; or who is on a register, with what is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.children import CHILD
from core.cohorts import Cohort, cohort_named
from core.days import day_of, uk
from core.localities import NOWHERE, Locality
from core.proposals import Proposal
from db import cohorts, localities, meetings, memberships, people
from db.actions import Subject
from db.cohorts import Qualifying
from db.restrictions import cohort_of
from tui.commands import command
from tui.dialogs.cohort import cohort_pick
from tui.session import Session, named
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import IDENTITY, PLAIN, ListColumn
from tui.views.column_kinds import status_column
from tui.views.localities import locality_columns
from tui.views.registers import RegisterRow
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """Someone who meets the rule of a cohort, with the number in the list and the name."""

    number: int
    person: Qualifying
    name: str
    cohort: str
    child: bool
    where: Locality


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn(
        "name",
        "named suspect",
        18,
        grow=True,
        show=lambda row: row.name,
        holds=IDENTITY,
        instead=lambda row: row.person.person,
    ),
    ListColumn("ref", "ref", 9, priority=2, show=lambda row: row.person.person, holds=PLAIN),
    *locality_columns(lambda row: row.where),
    status_column(lambda row: row.person.status),
    ListColumn("facts", "because", 40, grow=True, show=lambda row: row.person.words),
    ListColumn("also", "also", 5, show=lambda row: CHILD if row.child else "", holds=PLAIN),
)


class QualifyingView(View):
    """Proposals for one cohort."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No one else qualifies on this day."
    noun = "qualify"
    singular = "qualifies"
    reads_beside = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("adopt", "why"),
        command("o", "choose", "cohort", "Choose the cohort that is shown", "cohort.choose"),
        *verbs("timeline", "compare", "action", "decision", footer=False),
    ]

    def __init__(self, session: Session, cohort: str, item: str = "") -> None:
        super().__init__(session, item)
        self._cohort = cohort
        self._children: frozenset[str] = frozenset()
        self._found: tuple[object, list[Qualifying]] = (None, [])

    def read(self) -> tuple[Source, str]:
        """Those who meet the rule and have not been adopted."""
        store, as_of = self.session.store, day_of(self.session.as_of)
        cohort = cohort_of(store, self._cohort)
        inside = set()
        if not cohort.is_register:
            inside = {member.person for member in memberships.members(store, cohort.key)}
        everyone = enumerate(self._qualifying(as_of), 1)  # numbered before, so that a number stays with its person
        self._children = people.children(store, as_of)
        outside = [(number, person) for number, person in everyone if person.person not in inside]
        where = localities.of_people(store, self.session.run_id, (person.person for _, person in outside))
        rows = [self._row(number, person, where.get(person.person, NOWHERE)) for number, person in outside]
        if cohort.is_register:
            rows.sort(key=_by_due)
        lines = Lines.of(_COLUMNS, rows, key=lambda row: row.number, record=_record)
        target = cohorts.against_target(store, cohort, as_of, len(self._qualifying(as_of)))
        head = _register(cohort, as_of, rows) if cohort.is_register else _in_it(cohort, as_of, len(inside))
        return lines, f"{target}; {head}" if target else head

    def _qualifying(self, as_of: int) -> list[Qualifying]:
        """Read once for the records as they are: adopting someone changes who is in, not who qualifies."""
        records = (self._cohort, as_of, meetings.last_import(self.session.store), self.session.run_id)
        if self._found[0] != records:
            store = self.session.store
            self._found = records, cohorts.qualifying(store, cohort_of(store, self._cohort), as_of)
        return self._found[1]

    def _row(self, number: int, person: Qualifying, where: Locality) -> _Row:
        name = named(person.name, person.person)
        return _Row(number, person, name, self._cohort, person.person in self._children, where)

    def action_choose(self) -> None:
        """Ask for another cohort."""
        self.app.push_screen(cohort_pick(self.session.store, "Who qualifies for", self._cohort), self._show_cohort)

    def _show_cohort(self, key: str | None) -> None:
        if key:
            self._cohort = key
            self.records.unmark()
            self.handled.clear()
            self.reload()


def _in_it(cohort: Cohort, as_of: int, inside: int) -> str:
    return f"{cohort.title} on {uk(as_of)}, {inside} in it,"


def _register(cohort: Cohort, as_of: int, rows: Sequence[_Row]) -> str:
    """The head of a register: it is read, and how many of its people have something due, or records at odds."""
    due, faults = sum(bool(row.person.due) for row in rows), sum(bool(row.person.fault) for row in rows)
    fault = f", data faults of {faults:,}" if faults else ""
    without = sum(bool(row.person.facts.get("unweighed")) for row in rows)
    unweighed = f", {without:,} unweighed" if without else ""
    return f"{cohort.title} on {uk(as_of)}, a register: something due of {due:,}{fault}{unweighed},"


def _by_due(row: _Row) -> tuple[bool, bool, int]:
    """The place of a row in a register: data faults, then what falls due, the first first."""
    days = [one.day for one in row.person.due if one.day is not None]
    return not row.person.fault, not row.person.due, min(days, default=0)


def _record(row: _Row) -> Record:
    person, because = row.person.person, row.person.words
    proposal = Proposal(person, f"the rule of {row.cohort}", row.person.facts)
    facts = {"cohort": row.cohort, "because": because}
    behind = "person" if cohort_named(row.cohort).needs == "ranking" else "rule"
    detail = RegisterRow(proposal, row.cohort)
    return Record(Subject("person", person, row.name), facts, because, detail=detail, why=behind)
