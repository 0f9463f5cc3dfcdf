"""A text of whole lines that paints them itself, and of those only the ones that became others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Self

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.own_lines import Finish, OwnLines, finish_of, is_bare

_MARGIN = 1
"""Blank cells on either side of the lines. Padding would be drawn round each of them at every paint."""


class OwnText(Widget):
    """What it says is asked of :meth:`lines`; its height never follows what it holds."""

    def __init__(self, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._said: Sequence[Text] = ()
        self._said_in: Size | None = None
        """The size that it was said for; None where all is to be said anew."""
        self._lines = OwnLines()

    def lines(self, width: int, height: int) -> Sequence[Text]:
        """What it says now, in lines of at most *width* cells, at most *height* of them."""
        raise NotImplementedError

    def write(self) -> None:
        """Say anew what there is to say; lines that stay as they are are not painted again."""
        width, height = size = self.size
        if self._said_in != size:
            self._said_in = None  # it may be of the old size again before it is painted
            self.refresh()
            return
        before, self._said = self._said, self._asked()
        changed = [y for y in range(height) if not _are_alike(_at(before, y), _at(self._said, y))]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint again what stands in some regions, all of it without one."""
        if repaint:
            self._lines.forget(*regions)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Draw every line anew: the styles that words are told by have other colours, too."""
        self._said_in = None
        self._lines.forget()
        super().notify_style_update()

    def render(self) -> Text:
        """The lines, as a text."""
        return Text("\n").join(self._asked())

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the lines that are seen, from those that were painted before where they are still so."""
        if not is_bare(self):
            return super().render_lines(crop)
        if self._said_in != self.size:
            self._said_in = self.size
            self._said = self._asked()
            self._lines.forget()
        finish = finish_of(self)
        return self._lines.ready(crop, finish, partial(self._drawn, style=self.rich_style, finish=finish))

    def _asked(self) -> Sequence[Text]:
        return self.lines(max(0, self.size.width - 2 * _MARGIN), self.size.height)

    def _drawn(self, y: int, style: Style, finish: Finish) -> Strip:
        blank = Segment(" " * _MARGIN, Style.from_color(None, style.bgcolor))
        whole = Text().append_text(_at(self._said, y))  # a text without spans would not tell its own style
        words = Segment.apply_style(whole.render(self.app.console, end=""), style)
        return finish.of(Strip([blank, *(word for word in words if word.text)]))


def _at(lines: Sequence[Text], y: int) -> Text:
    return lines[y] if y < len(lines) else Text()


def _are_alike(one: Text, other: Text) -> bool:
    return one == other and one.style == other.style
