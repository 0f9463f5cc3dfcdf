"""Who meets the rule of a cohort and is not in it: the rule proposes, A adopts."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from core.cohorts import cohort_named
from core.days import day_of, uk
from core.registers import Proposal
from db import cohorts, meetings, memberships
from db.actions import Subject
from db.cohorts import Qualifying
from tui.commands import command
from tui.dialogs.cohort import cohort_pick
from tui.session import Session
from tui.verb import verbs
from tui.views.base import View
from tui.views.registers import RegisterRow
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("name", "named suspect", 18, grow=True),
    Column("ref", "ref", 9, priority=2),
    Column("status", "status", 9),
    Column("facts", "because", 44, grow=True),
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
        self._found: tuple[object, list[Qualifying]] = (None, [])

    def read(self) -> tuple[Source, str]:
        """Those who meet the rule and have not been adopted."""
        store, as_of = self.session.store, day_of(self.session.as_of)
        cohort = cohort_named(self._cohort)
        inside = {one.person for one in memberships.members(store, cohort.key)}
        everyone = enumerate(self._qualifying(as_of), 1)  # numbered before, so that a number stays with its person
        lines = [self._line(number, one) for number, one in everyone if one.person not in inside]
        target = cohorts.against_target(store, cohort, as_of, len(self._qualifying(as_of)))
        head = f"{cohort.title} on {uk(as_of)}, {len(inside)} in it,"
        return Lines(_COLUMNS, lines), f"{target}; {head}" if target else head

    def _qualifying(self, as_of: int) -> list[Qualifying]:
        """Read once for the records as they are: adopting someone changes who is in, not who qualifies."""
        records = (self._cohort, as_of, meetings.last_import(self.session.store), self.session.run_id)
        if self._found[0] != records:
            self._found = records, cohorts.qualifying(self.session.store, cohort_named(self._cohort), as_of)
        return self._found[1]

    def _line(self, number: int, one: Qualifying) -> Line:
        name = self.session.shown(one.name, one.person)
        cells = (name, one.person, one.status, one.sentence)
        row = RegisterRow(Proposal(one.person, f"the rule of {self._cohort}", one.facts), self._cohort)
        facts = {"cohort": self._cohort, "because": one.sentence}
        record = Record(Subject("person", one.person, name), facts, one.sentence, detail=row)
        return Line(number, cells, record, cells)

    def action_choose(self) -> None:
        """Ask for another cohort."""
        self.app.push_screen(cohort_pick("Who qualifies for", self._cohort), self._show_cohort)

    def _show_cohort(self, key: str | None) -> None:
        if key:
            self._cohort = key
            self.records.unmark()
            self.handled.clear()
            self.reload()
