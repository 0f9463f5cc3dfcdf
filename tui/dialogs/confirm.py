"""Asks before what cannot be undone: y does it, n or esc does not, Enter does nothing."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.commands import command
from tui.safe import safe


class Confirm(ModalScreen[bool]):
    """One question."""

    DEFAULT_CSS = """
    Confirm { align: center middle; background: $background 60%; }
    Confirm > #box { width: 64; max-width: 96%; height: auto; border: round $warning; background: $surface;
        padding: 1 2; }
    Confirm #keys { margin-top: 1; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("y", "answer(True)", "yes", "Yes, do it", "confirm.yes"),
        command("n,escape", "answer(False)", "no", "No, go back", "confirm.no"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question and the two keys."""
        with Vertical(id="box"):
            text = safe(self._question)
            text.no_wrap, text.overflow = False, "fold"
            yield Static(text)
            yield Static("y yes    n no", id="keys", markup=False)

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)
