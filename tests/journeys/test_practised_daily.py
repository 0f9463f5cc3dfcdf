"""The daily meeting of a chair who knows the keys: every key is counted, what is typed included."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import Json
from tests.journeys.terminal import Terminal
from tests.journeys.test_daily_meeting import CHAIR, daily

MOST = 150
"""Keys that the whole meeting may take; it was 212 when a chair first counted them."""


class Counted(Terminal):
    """Counts every key, those of typed words included."""

    keys = 0

    def press(self, *keys: str) -> None:
        """Press and count."""
        self.keys += len(keys)
        super().press(*keys)

    def type(self, text: str) -> None:
        """Type and count."""
        self.keys += len(text)
        super().type(text)


def _call_the_roll(room: Counted) -> None:
    room.wait_for("1/6: Opening", "not called")
    room.press("X")
    room.wait_for("All present: ")


def _work_off_the_register(room: Counted) -> None:
    """Close three, carry two."""
    room.press("2")
    room.wait_for("2/6: Yesterday's actions", "14 open")
    room.press("space", "space", "space")
    room.wait_for("3 marked")
    room.press("x")
    room.wait_for("Close:")
    room.fill("in custody")
    room.wait_for(" closed: in custody", "11 open")
    room.press("space", "space")
    room.wait_for("2 marked")
    room.press("c")
    room.wait_for("Carry:")
    room.type("off sick")
    room.press("ctrl+s")
    room.wait_for(" carried to ")


def _task_suspects(room: Counted) -> None:
    """Adopt one, decide on one, raise an action on three, look at one borough."""
    room.press("4")
    room.wait_for("4/6: Named suspects", "169 ranked of 600")
    room.press("A")
    room.wait_for("V100 ")
    room.press("enter")
    room.wait_for("Review on *")
    room.type("at large")
    room.press("ctrl+s")
    room.wait_for("adopted into")
    room.press("d")
    room.wait_for("Decision on")
    room.fill("Adopt as priority", "worst at large")
    room.wait_for("recorded")
    room.press("space", "space", "space")
    room.wait_for("3 marked")
    room.press("a")
    room.wait_for("Action on", "and 2 more")
    room.fill("Locate and arrest", save=False)
    room.type("predatory")
    room.wait_for("predatory Offender Unit")
    room.press("right")
    room.wait_for("Predatory Offender Unit", "+24h")
    room.press("ctrl+s")
    room.wait_for("raised on")
    room.press("b")
    room.wait_for("Only one BCU or borough")
    room.type("cro")
    room.wait_for("Croydon, in BCU SA")
    room.press("enter")
    room.wait_for(" Croydon: ", " of 600")


def _redeploy_two_units(room: Counted) -> None:
    """Send two units that are out to another ward."""
    room.press("5")
    room.wait_for("5/6: Next 24 hours")
    room.press("tab")
    room.wait_for("34 rows")
    room.wait_row("▸", "NO UNIT")
    room.press("j", "j", "j", "j", "j", "space", "j", "space")
    room.wait_for("2 marked")
    room.press("t")
    room.wait_for("Deploy", "needed to leave St Peter's and Spital")
    room.type("bromley")
    room.wait_for("Bromley Town, Bromley")
    room.press("right", "ctrl+s")
    room.wait_for("Why: needed to leave")
    room.type("fight")
    room.press("ctrl+s")
    room.wait_for("sent to Bromley Town", "u undoes")


def _seal(room: Counted) -> None:
    room.press("6")
    room.wait_for("S seals")
    room.press("S")
    room.wait_for("Seal the meeting")
    room.press("enter")
    room.wait_for("y yes")
    room.press("y")
    room.wait_for("SEALED")


def test_a_practised_daily_meeting_takes_few_keys(store: Path, called_json: Json) -> None:
    with Counted.meeting(store, "--chair", CHAIR, folder=store.parent) as room:
        assert isinstance(room, Counted)
        _call_the_roll(room)
        _work_off_the_register(room)
        _task_suspects(room)
        _redeploy_two_units(room)
        _seal(room)
        assert room.keys <= MOST, room.keys
    assert daily(called_json("meetings", "--store", store))["seal"]
