"""Hands on the keyboard: commands are pressed by their names, so that a test does not break when a key moves."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from textual._compositor import LayoutUpdate
from textual.app import App
from textual.events import Key
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, Static

from db.store import Store
from tests.tui.quick import frame
from tui.app import TaskingApp
from tui.commands import Live, live
from tui.dialogs.form import Form
from tui.screens.base import RoomScreen
from tui.views.base import View

Hands = Pilot[None]
_PATIENCE = 30
"""Seconds to wait for a screen to come to rest, on a machine that does much else."""
MakeApp = Callable[..., TaskingApp]


@dataclass
class MovedClock:
    """A clock that stands still until a test moves it."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **time: float) -> None:
        """Let time pass, given as for timedelta."""
        self.moment += timedelta(**time)


async def _at_rest() -> None:
    """Wait until no task of the program can go on by itself: each waits for a clock, a thread or a key."""
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    await asyncio.sleep(0)
    while ready:
        await asyncio.sleep(0)


def _event(key: str) -> Key:
    """The event of a key, by its letter or its name."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    letter: str | None
    try:
        letter = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    except KeyError:
        letter = name if len(name) == 1 else None
    return Key(name, letter)


def _line(strips: Iterable[Strip]) -> str:
    """The letters of a line; after those that take two cells stand as many spaces as keep the rest in its column."""
    segments = (segment for strip in strips for segment in strip if not segment.control)
    return "".join(one.text + " " * (one.cell_length - len(one.text)) for one in segments).rstrip()


def _is_unpainted(screen: Screen[Any]) -> bool:
    """Whether a screen has something to paint. What stands beneath a dialog has, too: it shows through.

    That one asks to be painted whole whenever it was painted, so that this tells nothing of it.
    """
    return bool(screen._layout_required or screen._scroll_required or screen._dirty_widgets or screen._callbacks)


def _keys_wait(app: App[None]) -> bool:
    return isinstance(app, TaskingApp) and app.keys_wait


class Chair:
    """The person at the keyboard of a running program. ``pilot`` presses single keys."""

    def __init__(self, pilot: Hands) -> None:
        self.pilot = pilot

    @property
    def app(self) -> App[None]:
        """The running program, whatever it is."""
        return self.pilot.app

    def tasking(self) -> TaskingApp:
        """The running program."""
        app = self.pilot.app
        assert isinstance(app, TaskingApp)
        return app

    async def settled(self) -> None:
        """Wait until nothing is left to do: no message, no worker that reads, no key that waits, nothing to paint.

        What is to be painted is painted at once: the frames between are of no interest, and cost most of a test.
        """
        until = monotonic() + _PATIENCE
        while await self._went_on():
            assert monotonic() < until, "the screen does not come to rest"

    async def _went_on(self) -> bool:
        """Let the program go on; False once there was nothing that it could have gone on with."""
        await _at_rest()
        app = self.pilot.app
        if app._exit:
            return False  # what it was still to paint is painted no more
        if any(not worker.is_finished for worker in app.workers) or _keys_wait(app):
            await asyncio.sleep(0.001)
            return True
        screen = app.screen
        unpainted = [one for one in app._background_screens if _is_unpainted(one)]
        if _is_unpainted(screen) or screen._repaint_required:
            unpainted.append(screen)
        for screen in unpainted:
            with screen._context():
                screen._on_timer_update()
        return bool(unpainted)

    async def painted(self) -> LayoutUpdate:
        """Wait until nothing is left to do after the whole screen was painted: a list reads the rows that it shows."""
        await self.settled()
        shown, at = self._whole(), frame()
        await self.settled()
        return shown if frame() == at + 1 else self._whole()

    def _whole(self) -> LayoutUpdate:
        app = self.pilot.app
        shown = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
        assert isinstance(shown, LayoutUpdate)
        return shown

    def commands(self) -> dict[str, Live]:
        """The commands of the screen that is shown, by name."""
        return {one.name: one for one in live(self.pilot.app.screen)}

    async def press(self, *names: str) -> None:
        """Press commands by their names; each must work on the screen now, or say why it is refused."""
        for name in names:
            found = self.commands()
            assert name in found, f"{name} is no command here; there are {', '.join(found)}"
            assert found[name].enabled or found[name].why_not, f"{name} is dimmed here"
            await self.pilot.app.run_action(found[name].action, found[name].node)
            await self.settled()

    def _send(self, key: str) -> None:
        driver = self.pilot.app._driver
        assert driver is not None
        driver.send_message(_event(key))

    async def keys(self, *pressed: str) -> None:
        """Press keys as they are on the keyboard, each when what the one before did is on the screen."""
        for key in pressed:
            self._send(key)
            await self.settled()

    async def burst(self, *pressed: str) -> None:
        """Press keys faster than the program answers."""
        for key in pressed:
            self._send(key)
        await self.settled()

    async def hurried(self, key: str) -> None:
        """Press a key and do not wait for what it looks for."""
        self._send(key)
        await _at_rest()

    def view(self) -> View:
        """The view that verbs act on."""
        screen = self.pilot.app.screen
        assert isinstance(screen, RoomScreen)
        found = screen.view()
        assert found is not None
        return found

    def cells(self, row: int | None = None) -> list[str]:
        """The cells of a row of the shown list, of the row under the cursor if None."""
        shown = self.view()
        key = shown.records.cursor_key if row is None else shown.records.keys[row]
        assert key is not None
        return [str(cell) for cell in shown.source.cells([key], hidden=shown.session.projector)[0]]

    def cell(self, key: str, row: int | None = None) -> str:
        """One cell of a row by the key of its column, so that a test does not break when a column is added."""
        return self.cells(row)[[one.key for one in self.view().source.columns].index(key)]

    def column(self, key: str) -> list[str]:
        """What a column shows from top to bottom, out of sight too."""
        shown = self.view()
        place = [one.key for one in shown.source.columns].index(key)
        cells = shown.source.cells(shown.records.keys, hidden=shown.session.projector)
        return [str(row[place]) for row in cells]

    def heading(self) -> str:
        """The words above the list."""
        return str(self.view().query_one(".heading", Static).content)

    def form(self) -> Form:
        """The form that is open."""
        assert isinstance(self.pilot.app.screen, Form), f"no form is open, but {self.pilot.app.screen}"
        return self.pilot.app.screen

    def fault(self) -> str:
        """What the open form says is wrong."""
        return str(self.form().query_one("#fault", Static).content)

    def typed(self) -> dict[str, str]:
        """What stands in the open form."""
        return {(one.id or "").removeprefix("field-"): one.value for one in self.form().query(Input)}

    async def fill(self, **values: str) -> None:
        """Write into the open form and save it; of a child, that exploitation is not known unless it is given."""
        if "action" in values and "exploited" in self.typed():
            values = {"exploited": "not known", **values}
        for name, value in values.items():
            self.form().query_one(f"#field-{name}", Input).value = value
        await self.press("form.save")

    async def screen_text(self) -> str:
        """What can be read on the screen, line by line."""
        shown = await self.painted()
        return "\n".join(filter(None, map(_line, shown.strips)))

    def toasts(self) -> list[str]:
        """What was said in passing, the oldest first."""
        return [one.message for one in self.pilot.app._notifications]


async def tick(chair: Chair) -> None:
    """The clock of the screen strikes."""
    assert isinstance(chair.app.screen, RoomScreen)
    chair.app.screen.tick()
    await chair.settled()


@asynccontextmanager
async def seated(app: App[None], *, at_rest: bool = True, **terminal: Any) -> AsyncIterator[Chair]:
    """Run a program in a terminal that is not there; *terminal*: as for ``App.run_test``.

    It has come to rest when it is given, so that its first list is read; not *at_rest*: as it opens. What it has shown
    is on the record by the end, however it was left.
    """
    try:
        async with app.run_test(**terminal) as pilot:
            chair = Chair(pilot)
            if at_rest:
                await chair.settled()
            yield chair
    finally:
        if isinstance(app, TaskingApp):
            app.session.viewed.end(_PATIENCE)


def entries(store: Store, kind: str = "command") -> list[str]:
    """What the journal holds of a kind of entry, the oldest first."""
    return [row[0] for row in store.read.rows("SELECT what FROM journal WHERE kind = :kind ORDER BY id", kind=kind)]
