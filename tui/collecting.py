"""When a room looks for reference cycles: among what is old only while nobody types."""

from __future__ import annotations

import gc
from time import monotonic

from textual.app import App

_PAINTED = 1.0
"""Seconds after which the room stands, and what was loaded to start with has come to stay."""
_REST = 1.0
"""Seconds without a key that are a rest."""
_YOUNG, _OLDER, _OLDEST = 700, 10, 200
"""When Python looks by itself. Twenty times as seldom as usual among what is old, for who types without a rest."""
_DUE = 10
"""Looks among what is young after which it is time for one among what is old: as often as usual."""


class Collecting:
    """Looks where no key waits for it: among what is old it takes 10 to 50 ms, in which none is answered."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._typed_at = monotonic()

    def typed(self) -> None:
        """A key was typed."""
        self._typed_at = monotonic()

    def begin(self) -> None:
        """Look from soon on, where the start of the program has put it off."""
        if not gc.isenabled():
            self._app.set_timer(_PAINTED, self._begin)

    def _begin(self) -> None:
        gc.freeze()
        gc.set_threshold(_YOUNG, _OLDER, _OLDEST)
        gc.enable()
        self._app.set_interval(_REST, self._at_rest)

    def _at_rest(self) -> None:
        if monotonic() - self._typed_at > _REST and gc.get_count()[2] >= _DUE:
            gc.collect()
