"""Asks which columns of a list are wanted: each where there is room, whatever the width, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from tui.dialogs.pick import Choice, Pick
from tui.widgets.columns import Column
from tui.widgets.record_list import RecordList

_STATES: Mapping[bool | None, tuple[str, str]] = {
    None: ("where there is room", "It is shown where there is room for it."),
    True: ("always", "It is shown whatever the width; others go first."),
    False: ("never", "It is not shown."),
}
_NEXT: Mapping[bool | None, bool | None] = {None: True, True: False, False: None}
_COLUMNS = (Column("title", "column", 24, grow=True), Column("state", "shown", 20))


class ColumnsPick(Pick[dict[str, bool]]):
    """Gives the columns that are wanted and those that are not, by their keys, however it is left."""

    keys_line: ClassVar[str] = "j k move   enter: where there is room, always, never   esc leave; the choice is kept"

    def __init__(self, columns: Sequence[Column], chosen: Mapping[str, bool]) -> None:
        """*chosen*: what stands now."""
        self._offered = columns
        self._chosen = {column.key: chosen[column.key] for column in columns if column.key in chosen}
        super().__init__("Columns of this list", _COLUMNS, self._as_chosen())

    def _as_chosen(self) -> list[Choice[dict[str, bool]]]:
        """Every column with its state, and what that means."""
        states = [(column, *_STATES[self._chosen.get(column.key)]) for column in self._offered]
        return [Choice({}, (column.title or column.key, state), says) for column, state, says in states]

    def take(self, place: int) -> None:
        """Go on to the next state of the column under the cursor; one column at least is left."""
        key = self._offered[place].key
        state = _NEXT[self._chosen.pop(key, None)]
        if state is False and list(self._chosen.values()).count(False) + 1 >= len(self._offered):
            state = None
        if state is not None:
            self._chosen[key] = state
        self._choices = self._as_chosen()
        self.query_one(RecordList).invalidate()
        self.say()

    def action_leave(self) -> None:
        """Leave with what was chosen."""
        self.dismiss(self._chosen)
