"""Where a filter and a sort have taken the cursor of a list, and which record it was on before."""

from __future__ import annotations

from tui.views.list_reading import Arrangement


class CursorMoves:
    """What the arrangements that a list was shown in have done to its cursor."""

    def __init__(self) -> None:
        self.before_sort: int | None = None
        """The record that the cursor was on before all sorts; None where no sort moved it."""
        self.landed = ""
        """Where the filter that holds has put the cursor, in words; empty where none has."""
        self._shown = Arrangement()
        self._before_filter: int | None = None
        self._sorted_to: int | None = None

    def is_narrowed_anew(self, arranged: Arrangement) -> bool:
        """Whether an arrangement is of another filter or place than that which is shown."""
        return (arranged.needle, arranged.place) != (self._shown.needle, self._shown.place)

    def is_sorted_anew(self, arranged: Arrangement) -> bool:
        """Whether an arrangement is of another order than that which is shown."""
        return (arranged.sort, arranged.descending) != (self._shown.sort, self._shown.descending)

    def show(self, arranged: Arrangement, was_on: int | None, now_on: int | None, *, first: bool) -> None:
        """Take an arrangement as shown. was_on, now_on: the record under the cursor before and after.

        first: whether the list was empty before, so that no filter has moved the cursor.
        """
        if not self._shown.needle and not self._shown.place:
            self._before_filter = was_on
        if self.is_narrowed_anew(arranged):
            self.landed = "" if first or not arranged.needle else _landed(self._before_filter, now_on)
        self._shown = arranged

    def sort_to(self, key: int, was_on: int | None) -> None:
        """Take note that a sort puts the cursor on *key*, away from a record; one that a sort put it on is none."""
        if was_on != self._sorted_to:
            self.before_sort = was_on
        self._sorted_to = key


def _landed(was_on: int | None, now_on: int | None) -> str:
    if now_on is None:
        return ""
    return "on the same record" if now_on == was_on else "on the first match"
