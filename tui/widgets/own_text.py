"""A text of whole lines that paints them itself, and of those only the ones that became others."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.own_lines import is_bare, ready

_MARGIN = 1
"""Blank cells on either side of the lines. Padding would be drawn round each of them at every paint."""


class OwnText(Widget):
    """What it says is asked of :meth:`lines`; its height never follows what it holds."""

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._lines: Sequence[Text] = ()
        self._strips: list[Strip] = []
        self._for: tuple[Size, Style] | None = None

    def lines(self, width: int, height: int) -> Sequence[Text]:
        """What it says now, in lines of at most *width* cells, at most *height* of them."""
        raise NotImplementedError

    def write(self) -> None:
        """Say anew what there is to say; lines that stay as they are are not painted again."""
        style = self.rich_style
        if self._for != (self.size, style):
            self._for = None  # it may be of the old size again before it is painted
            self.refresh()
            return
        before, self._lines = self._lines, self._asked()
        changed = [y for y in range(self.size.height) if not _are_alike(_at(before, y), _at(self._lines, y))]
        for y in changed:
            self._strips[y] = self._drawn(_at(self._lines, y), style)
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def notify_style_update(self) -> None:
        """Draw every line anew: the styles that words are told by have other colours, too."""
        self._for = None
        super().notify_style_update()

    def render(self) -> Text:
        """The lines, as a text."""
        return Text("\n").join(self._asked())

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the lines that are seen, from those that were drawn before where the style and the size are the same."""
        if not is_bare(self):
            return super().render_lines(crop)
        style = self.rich_style
        if self._for != (self.size, style):
            self._for = (self.size, style)
            self._lines = self._asked()
            self._strips = [self._drawn(_at(self._lines, y), style) for y in range(self.size.height)]
        return ready(self, crop, self._strips[crop.y : crop.bottom])

    def _asked(self) -> Sequence[Text]:
        return self.lines(max(0, self.size.width - 2 * _MARGIN), self.size.height)

    def _drawn(self, line: Text, style: Style) -> Strip:
        blank = Segment(" " * _MARGIN, Style.from_color(None, style.bgcolor))
        whole = Text().append_text(line)  # a text without spans would not tell its own style
        words = Segment.apply_style(whole.render(self.app.console, end=""), style)
        return Strip([blank, *(word for word in words if word.text)])


def _at(lines: Sequence[Text], y: int) -> Text:
    return lines[y] if y < len(lines) else Text()


def _are_alike(one: Text, other: Text) -> bool:
    return one == other and one.style == other.style
