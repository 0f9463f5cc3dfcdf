"""The worker that reads: a function of the store runs in a thread, what it gives comes back on the screen's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from core.errors import Problem
from tui.keys_in_order import BESIDE

T = TypeVar("T")


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
    ) -> None:
        """*take* is given the result and *fail* the problem, both on the thread of the screen; either may be async.

        fail: None where what cannot be read is left as it is. beside: keys are handled meanwhile, see `BESIDE`.
        """
        self._owner = owner
        self._take = take
        self._fail = fail
        self._group = BESIDE if beside else "default"
        self._number = 0
        self._worker: Worker[None] | None = None

    def start(self, read: Callable[[], T]) -> None:
        """Run *read* in a thread. It touches no widget; a Problem it raises is handed over as such."""
        self.drop()
        work = partial(self._work, read, self._number)
        self._worker = self._owner.run_worker(work, group=self._group, thread=True, exit_on_error=True)

    def drop(self) -> None:
        """Forget what is being read."""
        self._number += 1
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None

    def _work(self, read: Callable[[], T], number: int) -> None:
        worker = get_current_worker()
        deliver: Callable[[], object]
        try:
            deliver = partial(self._take, read())
        except Problem as problem:
            if self._fail is None:
                return
            deliver = partial(self._fail, problem)
        if not worker.is_cancelled:
            self._owner.call_later(self._hand_over, deliver, number)

    def _hand_over(self, deliver: Callable[[], object], number: int) -> object:
        """Hand over what was read unless it was overtaken on its way; an awaitable is awaited by who calls."""
        return deliver() if number == self._number else None
