"""Asks for a BCU or a borough: each BCU with its boroughs beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from core.geography import bcus, boroughs
from tui.commands import command
from tui.dialogs.pick import Choice, Pick
from tui.safe import safe
from tui.widgets.columns import Column
from tui.widgets.entry import Entry
from tui.widgets.record_list import RecordList
from tui.widgets.static import Static

_COLUMNS = (Column("bcu", "BCU", 3), Column("name", "BCU or borough", 30, grow=True))

if TYPE_CHECKING:
    from db.areas import Areas


class LocalityPick(Pick[str], inherit_bindings=False):
    """Gives a BCU or borough: what is typed narrows the list, those first that begin so."""

    DEFAULT_CSS = """
    LocalityPick Input { background: $boost; padding: 0 1; border: none; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("escape", "leave", "leave", "Leave; nothing is changed", "pick.leave"),
        command("down", "step(1)", "below", "To the row below", "pick.down"),
        command("up", "step(-1)", "above", "To the row above", "pick.up"),
    ]
    keys_line: ClassVar[str] = "type a name or a code   ↓ ↑ move   enter take it   esc leave"

    def compose(self) -> ComposeResult:
        """The line to type on above the list."""
        with Vertical(id="box") as box:
            box.border_title = safe(self._title)
            yield Entry(placeholder="type the first letters", compact=True)
            yield from self.listed()

    def begins_on(self) -> Widget:
        """The line to type on."""
        return self.query_one(Input)

    @on(Input.Changed)
    def _narrow(self, message: Input.Changed) -> None:
        message.stop()
        records = self.query_one(RecordList)
        records.show(_matching(self._choices, message.value))
        if message.value.strip():
            records.action_move("first")
        if not records.count:
            self.query_one(".says", Static).update("No BCU or borough of this name.")

    @on(Input.Submitted)
    def _enter(self, message: Input.Submitted) -> None:
        message.stop()
        if (place := self.query_one(RecordList).cursor_key) is not None:
            self.take(place)

    def action_step(self, by: int) -> None:
        """Go a row down, or up by a negative number."""
        self.query_one(RecordList).action_move("down" if by > 0 else "up")


def _matching(choices: Sequence[Choice[str]], typed: str) -> list[int]:
    """The places of the choices that were typed: those that begin so, then those with a word that does."""
    words = " ".join(typed.split()).casefold()
    if not words:
        return list(range(len(choices)))
    ways: tuple[list[int], list[int]] = ([], [])
    for place, choice in enumerate(choices):
        named = [str(cell).strip().casefold() for cell in choice.cells]
        if any(name.startswith(words) for name in named):
            ways[0].append(place)
        elif any(f" {words}" in name for name in named):
            ways[1].append(place)
    return [*ways[0], *ways[1]]


def locality_pick(held: Areas, near: str = "") -> LocalityPick:
    """A list of the BCUs and boroughs that gives the code of a BCU or the name of a borough.

    held: the areas of the store: where none is in London, its boroughs and districts alone. near: the BCU where the
    cursor begins.
    """
    if not held.london:
        return LocalityPick("Only one borough or district", _COLUMNS, [_named(name) for name in held.boroughs], 0)
    choices = []
    for code, name in bcus().items():
        within = [borough.name for borough in boroughs().values() if borough.bcu == code]
        choices.append(Choice(code, (code, name), f"BCU {code}: {', '.join(within)}."))
        choices += [Choice(borough, ("", f"  {borough}"), f"{borough}, in BCU {code}.") for borough in within]
    choices += [
        Choice(borough.name, ("", borough.name), f"{borough.name}: its own force, in no BCU.")
        for borough in boroughs().values()
        if not borough.bcu
    ]
    choices += [_named(name) for name in held.boroughs if name not in boroughs()]
    at = next((place for place, choice in enumerate(choices) if choice.value == near), 0)
    return LocalityPick("Only one BCU or borough", _COLUMNS, choices, at)


def _named(borough: str) -> Choice[str]:
    """A borough or district that London does not have, as the files name it."""
    return Choice(borough, ("", borough), f"{borough}: not in London, in no BCU.")
