"""What is known of a row in full, where it is too long for the foot of a list."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from core.text import plain
from tui.commands import command
from tui.quick_screen import QuickScreen
from tui.widgets.static import Static


class Whole(QuickScreen, ModalScreen[None]):
    """A text that scrolls."""

    DEFAULT_CSS = """
    Whole { align: center middle; background: $background 35%; }
    Whole VerticalScroll { width: 84; max-width: 98%; height: auto; max-height: 90%; border: round $primary;
        background: $surface; padding: 0 1; scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("escape,enter,q", "dismiss", "close", "Close the text", "whole.close"),
        command("j,down", "scroll(1)", "down", "Scroll down", "whole.down"),
        command("k,up", "scroll(-1)", "up", "Scroll up", "whole.up"),
        command("ctrl+d,pagedown,space", "scroll(8)", "page", "One page down", "whole.page_down"),
        command("ctrl+u,pageup", "scroll(-8)", "page up", "One page up", "whole.page_up"),
    ]

    def __init__(self, words: str) -> None:
        """*words*: as they may be shown."""
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """The text in a box."""
        with VerticalScroll(can_focus=False) as box:
            box.border_title = "In full (esc closes)"
            yield Static(Text(plain(self._words)))

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines * 2, animate=False)
