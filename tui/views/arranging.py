"""What a chair does to the list itself: which columns are shown, and back to the record from before a sort."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import BindingType

from tui.commands import command
from tui.remembered import Value
from tui.views.list_panel import ListPanel

_COLUMNS = "columns"
"""The name that the columns of every list are remembered by."""


class ArrangedPanel(ListPanel):
    """A list whose columns are chosen, for the next sitting, too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        command(
            "ctrl+o", "return", "back to row", "Go back to the record from before the last sort", "list.return",
            footer=False,
        ),
        command("vertical_line", "columns", "columns", "Choose which columns are shown", "list.columns", footer=False),
    ]  # fmt: skip

    def on_mount(self) -> None:
        """Show the columns that were chosen in an earlier sitting."""
        if chosen := self._chosen_before():
            self.records.choose_columns(chosen)

    def action_return(self) -> None:
        """Go back to the record from before the last sort, where it is shown."""
        before = self.moves.before_sort
        if before is None:
            self.notify("No sort has moved the cursor away from a record.", markup=False)
        elif not self.records.move_to_key(before):
            self.notify("The filter hides the record from before the sort. Esc clears it.", markup=False)

    def action_columns(self) -> None:
        """Ask which columns are wanted."""
        from tui.dialogs.columns import ColumnsPick  # the first list is painted without it

        self.app.push_screen(ColumnsPick(self.source.columns, self._chosen_before()), self._choose)

    def _choose(self, chosen: dict[str, bool] | None) -> None:
        if chosen is None:
            return
        self.records.choose_columns(chosen)
        self.session.remembered.put(_COLUMNS, {**self._remembered(), type(self).__name__: dict(chosen)})

    def _chosen_before(self) -> Mapping[str, bool]:
        kept = self._remembered().get(type(self).__name__)
        if not isinstance(kept, dict):
            return {}
        known = {column.key for column in self.source.columns}
        chosen = {key: wanted for key, wanted in kept.items() if key in known and isinstance(wanted, bool)}
        return chosen if known - {key for key, wanted in chosen.items() if not wanted} else {}

    def _remembered(self) -> Mapping[str, Value]:
        """What the file holds; it is foreign, so whatever else it is counts as nothing."""
        kept = self.session.remembered.get(_COLUMNS)
        return kept if isinstance(kept, dict) else {}
