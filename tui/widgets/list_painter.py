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
from tui.widgets.own_lines import Finish
from tui.widgets.row_pages import RowPages

GUTTER = 2
_STRIPS = 192
"""Lines that are kept: those in sight on a high screen, and as many that come into sight next."""


class ListPainter:
    """The lines of one list in the component styles of its *widget*."""

    def __init__(self, widget: Widget, columns: Sequence[Column], fetch: Fetch) -> None:
        self._widget = widget
        self._columns = tuple(columns)
        self._rows = RowPages(fetch, self._widen)
        self._needs: dict[int, int] = {}
        self._width = -1
        self._placed: tuple[Placed, ...] = ()
        self._strips: LRUCache[tuple[int, bool, str], Strip] = LRUCache(_STRIPS)
        self._styles: dict[str, Style] = {}
        self._finish: Finish | None = None
        self._pan = 0
        self.edition = 0
        """A number that is another after every line was to be drawn anew."""
        self.chosen: Mapping[str, bool] = {}
        """Whether the chair wants a column, by its key; what is not in it is shown where there is room."""

    def forget_lines(self) -> None:
        """Draw every line again; nothing is fetched for it."""
        self._strips.clear()
        self._styles.clear()
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

    def _widen(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Make columns wider from the next paint on where a cell is wider than any that was seen before."""
        seen = widest(self._columns, rows)
        if any(width > self._needs.get(place, 0) for place, width in seen.items()):
            self._needs = {place: max(width, self._needs.get(place, 0)) for place, width in seen.items()}
            placed = self._laid_out()
            if placed != self._placed:
                self._width = -1
                self._widget.call_next(self._widget.refresh)  # what this paint has drawn is as it was before

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

    def undrawn(self, rows: Iterable[int], state: ListState) -> tuple[list[int], list[int]]:
        """Which of some rows have no line yet, and the keys of the rows that are to be fetched for them."""
        left = [index for index in rows if _line_of(index, state) not in self._strips]
        return left, self._rows.read_for(left, state.keys)

    def row(
        self, index: int, state: ListState, width: int, finish: Finish | None = None, *, ahead: bool = False
    ) -> Strip:
        """Give row *index*: the gutter with cursor and mark, then the cells; made ready for the screen with a *finish*.

        ahead: it is not looked at yet.
        """
        if finish != self._finish:
            self._finish = finish
            self.forget_lines()
        self.layout(width)
        known_as = _, here, mark = _line_of(index, state)
        strip = self._strips.get(known_as)
        if strip is None:
            style = self._style(index, here, mark)
            gutter = Segment(("▸" if here else " ") + mark, style)
            cells = self._rows.row(index, state.keys, ahead=ahead)
            placed = self.layout(width)  # a row that was fetched just now may have made a column wider
            segments = row_segments(placed, cells, style, self._widget.app.console, here=here)
            strip = Strip([gutter, *segments]).adjust_cell_length(width, style)
            if finish is not None:
                strip = finish.of(strip)
            self._strips.set(known_as, strip)
        return strip

    def _style(self, index: int, here: bool, mark: str) -> Style:
        name = "cursor" if here else "marked" if mark != " " else "even" if index % 2 else ""
        style = self._styles.get(name)
        if style is None:
            look = self._widget.get_component_rich_style
            style = self._styles[name] = look(f"record-list--{name}") if name else self._widget.rich_style
        return style


def _line_of(index: int, state: ListState) -> tuple[int, bool, str]:
    """What the line of a row goes by: whether the cursor is there, and its mark."""
    mark = "●" if state.keys[index] in state.marks else "○" if state.in_range(index) else " "
    return index, index == state.cursor, mark


def _line(text: str, width: int, style: Style) -> Strip:
    return Strip([Segment(text, style)]).adjust_cell_length(width, style)
