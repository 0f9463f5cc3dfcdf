"""An evening redeployed by keyboard: eight moves, a clash over-ruled, a bid granted, a move undone; then an hour on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from tests.journeys.clocked import MOVED
from tests.journeys.conftest import Json
from tests.journeys.terminal import DAY, Terminal
from tests.journeys.test_practised_daily import Counted

MOST = 170
"""Keys of the whole evening, every letter counted: at 180 ms each, and a second at each of eleven forms, 42 seconds."""
_FREE = (("East 2", "bromley t"), ("East 3", "woolwich a"), ("North 1", "noel p"))
_LAST = (("North 4", "uxbridge"), ("South 2", "kingston t"), ("South 3", "tooting br"))


def _move(room: Counted, unit: str, ward: str) -> None:
    """Send the unit under the cursor to a ward by its first letters; the cursor goes on to the next."""
    before = room.keys
    room.wait_row("▸", f"VCTF {unit}")
    room.press("t")
    room.wait_for(f"Deploy: VCTF {unit}")
    room.type(ward)
    room.press("ctrl+s")
    room.wait_for(f"VCTF {unit} sent to")
    assert room.keys - before - len(ward) <= 4


def _moves(room: Counted, moves: Sequence[tuple[str, str]]) -> None:
    for unit, ward in moves:
        _move(room, unit, ward)


def test_an_evening_is_redeployed_in_few_keys_and_told_with_its_reasons(store: Path, called_json: Json) -> None:
    with Counted.meeting(store, "--meeting", "weekly", at="18:05", folder=store.parent) as room:
        assert isinstance(room, Counted)
        room.wait_for("1/7: Opening", "Chair")
        room.press("6", "tab")
        room.wait_for("DEPLOYMENTS", "35 rows")
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
        _moves(room, _LAST[:1])
        room.wait_row("▸", "VCTF South 1", "out")
        room.press("j")
        _moves(room, _LAST[1:])
        room.press("u")
        room.wait_for("Undone: VCTF South 3 sent to")
        room.press("tab")
        room.wait_for("BIDS", "3 to decide")
        room.press("x")
        room.wait_for("Outcome: CE BCU")
        room.fill("granted", "knife points up", save=False)
        room.press("ctrl+s")
        room.wait_for("granted, VCTF East 1 (8) to Hoxton", "knife points up")
        room.press("tab")
        room.wait_row("NO UNIT", "Holborn")
        assert room.keys <= MOST, room.keys
        _an_hour_later(room, store.parent)
        room.press("7")
        room.wait_for("7/7: Read-back", "S seals")
        room.press("S")
        room.wait_for("Seal the meeting")
        room.press("enter")
        room.wait_for("y yes")
        room.press("y")
        room.wait_for("SEALED")
    where = _states(called_json, store, f"{DAY}T18:40")
    assert where["VCTF North 2"] == where["VCTF East 2"] == "out"
    later = _states(called_json, store, f"{DAY + timedelta(days=1)}T02:30")
    assert later["VCTF East 2"] == "free", "the clock alone tells it"
    for paper in ("minutes", "report"):
        _tells_the_evening((store.parent / "papers" / f"{DAY}-weekly-{paper}.md").read_text("utf-8"))


def _states(called_json: Json, store: Path, at: str) -> dict[str, str]:
    found = called_json("deployments", "--store", store, "--as-of", at)
    return {one["unit"]: one["state"] for one in found["units"]}


def _an_hour_later(room: Terminal, folder: Path) -> None:
    """The clock goes on by an hour, and no key is pressed: what was sent at five past six has been out for an hour."""
    room.wait_row("VCTF East 2", "····│████████")
    (folder / MOVED).write_text(f"{DAY}T19:10", "ascii")
    room.wait_row("VCTF East 2", "···█│████████·")


def _tells_the_evening(paper: str) -> None:
    """Each move stands in a paper with its reasons, what was left without a unit, and nothing of what was undone."""
    for unit, _ in (*_FREE, *_LAST[:2]):
        assert f"VCTF {unit}" in _deed(paper, f"VCTF {unit}", "deployed")
    moved = _deed(paper, "VCTF North 2", "deployed")
    assert "was on warrant in Northumberland Park, which is left without a unit" in moved
    assert "| shots fired |" in moved
    clashed = _deed(paper, "VCTF North 3", "deployed")
    assert "over-ruled: VCTF North 3 is on manhunt in Camden Town" in clashed
    assert "| back by ten |" in clashed
    [granted] = [line for line in paper.splitlines() if "| granted |" in line]
    assert "8 officers to Hoxton East" in granted
    assert "| knife points up |" in granted
    assert "VCTF East 1" in granted, "of those that are free the strongest"
    assert "officers to Tooting" not in paper


def _deed(paper: str, unit: str, what: str) -> str:
    """The one line of what the meeting did that is about a unit."""
    [line] = [line for line in paper.splitlines() if f"| {what} | {unit} |" in line]
    return line


def test_the_board_turns_by_the_clock_without_a_key(store: Path) -> None:
    with Terminal.meeting(store, "--view", "deployments", at="21:30", folder=store.parent) as room:
        room.wait_row("VCTF North 2", "out", "Northumberlan")
        room.wait_row("VCTF North 3", "planned", "Camden Town", "····│·▒▒▒▒▒▒▒▒·")
        (store.parent / MOVED).write_text(f"{DAY}T22:30", "ascii")
        room.wait_for(" 22:30")
        room.wait_row("VCTF North 2", "free", "(north)")
        room.wait_row("VCTF North 3", "out", "Camden Town", "····│████████")
