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
        self._chosen = {column.key: chosen[column.key] for column in columns if column.key in chosen}
        super().__init__(
            "Columns of this list",
            _COLUMNS,
            [
                Choice({column.key: True}, (column.title or column.key, self._words(column.key)[0]), "")
                for column in columns
            ],
        )

    def _words(self, key: str) -> tuple[str, str]:
        return _STATES[self._chosen.get(key)]

    def words(self, choice: Choice[dict[str, bool]]) -> str:
        """What its state means."""
        return self._words(*choice.value)[1]

    def take(self, place: int) -> None:
        """Go on to the next state of the column under the cursor; one column at least is left."""
        [key] = self._choices[place].value
        state = _NEXT[self._chosen.get(key)]
        if state is False and sum(one is False for one in self._chosen.values()) + 1 >= len(self._choices):
            state = None
        self._chosen.pop(key, None)
        if state is not None:
            self._chosen[key] = state
        choices = list(self._choices)
        title = choices[place].cells[0]
        choices[place] = Choice({key: True}, (title, self._words(key)[0]), "")
        self._choices = choices
        self.query_one(RecordList).invalidate()
        self.say()

    def action_leave(self) -> None:
        """Leave with what was chosen."""
        self.dismiss(self._chosen)
