"""Random keys in the room: over every meeting, list, page and form, in small and large windows, half of them while
another program holds the store's write lock.

The room may end by ``q`` and ctrl+q alone, and must answer every key within two seconds.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from core.errors import Problem
from tests.strain import checks
from tests.strain.rooms_here import ENDING, HANG, OPENINGS, SIZES, Sitting, known_keys, said_at_the_end, sitting
from tests.strain.rounds import Kind, Outcome, Round

_KEYS = 240
"""Keys of a round: opening the room costs as much as some fifty."""
_WAITING = 12
"""Keys, the last of them: one that ends the room may have waited for what the keys before it did."""
_HURRY = 0.1
"""Seconds after which the next key is pressed although a write still waits for the lock."""
_ALL = (
    *"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/<>:?[]+-.,;' \"=@#", "enter", "escape", "tab",
    "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "space", "backspace", "delete",
    "f1", "ctrl+a", "ctrl+k", "ctrl+s", "ctrl+z", "ctrl+u", "ctrl+p", "ctrl+c",
)  # fmt: skip
_FILLING = ("enter", "enter", "ctrl+s", "tab", *"+24h", *"abc 12/11")
"""What fills a form and saves it."""


def play(one: Round) -> Outcome:
    """Sit in a room, the write lock held by another in every second round, and press whatever comes."""
    locked = one.number % 2 == 1
    opening = OPENINGS[one.number // 2 % len(OPENINGS)]
    size = one.chance.choice(SIZES)
    where = f"view {opening[1]}" if opening[1] else f"meeting {opening[0]}"
    outcome = Outcome("random keys under a held lock" if locked else "random keys", reached={where, "command open"})
    outcome.steps.append(f"{where}, {size[0]} by {size[1]}{', the write lock held by another' if locked else ''}:")
    path = one.bases.copy(one.bases.london, one.place)
    try:
        asyncio.run(_sit(one, path, opening, size, outcome, locked=locked))
    except (Problem, TimeoutError) as problem:
        outcome.crashed.append(f"the room does not open: {problem}")
    outcome.lost += checks.unsound(path)
    return outcome


async def _sit(
    one: Round, path: Path, opening: tuple[str, str | None], size: tuple[int, int], outcome: Outcome, *, locked: bool
) -> None:
    async with sitting(path, one.place, opening, size) as room:
        if locked:
            with _held(path):
                await _press_on(room, one, outcome, "keys under a lock", _HURRY)
            await room.press("escape")
        else:
            await _press_on(room, one, outcome, "keys", HANG)
        outcome.counts["slowest, ms"] = round(room.slowest * 1_000)
        outcome.reached |= {f"screen {name}" for name in room.seen}
        if room.slowest > HANG:
            outcome.crashed.append(f"no answer for {room.slowest:.1f} s at {room.at}")


async def _press_on(room: Sitting, one: Round, outcome: Outcome, counted: str, patience: float) -> None:
    for _ in range(_KEYS):
        key = _next_key(room, one)
        outcome.steps.append(key)
        outcome.counts[counted] += 1
        if not await room.press(key, patience):
            said = said_at_the_end(room.app)
            if not set(ENDING) & set(outcome.steps[-_WAITING:]) or "fault" in said:
                outcome.crashed.append(f"the room ended at {key}: {said}")
            return


def _next_key(room: Sitting, one: Round) -> str:
    """A key that works here, one that fills a form, or any; seldom one that ends the room."""
    chance = one.chance.random()
    known = known_keys(room.app)
    pool = known if chance < 0.6 and known else _FILLING if chance < 0.75 else _ALL
    key = one.chance.choice(pool)
    return key if key not in ENDING or one.chance.random() < 0.02 else "escape"


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Hold the write lock of a store, as a long import beside the room does."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=10)) as another:
        another.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                another.execute("ROLLBACK")


KIND = Kind("keys", play, share=0.24, aim={"keys": 10_000, "keys under a lock": 10_000}, handful=(4,))
