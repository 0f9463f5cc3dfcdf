"""Two lists of bars side by side: what a whole is made of, by one measure and by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from core.text import plain
from tui.widgets.columns import fit

_GAP = 3
_FULL, _HALVES = "█", ("", "▌")


@dataclass(frozen=True)
class Bar:
    """One part: its name, its size, and the size in words."""

    label: str
    value: float
    words: str


@dataclass(frozen=True)
class Bars:
    """A list of parts under a title, the largest first; bars are drawn against the largest."""

    title: str
    parts: Sequence[Bar]


class Shares(Widget):
    """Two lists of bars, as wide as there is room for."""

    DEFAULT_CSS = """
    Shares { height: auto; padding: 0 1; color: $foreground; }
    Shares > .shares--bar { color: $primary; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"shares--bar"}

    def __init__(self, left: Bars, right: Bars, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lists = left, right

    def render(self) -> Text:
        """A line for the titles, then one for each part."""
        width = (self.size.width - _GAP) // 2
        left, right = (bar_lines(one, width) for one in self._lists)
        text = Text(no_wrap=True, overflow="crop", end="")
        for number in range(max(len(left), len(right))):
            here, there = (lines[number] if number < len(lines) else " " * width for lines in (left, right))
            style = "bold" if number == 0 else ""
            text.append(f"{here}{' ' * _GAP}{there}\n", style=style)
        text.highlight_regex(f"[{_FULL}{_HALVES[1]}]+", self.get_component_rich_style("shares--bar", partial=True))
        return text[:-1]


def bar_lines(bars: Bars, width: int) -> list[str]:
    """A list of bars as lines of one width: name, bar, size."""
    words = max((len(part.words) for part in bars.parts), default=0)
    label = min(30, max(10, width // 2))
    room = max(1, width - label - words - 2)
    most = max((part.value for part in bars.parts), default=0.0) or 1.0
    lines = [fit(plain(bars.title), width)]
    for part in bars.parts:
        halves = max(1, round(2 * room * part.value / most)) if part.value > 0 else 0
        bar = (_FULL * (halves // 2) + _HALVES[halves % 2]).ljust(room)
        lines.append(fit(f"{fit(plain(part.label), label)} {bar} {part.words.rjust(words)}", width))
    return lines
