"""A long text laid out once for a width: every layout of the screen asks how high it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment


class Laid:
    """What is to be shown, with its lines kept until it is given another width."""

    def __init__(self, text: RenderableType) -> None:
        self._text = text
        self._width = 0
        self._segments: Sequence[Segment] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """The segments of its lines, as rich asks for them."""
        if options.max_width != self._width:
            self._segments = tuple(console.render(self._text, options))
            self._width = options.max_width
        yield from self._segments
