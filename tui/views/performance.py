"""The week against the week before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.days import day_of, uk
from db import performance
from db.actions import Subject
from db.performance import PerformanceRow
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """A measure of the two weeks and its number in the list."""

    number: int
    weeks: PerformanceRow

    @property
    def change(self) -> int:
        """Reports more than the week before."""
        return self.weeks.reports - self.weeks.reports_before


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("measure", "measure", 20, grow=True, show=lambda row: row.weeks.measure, holds=PLAIN),
    ListColumn(
        "reports", "reports", 8, "right",
        show=lambda row: f"{row.weeks.reports:,}", sort=lambda row: row.weeks.reports,
    ),
    ListColumn(
        "before", "before", 8, "right",
        show=lambda row: f"{row.weeks.reports_before:,}", sort=lambda row: row.weeks.reports_before,
    ),
    ListColumn("change", "change", 7, "right", show=lambda row: f"{row.change:+,}", sort=lambda row: row.change),
    ListColumn(
        "harm", "harm (days)", 11, "right",
        show=lambda row: f"{row.weeks.harm:,.0f}", sort=lambda row: row.weeks.harm,
    ),
    ListColumn(
        "harm_before", "before", 9, "right", priority=1,
        show=lambda row: f"{row.weeks.harm_before:,.0f}", sort=lambda row: row.weeks.harm_before,
    ),
)  # fmt: skip


class PerformanceView(View):
    """Crime reports of the last seven days and of the seven before."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No crime reports have been imported."
    noun = "measures"
    BINDINGS: ClassVar[list[BindingType]] = verbs("action", "decision")

    def read(self) -> tuple[Source, str]:
        """The two weeks to the as-of date."""
        day = day_of(self.session.as_of)
        rows = [_Row(number, weeks) for number, weeks in enumerate(performance.week(self.session.store, day), 1)]
        heading = f"{uk(day - 6)} to {uk(day)} against the seven days before"
        return Lines.of(_COLUMNS, rows, key=lambda row: row.number, record=_record), heading


def _record(row: _Row) -> Record:
    week = row.weeks
    share = f"{100 * row.change / week.reports_before:+.0f}%" if week.reports_before else "nothing before"
    made_of = (
        f"{week.measure}: {week.reports:,} reports, {week.reports_before:,} before ({share}); harm {week.harm:,.0f} d"
    )
    facts = {"reports": str(week.reports), "before": str(week.reports_before)}
    return Record(Subject("measure", week.measure, week.measure), facts, made_of, wall=made_of)
