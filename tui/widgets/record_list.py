"""The one list of the program: thousands of records, keyboard first, rows fetched as they come into sight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Self

from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from tui.widgets import list_messages
from tui.widgets.columns import Cell, Column, Fetch
from tui.widgets.list_ahead import LookAhead
from tui.widgets.list_cursor import HEAD
from tui.widgets.list_keys import LIST_BINDINGS
from tui.widgets.list_marks import MarkedList
from tui.widgets.list_painter import ListPainter
from tui.widgets.own_lines import Finish, OwnLines, finish_of, is_bare

__all__ = ["Cell", "Column", "Fetch", "RecordList"]
_AT_ONCE = 8
"""Lines that are drawn ahead at a time: a key that comes meanwhile waits for a millisecond."""
_MOST_AHEAD = 96
"""Lines that are drawn ahead at all: the painter keeps them beside those in sight."""


class RecordList(MarkedList, can_focus=True, inherit_bindings=False):
    """A list of records known by their keys, with a cursor, marks and a sorted column in its head.

    The owner gives the order (`show`) and the rows (`fetch`, one row of cells per key, asked 64 at a time) and
    does the sorting when `Sorted` asks for it. A cell that is a str is shown as plain text; a rich Text must
    have been made with `tui.safe.safe`. The first two cells of a line hold ▸ for the cursor and ● for a mark
    (○ in a range that is still open); the columns share the rest of the width, less one for the scrollbar. What it
    does with columns that do not fit is told in docs/list.md.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*LIST_BINDINGS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-list--head",
        "record-list--cursor",
        "record-list--marked",
        "record-list--even",
        "record-list--empty",
    }
    DEFAULT_CSS = """
    RecordList {
        width: 1fr;
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        background: $surface;
        color: $foreground;
    }
    RecordList > .record-list--head { background: $panel; color: $foreground; text-style: $head-text-style; }
    RecordList > .record-list--even { background: $even-background; }
    RecordList > .record-list--marked { background: $marked-background; color: $marked-foreground; text-style: bold; }
    RecordList > .record-list--empty { color: $text-muted; }
    RecordList > .record-list--cursor {
        background: $block-cursor-blurred-background;
        color: $block-cursor-blurred-foreground;
        text-style: $block-cursor-blurred-text-style;
    }
    RecordList:focus > .record-list--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: $block-cursor-text-style;
    }
    """

    empty_text: reactive[str] = reactive("Nothing here")

    Chosen = list_messages.Chosen
    Sorted = list_messages.Sorted

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Fetch,
        *,
        empty: str = "Nothing here",
        id: str | None = None,  # noqa: A002 - Textual's own name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.set_reactive(RecordList.empty_text, empty)
        self.total = 0
        self.sort_column: str | None = None
        self.sort_descending = False
        self._asked: tuple[str | None, bool] = (None, False)
        self._painter = ListPainter(self, columns, fetch)
        self._lines = OwnLines()
        self.hold: Callable[[Sequence[int]], bool] = lambda _keys: True
        """Whether the rows of some keys are held, so that fetching takes no time; the owner may read them if not."""
        self._ahead = LookAhead(self, self._draw_ahead)

    # What the owner tells the list

    def show(self, keys: Sequence[int], total: int | None = None, *, passing: bool = False) -> None:
        """Show *keys* in this order; *total* is their number before filtering.

        The cursor stays on its record, else on its row; *passing*: on that from before all steps, else on the first.
        A mark goes when its record is no longer shown; *passing*: those from before all steps come back with theirs.
        What was fetched is forgotten.
        """
        self._state.replace(keys, passing=passing)
        self.total = self.count if total is None else total
        self._painter.forget_rows()
        self.virtual_size = Size(0, HEAD + self.count)
        self._follow(back=self._state.on_the_way)
        if not self._state.on_the_way:
            self._stand()

    def clear(self) -> None:
        """Show nothing, and forget cursor and marks: other records come."""
        self._state.clear()
        self.show(())

    def use(self, columns: Sequence[Column], fetch: Fetch) -> None:
        """Change to another view of the same records; for other records call `clear` first."""
        chosen = self._painter.chosen
        self._painter = ListPainter(self, columns, fetch)
        self._painter.choose(chosen)
        self.refresh()

    def invalidate(self, keys: Iterable[int] | None = None) -> None:
        """Fetch the rows of *keys* (all rows if None) again when they are next in sight."""
        self._painter.forget_rows(keys, self.keys)
        self.refresh()

    def set_sort(self, column: str | None, descending: bool) -> None:
        """Show in the head that the list is sorted by *column*; moves no row."""
        self.sort_column, self.sort_descending = self._asked = (column, descending)
        self.refresh(Region(0, 0, self.scrollable_size.width, HEAD))

    def shown_columns(self) -> tuple[Column, ...]:
        """The columns that are in sight now."""
        return tuple(placed.column for placed in self._painter.layout(self.scrollable_size.width))

    def choose_columns(self, chosen: Mapping[str, bool]) -> None:
        """Show columns that the chair wants whatever the width, and leave out those that are not wanted."""
        self._painter.choose(chosen)
        self.refresh()

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again what stands in some regions, the whole list without one."""
        if repaint:
            self._lines.forget(*regions)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def look_ahead(self) -> None:
        """Draw what the next keys may show: rows have come to be held."""
        self._ahead.go_on()

    def notify_style_update(self) -> None:
        """Draw again in the colours of another theme or focus."""
        super().notify_style_update()
        self._painter.forget_lines()

    # Keys

    def action_choose(self) -> None:
        """Open the record under the cursor."""
        if self.cursor_key is not None:
            self.post_message(self.Chosen(self.cursor_key, self))

    def action_pan(self, step: int) -> None:
        """See the columns further right, or left by a negative number; the first ones stay."""
        if self._painter.pan_by(step, self.scrollable_size.width):
            self.refresh()

    def action_sort(self, step: int) -> None:
        """Ask for the order of the shown column to the right, or to the left by a negative number."""
        columns = [column for column in self.shown_columns() if not column.picture]
        if not columns:
            return
        names = [column.key for column in columns]
        # From what was asked last, not from what is shown: the owner may still be sorting.
        start = names.index(self._asked[0]) if self._asked[0] in names else (-1 if step > 0 else 0)
        column = columns[(start + step) % len(columns)]
        self._ask(column.key, column.align == "right")

    def action_sort_reverse(self) -> None:
        """Ask for the other direction of the same column; for the first column while none is sorted by."""
        column, descending = self._asked
        if column is not None:
            self._ask(column, not descending)
        elif self.count:
            self.action_sort(1)

    def _ask(self, column: str, descending: bool) -> None:
        self._asked = (column, descending)
        self._say(self.Sorted(column, descending, self))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the lines that are seen, from those that were painted before where they are still so."""
        self._ahead.painted()
        if not is_bare(self):
            return super().render_lines(crop)
        (width, height), top = self.scrollable_size, self.scroll_offset.y
        self._painter.look_at(top, top + height - HEAD - 1, self._state)
        finish = finish_of(self)
        line = partial(self._line, width=width, top=top, finish=finish)
        return self._lines.ready(crop, finish, line, width, top, self._painter.edition, self.empty_text)

    def _draw_ahead(self) -> bool:
        """Draw some of the lines that a page key shows next, from rows that are held; gives whether others are left."""
        top, page, width = self.scroll_offset.y, self._page, self.scrollable_size.width
        near = (*range(top + page, min(top + 2 * page, self.count)), *range(max(0, top - page), min(top, self.count)))
        left, unread = self._painter.undrawn(near[:_MOST_AHEAD], self._state)
        if not left or (unread and not self.hold(unread)):
            return False
        finish = finish_of(self)
        for index in left[:_AT_ONCE]:
            self._painter.row(index, self._state, width, finish, ahead=True)
        return len(left) > _AT_ONCE

    def render_line(self, y: int) -> Strip:
        """Give line *y* of the visible part."""
        return self._line(y, self.scrollable_size.width, self.scroll_offset.y)

    def _line(self, y: int, width: int, top: int, finish: Finish | None = None) -> Strip:
        """The head, a row, or a line of the sentence for an empty list."""
        index = top + y - HEAD
        if y >= HEAD and index < self.count:
            return self._painter.row(index, self._state, width, finish)
        if y < HEAD:
            line = self._painter.head(width, self.sort_column, self.sort_descending)
        elif self.count:
            line = Strip.blank(width, self.rich_style)
        else:
            line = self._painter.sentence(self.empty_text, y - HEAD, width)
        return line if finish is None else finish.of(line)
