"""Why does a person meet the rule of a cohort: the reports and dated facts that make it so, and who adopted them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from core.cohorts import Case, Cohort
from core.cohorts.counting import makes_suspect
from core.days import day_of, london, uk
from core.errors import NotFound
from core.markers import Marker
from core.reports import ReportRow
from core.text import in_days, plain
from db import cohorts, markers, trail
from db.actions import Subject
from db.restrictions import cohort_of
from db.trail import Written
from tui.views.column import PLAIN, ListColumn
from tui.views.registers import RegisterRow
from tui.views.registry import SOURCE
from tui.views.source import Lines, Record, Source, details
from tui.views.timeline import marker_on_a_wall
from tui.views.why import AboutView, explained
from tui.wall import HIDDEN
from tui.widgets.record_list import Column

_REPORT, _FACT, _ENTRY = "report", "fact", "decided"


@dataclass(frozen=True)
class _Row:
    """A row of a report, a dated fact or an entry of the journal; ``day`` is a day number."""

    kind: str
    day: int
    words: str
    wall: str
    source: str


@dataclass(frozen=True)
class _Numbered:
    """The same with its number in the list."""

    number: int
    row: _Row


_COLUMNS: tuple[ListColumn[_Numbered], ...] = (
    ListColumn("kind", "what", 7, show=lambda one: one.row.kind, holds=PLAIN),
    ListColumn("day", "day", 10, show=lambda one: uk(one.row.day), sort=lambda one: one.row.day, holds=PLAIN),
    ListColumn("words", "words", 28, grow=True, show=lambda one: one.row.words, instead=lambda one: one.row.wall),
    ListColumn(SOURCE, "from", 24, grow=True, inside=True, show=lambda one: plain(one.row.source)),
)


class RuleView(AboutView):
    """What makes a person meet the rule of a cohort or stand on a register, and who decided it of a member."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "The records no longer meet the rule, and no one is adopted."
    noun = "records"

    def read(self) -> tuple[Source, str]:
        """The records that the rule goes by, on the as-of day."""
        [asked] = details([self.about], RegisterRow)
        store = self.session.store
        cohort = cohort_of(store, asked.group)
        rows = [*self._reports(cohort), *self._facts(cohort)]
        if cohorts.why_is_hidden(store, cohort):
            rows.insert(0, _Row(_FACT, day_of(self.session.as_of), HIDDEN, HIDDEN, ""))
        if asked.entry is not None:
            rows += [_entry(one) for one in trail.written(store, [("membership", asked.entry)])]
        numbered = [_Numbered(number, row) for number, row in enumerate(rows, 1)]
        lines = Lines.of(_COLUMNS, numbered, key=lambda one: one.number, record=_record)
        return lines, f"{cohort.title}: {cohort.rule}"

    def _case(self) -> Case:
        try:
            return cohorts.case_of(self.session.store, self.subject.ref)
        except NotFound:
            return Case(self.subject.ref)

    def _reports(self, cohort: Cohort) -> list[_Row]:
        """The rows of the reports that make it so; of a ranking, those that count in the score."""
        if cohort.needs == "ranking":
            return [_report(line.row) for line in explained(self.session, self.subject.ref).counted]
        case, as_of = self._case(), day_of(self.session.as_of)
        found = cohorts.meets(self.session.store, cohort, case, as_of)
        crimes = found.facts.get("crimes", ()) if found is not None else ()
        so = list(crimes) if isinstance(crimes, Iterable) else []
        return [_report(row) for row in rows_of(case, so)]

    def _facts(self, cohort: Cohort) -> list[_Row]:
        """The dated facts that the rule goes by, as whoever asks is shown them."""
        as_of = day_of(self.session.as_of)
        known = sorted(markers.of_person(self.session.store, self.subject.ref), key=lambda one: -one.starts)
        return [_fact(one) for one in known if one.kind in cohort.reads and one.starts <= as_of]


def rows_of(case: Case, crimes: Sequence[str]) -> list[ReportRow]:
    """The rows of reports by their references: those that count, else those that make the person a suspect at all.

    A wanted marker goes by the weight of a report, and that may be one which intelligence alone tells of.
    """
    counting = {one.crime_ref: one.rows for one in case.every_report}
    return [
        row
        for ref in crimes
        for row in counting.get(ref) or [row for row in case.rows if row.crime_ref == ref and makes_suspect(row)]
    ]


def _report(row: ReportRow) -> _Row:
    days = "unweighed" if row.days is None else in_days(row.days)
    words = f"{row.crime_ref}: {row.ho_code} {row.offence}, {row.role.words}, {days}"
    return _Row(_REPORT, row.reported_on, words, words, f"{row.file}:{row.line}")


def _fact(marker: Marker) -> _Row:
    ends = f" to {uk(marker.ends)}" if marker.ends is not None else ""
    words = " ".join(part for part in (marker.kind, marker.value, marker.note) if part)
    wall = f"{marker.kind} {marker_on_a_wall(marker)}"
    return _Row(_FACT, marker.starts, f"{words}{ends}", f"{wall}{ends}", f"{marker.file}:{marker.line}")


def _entry(one: Written) -> _Row:
    day = day_of(london(one.at).date())
    return _Row(_ENTRY, day, f"{one.what} ({one.who})", HIDDEN, one.source)


def _record(one: _Numbered) -> Record:
    row = one.row
    ends = f"{uk(row.day)}; {plain(row.source)}"
    subject = Subject("behind", str(one.number), row.kind)
    return Record(subject, {}, f"{row.words}; {ends}", wall=f"{row.wall}; {ends}")
