"""Keys sent in one burst do what they do when typed slowly."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.terminal import Terminal


def test_a_burst_of_keys_stands_where_it_was_meant_to(store: Path) -> None:
    with Terminal.meeting(store) as room:
        room.wait_for("1/6: Opening")
        room.press("4")
        room.wait_for("4/6", "169 ranked of 600")
        room.type("a" + "Knock and talk\r" + "Ward team\r" + "\r")
        room.wait_for("raised")
        room.press("6")
        room.wait_row("action", "Knock and talk", "Ward team")
        room.press("q")
        assert room.wait_end() == 0
