"""The one list of the program: thousands of records, keyboard only, rows fetched as they come into sight."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets import list_messages
from tui.widgets.columns import Cell, Column, Fetch
from tui.widgets.list_keys import LIST_BINDINGS
from tui.widgets.list_painter import ListPainter
from tui.widgets.list_state import ListState
from tui.widgets.own_lines import is_bare, ready

__all__ = ["Cell", "Column", "Fetch", "RecordList"]

_HEAD = 1


class RecordList(ScrollView, can_focus=True, inherit_bindings=False):
    """A list of records known by their keys, with a cursor, marks and a sorted column in its head.

    The owner gives the order (`show`) and the rows (`fetch`, one row of cells per key, asked 64 at a time) and
    does the sorting when `Sorted` asks for it. A cell that is a str is shown as plain text; a rich Text must
    have been made with `tui.safe.safe`. The first two cells of a line hold ▸ for the cursor and ● for a mark
    (○ in a range that is still open); the columns share the rest of the width, less one for the scrollbar.
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
    RecordList > .record-list--head { background: $panel; color: $foreground; text-style: bold; }
    RecordList > .record-list--even { background: $boost; }
    RecordList > .record-list--marked { background: $accent 20%; color: $foreground; text-style: bold; }
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

    Highlighted = list_messages.Highlighted
    Chosen = list_messages.Chosen
    Marked = list_messages.Marked
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
        self.takes_marks = True
        self.sort_column: str | None = None
        self.sort_descending = False
        self._asked: tuple[str | None, bool] = (None, False)
        self._painter = ListPainter(self, columns, fetch)
        self._state = ListState()
        self._told: tuple[int | None, int] = (None, 0)
        self._page_before = 1
        self.told: list_messages.Told | None = None
        """Whom it tells at once, so that what stands around it is painted with it; None: by messages."""

    # What the list holds

    @property
    def keys(self) -> array[int]:
        """The keys in the order shown; read it, do not change it."""
        return self._state.keys

    @property
    def count(self) -> int:
        """How many records are shown."""
        return len(self._state.keys)

    @property
    def cursor_index(self) -> int:
        """The row of the cursor, 0 in an empty list."""
        return self._state.cursor

    @property
    def cursor_key(self) -> int | None:
        """The key under the cursor, None in an empty list."""
        return self._state.key

    @property
    def marked(self) -> tuple[int, ...]:
        """The marked keys in the order of the list; rows of an open range are not marked yet."""
        return self._state.in_order()

    def targets(self) -> tuple[int, ...]:
        """Give what a verb acts on: the marked keys, else the key under the cursor, else nothing."""
        key = self.cursor_key
        return self.marked or (() if key is None else (key,))

    # What the owner tells the list

    def show(self, keys: Sequence[int], total: int | None = None, *, passing: bool = False) -> None:
        """Show *keys* in this order; *total* is their number before filtering.

        The cursor stays on its record, else on its row; *passing*: on that from before all steps, else on the first.
        A mark goes when its record is no longer shown. What was fetched is forgotten.
        """
        self._state.replace(keys, passing=passing)
        self.total = self.count if total is None else total
        self._painter.forget_rows()
        self.virtual_size = Size(0, _HEAD + self.count)
        self._follow()

    def use(self, columns: Sequence[Column], fetch: Fetch) -> None:
        """Change to another view of the same records; for other records call `show(())` first."""
        self._painter = ListPainter(self, columns, fetch)
        self.refresh()

    def invalidate(self, keys: Iterable[int] | None = None) -> None:
        """Fetch the rows of *keys* (all rows if None) again when they are next in sight."""
        self._painter.forget_rows(keys, self.keys)
        self.refresh()

    def set_sort(self, column: str | None, descending: bool) -> None:
        """Show in the head that the list is sorted by *column*; moves no row."""
        self.sort_column, self.sort_descending = self._asked = (column, descending)
        self.refresh(Region(0, 0, self.scrollable_size.width, _HEAD))

    def move_to_key(self, key: int) -> bool:
        """Put the cursor on the record *key*; False if it is not shown."""
        index = self._state.index_of(key)
        if index is None:
            return False
        self._move(index)
        return True

    def keep_in_sight(self) -> None:
        """Scroll to where the cursor is, now that the list has its height."""
        self._follow(repaint=False)
        self._scroll(self.scroll_offset.y)

    def unmark(self, keys: Iterable[int] | None = None) -> None:
        """Take away the marks of *keys*; with None take all marks away and close an open range."""
        self._state.unmark(keys)
        self._follow()

    def advance(self, handled: Collection[int]) -> bool:
        """Go to the next row below whose key is not *handled*; after a verb. Where there is none, stay: gives False."""
        index = self._state.next_unhandled(handled)
        if index is not None:
            self._move(index)
        return index is not None

    # Moving and telling

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_size.height - _HEAD)

    def _move(self, index: int) -> None:
        before = self._state.cursor
        self._state.move(index)
        if self._state.anchor is None:
            self.refresh_line(before + _HEAD)
            self.refresh_line(self._state.cursor + _HEAD)
            self._follow(repaint=False)
        else:
            self._follow()

    def _follow(self, *, repaint: bool = True) -> None:
        """Bring the cursor into sight and tell the owner what changed."""
        if self.scrollable_size.height > _HEAD:
            top, cursor = self.scroll_offset.y, self._state.cursor
            wanted = max(cursor - self._page + 1, min(top, cursor))
            wanted = max(0, min(wanted, self.count - self._page))
            if wanted != top:
                self._scroll(wanted)
        if repaint:
            self.refresh()
        if self.is_mounted:
            self._tell()

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=top, animate=False, force=True)
        self.vertical_scrollbar.position = self.scroll_y  # not told where it was not shown yet

    def _tell(self) -> None:
        (key, marks), now = self._told, (self.cursor_key, len(self._state.marks))
        self._told = now
        if now[0] != key:
            self._say(self.Highlighted(now[0], self))
        if now[1] != marks:
            self._say(self.Marked(now[1], self))

    def _say(self, message: list_messages.ListMessage) -> None:
        if self.told is None or not self.told(message):
            self.post_message(message)

    def on_mount(self) -> None:
        """Tell what was shown before the list was on the screen."""
        self._tell()

    def on_resize(self) -> None:
        """Keep the cursor in sight, and in the last line if it was there.

        So it makes no difference whether the list is read before or after a line above it has gone.
        """
        page, self._page_before = self._page_before, self._page
        if self.cursor_index == self.scroll_offset.y + page - 1:
            self._scroll(max(0, self.cursor_index - self._page + 1))
        self._follow()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y >= _HEAD:
            index = self.scroll_offset.y + offset.y - _HEAD
            if index < self.count:
                self._move(index)

    def notify_style_update(self) -> None:
        """Draw again in the colours of another theme or focus."""
        super().notify_style_update()
        self._painter.forget_lines()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Escape to the screen unless a range is open; mark nothing where only the cursor's row is taken."""
        if action in ("toggle_mark", "range"):
            return self.takes_marks
        if action == "cancel_range":
            return self._state.anchor is not None
        return super().check_action(action, parameters)

    def action_cursor_down(self) -> None:
        """Go to the next row."""
        self._move(self.cursor_index + 1)

    def action_cursor_up(self) -> None:
        """Go to the row before."""
        self._move(self.cursor_index - 1)

    def action_first(self) -> None:
        """Go to the first row."""
        self._move(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self._move(self.count - 1)

    def action_half_down(self) -> None:
        """Go half a page down."""
        self._move(self.cursor_index + max(1, self._page // 2))

    def action_half_up(self) -> None:
        """Go half a page up."""
        self._move(self.cursor_index - max(1, self._page // 2))

    def action_page_down(self) -> None:
        """Go one page down."""
        self._move(self.cursor_index + self._page)

    def action_page_up(self) -> None:
        """Go one page up."""
        self._move(self.cursor_index - self._page)

    def action_choose(self) -> None:
        """Open the record under the cursor."""
        if self.cursor_key is not None:
            self.post_message(self.Chosen(self.cursor_key, self))

    def action_toggle_mark(self) -> None:
        """Mark the record under the cursor, or take its mark away, and go to the next row."""
        self._state.toggle()
        self._move(self.cursor_index + 1)

    def action_range(self) -> None:
        """Start a range at the cursor, or mark every record of the open range."""
        if self._state.anchor is not None:
            self._state.close_range()
        elif self.count:
            self._state.anchor = self.cursor_index
        self._follow()

    def action_cancel_range(self) -> None:
        """Close the open range and mark nothing."""
        self._state.anchor = None
        self.refresh()

    def action_sort_left(self) -> None:
        """Ask for the order of the shown column to the left."""
        self._ask_column(-1)

    def action_sort_right(self) -> None:
        """Ask for the order of the shown column to the right."""
        self._ask_column(1)

    def action_sort_reverse(self) -> None:
        """Ask for the other direction of the same column; for the first column while none is sorted by."""
        column, descending = self._asked
        if column is not None:
            self._ask(column, not descending)
        elif self.count:
            self._ask_column(1)

    def _ask_column(self, step: int) -> None:
        columns = [shown.column for shown in self._painter.layout(self.scrollable_size.width)]
        if not columns:
            return
        names = [column.key for column in columns]
        # From what was asked last, not from what is shown: the owner may still be sorting.
        start = names.index(self._asked[0]) if self._asked[0] in names else (-1 if step > 0 else 0)
        column = columns[(start + step) % len(columns)]
        self._ask(column.key, column.align == "right")

    def _ask(self, column: str, descending: bool) -> None:
        self._asked = (column, descending)
        self._say(self.Sorted(column, descending, self))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the lines that are seen, from those that were painted before where they are still so."""
        if not is_bare(self):
            return super().render_lines(crop)
        width, top = self.scrollable_size.width, self.scroll_offset.y
        return ready(self, crop, (self._line(y, width, top) for y in crop.line_range))

    def render_line(self, y: int) -> Strip:
        """Give line *y* of the visible part."""
        return self._line(y, self.scrollable_size.width, self.scroll_offset.y)

    def _line(self, y: int, width: int, top: int) -> Strip:
        """The head, a row, or a line of the sentence for an empty list."""
        if y < _HEAD:
            return self._painter.head(width, self.sort_column, self.sort_descending)
        index = top + y - _HEAD
        if index < self.count:
            return self._painter.row(index, self._state, width)
        if self.count:
            return Strip.blank(width, self.rich_style)
        return self._painter.sentence(self.empty_text, y - _HEAD, width)
