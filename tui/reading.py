"""The worker that reads: a function of the store runs in a thread, what it gives comes back on the screen's thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from weakref import WeakSet

from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from core.errors import Problem
from db.store.damage import put_down_to_damage

if TYPE_CHECKING:
    from textual.screen import Screen

T = TypeVar("T")
BESIDE = "beside"
"""The group of workers that keys do not wait for: what takes longer than a chair would hold still."""
_GOING: WeakSet[Reading[Any]] = WeakSet()
"""What is being read and not yet handed over, and keys wait for."""
_PAUSE = 0.002
"""Seconds between two looks, so that looking does not hold up the thread that reads."""


class Reading(Generic[T]):
    """One thing that a widget reads, again and again; only the last that was asked for is handed over.

    A result is dropped where a later start has overtaken it, where it was dropped by name, and where its owner is gone.
    """

    def __init__(
        self,
        owner: Widget,
        take: Callable[[T], object],
        fail: Callable[[Problem], object] | None = None,
        *,
        beside: bool = False,
        orders: bool = False,
    ) -> None:
        """*take* is given the result and *fail* the problem, both on the thread of the screen.

        fail: None where what cannot be read is left as it is. beside: keys are handled meanwhile, see `BESIDE`. orders:
        what is read is the order that a key has asked for, see `is_ordered_anew`.
        """
        self._owner = owner
        self._take = take
        self._fail = fail
        self._group = BESIDE if beside else "default"
        self.orders = orders
        self._number = 0
        self._over = asyncio.Event()
        self._worker: Worker[None] | None = None
        self._arrived: dict[int, Callable[[], object]] = {}
        """What hands a result over, by the number of its start: a thread that was overtaken may still end later."""

    def start(self, read: Callable[[], T]) -> None:
        """Run *read* in a thread. It touches no widget; a Problem it raises is handed over as such."""
        self.drop()
        if self._group != BESIDE:
            self._begin()
        work = partial(self._work, read, self._number)
        self._worker = self._owner.run_worker(work, group=self._group, thread=True, exit_on_error=True)

    def promise(self) -> None:
        """Count as being read from now on, for it is started soon."""
        self.drop()
        self._begin()

    async def settle(self, within: float) -> None:
        """Hand over what was started as soon as it is read, if that is within so many seconds; else later, as ever.

        For the owner's own ``on_mount``: a result that came as a message would wait until the owner has been painted.
        """
        until = monotonic() + within
        while self._worker is not None and not self._worker.is_finished and self._number not in self._arrived:
            if monotonic() > until:
                return
            await asyncio.sleep(_PAUSE)
        self._hand_over()

    def drop(self) -> None:
        """Forget what is being read."""
        self._number += 1
        self._arrived.clear()
        self._end()
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None

    def _work(self, read: Callable[[], T], number: int) -> None:
        worker = get_current_worker()
        try:
            with put_down_to_damage():
                hand_over: Callable[[], object] = partial(self._take, read())
        except Problem as problem:
            hand_over = _nothing if self._fail is None else partial(self._fail, problem)
        if not worker.is_cancelled:
            self._arrived[number] = hand_over
            self._owner.call_later(self._hand_over)

    def _hand_over(self) -> None:
        """Hand over what has arrived, once, unless it was overtaken on its way."""
        hand_over = self._arrived.pop(self._number, None)
        if hand_over is not None:
            number = self._number
            hand_over()
            if number == self._number:  # else what was handed over has had it read again
                self._end()

    def _begin(self) -> None:
        self._over.clear()
        _GOING.add(self)

    def _end(self) -> None:
        _GOING.discard(self)
        self._over.set()

    async def over(self) -> None:
        """Wait until what is being read is handed over."""
        await self._over.wait()

    def is_for(self, screen: Screen[Any]) -> bool:
        """Whether a screen shows what is read."""
        return self._owner.is_attached and self._owner.screen is screen


async def handed_over(screen: Screen[Any]) -> None:
    """Wait until everything that is being read for a screen is handed over, but what is read beside the keys.

    What is handed over may have something else read.
    """
    while going := _going_for(screen):
        await going[0].over()


def is_read(screen: Screen[Any]) -> bool:
    """Whether anything is being read for a screen that keys wait for."""
    return bool(_going_for(screen))


def is_ordered_anew(screen: Screen[Any]) -> bool:
    """Whether a screen's rows are being sorted or filtered as a key has asked: they are not yet those meant."""
    return any(reading.orders for reading in _going_for(screen))


def _going_for(screen: Screen[Any]) -> list[Reading[Any]]:
    return [reading for reading in _GOING if reading.is_for(screen)]


def _nothing() -> None:
    """What cannot be read is left as it is."""
