"""Rooms that are open on a store know of each other, and of none that has ended, however it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from db.store.open_sittings import announced, others

_ROOM = """
import sys
from pathlib import Path
from db.store.open_sittings import announced
with announced(Path(sys.argv[1])) as mine:
    print(mine, flush=True)
    sys.stdin.read()
"""


def _files(store: Path) -> list[str]:
    return sorted(path.name for path in store.parent.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store's name; the file itself is not looked at."""
    return tmp_path / "tasking.db"


def test_each_sees_the_others_until_they_end(path: Path) -> None:
    with announced(path) as first:
        assert first is not None
        assert first.stat().st_mode & 0o777 == 0o600
        assert others(path, first) == 0
        with announced(path) as second:
            assert (others(path, first), others(path, second), others(path, None)) == (1, 1, 2)
        assert others(path, first) == 0
        assert _files(path) == [first.name]
    assert _files(path) == [], "nothing is left behind"


def test_a_room_that_was_killed_is_not_there_and_its_file_is_taken_away(path: Path) -> None:
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    words = [sys.executable, "-c", _ROOM, str(path)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=here) as room:
        assert room.stdout is not None
        left = Path(room.stdout.readline().strip())
        with announced(path) as mine:
            assert others(path, mine) == 1
            room.send_signal(signal.SIGKILL)
            room.wait()
            assert left.exists(), "killed, it could take nothing away"
            assert others(path, mine) == 0
            assert not left.exists()


def test_other_files_are_left_alone_and_other_stores_are_other_stores(path: Path) -> None:
    for name in ("tasking.db", "tasking.db.sitting-notes", "tasking.db.sitting-1-0.bak", "tasking.db.room"):
        path.with_name(name).touch()
    before = _files(path)
    with announced(path.with_name("another.db")), announced(path) as mine:
        assert others(path, mine) == 0
    assert _files(path) == before


def test_rooms_that_open_and_look_at_once_lose_none(path: Path) -> None:
    """Whoever looks may lock a file for a moment between its making and its locking."""
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            others(path, None)

    lookers = [threading.Thread(target=look) for _ in range(2)]
    for one in lookers:
        one.start()
    try:
        with ExitStack() as rooms:
            mine = [rooms.enter_context(announced(path)) for _ in range(60)]
            assert None not in mine
            assert others(path, mine[0]) == 59
    finally:
        stop.set()
        for one in lookers:
            one.join()


def test_where_no_file_can_be_made_the_room_is_open_all_the_same(path: Path) -> None:
    missing = path.parent / "gone" / "tasking.db"
    with announced(missing) as mine:
        assert mine is None
        assert others(missing, mine) == 0
