"""What ``verify`` covers: the file by SQLite's own check, the chain, and every row that an entry names."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from core.errors import Damaged
from db.store import Store, open_store
from db.store.damage import RESTORE, TITLE
from db.store.verify import verify
from tests.conftest import WriteExtract
from tests.db.files import take

PAGE = 4096


def _read_in_a_change(store: Store) -> None:
    with store.change("Read the settings", meeting=None) as writing:
        writing.connection.execute(text("SELECT * FROM setting")).all()


@pytest.fixture
def written(store: Store, write_extract: WriteExtract) -> Store:
    """A store with a file of reports and some commands."""
    take(store, write_extract([{"person_ref": f"P{number}", "crime_ref": f"{number}/26"} for number in range(400)]))
    return store


def test_every_row_that_a_file_brought_is_under_a_digest(written: Store) -> None:
    found = verify(written)
    assert found.fault is None
    digests = written.read.rows("SELECT COUNT(*) AS n FROM row_digest")[0]["n"]
    of_files = sum(row["rows"] for row in written.read.rows("SELECT rows FROM row_digest WHERE sort = 'rows'"))
    assert of_files > 1200, "reports, people and their versions"
    assert found.covered == 1 + digests + of_files, "the batch, and what is under digests"
    assert found.not_covered == {}


def test_what_another_program_writes_meanwhile_is_no_fault(written: Store) -> None:
    batch = written.read.rows("SELECT id FROM batch")[0]["id"]
    with open_store(written.path, "another", written.now) as other, written.read.snapshot():
        before = verify(written)
        with other.change("Rename a batch", meeting=None) as writing:
            writing.update("batch", batch, file="other.csv")
        assert verify(written) == before, "all of it is read as it was at one moment"
    after = verify(written)
    assert (after.fault, after.entries) == (None, before.entries + 1)


def test_a_snapshot_inside_another_is_the_same_one(written: Store) -> None:
    with written.read.snapshot(), written.read.snapshot() as reader:
        assert reader.rows("SELECT COUNT(*) FROM batch")[0][0] == 1
    with written.read.snapshot() as reader:
        assert reader.rows("SELECT COUNT(*) FROM batch")[0][0] == 1


def test_a_row_that_belongs_to_none_is_found(written: Store) -> None:
    with closing(sqlite3.connect(written.path)) as past_the_program, past_the_program:
        past_the_program.execute("UPDATE person_version SET batch_id = 99 WHERE id = 7")
    assert verify(written).fault == "SQLite's own check of the file: person_version 7 belongs to no batch."


def _own_check(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        try:
            return str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)


def _verdict(path: Path) -> str | None:
    try:
        with open_store(path, "tester") as store:
            return verify(store).fault
    except Damaged as problem:
        return problem.sentence


@pytest.mark.parametrize("seed", range(24))
def test_no_damaged_copy_is_called_sound(written: Store, tmp_path: Path, seed: int) -> None:
    written.close()
    chance, path = random.Random(seed), tmp_path / "copy.db"
    whole = Path(shutil.copy(written.path, path)).read_bytes()
    page = chance.randrange(1, len(whole) // PAGE) * PAGE
    with path.open("r+b") as file:
        file.seek(page)
        file.write(chance.choice([bytes(PAGE), chance.randbytes(PAGE), whole[PAGE : 2 * PAGE]]))
    if path.read_bytes() != whole:
        assert _own_check(path) == "ok" or _verdict(path) is not None
        assert _own_check(path) != "ok" or _verdict(path) is None


def test_a_malformed_page_is_a_sentence_for_who_reads_and_for_who_writes(written: Store) -> None:
    with closing(sqlite3.connect(written.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'setting'").fetchone()[0]
    written.close()
    with written.path.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        file.write(b"\xff" * PAGE)
    for damaged in (lambda: written.read.rows("SELECT * FROM setting"), lambda: _read_in_a_change(written)):
        with pytest.raises(Damaged) as problem:
            damaged()
        assert (problem.value.title, problem.value.sentence) == (TITLE, f"A page of the file cannot be read. {RESTORE}")


def test_text_that_is_none_is_not_shown(written: Store) -> None:
    with closing(sqlite3.connect(written.path)) as past_the_program, past_the_program:
        past_the_program.execute("UPDATE person_version SET surname = CAST(x'534543524554ff' AS TEXT)")
    with pytest.raises(Damaged) as problem:
        written.read.rows("SELECT surname FROM person_version")
    assert "SECRET" not in problem.value.sentence


def test_a_row_that_no_entry_names_is_found_where_commands_alone_write(written: Store) -> None:
    with closing(sqlite3.connect(written.path)) as past_the_program, past_the_program:
        past_the_program.execute("INSERT INTO setting (name, text) VALUES ('forged', 'x')")
    assert verify(written).fault == "setting has 1 row that no journal entry names."
