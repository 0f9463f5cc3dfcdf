"""A list whose rows can be marked, one by one or as a range; a verb then acts on those."""

from __future__ import annotations

from collections.abc import Iterable

from tui.widgets.list_cursor import CursorList


class MarkedList(CursorList, can_focus=True, inherit_bindings=False):
    """Rows with marks. takes_marks: whether they can be marked; where enter takes the cursor's row they cannot."""

    takes_marks = True

    @property
    def marked(self) -> tuple[int, ...]:
        """The marked keys in the order of the list; rows of an open range are not marked yet."""
        return self._state.in_order()

    def targets(self) -> tuple[int, ...]:
        """Give what a verb acts on: the marked keys, else the key under the cursor, else nothing."""
        key = self.cursor_key
        return self.marked or (() if key is None else (key,))

    def unmark(self, keys: Iterable[int] | None = None) -> None:
        """Take away the marks of *keys*; with None take all marks away and close an open range."""
        self._state.unmark(keys)
        self._follow()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Escape to the screen unless a range is open; mark nothing where only the cursor's row is taken."""
        if action in ("toggle_mark", "range"):
            return self.takes_marks
        if action == "cancel_range":
            return self._state.anchor is not None
        return super().check_action(action, parameters)

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
