"""Asks before what cannot be undone: y does it, n or esc does not, Enter does nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from tui.commands import command
from tui.quick_screen import QuickScreen
from tui.safe import safe
from tui.widgets.static import Static


class Confirm(QuickScreen, ModalScreen[bool]):
    """One question, and below it what ought to be known before it is answered, a sentence a line."""

    DEFAULT_CSS = """
    Confirm { align: center middle; background: $background 35%; }
    Confirm > #box { width: 64; max-width: 96%; height: auto; border: round $warning; background: $surface;
        padding: 1 2; }
    Confirm #known { height: auto; max-height: 12; margin-top: 1; }
    Confirm #keys { margin-top: 1; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("y", "answer(True)", "yes", "Yes, do it", "confirm.yes"),
        command("n,escape", "answer(False)", "no", "No, go back", "confirm.no"),
        command("j,down", "scroll(2)", "down", "Scroll down", "confirm.down", footer=False),
        command("k,up", "scroll(-2)", "up", "Scroll up", "confirm.up", footer=False),
    ]

    def __init__(self, question: str, known: Sequence[str] = (), heading: str = "") -> None:
        super().__init__()
        self._question = question
        self._known = [heading, *(f"• {sentence}" for sentence in known)] if known else []

    def compose(self) -> ComposeResult:
        """The question and the two keys."""
        with Vertical(id="box"):
            yield Static(_folded(self._question))
            if self._known:
                with VerticalScroll(id="known", can_focus=False):
                    for line in self._known:
                        yield Static(_folded(line))
            yield Static("y yes    n no", id="keys", markup=False)

    def action_scroll(self, lines: int) -> None:
        """Scroll what is known."""
        for known in self.query(VerticalScroll):
            known.scroll_relative(y=lines, animate=False)

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)


def _folded(words: str) -> Text:
    text = safe(words)
    text.no_wrap, text.overflow = False, "fold"
    return text
