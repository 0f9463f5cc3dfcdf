"""The last 24 hours by measure and BCU, gaps shown where no return came."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import day_of, uk
from core.geography import bcus
from db import activity
from db.actions import Subject
from db.activity import MeasureRow
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Cell, Column

_COLUMNS = (
    Column("measure", "measure", 18, grow=True),
    Column("total", "total", 5, "right"),
    Column("before", "day before", 10, "right", priority=1),
    *(Column(bcu, bcu, 3, "right") for bcu in bcus()),
)


class ActivityView(View):
    """Stops and searches, warrants, arrests, items seized; then every measure that was counted."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No activity has been imported. Import a file of day, bcu, measure, count."
    noun = "measures"
    BINDINGS: ClassVar[list[BindingType]] = verbs("action", "decision")

    def read(self) -> tuple[Source, str]:
        """The day before the as-of date."""
        found = activity.day(self.session.store, day_of(self.session.as_of) - 1)
        every = not any(count is not None for row in found.rows for count in row.by_bcu.values())
        gap = "NO RETURN AT ALL" if every else f"NO RETURN: {', '.join(found.missing)}" if found.missing else "no gaps"
        lines = [_line(number, row) for number, row in enumerate(found.rows, 1)]
        return Lines(_COLUMNS, lines), f"Last 24 hours, {uk(found.day)}, {gap}"


def _line(number: int, row: MeasureRow) -> Line:
    style = "bold" if row.headline else ""
    cells: tuple[Cell, ...] = (
        Text(row.measure, style=style),
        Text(str(row.total), style=style),
        "-" if row.before is None else str(row.before),
        *("?" if count is None else str(count) for count in row.by_bcu.values()),
    )
    silent = [bcu for bcu, count in row.by_bcu.items() if count is None]
    before = "nothing known of the day before" if row.before is None else f"{row.before} the day before"
    made_of = f"{row.measure}: {row.total}, {before}" + (f"; ? = no return from {', '.join(silent)}" if silent else "")
    values = (row.measure, row.total, row.before, *row.by_bcu.values())
    facts = {"total": str(row.total)}
    return Line(number, cells, Record(Subject("measure", row.measure, row.measure), facts, made_of), values)
