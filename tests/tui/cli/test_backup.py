"""``tasking backup`` and ``tasking restore``."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.errors import Damaged, NotFound, Problem
from db import users
from db.store import HEAD, Store, open_store, revision_of
from tests.conftest import WriteExtract
from tests.db.files import take
from tests.db.test_backup import OLD
from tui import exits
from tui.cli.backup import FROM_BEFORE
from tui.main import app


def _run(store: Path, *words: str | Path) -> Any:
    return CliRunner().invoke(app, [*map(str, words), "--store", str(store)])


@pytest.fixture
def path(store: Store, write_extract: WriteExtract) -> Path:
    """A store with a batch in it."""
    take(store, write_extract([{}]))
    return store.path


def test_a_copy_by_name_and_back(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    done = _run(path, "backup", copy)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (exits.OK, f"Copied to {copy}: 1 journal entry.")
    assert isinstance(_run(path, "backup", copy).exception, Problem)
    done = _run(tmp_path / "new.db", "restore", copy)
    assert done.stdout == f"Restored {tmp_path / 'new.db'}: 1 journal entry.\n"


def test_a_copy_without_a_name_stands_beside_the_store_and_in_a_folder_under_a_name(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    assert _run(path, "backup").exit_code == _run(path, "backup", folder).exit_code == exits.OK
    assert len(list(tmp_path.glob("tasking-backup-*.db"))) == len(list(folder.glob("tasking-backup-*.db"))) == 1


def test_what_was_there_is_named(path: Path, store: Store, tmp_path: Path) -> None:
    _run(path, "backup", tmp_path / "copy.db")
    store.close()
    done = _run(path, "restore", tmp_path / "copy.db")
    [kept] = tmp_path.glob("tasking-before-restore-*.db")
    assert done.stdout.splitlines()[-1] == f"The store as it was is kept as {kept}."


def test_what_is_no_store_is_neither_copied_nor_put_back(path: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam, " * 100, encoding="utf-8")
    assert isinstance(_run(letter, "backup", tmp_path / "copy.db").exception, Damaged)
    assert isinstance(_run(path, "restore", letter).exception, Damaged)
    assert isinstance(_run(tmp_path / "none.db", "backup").exception, NotFound)
    assert isinstance(_run(path, "restore", tmp_path / "none.db").exception, NotFound)
    with open_store(path, "tester") as held:
        assert held.read.rows("SELECT COUNT(*) FROM batch")[0][0] == 1


TAMPERED = {
    "UPDATE journal SET what = 'Nothing' WHERE id = 1": "Journal entry 1: its content is not what was written.",
    "DELETE FROM journal WHERE id = 1": "Journal entry 2",
    "UPDATE viewing SET login = 'nobody' WHERE id = 1": "The record of what was shown",
    "SELECT 1": "The trigger journal_no_update, which keeps journal from being changed, is gone.",
}


@pytest.mark.parametrize("statement", TAMPERED)
def test_a_copy_of_a_store_whose_chains_do_not_hold_is_made_and_said_to_be_no_sound_one(
    statement: str, store: Store, path: Path, tmp_path: Path
) -> None:
    users.add(store, "friend", "observer")
    store.close()
    assert _run(path, "backup", tmp_path / "sound.db", "--recipient", "Me").exit_code == exits.OK
    with closing(sqlite3.connect(path)) as past, past:
        triggers = past.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            past.execute(f"DROP TRIGGER {name}")
        past.execute(statement)
        for _, made in triggers if statement != "SELECT 1" else ():
            past.execute(made)
    done = _run(path, "backup", tmp_path / "copy.db", "--recipient", "Me")
    assert done.exit_code == exits.REFUSED
    assert TAMPERED[statement] in done.stderr
    assert f"The copy has it, too. {FROM_BEFORE}" in done.stderr
    assert (tmp_path / "copy.db").is_file(), "what was done to a store is evidence"


def test_a_store_of_an_earlier_version_is_copied_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    assert _run(path, "backup", tmp_path / "copy.db").exit_code == exits.OK
    assert revision_of(tmp_path / "copy.db") == revision_of(path) != HEAD


def test_where_an_older_store_is_kept_is_said(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    done = _run(path, "meetings", "--json")
    [kept] = tmp_path.glob(f"old-before-{HEAD}-*.db")
    assert f"Note: The store was of an earlier version; as it was it is kept as {kept}." in done.stderr
    assert done.stdout.startswith("[")
