"""Draws the lines of a list and keeps the lines it drew last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.cache import LRUCache
from textual.strip import Strip
from textual.widget import Widget

from core.text import plain
from tui.widgets.columns import Cell, Column, Fetch, Placed, head_text, last_pan, lay_out, row_segments, widest
from tui.widgets.list_state import ListState
from tui.widgets.row_pages import RowPages

GUTTER = 2
_STRIPS = 256


class ListPainter:
    """The lines of one list in the component styles of its *widget*."""

    def __init__(self, widget: Widget, columns: Sequence[Column], fetch: Fetch) -> None:
        self._widget = widget
        self._columns = tuple(columns)
        self._rows = RowPages(self._fetched)
        self._fetch = fetch
        self._needs: dict[int, int] = {}
        self._width = -1
        self._placed: tuple[Placed, ...] = ()
        self._strips: LRUCache[tuple[int, bool, str], Strip] = LRUCache(_STRIPS)
        self._pan = 0
        self.edition = 0
        """A number that is another after every line was to be drawn anew."""
        self.chosen: Mapping[str, bool] = {}
        """Whether the chair wants a column, by its key; what is not in it is shown where there is room."""

    def forget_lines(self) -> None:
        """Draw every line again; nothing is fetched for it."""
        self._strips.clear()
        self.edition += 1

    def forget_rows(self, keys: Iterable[int] | None = None, order: Sequence[int] = ()) -> None:
        """Fetch the rows of *keys* in the list *order* again, all rows if None."""
        if keys is None:
            self._rows.clear()
        else:
            self._rows.forget(keys, order)
        self.forget_lines()

    def layout(self, width: int) -> tuple[Placed, ...]:
        """Give the columns shown in a list of *width* cells."""
        if width != self._width:
            self._width = width
            self._placed = self._laid_out()
            self.forget_lines()
        return self._placed

    def choose(self, chosen: Mapping[str, bool]) -> None:
        """Lay out anew, with the columns that the chair wants."""
        self.chosen = chosen
        self._width = -1

    def pan_by(self, step: int, width: int) -> bool:
        """Skip more columns, or fewer, behind those that stay; gives whether that shows others."""
        before, last = self._pan, last_pan(self._columns, width - GUTTER, self.chosen)
        self._pan = max(0, min(self._pan + step, last))
        if self._pan == before:
            return False
        self._width = -1
        self.layout(width)
        return True

    def _laid_out(self) -> tuple[Placed, ...]:
        return lay_out(self._columns, self._width - GUTTER, self._needs, chosen=self.chosen, pan=self._pan)

    def _fetched(self, keys: Sequence[int]) -> Sequence[Sequence[Cell]]:
        """Fetch rows; a cell that is wider than any before makes its column wider from the next paint on."""
        rows = self._fetch(keys)
        seen = widest(self._columns, rows)
        if any(width > self._needs.get(place, 0) for place, width in seen.items()):
            self._needs = {place: max(width, self._needs.get(place, 0)) for place, width in seen.items()}
            placed = self._laid_out()
            if placed != self._placed:
                self._width = -1
                self._widget.call_next(self._widget.refresh)  # what this paint has drawn is as it was before
        return rows

    def look_at(self, first: int, last: int, state: ListState) -> None:
        """Fetch the rows that are to be painted, so that from the head on columns have the width that they need."""
        self._rows.fit(last - first + 1)
        for index in (first, last):
            if state.keys:
                self._rows.row(max(0, min(index, len(state.keys) - 1)), state.keys)

    def head(self, width: int, sort_column: str | None, descending: bool) -> Strip:
        """Give the line of titles."""
        style = self._widget.get_component_rich_style("record-list--head")
        return _line(
            f"{'‹' if self._pan else ' '} {head_text(self.layout(width), sort_column, descending)}", width, style
        )

    def sentence(self, text: str, line: int, width: int) -> Strip:
        """Give one *line* of the sentence for an empty list, wrapped to the width."""
        style = self._widget.get_component_rich_style("record-list--empty")
        lines = Text(plain(text)).wrap(self._widget.app.console, max(1, width - GUTTER))
        return _line(" " * GUTTER + lines[line].plain if line < len(lines) else "", width, style)

    def row(self, index: int, state: ListState, width: int) -> Strip:
        """Give row *index*: the gutter with cursor and mark, then the cells."""
        self.layout(width)
        here = index == state.cursor
        mark = "●" if state.keys[index] in state.marks else "○" if state.in_range(index) else " "
        strip = self._strips.get((index, here, mark))
        if strip is None:
            style = self._style(index, here, mark)
            gutter = Segment(("▸" if here else " ") + mark, style)
            cells = self._rows.row(index, state.keys)
            placed = self.layout(width)  # a row that was fetched just now may have made a column wider
            segments = row_segments(placed, cells, style, self._widget.app.console, here=here)
            strip = Strip([gutter, *segments]).adjust_cell_length(width, style)
            self._strips.set((index, here, mark), strip)
        return strip

    def _style(self, index: int, here: bool, mark: str) -> Style:
        look = self._widget.get_component_rich_style
        if here:
            return look("record-list--cursor")
        if mark != " ":
            return look("record-list--marked")
        return look("record-list--even") if index % 2 else self._widget.rich_style


def _line(text: str, width: int, style: Style) -> Strip:
    return Strip([Segment(text, style)]).adjust_cell_length(width, style)
