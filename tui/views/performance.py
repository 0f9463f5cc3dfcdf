"""The week against the week before."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from core.days import day_of, uk
from db import performance
from db.actions import Subject
from db.performance import PerformanceRow
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("measure", "measure", 20, grow=True),
    Column("reports", "reports", 8, "right"),
    Column("before", "before", 8, "right"),
    Column("change", "change", 7, "right"),
    Column("harm", "harm (days)", 11, "right"),
    Column("harm_before", "before", 9, "right", priority=1),
)


class PerformanceView(View):
    """Crime reports of the last seven days and of the seven before."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No crime reports have been imported."
    noun = "measures"
    BINDINGS: ClassVar[list[BindingType]] = verbs("action", "decision")

    def read(self) -> tuple[Source, str]:
        """The two weeks to the as-of date."""
        day = day_of(self.session.as_of)
        rows = performance.week(self.session.store, day)
        heading = f"{uk(day - 6)} to {uk(day)} against the seven days before"
        return Lines(_COLUMNS, [_line(number, row) for number, row in enumerate(rows, 1)]), heading


def _line(number: int, row: PerformanceRow) -> Line:
    change = row.reports - row.reports_before
    cells = (
        row.measure, f"{row.reports:,}", f"{row.reports_before:,}", f"{change:+,}", f"{row.harm:,.0f}",
        f"{row.harm_before:,.0f}",
    )  # fmt: skip
    values = (row.measure, row.reports, row.reports_before, change, row.harm, row.harm_before)
    share = f"{100 * change / row.reports_before:+.0f}%" if row.reports_before else "nothing before"
    made_of = f"{row.measure}: {row.reports:,} reports, {row.reports_before:,} before ({share}); harm {row.harm:,.0f} d"
    facts = {"reports": str(row.reports), "before": str(row.reports_before)}
    return Line(number, cells, Record(Subject("measure", row.measure, row.measure), facts, made_of), values)
