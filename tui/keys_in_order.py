"""Keys in the order they were typed, however fast: the next is carried out when what the last one opens is there.

Without this a burst (a practised hand, a slow machine, a paste of keys) goes to the widget that has the focus at that
moment: the letters after ``a`` would fire commands on the list instead of standing in the form it opens.

Nothing is looked at again and again. What a key does is done within its turn; what comes of it by messages is waited
for by sending a message of one's own after them, from the widget that has the focus up to the program.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.command import CommandPalette
from textual.dom import DOMNode
from textual.events import Key
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from tui.commands import why_nothing
from tui.reading import handed_over, is_ordered_anew
from tui.writing import Writes

_ROUNDS = 8
"""How often a message is sent after others at most: what they open may post messages of its own."""
_GIVE_UP, _QUIT = "escape", "ctrl+q"
_PATIENCE = 1.5
"""Seconds after which a key is let through whatever is still going on."""
_LOOK = 0.05
"""Seconds between two looks at whether a wait is given up; the least that is waited for a message, time up or not."""
_OPENING = 20.0
"""Seconds after which a key is let through to a screen that is still being made."""
_LIST = "list."
_MOVES = frozenset(
    _LIST + name for name in ("down", "up", "first", "last", "half_down", "half_up", "page_down", "page_up", "mark")
)
"""Commands of a list that open nothing: what follows one of them waits for nothing."""
_OF_NO_ROW = ("meeting.", "room.leave", "room.help", "room.palette", "app.", "list.back")
"""How commands begin that mean no row: they need not wait for rows that are being read."""


@runtime_checkable
class _Rows(Protocol):
    """What shows rows and knows how many."""

    @property
    def count(self) -> int: ...


class KeysInOrder:
    """Carries keys out one by one, each when what the one before opens is there."""

    def __init__(self, app: App[None], writes: Writes) -> None:
        """*writes*: behind what waits to be written, keys stay in line, but those that end the wait."""
        self._app = app
        self._writes = writes
        self._waiting: deque[Key] = deque()
        self._task: asyncio.Task[None] | None = None
        self._going_on = False
        """Whether keys are being carried out. A task may be done before create_task gives it (Python 3.12)."""
        self._typed_into: Widget | None = None
        self._stirred = False
        self._again: tuple[str, Widget | None, list[tuple[DOMNode, str, str]]] | None = None
        """The last move of those that came together, and what is bound to it: to move changes no binding."""

    @property
    def busy(self) -> bool:
        """Whether what the last key did is not yet done, so that the next would wait; not where it waits for others."""
        return self._going_on and not self._writes.holds_keys

    @property
    def more(self) -> bool:
        """Whether keys wait behind the one that is carried out."""
        return bool(self._waiting)

    def put(self, key: Key) -> None:
        """Take a key; it is carried out when its turn comes, at once where nothing is going on."""
        if self._writes.waits and self._ends_the_wait(key):
            return
        self._waiting.append(key)
        if not self._going_on:
            self._going_on = True
            self._task = asyncio.create_task(self._go_on())
            self._task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Leave as after any fault of the program where there was one."""
        if not task.cancelled() and (fault := task.exception()) is not None:
            if not isinstance(fault, Exception):
                raise fault
            self._app._handle_exception(fault)

    def _ends_the_wait(self, key: Key) -> bool:
        """Whether a key gives up what waits to be written, or leaves the program: it passes those in line.

        What was typed behind a write that was given up was meant for what would have come of it, and goes with it.
        """
        if key.key == _QUIT:
            self._waiting.clear()
            self._app.call_later(self._app.action_quit)
            return True
        top = self._app.screen
        if key.key != _GIVE_UP or not (self._writes.sheet_waits or _is_room(top)):
            return False
        self._waiting.clear()
        return self._writes.give_up()

    async def _go_on(self) -> None:
        try:
            while self._app.screen_stack and (self._waiting or self._stirred):
                if self._stirred and not (self._waiting and self._goes_on_typing(self._waiting[0])):
                    await self._settled()
                elif self._writes.holds_keys:
                    await self._writes.let_through()
                else:
                    await self._carry_out(self._waiting.popleft())
        finally:  # here and not when told of the end: a key put between the two would wait for the one after it
            self._again, self._going_on = None, False

    # One key

    def _goes_on_typing(self, key: Key) -> bool:
        """Whether a key is one more letter for the field that took the last: it need not be waited for."""
        return self._typed_into is not None and self._typed_into is self._app.focused and _takes(self._typed_into, key)

    async def _carry_out(self, key: Key) -> None:
        """Give a key to the widget that takes it as a letter, else do what is bound to it, or say why it is not done.

        A key that nothing is bound to is not handed on: on its way up it would be looked up again, when the next has
        been carried out, on a screen that it was not meant for.
        """
        app, widget = self._app, self._app.focused
        if not app.app_focus:
            app.app_focus = True
        self._typed_into = None
        if widget is not None and _takes(widget, key):
            self._typed_into, self._stirred = widget, True
            widget._forward_event(key)
            return
        again, self._again = self._again, None
        found = again[2] if again is not None and again[:2] == (key.key, widget) else bound_to(app, key.key)
        for node, action, name in found:
            moves = name in _MOVES
            if _needs_rows(app.screen, node, name):
                await _within(handed_over(app.screen), monotonic() + _PATIENCE)
            if await app.run_action(action, node):
                self._stirred = not moves
                self._again = (key.key, widget, found) if moves else None
                return
        if words := why_nothing(found):
            app.notify(words, markup=False)

    # What comes of it

    async def _settled(self) -> None:
        """Wait until what the last key did has been taken in everywhere, and what it opens is there."""
        self._stirred = False
        until = monotonic() + _PATIENCE
        for _ in range(_ROUNDS):
            path = self._path()
            for pump in path:
                await _passed(pump, until)
            await self._looked_up()
            if monotonic() > until or (path == self._path() and not any(pump.message_queue_size for pump in path)):
                break
        await self._opened()

    async def _opened(self) -> None:
        """Wait until the screen on top is made: letters for a form without its fields would go nowhere.

        A machine that is busy may take longer for it than a key is patient.
        """
        for screen in self._app.screen_stack[-1:]:
            if not screen.is_mounted:
                await _within(screen._mounted_event.wait(), monotonic() + _OPENING)

    async def _looked_up(self) -> None:
        """Wait for what the palette looks up, unless that is given up: Enter carries out what it shows."""
        for screen in self._app.screen_stack[-1:]:
            if isinstance(screen, CommandPalette):
                looking = [worker for worker in self._app.workers if worker.node is screen and not worker.is_finished]
                found = asyncio.gather(*(one.wait() for one in looking), return_exceptions=True)
                while not found.done() and not any(key.key in (_GIVE_UP, _QUIT) for key in self._waiting):
                    await _within(asyncio.shield(found), monotonic() + _LOOK)

    def _path(self) -> Sequence[MessagePump]:
        """Every widget that messages go through: from the one with the focus up to the screen, then the program."""
        if not self._app.screen_stack:
            return (self._app,)
        focused = self._app.focused
        return (self._app.screen, self._app) if focused is None else tuple(focused.ancestors_with_self)


def bound_to(app: App[Any], key: str) -> list[tuple[DOMNode, str, str]]:
    """What is bound to a key on the screen now: who declares it, what it calls, its name; what comes first first."""
    chain = app.screen._binding_chain
    modal = next((place for place, (node, _) in enumerate(chain, 1) if node.is_modal), len(chain))
    found = [
        (node, binding.action, binding.id or "")
        for node, bindings in reversed(chain)
        for binding in bindings.key_to_bindings.get(key, ())
        if binding.priority
    ]
    return found + [
        (node, binding.action, binding.id or "")
        for node, bindings in chain[:modal]
        for binding in bindings.key_to_bindings.get(key, ())
        if not binding.priority
    ]


async def _passed(pump: MessagePump, until: float) -> None:
    """Wait until every message that a widget has got so far is handled; a screen that is opened is there then, too."""
    through = asyncio.Event()
    if pump.call_later(through.set):
        net = asyncio.get_running_loop().call_later(max(_LOOK, until - monotonic()), through.set)
        await through.wait()
        net.cancel()


async def _within(what: Awaitable[object], until: float) -> None:
    """Wait for something up to a moment."""
    with suppress(TimeoutError):
        await asyncio.wait_for(what, max(0.0, until - monotonic()))


def _takes(widget: Widget, key: Key) -> bool:
    return widget.check_consume_key(key.key, key.character)


def _needs_rows(screen: Screen[Any], node: DOMNode, name: str) -> bool:
    """Whether a command is for the rows that will be there when what is being read is read.

    A list that has rows is moved on meanwhile, for the cursor stays on its record; but not where a key has just sorted
    or filtered it: the first row is then the first of that order.
    """
    if name in _MOVES:
        return isinstance(node, _Rows) and (not node.count or is_ordered_anew(screen))
    return not name.startswith(_OF_NO_ROW)


def _is_room(screen: Screen[Any]) -> bool:
    """Whether a screen has Esc to spare: no dialog, and no field that it would leave."""
    return not screen.is_modal and not isinstance(screen.focused, Input)
