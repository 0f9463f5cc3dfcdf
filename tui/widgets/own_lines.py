"""Lines that a widget draws itself, ready for the screen, kept until they are said to be others."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region, Spacing
from textual.strip import Strip
from textual.widget import Widget

_NO_GUTTER = Spacing()


def is_bare(widget: Widget) -> bool:
    """Whether nothing is drawn round a widget's lines or over them: no border, no padding, no tint."""
    styles = widget.styles
    return styles.gutter == _NO_GUTTER and widget.opacity == styles.text_opacity == 1.0 and not styles.tint.a


class Finish(NamedTuple):
    """How a line of a bare widget is made ready for the screen: as wide as its region, in the terminal's colours.

    The region is a cell wider than what scrolls where there is room for a scrollbar. What is added is *blank*, in the
    background alone, as the toolkit's own lines are.
    """

    width: int
    blank: Style
    background: Color
    filters: tuple[LineFilter, ...]

    def of(self, line: Strip) -> Strip:
        """A line as it was drawn, made ready."""
        line = line.adjust_cell_length(self.width, self.blank)
        for one in self.filters:
            line = line.apply_filter(one, self.background)
        return line


def finish_of(widget: Widget) -> Finish:
    """How the lines of a widget are made ready now."""
    base, background = widget.background_colors
    blank = Style.from_color(None, (base + background).rich_color)
    return Finish(widget.region.width, blank, background, tuple(widget.get_line_filters()))


class OwnLines:
    """The lines of a bare widget as they were painted last, by their place from its top.

    For every frame the toolkit asks each widget for all of its lines, whichever are to be painted. A line that is
    neither forgotten nor of another kind than it was costs a look.
    """

    def __init__(self) -> None:
        self._painted: dict[int, Strip] = {}
        self._kind: tuple[object, ...] = ()

    def forget(self, *regions: Region) -> None:
        """Draw the lines of some regions anew, every line where none is named: as ``refresh`` is told."""
        if not regions:
            self._painted.clear()
        for region in regions:
            for y in region.line_range:
                self._painted.pop(y, None)

    def ready(self, crop: Region, finish: Finish, line: Callable[[int], Strip], *kind: object) -> list[Strip]:
        """The lines in *crop*.

        finish, kind: what every line goes by; all are drawn anew where it changes. line: draws one and finishes it.
        """
        kind = (crop.column_span, finish, *kind)
        if kind != self._kind:
            self._kind = kind
            self._painted.clear()
        for y in crop.line_range:
            if y not in self._painted:
                strip = line(y)
                whole = crop.column_span == (0, finish.width)
                self._painted[y] = strip if whole else strip.crop(*crop.column_span)
        return [self._painted[y] for y in crop.line_range]
