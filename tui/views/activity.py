"""The last 24 hours by measure and BCU, gaps shown where no return came."""

from __future__ import annotations

from dataclasses import dataclass
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
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """A measure and its number in the list."""

    number: int
    count: MeasureRow


def _strong(row: _Row, words: str) -> Text:
    return Text(words, style="bold" if row.count.headline else "")


def _or(unknown: str, count: int | None) -> str:
    return unknown if count is None else str(count)


def _of_bcu(bcu: str) -> ListColumn[_Row]:
    return ListColumn(
        bcu, bcu, 3, "right", show=lambda row: _or("?", row.count.by_bcu[bcu]), sort=lambda row: row.count.by_bcu[bcu]
    )


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("measure", "measure", 18, grow=True, show=lambda row: _strong(row, row.count.measure), holds=PLAIN),
    ListColumn(
        "total", "total", 5, "right",
        show=lambda row: _strong(row, str(row.count.total)), sort=lambda row: row.count.total,
    ),
    ListColumn(
        "before", "day before", 10, "right", priority=1,
        show=lambda row: _or("-", row.count.before), sort=lambda row: row.count.before,
    ),
    *(_of_bcu(bcu) for bcu in bcus()),
)  # fmt: skip


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
        rows = [_Row(number, count) for number, count in enumerate(found.rows, 1)]
        lines = Lines.of(_COLUMNS, rows, key=lambda row: row.number, record=_record)
        return lines, f"Task force's own work, {uk(found.day)}, {gap}"


def _record(row: _Row) -> Record:
    count = row.count
    silent = [bcu for bcu, number in count.by_bcu.items() if number is None]
    before = "nothing known of the day before" if count.before is None else f"{count.before} the day before"
    made_of = f"{count.measure}: {count.total}, {before}"
    made_of += f"; ? = no return from {', '.join(silent)}" if silent else ""
    return Record(Subject("measure", count.measure, count.measure), {"total": str(count.total)}, made_of, wall=made_of)
