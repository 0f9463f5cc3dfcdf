"""Columns that several lists have: the status of a person, a figure as a bar, the last weeks as a spark."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.means import Meaning, of_status
from tui.views.column import PLAIN, ListColumn, Row
from tui.widgets.pictures import bar, spark

_WIDE = 8


def status_column(of: Callable[[Row], str], *, priority: int = 0) -> ListColumn[Row]:
    """The status of a named suspect, in the colour of what it means."""
    return ListColumn(
        "status", "status", 9, priority=priority, show=of, holds=PLAIN, means=lambda row: of_status(of(row))
    )


def bar_column(of: Callable[[Row], float], most: Callable[[Row], float]) -> ListColumn[Row]:
    """The harm of a row beside the most of the list, as a bar; the number stands in a column of its own."""
    return ListColumn(
        "bar", "harm", _WIDE, picture=True, priority=2, means=Meaning.BAR,
        show=lambda row: bar(of(row), most(row), _WIDE),
    )  # fmt: skip


def spark_column(key: str, title: str, width: int, of: Callable[[Row], Sequence[float | None]]) -> ListColumn[Row]:
    """The last weeks, months or days of a row, the oldest first."""
    return ListColumn(
        key, title, width, picture=True, priority=2, means=Meaning.BAR, show=lambda row: spark(of(row))
    )  # fmt: skip
