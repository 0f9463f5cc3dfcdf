"""Esc and a key right after it are two keys; leaving while a list is read says nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.journeys.terminal import KEYS, Terminal


def test_esc_and_a_key_soon_after_it_are_two_keys(store: Path) -> None:
    with Terminal.meeting(store) as room:
        room.wait_for("1/6: Opening")
        for item, seconds in enumerate((0.02, 0.05, 0.08), 2):
            room.press("?")
            room.wait_for("Keys that work here")
            room.press("esc")
            time.sleep(seconds)
            room.press("]")
            room.wait_gone("Keys that work here")
            room.wait_for(f"{item}/6")
        for key, shown in (("]", "5/6"), ("[", "4/6"), ("1", "1/6"), ("4", "4/6")):
            room.press("?")
            room.wait_for("Keys that work here")
            room.type(KEYS["esc"] + key)
            room.wait_gone("Keys that work here")
            room.wait_for(shown)
        room.press("q")
        assert room.wait_end() == 0


@pytest.mark.parametrize("keys", ["q", "4\x1bq", "4s/a\r\x1bq"])
def test_leaving_while_a_list_is_read_is_quiet(store: Path, keys: str) -> None:
    with Terminal.meeting(store) as room:
        room.wait_for("1/6: Opening")
        room.type(keys)
        assert room.wait_end() == 0
        assert b"Error" not in room.child.before
        assert b"Traceback" not in room.child.before
