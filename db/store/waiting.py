"""How long a change waits for who is writing: a command for a while, a worker until the room ends, a key never."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from core.errors import Busy
from db.store import driver

if TYPE_CHECKING:
    import sqlite3

PATIENCE = 5.0
"""Seconds that a command waits for another program before it says so and ends."""
_LOOK = 0.02
"""Seconds between two looks."""
_SILENT = 0.5
"""Seconds of waiting after which it is told that something waits: less is not noticed."""
_TAKEN = (driver.BUSY, driver.LOCKED)


def busy() -> Busy:
    """What is said where another program writes for too long."""
    return Busy("Another program is writing to the store. Nothing was changed. Do it again when that has ended.")


class Waiting:
    """The patience of one store, in all threads that write to it.

    ``patience``: seconds that a thread waits, unless it said that it waits for nobody. ``tell``: told once of each wait
    that lasts.
    """

    def __init__(self) -> None:
        self.patience = PATIENCE
        self.tell: Callable[[str], None] | None = None
        self._ended = threading.Event()
        self._mine = threading.local()

    @contextmanager
    def for_nobody(self) -> Iterator[None]:
        """Inside, a change of this thread is made at once or raises Busy: for the thread of the screen."""
        before = self._at_once
        self._mine.at_once = True
        try:
            yield
        finally:
            self._mine.at_once = before

    @property
    def _at_once(self) -> bool:
        return bool(getattr(self._mine, "at_once", False))

    def end(self) -> None:
        """Let no thread wait any longer: the program ends."""
        self._ended.set()

    def until(self, done: Callable[[], bool]) -> None:
        """Try again and again until it is *done*. Raises Busy where patience ends before."""
        start, tell = monotonic(), self.tell
        while not done():
            if self._at_once or monotonic() >= start + self.patience or self._ended.wait(_LOOK):
                raise busy()
            if tell is not None and monotonic() >= start + _SILENT:
                tell(f"Another program is writing to the store. Waiting for it, {self.patience:g} s at most.")
                tell = None

    def begin(self, connection: sqlite3.Connection) -> None:
        """Begin to write on a connection. Raises Busy, or what SQLite raises where it is not another's lock."""
        connection.execute("PRAGMA busy_timeout=0")  # SQLite would hold the thread; nobody could end its wait
        try:
            self.until(lambda: _begun(connection))
        finally:
            connection.execute("PRAGMA busy_timeout=5000")


def _begun(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except driver.errors("OperationalError") as error:
        if driver.code_of(error) in _TAKEN:
            return False
        raise
    return True
