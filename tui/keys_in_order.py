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
from tui.escape import apart
from tui.reading import handed_over, is_ordered_anew, is_read
from tui.writing import Writes

_ROUNDS = 8
"""How often a message is sent after others at most: what they open may post messages of its own."""
_GIVE_UP, _QUIT = "escape", "ctrl+q"
_PATIENCE = 1.5
"""Seconds after which a key is let through whatever is still going on, but what a key before has asked for."""
_LOOK = 0.05
"""Seconds between two looks at whether a wait is given up; the least that is waited for a message, time up or not."""
_OPENING = 20.0
"""Seconds after which a key is let through to a screen that is still being made."""
_LIST = "list."
_LAST = f"{_LIST}last"
_MOVES = frozenset(
    _LIST + name for name in ("down", "up", "first", "last", "half_down", "half_up", "page_down", "page_up", "mark")
)
"""Commands of a list that open nothing: what follows one of them waits for nothing."""
_UNREAD = "The list is still being read: that key did nothing."
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
        self._ended = False
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
        if self._ended:
            return
        if self._writes.waits and self._ends_the_wait(key):
            return
        self._waiting.append(key)
        if not self._going_on:
            self._going_on = True
            self._task = asyncio.create_task(self._go_on())
            self._task.add_done_callback(self._look_for_fault)

    def end(self) -> None:
        """Carry out no more keys: the program is left, and what they were meant for is taken away."""
        self._ended = True
        self._waiting.clear()

    def _look_for_fault(self, task: asyncio.Task[None]) -> None:
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
            await self._opened()
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

    async def _carry_out(self, key: Key, *, waited: bool = False) -> None:
        """Give a key to the widget that takes it as a letter, else do what is bound to it, or say why it is not done.

        What was read may have opened a page: a key that has waited for it is looked up anew.

        A key that nothing is bound to is not handed on: on its way up it would be looked up again, when the next has
        been carried out, on a screen that it was not meant for.
        """
        app, widget = self._app, self._app.focused
        if not app.app_focus:
            app.app_focus = True
        self._typed_into = None
        if not isinstance(widget, Input) and (two := apart(key)) is not None:
            self._waiting.extendleft(reversed(two))
            return
        if widget is not None and _takes(widget, key):
            self._typed_into, self._stirred = widget, True
            widget._forward_event(key)
            return
        again, self._again = self._again, None
        found = again[2] if again is not None and again[:2] == (key.key, widget) else bound_to(app, key.key)
        if not waited and any(_needs_rows(app.screen, node, name) for node, _, name in found) and is_read(app.screen):
            await self._carry_out_on_rows(key, found)
            return
        for node, action, name in found:
            moves = name in _MOVES
            if moves and app.screen._layout_required:
                await self._laid_out()
            if await app.run_action(action, node):
                self._stirred = not moves
                self._again = (key.key, widget, found) if moves else None
                return
        if words := why_nothing(found):
            self._stirred = True
            app.notify(words, markup=False)

    async def _carry_out_on_rows(self, key: Key, found: Sequence[tuple[DOMNode, str, str]]) -> None:
        """Carry a key out when the rows that it means are read; a move in a list that has none by then says so."""
        app = self._app
        await _within(handed_over(app.screen), _PATIENCE)
        while is_ordered_anew(app.screen):  # however long it takes: meant are the rows that a key has asked for
            await _within(handed_over(app.screen), _LOOK)
        await self._settled()
        if is_read(app.screen) and any(_moves_in_nothing(node, name) for node, _, name in found):
            app.notify(_UNREAD, markup=False)
        else:
            await self._carry_out(key, waited=True)

    # What comes of it

    async def _settled(self) -> None:
        """Wait until what the last key did has been taken in everywhere, and what it opens is there."""
        self._stirred = False
        patience = _Patience()
        for _ in range(_ROUNDS):
            path = self._path()
            for pump in path:
                await patience.passed(pump)
            await self._looked_up()
            if patience.is_out or (path == self._path() and not any(pump.message_queue_size for pump in path)):
                break
        await self._opened()

    async def _opened(self) -> None:
        """Wait until the screen on top is made: letters for a form without its fields would go nowhere.

        A machine that is busy may take longer for it than a key is patient.
        """
        for screen in self._app.screen_stack[-1:]:
            if not screen.is_mounted:
                await _within(screen._mounted_event.wait(), _OPENING)

    async def _laid_out(self) -> None:
        """Lay the screen out now: a line above or below the list has come or gone, so that it has other room."""
        screen = self._app.screen
        with screen._context():
            screen._on_timer_update()
        await self._settled()

    async def _looked_up(self) -> None:
        """Wait for what the palette looks up, unless that is given up: Enter carries out what it shows."""
        for screen in self._app.screen_stack[-1:]:
            if isinstance(screen, CommandPalette):
                looking = [worker for worker in self._app.workers if worker.node is screen and not worker.is_finished]
                found = asyncio.gather(*(one.wait() for one in looking), return_exceptions=True)
                while not found.done() and not any(key.key in (_GIVE_UP, _QUIT) for key in self._waiting):
                    await _within(asyncio.shield(found), _LOOK)

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


class _Patience:
    """How long is waited for messages in all: in looks, not in seconds, for who is at work is not looked at.

    What a key does may hold the program up for seconds; the messages that come of it are to be waited for all the same.
    """

    def __init__(self) -> None:
        self._looks = round(_PATIENCE / _LOOK)
        self._next: asyncio.TimerHandle | None = None

    @property
    def is_out(self) -> bool:
        """Whether nothing more is waited for."""
        return self._looks <= 0

    async def passed(self, pump: MessagePump) -> None:
        """Wait until all messages that a widget has got are handled; a screen that is opened is there then, too."""
        through = asyncio.Event()
        if pump.call_later(through.set):
            self._look_later(through)
            await through.wait()
            if self._next is not None:
                self._next.cancel()

    def _look_later(self, through: asyncio.Event) -> None:
        self._next = asyncio.get_running_loop().call_later(_LOOK, self._look, through)

    def _look(self, through: asyncio.Event) -> None:
        """Look whether there is patience left; if not, who waits goes on."""
        self._looks -= 1
        if self.is_out:
            through.set()
        else:
            self._look_later(through)


async def _within(what: Awaitable[object], seconds: float) -> None:
    """Wait for something for so many seconds, those not counted in which the program was at work all the time."""
    waited = asyncio.ensure_future(what)
    try:
        for _ in range(max(1, round(seconds / _LOOK))):
            if (await asyncio.wait({waited}, timeout=_LOOK))[0]:
                return
    finally:
        waited.cancel()


def _takes(widget: Widget, key: Key) -> bool:
    return widget.check_consume_key(key.key, key.character)


def _needs_rows(screen: Screen[Any], node: DOMNode, name: str) -> bool:
    """Whether a command is for the rows that will be there when what is being read is read.

    A list that has rows is moved on meanwhile, for the cursor stays on its record; but not where a key has just sorted
    or filtered it: the first row is then the first of that order; nor to the last row, which may be still to come.
    """
    if name in _MOVES:
        return isinstance(node, _Rows) and (not node.count or name == _LAST or is_ordered_anew(screen))
    return not name.startswith(_OF_NO_ROW)


def _moves_in_nothing(node: DOMNode, name: str) -> bool:
    """Whether a command moves in a list that has no rows."""
    return name in _MOVES and isinstance(node, _Rows) and not node.count


def _is_room(screen: Screen[Any]) -> bool:
    """Whether a screen has Esc to spare: no dialog, and no field that it would leave."""
    return not screen.is_modal and not isinstance(screen.focused, Input)
