"""The meeting room inside this process, with keys pressed one by one and an eye on whether it still answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic

from core.days import at_clock, day_of
from core.meetings import views
from core.templates import agendas
from db import meetings
from db.store import open_store
from tests.strain.bases import DAY
from tests.tui.keyboard import MovedClock, _at_rest, _event
from tui.app import TaskingApp
from tui.session import Session

SIZES = ((80, 24), (120, 40), (60, 15), (200, 60), (100, 30))
HANG = 2.0
"""Seconds without an answer to a key that nobody should wait."""
_BEAT = 0.05
_SCHEDULED = Path("/proc/thread-self/schedstat")
"""Nanoseconds that this thread ran, and that it waited for a processor."""
_CHAIR = "Det Supt A. Chair"
ENDING = ("q", "ctrl+q")
"""The keys that may end the room."""


class Watch:
    """Seconds since it was made, but for those in which the machine was busy with others and this thread had to wait.

    Where the machine does not say how long that was (it is Linux that does), none are taken off.
    """

    def __init__(self) -> None:
        self._start = monotonic()
        self._kept_waiting = _kept_waiting()

    def seconds(self) -> float:
        """How long it has been."""
        return monotonic() - self._start - (_kept_waiting() - self._kept_waiting)


def _kept_waiting() -> float:
    with suppress(OSError):
        return int(_SCHEDULED.read_text("ascii").split()[1]) / 1e9
    return 0.0


@dataclass
class Sitting:
    """A room that is open. slowest: the longest that it did not answer, in seconds, with the key it was at.

    seen: the screens that were on top, by class.
    """

    app: TaskingApp
    slowest: float = 0.0
    at: str = ""
    seen: set[str] = field(default_factory=set)
    key: str = "opening"

    async def press(self, key: str, patience: float = HANG) -> bool:
        """Press a key and wait until the room waits for the next; False where the room has ended.

        patience: seconds after which the next is pressed all the same, as people do.
        """
        self.key = key
        driver = self.app._driver
        if driver is None or not self.app.is_running:
            return False
        driver.send_message(_event(key))
        start, watch = monotonic(), Watch()
        await _at_rest()
        while self.app.is_running and self.app.keys_wait and monotonic() < start + patience:
            await asyncio.sleep(0.002)
            await _at_rest()
        if patience >= HANG:
            self._took(watch.seconds())
        if self.app.is_running:
            self.seen.add(type(self.app.screen).__name__)
        return self.app.is_running

    async def beat(self) -> None:
        """Note how long the room's loop stands still at the longest."""
        while True:
            watch = Watch()
            await asyncio.sleep(_BEAT)
            self._took(watch.seconds() - _BEAT)

    def _took(self, seconds: float) -> None:
        if seconds > self.slowest:
            self.slowest, self.at = seconds, self.key


Lists = tuple[tuple[str, str | None], ...]
OPENINGS: Lists = (*((kind, None) for kind in agendas()), *(("daily", name) for name in views()))
"""Every way to open the room: each meeting, each list by itself."""


@asynccontextmanager
async def sitting(
    path: Path, folder: Path, opening: tuple[str, str | None], size: tuple[int, int]
) -> AsyncIterator[Sitting]:
    """A room on a store. Raises Problem where the store does not open, and whatever ended the room by itself."""
    kind, view = opening
    moved = MovedClock(at_clock(DAY, 9))
    with open_store(path, _CHAIR, moved) as store:
        session = Session(store, _CHAIR, DAY, kind, moved, folder / "papers")
        if view is None:
            session.meeting = meetings.open_meeting(store, kind, _CHAIR, DAY)
            session.run_id = session.meeting.run_id
        else:
            session.run_id = meetings.run_for(store, day_of(DAY))
        app = TaskingApp(session, view)
        app.animation_level = "none"
        async with app.run_test(size=size):
            open_room = Sitting(app)
            beating = asyncio.create_task(open_room.beat())
            try:
                await _at_rest()
                yield open_room
            finally:
                beating.cancel()
                app._exception = None  # who sits there says that it has ended, and how


async def press_in(path: Path, folder: Path, chance: Random, keys: Sequence[str]) -> list[str]:
    """Open a room on a store and press some keys; gives how it ended by itself, nothing where it went on."""
    async with sitting(path, folder, chance.choice(OPENINGS), chance.choice(SIZES)) as room:
        for key in keys:
            if not await room.press(key):
                return [f"the room ended at {key}: {said_at_the_end(room.app)}"]
            await asyncio.sleep(0.01)
    return []


def said_at_the_end(app: TaskingApp) -> str:
    """What the shell shows once the room has ended."""
    return " ".join(str(words) for words in app._exit_renderables) or "without a word"


def known_keys(app: TaskingApp) -> list[str]:
    """The keys of the program's own commands that work on the screen now."""
    return [key for key, active in app.screen.active_bindings.items() if active.binding.id]
