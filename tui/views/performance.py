"""The week against the week before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.activity import UNKNOWN
from core.days import day_of, uk
from core.performance import COUNTS, Weeks
from core.text import by_percent, counted
from db import performance
from db.actions import Subject
from db.performance import PerformanceRow
from tui.means import Meaning, of_change
from tui.verb import verbs
from tui.views.activity import figure
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.ranked import unweighed
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """A measure of the two weeks and its number in the list."""

    number: int
    weeks: PerformanceRow


def _count(number: float | None, form: str = ",.0f") -> str:
    return UNKNOWN if number is None else f"{number:{form}}" if number else "0"


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("measure", "measure", 20, grow=True, show=lambda row: row.weeks.measure, holds=PLAIN),
    ListColumn(
        "reports", "reports", 8, "right",
        show=lambda row: figure(_count(row.weeks.reports)), sort=lambda row: row.weeks.reports,
    ),
    ListColumn(
        "before", "before", 8, "right",
        show=lambda row: figure(_count(row.weeks.reports_before)), sort=lambda row: row.weeks.reports_before,
    ),
    ListColumn(
        "change", "change", 7, "right",
        show=lambda row: _count(row.weeks.change, "+,.0f"), sort=lambda row: row.weeks.change,
        means=lambda row: of_change(row.weeks.change) or Meaning.NOUGHT,
    ),
    ListColumn(
        "harm", "harm (days)", 11, "right",
        show=lambda row: figure(_count(row.weeks.harm)), sort=lambda row: row.weeks.harm,
    ),
    ListColumn(
        "harm_before", "before", 9, "right", priority=1,
        show=lambda row: figure(_count(row.weeks.harm_before)), sort=lambda row: row.weeks.harm_before,
    ),
)  # fmt: skip
_UNWEIGHED = ListColumn[_Row](
    "unweighed", "no weight", 12, priority=2, show=lambda row: unweighed(row.weeks.unweighed), holds=PLAIN
)
"""Stands in the list only where a report of the week has no weight."""


class PerformanceView(View):
    """Crime reports of the seven days before the day of the data, and of the seven before."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Performance"
    only_in_meetings = True
    empty = "No crime reports have been imported."
    noun = "measures"
    BINDINGS: ClassVar[list[BindingType]] = verbs("why", "action", "decision")

    def read(self) -> tuple[Source, str]:
        """The two weeks before the as-of date, which may be held only in part."""
        day = day_of(self.session.as_of)
        scope = self.session.looks_at
        weeks = performance.week(self.session.store, day, scope)
        rows = [_Row(number, one) for number, one in enumerate(weeks, 1)]
        days = Weeks.to(day)
        week = f"Seven whole days, {uk(days.first)} to {uk(days.last)}, against the seven before"
        whose = "" if scope.is_force else f"{scope.label}: "
        heading = f"{whose}{week}{self._partly(rows)}; counted: {COUNTS};"
        columns = (*_COLUMNS, _UNWEIGHED) if any(row.weeks.unweighed for row in rows) else _COLUMNS
        return Lines.of(columns, rows, key=lambda row: row.number, record=_record), heading

    def _partly(self, rows: list[_Row]) -> str:
        """From when to when there are reports, where they do not reach over both weeks."""
        first, last = performance.reaches(self.session.store)
        if first is None or all(row.weeks.alike for row in rows):
            return ""
        return f"; reports only from {uk(first)} to {uk(last)}: not compared"


def _record(row: _Row) -> Record:
    week = row.weeks
    reports = f"{UNKNOWN} reports" if week.reports is None else counted(week.reports, "report")
    more = f", {unweighed(week.unweighed)}" if week.unweighed else ""
    made_of = (
        f"{week.measure}: {reports}, {_count(week.reports_before)} before ({_share(week)}); "
        f"harm {_count(week.harm)} d{more}; {week.rule}"
    )
    facts = {"reports": _count(week.reports), "before": _count(week.reports_before)}
    return Record(Subject("measure", week.measure, week.measure), facts, made_of, wall=made_of, why="performance")


def _share(week: PerformanceRow) -> str:
    """The change in per cent, in words where there is none to be had."""
    if week.change is None:
        return "not to be compared: a week is not known"
    if not week.reports_before:
        return "nothing before"
    return by_percent(week.reports_before + week.change, week.reports_before)
