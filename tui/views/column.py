"""A column of a list as one value: its title and width, what it shows of a row and what a row is sorted by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Generic, TypeAlias, TypeVar

from rich.text import Text

from tui.means import Meaning
from tui.small_counts import in_cell
from tui.wall import HIDDEN, Holds
from tui.widgets.columns import Cell, Column

PLAIN, IDENTITY, WORDS = Holds.PLAIN, Holds.IDENTITY, Holds.WORDS
Row = TypeVar("Row")
SortValue: TypeAlias = str | float | None
"""What rows are sorted by: numbers before words; None and the empty word are blank."""


@dataclass(frozen=True)
class ListColumn(Column, Generic[Row]):
    """A column of rows of one kind. Every function is given a row and reads nothing else.

    show: the cell of a row. sort: what a row is sorted by, the words of its cell where nothing is given. holds: what
    may stand in it; of a column that does not say, figures (on the right) are plain and all else is words. instead:
    the cell on a wall; a column that holds who someone is must have it. found_by: other words that a filter finds a row
    by, as the name of what a sign stands for; on a wall in plain columns alone. means: what the cell of a row is
    coloured for; a look says how (``tui.looks``).
    """

    # Columns that look alike are equal, whatever functions fill them: an equal list is not laid out again.
    show: Callable[[Row], Cell] = field(kw_only=True, compare=False)
    sort: Callable[[Row], SortValue] | None = field(default=None, kw_only=True, compare=False)
    holds: Holds | None = field(default=None, kw_only=True)
    instead: Callable[[Row], Cell] | None = field(default=None, kw_only=True, compare=False)
    found_by: Callable[[Row], str] | None = field(default=None, kw_only=True, compare=False)
    means: Meaning | Callable[[Row], Meaning | None] | None = field(default=None, kw_only=True, compare=False)

    @property
    def plain(self) -> bool:
        """Whether its cells may stand on a wall."""
        return (
            self.picture
            or self.holds is PLAIN
            or (self.holds is None and self.align == "right" and self.instead is None)
        )

    @property
    def whole(self) -> bool:
        """Whether its cells hold numbers or days: those on the right, and those that are not sorted by their words."""
        return super().whole or (self.sort is not None and not self.grow)

    def cell(self, row: Row, *, hidden: bool = False) -> Cell:
        """The cell of a row as it may be shown; *hidden* on a wall."""
        if not hidden or self.plain:
            return self._shown(row)
        if self.instead is not None:
            return self.instead(row)
        return HIDDEN if str(self.show(row)) else ""

    def _shown(self, row: Row) -> Cell:
        """The cell in the style of what it means."""
        shown = self.show(row)
        if isinstance(shown, str):
            shown = in_cell(self.key, shown, short=True)
        meaning = self.means(row) if callable(self.means) else self.means
        if meaning is None or not (words := str(shown)):
            return shown
        return Text(words, style=meaning.value)

    def words(self, row: Row, *, hidden: bool = False) -> str:
        """What a filter looks at: the cell as it may be shown, and by which other words; in a picture nothing."""
        if self.picture:
            return ""
        more = self.found_by(row) if self.found_by is not None and (self.plain or not hidden) else ""
        return f"{self.cell(row, hidden=hidden)} {more}"

    def sort_value(self, row: Row, *, hidden: bool = False) -> SortValue:
        """What a row is sorted by in this column: on a wall by what is shown, so that the order tells no more."""
        if hidden and not self.plain:
            return str(self.cell(row, hidden=True))
        return str(self.show(row)) if self.sort is None else self.sort(row)


def in_order(rows: Iterable[Row], value: Callable[[Row], SortValue], descending: bool) -> list[Row]:
    """Rows sorted by a value: numbers, then words in any case, blanks last either way; equals stay as they were."""
    valued = [(value(row), row) for row in rows]
    full = [(_sortable(key), row) for key, row in valued if key not in (None, "")]
    full.sort(key=itemgetter(0), reverse=descending)
    return [row for _, row in full] + [row for key, row in valued if key in (None, "")]


def _sortable(value: SortValue) -> tuple[int, float, str]:
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 1, 0.0, str(value).casefold()
