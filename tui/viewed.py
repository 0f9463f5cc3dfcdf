"""What a room shows, put on the record of a store with users by a thread beside, so that no key waits for the disk.

A list that is shown is one entry, so is a page, and a row that is copied. What waits is written before the room is
left; who kills the program loses the entries of its last moment. Where the record cannot be written any more the room
ends, as nothing is shown that is not recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from queue import Empty, SimpleQueue
from threading import Event, Thread

from core.days import stamp
from core.errors import Busy, Problem
from db.store import Store
from db.store.viewings import Recorder, Shown

_AGAIN = 0.2
"""Seconds until a store that is busy is tried again."""
_Entry = tuple[str, Shown]


def _nobody(_problem: Problem) -> None:
    """Tell nobody."""


class Viewed:
    """The record of what one room shows. ``failed`` is what keeps it from being written, None while all is well."""

    def __init__(self, store: Store) -> None:
        self.fail: Callable[[Problem], object] = _nobody
        """Told, from another thread, that nothing more can be recorded."""
        self.failed: Problem | None = None
        self._store = store
        self._recorder = Recorder(store)
        self._waiting: SimpleQueue[_Entry | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._given_up = Event()

    def show(self, shown: Shown) -> None:
        """Note what is shown now; of a store without users, nothing."""
        if self._store.rights is None:
            return
        self._waiting.put((stamp(self._store.now()), shown))
        if self._thread is None:
            self._thread = Thread(target=self._write, daemon=True)
            self._thread.start()

    def end(self, patience: float | None = None) -> str:
        """Write what waits, for so many seconds at most; gives what is to be said of what was not written."""
        if self._thread is None:
            return ""
        self._waiting.put(None)
        self._thread.join(patience)
        self._given_up.set()
        if self.failed is not None:
            return f"What was shown could not be put on the record: {self.failed.sentence}"
        if self._thread.is_alive():
            return "Another program holds the store: what was shown last is not on its record."
        self._thread = None
        return ""

    def _write(self) -> None:
        """Write whatever comes, until the room ends."""
        with closing(self._recorder):
            self._write_all()

    def _write_all(self) -> None:
        ended = False
        while not ended and (first := self._waiting.get()) is not None:
            found, ended = self._with_others(first)
            while not self._is_written(found):
                if self._given_up.wait(_AGAIN):
                    return

    def _with_others(self, first: _Entry) -> tuple[list[_Entry], bool]:
        """An entry with all that wait behind it; and whether the room has ended."""
        found = [first]
        while True:
            try:
                one = self._waiting.get_nowait()
            except Empty:
                return found, False
            if one is None:
                return found, True
            found.append(one)

    def _is_written(self, found: list[_Entry]) -> bool:
        """Write some entries; False where another program is writing."""
        if self.failed is None:
            try:
                self._recorder.record_all(found)
            except Busy:
                return False
            except Problem as problem:
                self.failed = problem
                self.fail(problem)
        return True
