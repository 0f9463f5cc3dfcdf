"""Work that a list does ahead of the keys, while nobody types."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual.widget import Widget

_REST = 0.05
"""Seconds after a paint in which nothing else was painted: by then nobody holds a key."""


class LookAhead:
    """Does a piece of work of a widget, again while some is left, once the widget was painted and rests."""

    def __init__(self, widget: Widget, step: Callable[[], bool]) -> None:
        """*step*: does a little, so that a key waits no longer than for that; gives whether some is left."""
        self._widget = widget
        self._step = step
        self._next: asyncio.TimerHandle | None = None

    def painted(self) -> None:
        """Wait from now on whether it rests."""
        self.go_on(_REST)

    def go_on(self, after: float = 0.0) -> None:
        """Do the next piece, after so many seconds; what else is to be done goes first."""
        if self._next is not None:
            self._next.cancel()
        loop = asyncio.get_running_loop()
        self._next = loop.call_later(after, self._widget.call_next, self._do)

    def _do(self) -> None:
        if self._widget.is_attached and self._step():
            self.go_on()
