"""Reads the rows of a list that the next keys may show, beside, so that their lines can be drawn before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.reading import Reading

if TYPE_CHECKING:
    from tui.views.list_panel import ListPanel


class RowsAhead:
    """What a list reads ahead of the keys. Nothing while keys wait, nor of rows that the store sorts."""

    def __init__(self, panel: ListPanel) -> None:
        self._panel = panel
        self._reading = Reading[Callable[[], bool]](panel, self._take, beside=True)

    def hold(self, keys: Sequence[int]) -> bool:
        """Whether the rows of some keys are held; what is not is read, and the list told when it is."""
        source = self._panel.source
        if self._panel.session.keys_follow() or not source.at_once:
            return False
        read = source.ahead(keys)
        if read is not None:
            self._reading.start(read)
        return read is None

    def _take(self, take: Callable[[], bool]) -> None:
        if take():
            self._panel.records.look_ahead()
