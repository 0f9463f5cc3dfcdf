"""A store that is written over, replaced or taken away while it is open takes no more writes, and says so."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.errors import Conflict, Damaged
from db import actions
from db.actions import Subject
from db.store import Store, open_store
from db.store.backup import back_up
from db.store.verify import verify

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
WHO = Subject("person", "P1", "Testcase, Al")
_WRITE = "import sys; data = open(sys.argv[1], 'rb').read(); file = open(sys.argv[2], 'r+b'); file.truncate(); "
_WRITE += "file.write(data)"


def _raise(store: Store) -> None:
    actions.raise_actions(store, [WHO], "Locate", "Team", NOW + timedelta(1))


def written_over(store: Store, by: Path) -> None:
    """As ``cp`` does it: in place, by another program, as to close a file lets go of this one's locks on it."""
    subprocess.run([sys.executable, "-c", _WRITE, str(by), str(store.path)], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be written over there")
def test_a_copywritten_over_an_open_store_is_noticed_before_anything_is_mixed_with_it(
    store: Store, tmp_path: Path
) -> None:
    _raise(store)
    copy = back_up(store.path, tmp_path / "copy.db").path
    for _ in range(20):
        _raise(store)
    written_over(store, copy)
    for _ in range(2):
        with pytest.raises(Conflict, match="replaced by another file while it was open"):
            _raise(store)
    store.close()
    assert store.path.read_bytes() == copy.read_bytes()
    with open_store(store.path, "tester", lambda: NOW) as again:
        assert verify(again).fault is None


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be written over there")
def test_a_room_that_has_only_read_notices_it_too(store: Store, tmp_path: Path) -> None:
    copy = back_up(store.path, tmp_path / "copy.db").path
    _raise(store)
    with open_store(store.path, "reader", lambda: NOW) as room:
        assert room.last_entry()
        written_over(store, copy)
        with pytest.raises(Conflict, match="replaced by another file"):
            room.refuse_gone()


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be written over there")
def test_what_is_no_store_any_more_is_said_to_be_damaged_or_replaced(store: Store, tmp_path: Path) -> None:
    _raise(store)
    size = store.path.stat().st_size
    noise = tmp_path / "noise"
    noise.write_bytes(store.path.read_bytes()[:4096] + bytes(range(256)) * (size // 256))
    written_over(store, noise)
    with pytest.raises(Damaged, match="restore the latest copy"):
        _raise(store)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as made, made:
        made.execute("CREATE TABLE one (two)")
    written_over(store, other)
    with pytest.raises(Conflict, match="replaced by another file"):
        _raise(store)


def test_what_others_write_by_the_rules_is_none_of_it(store: Store) -> None:
    _raise(store)
    with open_store(store.path, "another", lambda: NOW) as other:
        for _ in range(3):
            _raise(other)
            store.refuse_gone()
            _raise(store)
            other.refuse_gone()
    os.utime(store.path)
    _raise(store)
    assert verify(store).fault is None


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be moved there")
def test_a_store_that_is_put_back_is_gone_on_with(store: Store, tmp_path: Path) -> None:
    _raise(store)
    away = tmp_path / "away.db"
    store.path.rename(away)
    with pytest.raises(Conflict, match="moved or deleted"):
        _raise(store)
    shutil.copy(away, store.path)
    with pytest.raises(Conflict, match="replaced by another file"):
        _raise(store)
    away.replace(store.path)
    _raise(store)
    assert verify(store).fault is None
