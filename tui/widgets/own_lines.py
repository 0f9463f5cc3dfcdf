"""Lines that a widget draws itself, ready for the screen, kept until they are said to be others."""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style
from textual.geometry import Region, Spacing
from textual.strip import Strip
from textual.widget import Widget

_NO_GUTTER = Spacing()


def is_bare(widget: Widget) -> bool:
    """Whether nothing is drawn round a widget's lines or over them: no border, no padding, no tint."""
    styles = widget.styles
    return styles.gutter == _NO_GUTTER and widget.opacity == styles.text_opacity == 1.0 and not styles.tint.a


class OwnLines:
    """The lines of a bare widget as they were painted last, by their place from its top.

    For every frame the toolkit asks each widget for all of its lines, whichever are to be painted. A line that is
    neither forgotten nor of another kind than it was costs a look.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._painted: dict[int, Strip] = {}
        self._kind: tuple[object, ...] = ()

    def forget(self, *regions: Region) -> None:
        """Draw the lines of some regions anew, every line where none is named: as ``refresh`` is told."""
        if not regions:
            self._painted.clear()
        for region in regions:
            for y in region.line_range:
                self._painted.pop(y, None)

    def ready(self, crop: Region, line: Callable[[int], Strip], *kind: object) -> list[Strip]:
        """The lines as wide as the widget's region, in the colours that the terminal has, cut to *crop*.

        line: draws one. kind: what every line goes by, beside what the toolkit knows; all are drawn anew where it
        changes. The region is a cell wider than what scrolls where there is room for a scrollbar. What is added is
        blank in the background alone, as the toolkit's own lines are.
        """
        base, background = self._widget.background_colors
        filters, width = self._widget.get_line_filters(), self._widget.region.width
        kind = (width, crop.column_span, base, background, *filters, *kind)
        if kind != self._kind:
            self._kind = kind
            self._painted.clear()
        blank = Style.from_color(None, (base + background).rich_color)
        for y in crop.line_range:
            if y not in self._painted:
                strip = line(y).adjust_cell_length(width, blank)
                for one in filters:
                    strip = strip.apply_filter(one, background)
                whole = crop.column_span == (0, width)
                self._painted[y] = strip if whole else strip.crop(*crop.column_span)
        return [self._painted[y] for y in crop.line_range]
