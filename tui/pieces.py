"""Frames of a screen, put together from the lines that changed alone.

For every frame the toolkit cuts each line of it wherever any widget begins or ends, asks every widget for all of its
lines and writes each cut on its own: of a key that moves a cursor this is a third of the whole. Here a piece of a line
is asked of the widget that stands in front there, and written in one go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class PieceCompositor(Compositor):
    """Lays out and paints a screen as the toolkit does; what is written is the same, in fewer pieces."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """Paint what changed since the last frame; None where nothing did."""
        screen = self.size.region
        spans = list(self._regions_to_spans(one.intersection(screen) for one in self._dirty_regions))
        self._dirty_regions.clear()
        if not spans:
            return None
        front = [_Shown(widget, region, clip) for widget, (region, clip) in self.visible_widgets.items()]
        pieces: list[dict[int, Strip]] = [{} for _ in range(screen.height)]
        ends: list[list[int]] = [[] for _ in range(screen.height)]
        for y, start, end in spans:
            for piece in _pieces(front, y, start, end):
                pieces[y][piece.start] = piece.strip
                ends[y].append(piece.end)
        return ChopsUpdate(pieces, spans, ends)


class _Piece(NamedTuple):
    """A piece of a line, from a column to the one before another."""

    start: int
    end: int
    strip: Strip


class _Shown:
    """What is seen of a widget, and its lines once they are asked for."""

    def __init__(self, widget: Widget, region: Region, clip: Region) -> None:
        self._widget = widget
        self._offset = region.offset
        self._seen = region.intersection(clip)
        self.start, self.top = self._seen.offset
        self.end, self._bottom = self._seen.bottom_right
        self._lines: Sequence[Strip] | None = None

    def is_at(self, y: int, start: int, end: int) -> bool:
        """Whether it stands anywhere between two columns of a line."""
        return self.top <= y < self._bottom and self.start < end and start < self.end

    def piece(self, y: int, start: int, end: int) -> _Piece:
        """Its part of a line, between two columns that it covers."""
        if self._lines is None:
            self._lines = self._widget.render_lines(self._seen.translate(-self._offset))
        strip = self._lines[y - self.top]
        if (start, end) != (self.start, self.end):
            strip = strip.crop(start - self.start, end - self.start)
        return _Piece(start, end, strip)


def _pieces(front: Sequence[_Shown], y: int, start: int, end: int) -> Iterator[_Piece]:
    """What is seen of a line between two columns. front: what is shown, from the front to the back."""
    for at, one in enumerate(front):
        if one.is_at(y, start, end):
            left, right = max(start, one.start), min(end, one.end)
            behind = front[at + 1 :]
            if start < left:
                yield from _pieces(behind, y, start, left)
            yield one.piece(y, left, right)
            if right < end:
                yield from _pieces(behind, y, right, end)
            return
