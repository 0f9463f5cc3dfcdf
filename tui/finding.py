"""A program with a palette: what it finds, and what it says of that before a word is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import App
from textual.command import CommandPalette, Provider

from tui.quick_screen import QuickScreen
from tui.screens.base import RoomScreen

_FINDS, _FINDS_COMMANDS = "A command, list, ward, suspect or action, by its words", "A command, by its words"
"""What stands in the empty palette of a screen of the room, and of a form."""


def _commands() -> type[Provider]:
    """The commands in the palette, loaded when it is first opened."""
    from tui.found import Commands

    return Commands


def _records() -> type[Provider]:
    """What the palette finds besides commands, loaded when it is first opened."""
    from tui.found import Records

    return Records


class Palette(QuickScreen, CommandPalette):
    """The palette of the toolkit in the colours of the look.

    The toolkit blends what it says of a command into the ground, which leaves it faint in 16 colours on the row that is
    chosen, and dims the room, whose head and foot stay in sight. Here a command stands out by its weight, the palette
    by its frame.
    """

    DEFAULT_CSS = """
    Palette { background: transparent; }
    Palette > .command-palette--help-text { text-style: not bold; }
    Palette #--input { border: hkey $border; }
    Palette CommandList { border-bottom: hkey $border; }
    Palette SearchIcon { color: $text; }
    """


class Finding(App[None]):
    """Finds commands and records by their words."""

    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands, _records}

    def action_command_palette(self) -> None:
        """Open the palette, which says what it finds here."""
        if not isinstance(self.screen, CommandPalette):
            finds = _FINDS if isinstance(self.screen, RoomScreen) else _FINDS_COMMANDS
            self.push_screen(Palette(placeholder=finds, id="--command-palette"))
