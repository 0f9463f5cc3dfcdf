"""A store that another program writes to, that can only be read, that is full or gone: a sentence, and nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import Busy, Conflict, Damaged, Problem
from db.store import Store, engine, open_store, refusals
from db.store.backup import back_up
from db.store.owned import make_folder
from db.store.store import empty_log
from db.store.verify import verify
from tests import connections

NOBODY = 65534


def _change(store: Store) -> None:
    with store.change("a change", meeting=None):
        pass


def test_the_thread_of_the_screen_waits_for_nobody(store: Store) -> None:
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert not store.is_free()
        with store.waiting.for_nobody(), pytest.raises(Busy, match="Another program is writing"):
            _change(store)
        other.execute("ROLLBACK")
    assert store.is_free()
    with store.waiting.for_nobody():
        _change(store)


def test_a_command_waits_as_long_as_its_patience(store: Store) -> None:
    with closing(sqlite3.connect(store.path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        store.waiting.patience = 0.1
        with pytest.raises(Busy):
            _change(store)
        store.waiting.patience = 10
        ends = threading.Timer(0.1, lambda: other.execute("ROLLBACK"))
        ends.start()
        _change(store)
        ends.join()


def test_a_wait_that_lasts_is_told_once(store: Store) -> None:
    heard: list[str] = []
    store.waiting.tell = heard.append
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for patience in (0.1, 0.6):
            store.waiting.patience = patience
            with pytest.raises(Busy):
                _change(store)
    assert heard == ["Another program is writing to the store. Waiting for it, 0.6 s at most."]


def test_a_thread_that_waits_is_let_go_when_the_program_ends(store: Store) -> None:
    store.waiting.patience = 60
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        threading.Timer(0.1, store.waiting.end).start()
        with pytest.raises(Busy):
            _change(store)


def test_whoever_waits_while_the_store_is_closed_leaves_nothing_open(store: Store) -> None:
    """A reading that is still at work when the room ends may write or read once more: it is told, and lets go."""
    store.waiting.patience = 60
    said: list[str] = []

    def write_then_read() -> None:
        for do in (lambda: _change(store), lambda: store.read):
            try:
                do()
            except (Busy, Conflict) as refused:
                said.append(type(refused).__name__)

    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waits = threading.Thread(target=write_then_read)
        waits.start()
        while store._writer.acquire(blocking=False):
            store._writer.release()
        store.close()
        store.waiting.end()
        waits.join()
    assert said == ["Busy", "Conflict"]
    assert connections.left_open() == []


def test_what_a_reader_keeps_in_the_log_goes_into_the_file_once_it_has_ended(store: Store, tmp_path: Path) -> None:
    """A copy of the store's file alone lacks nothing from then on; before, it lacks what was written meanwhile."""

    def entries_in_a_copy() -> int:
        copy = Path(shutil.copy(store.path, tmp_path / "copy.db"))
        with closing(sqlite3.connect(copy)) as connection:
            return int(connection.execute("SELECT COUNT(*) FROM journal").fetchone()[0])

    before = entries_in_a_copy()
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT COUNT(*) FROM journal").fetchall()
        with store.change("Write", meeting=None) as writing:
            writing.insert("setting", name="x", text="1")
        empty_log(store)
        assert (store.in_its_file, entries_in_a_copy()) == (False, before)
    empty_log(store)
    assert (store.in_its_file, entries_in_a_copy()) == (True, before + 1)


@pytest.mark.parametrize("what", ["moved or deleted", "replaced by another file"])
def test_nothing_is_written_to_a_file_that_is_no_longer_in_its_place(store: Store, what: str) -> None:
    _change(store)
    kept = store.path.rename(store.path.with_name("elsewhere.db"))
    if what.startswith("replaced"):
        shutil.copy(kept, store.path)
    with pytest.raises(Conflict, match=what):
        _change(store)
    kept.replace(store.path)
    _change(store)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_BUSY, "Another program is writing"),
        (sqlite3.SQLITE_FULL, "is full. Nothing was changed. Make room"),
        (sqlite3.SQLITE_IOERR_WRITE, "did not take it"),
        (sqlite3.SQLITE_READONLY, "can only be read"),
        (sqlite3.SQLITE_READONLY_DBMOVED, "was moved or deleted"),
        (sqlite3.SQLITE_CORRUPT, "A page of the file cannot be read"),
        (sqlite3.SQLITE_ERROR, "could not be used"),
    ],
)
def test_what_sqlite_says_of_a_write_becomes_a_sentence(tmp_path: Path, code: int, words: str) -> None:
    error = sqlite3.OperationalError("raw words")
    error.sqlite_errorcode = code
    assert words in refusals.refusal(error, tmp_path / "s.db").sentence


def test_a_store_that_can_only_be_read_refuses_every_change(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != store.path.parent)
    with open_store(store.path, "tester") as found:
        assert found.only_read == "its folder cannot be written"
        assert verify(found).fault is None
        with pytest.raises(Conflict, match="can only be read: its folder cannot be written"):
            _change(found)


def test_without_a_folder_for_its_log_a_store_is_read_as_it_is_and_never_without_its_latest_changes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    asked: list[str] = []
    connected = engine._connected

    def refuses(path: Path, how: str = "", _timeout: float = 5.0) -> sqlite3.Connection:
        asked.append(how)
        if "immutable" not in how:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return connected(path, how)

    monkeypatch.setattr(engine, "_connected", refuses)
    monkeypatch.setattr(engine, "why_read_only", lambda _: "its folder cannot be written")
    with closing(engine.reader(store.path)) as read:
        assert read.rows("SELECT COUNT(*) FROM journal")
    assert asked == ["", "mode=ro", "immutable=1"]
    store.path.with_name(f"{store.path.name}-wal").write_bytes(b"x")
    with pytest.raises(Damaged, match="may hold its latest changes"):
        engine.reader(store.path)
    monkeypatch.setattr(engine, "why_read_only", lambda _: "")
    with pytest.raises((sqlite3.OperationalError, Problem)):
        engine.reader(store.path)


def test_a_store_on_a_full_disk_is_read_and_copied_and_refuses_every_change(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    _change(store)
    store.close()
    connected = engine._connected

    def full(path: Path, how: str = "", timeout: float = 5.0) -> sqlite3.Connection:
        if "immutable" not in how:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = 4874  # SQLITE_IOERR_SHMSIZE, which Python 3.11 has no name for on every system
            raise error
        return connected(path, how, timeout)

    monkeypatch.setattr(engine, "_connected", full)
    with open_store(store.path, "tester") as found:
        assert verify(found).fault is None
        assert found.only_read == "its disk is full"
        with pytest.raises(Problem, match=r"is full\. Nothing was changed\. Make room on it"):
            _change(found)
    assert back_up(store.path, store.path.with_name("copy.db")).path.is_file()
    store.path.with_name(f"{store.path.name}-wal").write_bytes(b"x")
    with pytest.raises(Damaged, match=r"may hold its latest changes\. Make room on it and open it again"):
        engine.reader(store.path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can become somebody else")
def test_somebody_who_may_only_read_verifies_a_store(store: Store, tmp_path: Path) -> None:
    store.close()
    for folder in (tmp_path, *tmp_path.parents):
        if folder != Path("/") and not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o055)
    store.path.chmod(0o644)
    elsewhere = tmp_path / "everybody's"
    elsewhere.mkdir()
    elsewhere.chmod(0o777)
    told, tells = os.pipe()
    if (child := os.fork()) == 0:  # what it says is all that comes of it
        try:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            with open_store(store.path, "nobody") as found:
                copied = back_up(store.path, elsewhere / "copy.db").entries
                os.write(tells, f"{verify(found).fault} {copied} {found.only_read}".encode())
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    os.close(tells)
    with os.fdopen(told) as answer:
        assert answer.read() == "None 0 its file cannot be written"


@pytest.mark.skipif(sys.platform == "win32", reason="modes of folders are not kept there")
def test_folders_that_are_made_are_their_owners_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a" / "b")
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b", ".")] == [0o700, 0o700, 0o755]
