"""Keys in the order they were typed, however fast: the next waits until what the last one did is on the screen.

Without this a burst (a practised hand, a slow machine, a paste of keys) goes to the widget that has the focus at that
moment: the letters after ``a`` would fire commands on the list instead of standing in the form it opens.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Any

from textual.app import App
from textual.command import CommandPalette
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input

from tui.writing import Writes

BESIDE = "beside"
"""The group of workers that keys do not wait for: what takes longer than a chair would hold still."""
_ROUNDS = 4
_PAUSE = 0.003
"""Seconds between two looks, so that looking does not hold up what is looked at."""
_GIVE_UP, _QUIT = "escape", "ctrl+q"
_PATIENCE = 1.5
"""Seconds after which a key is let through whatever is still going on."""


class KeysInOrder:
    """Hands keys on one by one: a key at rest at once, any other when what the one before did is done."""

    def __init__(self, app: App[None], hand_on: Callable[[Key], Awaitable[None]], writes: Writes) -> None:
        """*writes*: behind what waits to be written, keys stay in line, but those that end the wait."""
        self._app = app
        self._hand_on = hand_on
        self._writes = writes
        self._waiting: deque[Key] = deque()
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether what the last key did is not yet done, so that the next would wait; not where it waits for others."""
        return self._task is not None and not self._writes.holds_keys

    async def put(self, key: Key) -> None:
        """Hand a key on now if nothing is going on, else when its turn comes."""
        if self._writes.waits and await self._ends_the_wait(key):
            return
        at_rest = self._task is None and not self._writes.holds_keys
        if not at_rest:
            self._waiting.append(key)
        if self._task is None:
            self._task = asyncio.create_task(self._go_on())
        if at_rest:
            await self._hand_on(key)

    async def _ends_the_wait(self, key: Key) -> bool:
        """Whether a key gives up what waits to be written, or leaves the program: it passes those in line.

        What was typed behind a write that was given up was meant for what would have come of it, and goes with it.
        """
        if key.key == _QUIT:
            self._waiting.clear()
            await self._hand_on(key)
            return True
        top = self._app.screen
        if key.key != _GIVE_UP or not (self._writes.sheet_waits or _is_room(top)):
            return False
        self._waiting.clear()
        return self._writes.give_up()

    async def _go_on(self) -> None:
        try:
            await self._quiet()
            while self._waiting and self._app.screen_stack:
                await self._hand_on(self._waiting.popleft())
                await self._quiet()
        finally:
            self._task = None

    async def _quiet(self) -> None:
        """Wait until every message is handled and, where keys are commands, until nothing is being read."""
        until = monotonic() + _PATIENCE
        quiet = 0
        while quiet < _ROUNDS and (monotonic() < until or self._writes.holds_keys):
            await asyncio.sleep(_PAUSE)
            quiet = 0 if self._busy() else quiet + 1

    def _busy(self) -> bool:
        screens = self._app.screen_stack
        if not screens:  # the program is ending: no key has anywhere to go
            return False
        if self._writes.holds_keys:
            return True
        return self._messages(screens) or (not _takes_letters(screens[-1]) and self._reading())

    def _messages(self, screens: Sequence[Screen[Any]]) -> bool:
        pumps = (self._app, *screens, *screens[-1].walk_children())
        return any(pump.message_queue_size for pump in pumps)

    def _reading(self) -> bool:
        return any(not worker.is_finished for worker in self._app.workers if worker.group != BESIDE)


def _takes_letters(screen: Screen[Any]) -> bool:
    """Whether keys are letters whatever is being read; in the palette Enter carries out what was looked for."""
    return isinstance(screen.focused, Input) and not isinstance(screen, CommandPalette)


def _is_room(screen: Screen[Any]) -> bool:
    """Whether a screen has Esc to spare: no dialog, and no field that it would leave."""
    return not screen.is_modal and not isinstance(screen.focused, Input)
