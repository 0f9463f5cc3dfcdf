"""A list that has a cursor: it goes where keys, the wheel and clicks send it, and what is seen goes along."""

from __future__ import annotations

from array import array
from collections.abc import Collection

from textual import events, on
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar

from tui.widgets import list_messages
from tui.widgets.list_bar import ListBar
from tui.widgets.list_state import ListState

HEAD = 1
"""The lines of titles above the rows."""
_NOTCH = 3
"""Rows that a notch of the wheel goes."""


class CursorList(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows by their keys, a cursor and marks. Subclasses say what is shown of a row."""

    Highlighted = list_messages.Highlighted
    Marked = list_messages.Marked

    def __init__(self, *, id: str | None, classes: str | None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self._state = ListState()
        self._told: tuple[int | None, int] = (None, 0)
        self._stood: tuple[int, bool] = (0, False)
        """The first row in sight when the cursor was last moved, and whether the cursor was in the last then."""
        self.told: list_messages.Told | None = None
        """Whom it tells at once, so that what stands around it is painted with it; None: by messages."""

    @property
    def keys(self) -> array[int]:
        """The keys in the order shown; read it, do not change it."""
        return self._state.keys

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar; made when it is first asked for, as the toolkit's own is."""
        if self._vertical_scrollbar is None:
            bar = ListBar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            bar.display = False
            self._vertical_scrollbar = bar
            self.app._start_widget(self, bar)
        return self._vertical_scrollbar

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

    # What the owner tells the list

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
        self._stand()

    def advance(self, handled: Collection[int]) -> bool:
        """Go to the next row below whose key is not *handled*; after a verb. Where there is none, stay: gives False."""
        index = self._state.next_unhandled(handled)
        if index is not None:
            self._move(index)
        return index is not None

    # Moving and telling

    @property
    def _page(self) -> int:
        return max(1, self.scrollable_size.height - HEAD)

    def _move(self, index: int) -> None:
        before = self._state.cursor
        self._state.move(index)
        if self._state.anchor is None:
            self.refresh_line(before + HEAD)
            self.refresh_line(self._state.cursor + HEAD)
            self._follow(repaint=False)
        else:
            self._follow()
        self._stand()

    def _stand(self) -> None:
        top = self.scroll_offset.y
        self._stood = top, self._state.cursor == top + self._page - 1

    def _follow(self, *, repaint: bool = True, back: bool = False) -> None:
        """Bring the cursor into sight and tell the owner what changed.

        *back*: from the rows that were in sight when the cursor was last moved, and not from those of now: lines above
        that came and went since, and steps of a filter, make no difference. The cursor stays in the last row if it was.
        """
        if self.scrollable_size.height > HEAD:
            here, cursor = self.scroll_offset.y, self._state.cursor
            (top, in_last) = self._stood if back else (here, False)
            wanted = max(cursor - self._page + 1, cursor - self._page + 1 if in_last else min(top, cursor))
            wanted = max(0, min(wanted, self.count - self._page))
            if wanted != here:
                self._scroll(wanted)
        if repaint:
            self.refresh()
        if self.is_mounted:
            self._tell()

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=top, animate=False, force=True)
        self.vertical_scrollbar.position = self.scroll_y  # not told where it was not shown yet

    @on(events.Mount)
    def _tell(self) -> None:
        """Tell what is under the cursor and how many are marked; also what was shown before the list was there."""
        (key, marks), now = self._told, (self.cursor_key, len(self._state.marks))
        self._told = now
        if now[0] != key:
            self._say(self.Highlighted(now[0], self))
        if now[1] != marks:
            self._say(self.Marked(now[1], self))

    def _say(self, message: list_messages.ListMessage) -> None:
        if self.told is None or not self.told(message):
            self.post_message(message)

    def on_resize(self) -> None:
        """Keep the cursor in sight, and in the last line if it was there when it was last moved.

        So it makes no difference whether the list is read before or after a line above it has gone.
        """
        self._follow(back=True)

    # Keys, clicks and the wheel

    def action_move(self, way: str) -> None:
        """Put the cursor elsewhere: ``down``, ``up``, ``first``, ``last``, half a page or a page either way."""
        half = max(1, self._page // 2)
        page = self._page
        steps = {"down": 1, "up": -1, "half_down": half, "half_up": -half, "page_down": page, "page_up": -page}
        if way in steps:
            self._move(self.cursor_index + steps[way])
        else:
            self._move(0 if way == "first" else self.count - 1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked."""
        offset = event.get_content_offset(self)
        if offset is not None and offset.y >= HEAD:
            index = self.scroll_offset.y + offset.y - HEAD
            if index < self.count:
                self._move(index)

    @on(events.MouseScrollDown)
    @on(events.MouseScrollUp)
    def _turn_wheel(self, event: events.MouseEvent) -> None:
        """See rows further down or up; the cursor stays while it is in sight. Textual's own would leave it behind."""
        event.stop()
        event.prevent_default()
        rows = _NOTCH if isinstance(event, events.MouseScrollDown) else -_NOTCH
        top = max(0, min(self.scroll_offset.y + rows, self.count - self._page))
        self._scroll(top)
        self._move(max(top, min(self.cursor_index, top + self._page - 1)))
