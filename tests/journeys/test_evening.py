"""An evening redeployed by keyboard: eight moves, a clash over-ruled, a bid granted, a move undone; then an hour on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from tests.journeys.conftest import Json
from tests.journeys.terminal import DAY, Terminal
from tests.journeys.test_practised_daily import Counted

MOST = 260
"""Keys of the whole evening, every letter counted: at 2.2 a second, as a hand types, it is done in two minutes."""
_LONGEST = 120.0
"""Seconds that the program itself may take of it, on a machine that does much else."""
_FREE = (("East 2", "bromley t"), ("East 3", "woolwich a"), ("North 1", "noel p"))
_LAST = (("North 4", "uxbridge"), ("South 1", "kingston t"), ("South 2", "tooting br"))


def _move(room: Terminal, unit: str, ward: str, *reason: str) -> None:
    """Send the unit under the cursor to a ward by its first letters; the cursor goes on to the next."""
    room.wait_row("▸", f"VCTF {unit}")
    room.press("t")
    room.wait_for(f"Deploy: VCTF {unit}")
    room.type(ward)
    room.press("ctrl+s")
    for words in reason:
        room.wait_row("Why *", "")
        room.wait_for("Why")
        room.type(words)
        room.press("ctrl+s")
    room.wait_for(f"VCTF {unit} sent to")


def _moves(room: Terminal, moves: Sequence[tuple[str, str]]) -> None:
    for unit, ward in moves:
        _move(room, unit, ward)


def test_an_evening_is_redeployed_in_few_keys_and_told_with_its_reasons(store: Path, called_json: Json) -> None:
    began = time.monotonic()
    with Counted.meeting(store, "--meeting", "weekly", at="18:05", folder=store.parent) as room:
        assert isinstance(room, Counted)
        room.wait_for("1/7: Opening", "Chair")
        room.press("6", "tab")
        room.wait_for("DEPLOYMENTS", "30 rows")
        room.press(*"jjjjjj")
        _moves(room, _FREE)
        room.wait_row("▸", "VCTF North 2", "out")
        room.press("t")
        room.wait_for("Deploy: VCTF North 2")
        room.type("hyde p")
        room.wait_for("Leaves without a unit: Northumberland")
        room.press("ctrl+s")
        room.wait_for("Why: needed to leave")
        room.type("shots fired")
        room.press("ctrl+s")
        room.wait_for("VCTF North 2 sent to Hyde Park")
        room.wait_row("▸", "VCTF North 3", "planned")
        room.press("t")
        room.wait_for("Deploy: VCTF North 3")
        room.type("fairfield")
        room.press("ctrl+s")
        room.wait_for("Why saves", "it all the same")
        room.wait_row("│ Why", "needed for a unit")
        room.type("back by ten")
        room.press("ctrl+s")
        room.wait_for("VCTF North 3 sent to Fairfield")
        _moves(room, _LAST)
        room.press("u")
        room.wait_for("Undone: VCTF South 2 sent to")
        room.press("tab")
        room.wait_for("BIDS", "3 to decide")
        room.press("x")
        room.wait_for("Outcome: CE BCU")
        room.fill("granted", "knife points up", "hoxton e", "now", save=False)
        room.press("ctrl+s")
        room.wait_for("granted: knife points up")
        room.press("tab")
        room.wait_row("NO UNIT", "St James's")
        assert room.keys <= MOST, room.keys
    assert time.monotonic() - began < _LONGEST
    now = called_json("deployments", "--store", store, "--as-of", f"{DAY}T18:40")
    where = {one["unit"]: one["state"] for one in now["units"]}
    assert where["VCTF North 2"] == where["VCTF East 2"] == "out"
    later = called_json("deployments", "--store", store, "--as-of", f"{DAY + timedelta(days=1)}T02:30")
    assert {one["unit"]: one["state"] for one in later["units"]}["VCTF East 2"] == "free", "the clock alone tells it"
    with Terminal.meeting(store, "--meeting", "weekly", at="19:10", folder=store.parent) as room:
        room.wait_for("DEPLOYMENTS")
        room.press("7")
        room.wait_for("7/7: Read-back", "deployed")
