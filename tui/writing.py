"""What the room writes: at once where it can be, else again and again until it can; the screen never waits for it.

A write is made on the thread of the screen, and waits for nobody there: where another program is writing it has done
nothing, and is tried again as it is. So the usual write costs no thread and no paint more, and what comes after it
finds it done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from core.errors import Busy, Conflict, Problem
from core.text import counted

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

    from db.store import Store

T = TypeVar("T")
_EVERY = 0.05
"""Seconds between two looks whether the store is free."""
_UNSAID = 0.3
"""Seconds that are not worth a word."""
HOLDS = 1.5
"""Seconds for which keys stay in line behind a write; then the room goes on, and only writes have to wait."""


class _Waiting(NamedTuple):
    """A write that waits. attempt: makes it; raises Busy where it must wait on. sheet: whether a form waits for it."""

    attempt: Callable[[], None]
    told: Callable[[str], object]
    given_up: Callable[[Problem], object]
    since: float
    sheet: bool


class Writes:
    """The writes of one sitting, one at a time. ``words`` say what is waited for, empty where nothing is."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: _Waiting | None = None
        self._free = asyncio.Event()
        self._timer: Timer | None = None
        self.words = ""

    @property
    def waits(self) -> bool:
        """Whether a write waits for another program."""
        return self._waiting is not None

    @property
    def holds_keys(self) -> bool:
        """Whether keys must wait for a write: those behind a form, which go where it leads; any other for a moment."""
        return self._waiting is not None and (self._waiting.sheet or monotonic() - self._waiting.since < HOLDS)

    @property
    def sheet_waits(self) -> bool:
        """Whether it is a form that waits."""
        return self._waiting is not None and self._waiting.sheet

    async def let_through(self) -> None:
        """Wait until keys need wait no longer: until nothing waits, or for a moment where no form does."""
        while (waiting := self._waiting) is not None and self.holds_keys:
            left = None if waiting.sheet else max(0.0, waiting.since + HOLDS - monotonic())
            with suppress(TimeoutError):
                await asyncio.wait_for(self._free.wait(), left)

    def refuse_second(self) -> None:
        """Raise Conflict where a write waits: what is done next may stand on it."""
        if self._waiting is not None:
            raise Conflict("The last change still waits for the store. Esc gives it up.", "Not yet")

    def make(
        self,
        app: App[None],
        write: Callable[[], T],
        then: Callable[[T], object],
        fail: Callable[[Problem], object],
        told: Callable[[str], object],
        *,
        sheet: bool = False,
    ) -> None:
        """Write now, or as soon as no other program is writing; *then* is given the result, *fail* a problem.

        write: a change of the store, which has done nothing where it raises Busy. told: shows what is waited for, in
        words that change every second and are empty at the end. sheet: a form waits, so that keys do.
        """
        try:
            self.refuse_second()
        except Conflict as problem:
            fail(problem)
            return
        attempt = partial(self._attempt, self._store.item, write, then, fail)
        try:
            attempt()
        except Busy:
            self._waiting = _Waiting(attempt, told, fail, monotonic(), sheet)
            self._free.clear()
            self._timer = app.set_interval(_EVERY, self._again)

    def _attempt(
        self, item: str, write: Callable[[], T], then: Callable[[T], object], fail: Callable[[Problem], object]
    ) -> None:
        """item: the agenda item at which the write was asked for; the meeting may have gone on while it waited."""
        try:
            with self._store.waiting.for_nobody(), self._store.at(item):
                result = write()
        except Busy:
            raise
        except Problem as problem:
            self._end()
            fail(problem)
        else:
            self._end()
            try:
                then(result)
            except Problem as problem:  # what was written cannot be read back
                fail(problem)

    def _again(self) -> None:
        """Look whether the store is free; if so write, else say for how long it has not been."""
        waiting = self._waiting
        if waiting is None:
            return
        try:
            if self._store.is_free():
                waiting.attempt()
                return
        except Busy:
            pass
        seconds = monotonic() - waiting.since
        if seconds >= _UNSAID:
            self._say(waiting, f"Waiting for the store: another program is writing ({seconds:.0f} s). Esc gives up.")

    def _say(self, waiting: _Waiting, words: str) -> None:
        if words != self.words:
            self.words = words
            waiting.told(words)

    def give_up(self) -> bool:
        """Write no longer what waits; gives whether anything did."""
        waiting = self._waiting
        if waiting is None:
            return False
        self._end()
        waiting.given_up(Problem("Nothing was written. Do it again when the other program has ended.", "Given up"))
        return True

    def _end(self) -> None:
        waiting, self._waiting = self._waiting, None
        self._free.set()
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if waiting is not None:
            self._say(waiting, "")

    def unwritten(self, seconds: int, why: Problem | None) -> str:
        """What was asked for and is not in the store as the program ends, as a sentence; empty where all is.

        seconds: of the meeting's time. why: what stands in the way, None where it is another program that writes.
        """
        lost = ["the last change"] if self._waiting is not None else []
        lost += [f"{counted(seconds, 'second')} of the meeting's time"] if seconds else []
        reason = why.sentence if why is not None else "Another program is writing to the store."
        return f"Not written: {' and '.join(lost)}. {reason}" if lost else ""
