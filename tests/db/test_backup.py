"""Copies of a store and what is put back from them: whole, never written over, whenever the program is killed."""

from __future__ import annotations

import gzip
import os
import random
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import Conflict, Damaged, NotFound, Problem
from db.store import HEAD, Store, open_store
from db.store.backup import back_up, free_name, restore
from db.store.damage import TITLE
from db.store.open_sittings import announced
from db.store.verify import verify
from tests.conftest import WriteExtract
from tests.db.files import take

NOW = datetime(2026, 11, 21, 9, 0, 5, tzinfo=UTC)
OLD = Path(__file__).resolve().parents[1] / "stores" / "0006.db.gz"


@pytest.fixture
def written(store: Store, write_extract: WriteExtract) -> Store:
    """A store with a batch in it."""
    take(store, write_extract([{}]))
    return store


def _rename(store: Store, name: str) -> None:
    with store.change(f"Rename the batch to {name}", meeting=None) as writing:
        writing.update("batch", 1, file=name)


def _named(path: Path) -> str:
    with open_store(path, "tester") as opened:
        assert verify(opened).fault is None
        return str(opened.read.rows("SELECT file FROM batch")[0][0])


def test_a_copy_is_whole_while_another_writes_and_reads(written: Store, tmp_path: Path) -> None:
    with written.read.snapshot() as reader:
        reader.rows("SELECT COUNT(*) FROM batch")
        _rename(written, "one.csv")
        copied = back_up(written.path, tmp_path / "copy.db")
    assert (copied.entries, copied.last_hash) == (2, verify(written).last_hash)
    assert _named(copied.path) == "one.csv"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("copy")) == ["copy.db"]


def test_a_copy_is_its_owners_alone_and_one_file(written: Store, tmp_path: Path) -> None:
    path = back_up(written.path, tmp_path / "copy.db").path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes()[18:20] == b"\x01\x01", "not a file that needs its log beside it"


def test_a_file_that_is_there_is_not_written_over(written: Store, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(b"mine")
    with pytest.raises(Problem, match=r"copy\.db is there already\. Name another file\."):
        back_up(written.path, path)
    assert path.read_bytes() == b"mine"


def test_where_no_copy_can_be_written_is_a_sentence(written: Store, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"cannot be written: No such file or directory"):
        back_up(written.path, tmp_path / "nowhere" / "copy.db")


def _spoil(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 20)


def test_a_damaged_store_is_not_copied_as_if_it_were_sound(written: Store, tmp_path: Path) -> None:
    written.close()
    _spoil(written.path)
    with pytest.raises(Damaged) as problem:
        back_up(written.path, tmp_path / "copy.db")
    assert problem.value.title == TITLE
    assert not (tmp_path / "copy.db").exists()
    assert not list(tmp_path.glob("*.part"))


def test_what_is_put_back_stands_and_what_was_there_is_kept(written: Store, tmp_path: Path) -> None:
    copy = back_up(written.path, tmp_path / "copy.db").path
    _rename(written, "later.csv")
    written.close()
    done = restore(copy, written.path, NOW)
    assert done.entries == 1
    assert done.kept == tmp_path / "tasking-before-restore-2026-11-21-090005.db"
    assert (_named(written.path), _named(done.kept)) == ("extract.csv", "later.csv")
    assert _named(copy) == "extract.csv"


def test_a_copy_is_put_where_there_is_no_store(written: Store, tmp_path: Path) -> None:
    copy = back_up(written.path, tmp_path / "copy.db").path
    done = restore(copy, tmp_path / "new" / "tasking.db", NOW)
    assert (done.kept, _named(tmp_path / "new" / "tasking.db")) == (None, "extract.csv")


def test_a_store_in_use_stays_as_it_is(written: Store, tmp_path: Path) -> None:
    copy = back_up(written.path, tmp_path / "copy.db").path
    _rename(written, "later.csv")
    with announced(written.path), pytest.raises(Conflict, match="1 meeting room is open on it"):
        restore(copy, written.path, NOW)
    with written.change("Hold it", meeting=None), pytest.raises(Conflict, match="another program works with it"):
        restore(copy, written.path, NOW)
    assert _named(written.path) == "later.csv"
    assert not list(tmp_path.glob("*before-restore*"))


def test_a_damaged_store_is_replaced_and_kept_with_its_log(written: Store, tmp_path: Path) -> None:
    copy = back_up(written.path, tmp_path / "copy.db").path
    written.close()
    written.path.write_bytes(b"no database")
    log = written.path.with_name("tasking.db-wal")
    log.write_bytes(b"log")
    kept = restore(copy, written.path, NOW).kept
    assert kept is not None
    assert (kept.read_bytes(), kept.with_name(f"{kept.name}-wal").read_bytes()) == (b"no database", b"log")
    assert not log.exists()
    assert _named(written.path) == "extract.csv"


def test_what_cannot_be_put_back_is_refused_and_changes_nothing(written: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        restore(tmp_path / "none.db", written.path, NOW)
    with pytest.raises(Conflict, match="is the store itself"):
        restore(written.path, written.path, NOW)
    copy = back_up(written.path, tmp_path / "copy.db").path
    _spoil(copy)
    with pytest.raises(Damaged):
        restore(copy, written.path, NOW)
    assert _named(written.path) == "extract.csv"
    (tmp_path / "folder").mkdir()
    with pytest.raises(NotFound, match=r"is a folder\. Name the file"):
        restore(copy, tmp_path / "folder", NOW)


def test_what_a_program_left_that_was_killed_is_taken_away(written: Store, tmp_path: Path) -> None:
    """A journal that stands beside a new copy would be played into it."""
    left = [tmp_path / f"copy.db.part{end}" for end in ("", "-journal", "-wal", "-shm")]
    for path in left:
        path.write_bytes(b"left")
    assert _named(back_up(written.path, tmp_path / "copy.db").path) == "extract.csv"
    assert not any(path.exists() for path in left)


def test_a_name_that_is_free(tmp_path: Path) -> None:
    path = free_name(tmp_path / "a.db", "backup", NOW)
    path.touch()
    assert (path.name, free_name(tmp_path / "a.db", "backup", NOW).name) == (
        "a-backup-2026-11-21-090005.db", "a-backup-2026-11-21-090005-1.db",
    )  # fmt: skip


def test_a_copy_of_the_file_alone_has_every_command_that_was_acknowledged(written: Store, tmp_path: Path) -> None:
    """Whoever copies the file without its log while a room is open loses nothing."""
    for number in range(5):
        _rename(written, f"{number}.csv")
        alone = Path(shutil.copy(written.path, tmp_path / "alone.db"))
        assert _named(alone) == f"{number}.csv"


def test_a_store_of_an_earlier_version_is_kept_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    with open_store(path, "tester", lambda: NOW) as opened:
        assert opened.kept_before == tmp_path / f"old-before-{HEAD}-2026-11-21-090005.db"
        with closing(sqlite3.connect(opened.kept_before)) as kept:
            assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("0006",)]
    with open_store(path, "tester", lambda: NOW) as again:
        assert again.kept_before is None


def test_where_no_copy_can_be_kept_the_store_stays_of_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Problem, match=r"no copy can be kept .*: No space left on device.*Nothing was changed"):
        open_store(path, "tester", lambda: NOW)
    with closing(sqlite3.connect(path)) as held:
        assert held.execute("SELECT version_num FROM alembic_version").fetchall() == [("0006",)]


_PUT_BACK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from db.store.backup import restore
print("ready", flush=True)
restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime(2026, 11, 21, tzinfo=UTC))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a program is not killed there in this way")
def test_killed_at_any_point_there_is_the_old_store_or_the_new(written: Store, tmp_path: Path) -> None:
    copy = back_up(written.path, tmp_path / "copy.db").path
    _rename(written, "later.csv")
    written.close()
    chance, states = random.Random(3), set()
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", _PUT_BACK, copy, written.path], stdout=subprocess.PIPE, text=True
        ) as program:
            assert program.stdout is not None
            program.stdout.readline()
            time.sleep(chance.uniform(0, 0.06))
            program.send_signal(signal.SIGKILL)
        states.add(_named(written.path))
        with open_store(written.path, "tester") as opened:
            _rename(opened, "later.csv")
    assert states <= {"later.csv", "extract.csv"}
    assert {_named(kept) for kept in tmp_path.glob("*before-restore*.db")} <= {"later.csv"}
