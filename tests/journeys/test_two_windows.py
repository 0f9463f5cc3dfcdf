"""Two windows on one store, each in a real terminal of 80×24; one of them is killed and goes on where it stood."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from tests.journeys.terminal import Terminal, open_actions


def test_one_window_follows_the_other_and_goes_on_after_a_kill(store: Path) -> None:
    with Terminal.meeting(store) as daily, Terminal.meeting(store, "--meeting", "weekly") as weekly:
        daily.wait_for("1/6: Opening", "2 windows")
        weekly.wait_for("1/7: Opening", "2 windows")
        for room, told in (
            (daily, "All meetings, overdue first"),
            (weekly, "escalated here, E answers; all meetings"),
        ):
            room.press("2")
            room.wait_for(told)
        before = open_actions(daily)
        assert open_actions(weekly) == before
        daily.press("j", "j", "j")
        number = int(daily.wait_row("▸", "Ward team pat", " R ").split()[1])
        daily.press("E")
        daily.wait_for("Escalate, or hand to another meeting", "Why")
        daily.fill("no unit is free", "")
        weekly.wait_for("3 escalated here, E answers", timeout=5)
        weekly.wait_row(f" {number} R ")
        weekly.press("g", "j", "j", "E")
        weekly.wait_for("Answer", "escalated to weekly: no unit is free")
        weekly.fill("one from Friday")
        daily.wait_for("1 answered", timeout=5)
        daily.wait_row(f" {number} R ")

        daily.press("m")
        daily.wait_for("daily only: ")
        daily.press("/")
        daily.wait_for("filter: every word")
        daily.type("patrol")
        daily.wait_for("filter patrol:")
        daily.press("enter", "g", "j")
        [left] = store.parent.glob(f"{store.name}.room-{_daily_number(store)}-*")
        _until_written(daily, left, '"needle": "patrol"', '"row": 1')
        stood = daily.wait_row("▸", "Ward team pat")
        daily.kill()
        weekly.wait_gone("2 windows")
        with Terminal.meeting(store) as again:
            again.wait_for("2/6: Yesterday's actions", "filter patrol:", "daily only: ", "2 windows")
            at = again.wait_row("▸", "Ward team pat")  # its columns may be as wide as other rows asked for before
            assert at.split()[:4] == stood.split()[:4]
            again.press("esc")
            again.wait_gone("filter patrol:")
            again.press("q")
            assert again.wait_end() == 0
        weekly.wait_gone("2 windows")
        weekly.press("q")
        assert weekly.wait_end() == 0
    assert list(store.parent.glob("*.sitting-*")) == []


def _daily_number(store: Path) -> int:
    with closing(sqlite3.connect(store)) as connection:
        query = "SELECT MAX(id) FROM meeting WHERE kind = 'daily' AND sealed_at IS NULL"
        return int(connection.execute(query).fetchone()[0])


def _until_written(room: Terminal, path: Path, *words: str) -> None:
    """Wait until the place is kept, which takes a second at most."""
    end = time.monotonic() + 10
    while not (path.is_file() and all(word in path.read_text(encoding="utf-8") for word in words)):
        assert time.monotonic() < end
        assert room.text
        time.sleep(0.05)
