"""The scrollbar of a list, drawn once for each place of its thumb."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

from tui.widgets.own_lines import finish_of, is_bare


class ListBar(ScrollBar):
    """A scrollbar that keeps its lines: the toolkit's own asks for each of them again in every frame."""

    _kind: tuple[object, ...] = ()
    _strips: tuple[Strip, ...] = ()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Give the lines that are seen, those of before where the thumb has not moved."""
        bar, finish = self.render(), finish_of(self)
        if not (isinstance(bar, ScrollBarRender) and is_bare(self) and crop.column_span == (0, finish.width)):
            return super().render_lines(crop)
        kind = (finish, self.size, bar.virtual_size, bar.window_size, bar.position, bar.style)
        if kind != self._kind:
            parts = [*bar.render_bar(**_asked(bar, self.size.height)).segments]
            style = self.rich_style
            lines = {part: finish.of(Strip(Segment.apply_style([part], style))) for part in set(parts)}
            self._kind, self._strips = kind, tuple(lines[part] for part in parts)
        return list(self._strips[crop.y : crop.bottom])


def _asked(bar: ScrollBarRender, height: int) -> dict[str, Any]:
    """What a bar is drawn by, as the toolkit has it."""
    given = ("virtual_size", "window_size", "position", "thickness")
    colours = Style() if isinstance(bar.style, str) else bar.style
    return {
        "size": height,
        **{name: getattr(bar, name) for name in given},
        "back_color": colours.bgcolor,
        "bar_color": colours.color,
    }
