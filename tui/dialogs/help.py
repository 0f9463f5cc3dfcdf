"""Help, made of the commands that work on the screen it was opened from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands import Live, command


class Help(ModalScreen[None]):
    """Every key that works here, in words."""

    DEFAULT_CSS = """
    Help { align: center middle; background: $background 60%; }
    Help VerticalScroll { width: 84; max-width: 98%; height: auto; max-height: 96%; border: round $primary;
        background: $surface; padding: 0 1; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("escape,question_mark,f1,q", "dismiss", "close", "Close help", "help.close"),
        command("j,down", "scroll(1)", "down", "Scroll down", "help.down"),
        command("k,up", "scroll(-1)", "up", "Scroll up", "help.up"),
    ]

    def __init__(self, commands: Sequence[Live]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """One line a command."""
        with VerticalScroll() as box:
            box.border_title = "Keys that work here (esc closes)"
            table = Table.grid(padding=(0, 2))
            for one in self._commands:
                style = "" if one.enabled else "dim"
                keys = Text(one.key, style=f"bold {style}".strip())
                table.add_row(
                    keys,
                    Text(f"{one.says} ({one.why_not})" if one.why_not else one.says, style=style),
                    Text(one.name, style="dim"),
                )
            yield Static(table)

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines * 3, animate=False)
