"""The meeting room in a terminal of its own, with someone who raises action after action until the power goes."""

from __future__ import annotations

import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from random import Random

from tests.journeys.terminal import Terminal

_SUSPECTS = "4"
_MOST = 5
"""Actions that are raised at most, one after the other."""
_RAISED = re.compile(r"Action (\d+) raised on")


def raise_until_killed(store: Path, chance: Random, steps: list[str]) -> list[int]:
    """Raise actions on suspects in a room, which is killed in the middle of one; gives what the screen said is raised.

    steps: what was done is added to it.
    """
    raised: list[int] = []
    with Terminal.meeting(store) as room:
        room.wait_for("Opening")
        room.press(_SUSPECTS)
        room.wait_for("Named suspects", "w why")
        for number in range(chance.randrange(_MOST)):
            _ask(room, f"Check address {number}")
            room.fill("")
            room.wait_for("raised on", timeout=10)
            raised += [int(found) for found in _RAISED.findall(room.text)]
            steps.append(f"raised action {raised[-1] if raised else 'without a number'}")
            room.press("j")
        after = chance.uniform(0, 0.12)
        if chance.random() < 0.5:
            _ask(room, "Half written")
            room.press("enter")
        else:
            room.press(*chance.choices("]jjkx0123456789tw", k=8))
        time.sleep(after)
        room.kill()
        steps.append(f"killed {after:.3f} s after the last key")
    return sorted(set(raised))


def _ask(room: Terminal, words: str) -> None:
    """Open the form of an action and fill it but for its last field."""
    room.press("a")
    room.wait_for("Action on", "Owner (role")
    room.fill(words, "Ward team", save=False)


def actions_in(store: Path) -> set[int]:
    """The numbers of all actions of a store."""
    with closing(sqlite3.connect(store)) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM action")}
