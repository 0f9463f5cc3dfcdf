"""Who meets the rule of a cohort and is not in it: the rule proposes, A adopts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.children import CHILD
from core.cohorts import cohort_named
from core.days import day_of, uk
from core.localities import NOWHERE, Locality
from core.registers import Proposal
from db import cohorts, localities, meetings, memberships, people
from db.actions import Subject
from db.cohorts import Qualifying
from tui.commands import command
from tui.dialogs.cohort import cohort_pick
from tui.session import Session, named
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import IDENTITY, PLAIN, ListColumn
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
    ListColumn("status", "status", 9, show=lambda row: row.person.status, holds=PLAIN),
    ListColumn("facts", "because", 40, grow=True, show=lambda row: row.person.sentence),
    ListColumn("also", "also", 5, show=lambda row: CHILD if row.child else "", holds=PLAIN),
)


class QualifyingView(View):
    """Proposals for one cohort."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No one else qualifies on this day."
    noun = "qualify"
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
        cohort = cohort_named(self._cohort)
        inside = {member.person for member in memberships.members(store, cohort.key)}
        everyone = enumerate(self._qualifying(as_of), 1)  # numbered before, so that a number stays with its person
        self._children = people.children(store, as_of)
        outside = [(number, person) for number, person in everyone if person.person not in inside]
        where = localities.of_people(store, self.session.run_id, (person.person for _, person in outside))
        rows = [self._row(number, person, where.get(person.person, NOWHERE)) for number, person in outside]
        lines = Lines.of(_COLUMNS, rows, key=lambda row: row.number, record=_record)
        target = cohorts.against_target(store, cohort, as_of, len(self._qualifying(as_of)))
        head = f"{cohort.title} on {uk(as_of)}, {len(inside)} in it,"
        return lines, f"{target}; {head}" if target else head

    def _qualifying(self, as_of: int) -> list[Qualifying]:
        """Read once for the records as they are: adopting someone changes who is in, not who qualifies."""
        records = (self._cohort, as_of, meetings.last_import(self.session.store), self.session.run_id)
        if self._found[0] != records:
            self._found = records, cohorts.qualifying(self.session.store, cohort_named(self._cohort), as_of)
        return self._found[1]

    def _row(self, number: int, person: Qualifying, where: Locality) -> _Row:
        name = named(person.name, person.person)
        return _Row(number, person, name, self._cohort, person.person in self._children, where)

    def action_choose(self) -> None:
        """Ask for another cohort."""
        self.app.push_screen(cohort_pick("Who qualifies for", self._cohort), self._show_cohort)

    def _show_cohort(self, key: str | None) -> None:
        if key:
            self._cohort = key
            self.records.unmark()
            self.handled.clear()
            self.reload()


def _record(row: _Row) -> Record:
    person, because = row.person.person, row.person.sentence
    proposal = Proposal(person, f"the rule of {row.cohort}", row.person.facts)
    facts = {"cohort": row.cohort, "because": because}
    return Record(Subject("person", person, row.name), facts, because, detail=RegisterRow(proposal, row.cohort))
