"""Lines that a widget has made itself, ready for the screen: what is the same for all of them is asked once a frame."""

from __future__ import annotations

from collections.abc import Iterable

from rich.style import Style
from textual.geometry import Region, Spacing
from textual.strip import Strip
from textual.widget import Widget

_NO_GUTTER = Spacing()


def is_bare(widget: Widget) -> bool:
    """Whether nothing is drawn round a widget's lines or over them: no border, no padding, no tint."""
    styles = widget.styles
    return styles.gutter == _NO_GUTTER and widget.opacity == styles.text_opacity == 1.0 and not styles.tint.a


def ready(widget: Widget, crop: Region, lines: Iterable[Strip]) -> list[Strip]:
    """The lines of a bare widget as wide as its region, in the colours that the terminal has, cut to *crop*.

    The region is a cell wider than what scrolls where there is room for a scrollbar. What is added is blank in the
    background alone, as Textual's own lines are. Strips keep what was made of them, so a line that was painted before
    costs next to nothing.
    """
    base, background = widget.background_colors
    blank = Style.from_color(None, (base + background).rich_color)
    filters, width = widget.get_line_filters(), widget.region.width
    strips = []
    for line in lines:
        strip = line.adjust_cell_length(width, blank)
        for one in filters:
            strip = strip.apply_filter(one, background)
        strips.append(strip)
    if crop.column_span != (0, width):
        return [strip.crop(*crop.column_span) for strip in strips]
    return strips
