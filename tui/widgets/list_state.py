"""What a list knows apart from the screen: order, cursor, marks and an open range."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence


class ListState:
    """The order of the records by key, the place of the cursor and the marked keys.

    Keys are whole numbers and each of them stands in the list once. Nothing here knows what a record holds.
    """

    def __init__(self) -> None:
        self.keys: array[int] = array("q")
        self.cursor = 0
        self.marks: set[int] = set()
        self.anchor: int | None = None
        self._home: int | None = None
        self._marked_before: frozenset[int] | None = None
        """What was marked before the steps that are going on; None where none is, or marks were set since."""
        self.on_the_way = False
        """Whether the last that was done to it was a step on the way, and the cursor has not been moved since."""

    @property
    def key(self) -> int | None:
        """The key under the cursor, None in an empty list."""
        return self.keys[self.cursor] if self.keys else None

    def index_of(self, key: int | None) -> int | None:
        """Give the row of *key*, None if it is not in the list."""
        if key is None:
            return None
        try:
            return self.keys.index(key)
        except ValueError:
            return None

    def replace(self, keys: Sequence[int], *, passing: bool = False) -> None:
        """Take a new order: the cursor stays on its record, else on its row; marks of missing records go.

        *passing*: a step on the way, as while a filter is typed. Record and marks are then those from before the first
        step, so that it makes no difference how many of the steps were shown; where the record is not shown the cursor
        goes to the first row: a row number of another order means nothing and a verb would hit whoever stands there.
        """
        key, row = (self._home, 0) if passing else (self.key, self.cursor)
        fresh = array("q", keys)
        if fresh != self.keys:
            self.anchor = None
        self.keys = fresh
        index = self.index_of(key)
        self._put(row if index is None else index)
        if passing:
            self.on_the_way = True
            if self._marked_before is None:
                self._marked_before = frozenset(self.marks)
            self.marks = set(self._marked_before)
        elif self.key != key:  # else the same rows were shown again, amid the steps or not
            self._stay()
        if self.marks:
            self.marks.intersection_update(fresh)

    def clear(self) -> None:
        """Forget everything: other records come, which may have the same keys."""
        self.keys = array("q")
        self.cursor, self.anchor, self._home = 0, None, None
        self.on_the_way = False
        self.unmark(None)

    def move(self, index: int) -> None:
        """Put the cursor on row *index*, or on the nearest row there is."""
        self._put(index)
        self._stay()

    def _put(self, index: int) -> None:
        self.cursor = max(0, min(index, len(self.keys) - 1))

    def _stay(self) -> None:
        """Where the cursor is now, it was put: that is what steps lead back to."""
        self._home, self.on_the_way = self.key, False

    def in_order(self) -> tuple[int, ...]:
        """Give the marked keys in the order of the list."""
        return tuple(key for key in self.keys if key in self.marks) if self.marks else ()

    def toggle(self) -> None:
        """Mark the record under the cursor, or take its mark away."""
        self._marked_before = None
        if self.key is not None:
            self.marks ^= {self.key}

    def unmark(self, keys: Iterable[int] | None) -> None:
        """Take away the marks of *keys*; with None take all marks away and close an open range."""
        self._marked_before = None
        if keys is None:
            self.marks.clear()
            self.anchor = None
        else:
            self.marks.difference_update(keys)

    def in_range(self, index: int) -> bool:
        """Say whether row *index* lies in the range that is open now."""
        if self.anchor is None:
            return False
        return min(self.anchor, self.cursor) <= index <= max(self.anchor, self.cursor)

    def close_range(self) -> None:
        """Mark every record between the anchor and the cursor."""
        self._marked_before = None
        if self.anchor is not None:
            first, last = sorted((self.anchor, self.cursor))
            self.marks.update(self.keys[first : last + 1])
        self.anchor = None

    def next_unhandled(self, handled: Collection[int]) -> int | None:
        """Give the first row from the cursor down whose key is not *handled*; None where there is none below.

        Where marked rows were handled, the row under the cursor often is the next. What lies above is not gone back to:
        the next key would then be pressed on a record that nobody is looking at.
        """
        done = frozenset(handled)
        below = (index for index in range(self.cursor, len(self.keys)) if self.keys[index] not in done)
        return next(below, None)
