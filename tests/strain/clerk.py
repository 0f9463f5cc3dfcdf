"""A clerk who carries out every verb there is, over and over, and says of each write when it is done.

``python -m tests.strain.clerk STORE SEED [VERB ...]`` prints ``done NUMBER HASH`` for every entry of the journal once
the command that wrote it has come back. Whoever kills it then knows what must not be gone.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from random import Random
from unittest.mock import patch

from core.days import at_clock
from core.errors import Conflict, Problem
from db import meetings
from db.store import Store, open_store
from db.store.undo import redo, undo
from tests.strain.programs import ROOT, durable
from tests.tui.conftest import AS_OF, CHAIR
from tests.tui.keyboard import MovedClock
from tests.tui.verbs import test_walk
from tests.tui.verbs.test_walk import CASES, Room
from tui.session import Session

_TAKEN_BACK = 0.3
"""The share of verbs that are undone at once, and of those that are then done again."""
_NOT_THERE = (StopIteration, LookupError, ValueError, AssertionError)
"""What comes up where a case finds no record to act on, because the clerk has used them all."""


def run() -> None:
    """Work until killed."""
    path, seed, *names = sys.argv[1:]
    durable()
    moved, chance = MovedClock(at_clock(AS_OF, 9)), Random(seed)
    with patch.object(test_walk, "emptied", emptied), open_store(Path(path), CHAIR, moved) as store:
        clerk = Clerk(store, moved, chance)
        print("ready", flush=True)  # noqa: T201
        while True:
            for name in chance.sample(names or sorted(CASES), len(names) or len(CASES)):
                clerk.carry_out(name)


def emptied(store: Store, *tables: str) -> Store:
    """The store without the rows of some tables, taken out by a command, so that the journal knows of it.

    What a sealed meeting decided stays, as it does for everyone.
    """
    with store.change("Empty some tables", kind="import", meeting=None) as writing:
        for table in tables:
            for row in store.read.rows(f'SELECT id FROM "{table}" ORDER BY id DESC'):  # noqa: S608 - names from tests
                with suppress(Conflict):
                    writing.remove(table, row["id"])
    return store


class Clerk:
    """Holds a weekly meeting; once it is sealed, that of the next week."""

    def __init__(self, store: Store, moved: MovedClock, chance: Random) -> None:
        self._store = store
        self._moved = moved
        self._chance = chance
        self._told = store.read.rows("SELECT COALESCE(MAX(id), 0) AS last FROM journal")[0]["last"]
        self._day = AS_OF
        self._room = self._opened()

    def _opened(self) -> Room:
        session = Session(self._store, CHAIR, self._day, "weekly", self._moved, self._store.path.parent / "papers")
        session.meeting = meetings.open_meeting(self._store, "weekly", CHAIR, self._day)
        return Room(session)

    def carry_out(self, name: str) -> None:
        """Carry out a verb, perhaps take it back, and say what is done."""
        held = self._room.session.meeting
        if held is None or meetings.meeting(self._store, held.id).sealed_at is not None:
            self._day += timedelta(days=7)
            self._moved.forward(days=7)
            self._room = self._opened()
        self._moved.forward(seconds=20)
        try:
            CASES[name].applies(self._room)
            print(f"verb {name}", flush=True)  # noqa: T201
            if self._chance.random() < _TAKEN_BACK:
                undo(self._store)
                if self._chance.random() < _TAKEN_BACK:
                    redo(self._store)
        except Problem:
            pass  # it was refused, in a sentence: nothing is acknowledged
        except _NOT_THERE as error:
            if _in_the_program(error):
                raise
        self._say_done()

    def _say_done(self) -> None:
        for row in self._store.read.rows("SELECT id, hash FROM journal WHERE id > :told ORDER BY id", told=self._told):
            print(f"done {row['id']} {row['hash']}", flush=True)  # noqa: T201
            self._told = row["id"]


def _in_the_program(error: BaseException) -> bool:
    """Whether a fault came up in the program itself, not in the tests that look for records."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = Path(trace.tb_frame.f_code.co_filename) if trace is not None else ROOT
    return where.is_relative_to(ROOT) and not where.is_relative_to(ROOT / "tests")


if __name__ == "__main__":
    run()
