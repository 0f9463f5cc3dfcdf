"""What is no store of this program, or a later version's, is refused in a sentence and left untouched."""

from __future__ import annotations

import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core.errors import Damaged, NotFound, Problem, Refused
from db import users
from db.store import HEAD, Store, make_store, open_store
from tests.conftest import DURABLE, WriteExtract
from tests.db.files import take
from tui import exits
from tui.main import app

_REVISION = """
CREATE TABLE things (id);
CREATE TABLE journal (id);
CREATE TABLE alembic_version (version_num);
INSERT INTO alembic_version VALUES ('{}');
"""
FOREIGN = {
    "no schema": "CREATE TABLE things (id INTEGER)",
    "another program's revision": _REVISION.format("x"),
    "a revision like ours": _REVISION.format("0001"),
}


def _refused(path: Path) -> Problem:
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(Problem) as refused:
        open_store(path, "tester")
    assert (path.read_bytes(), sorted(path.parent.iterdir())) == (before, beside), "nothing is touched"
    done = CliRunner().invoke(app, ["meetings", "--store", str(path)])
    assert done.exit_code == exits.REFUSED or done.exception is not None
    return refused.value


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_store_is_said_to_be_none(tmp_path: Path, name: str) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FOREIGN[name])
    path.touch()
    problem = _refused(path)
    assert isinstance(problem, Damaged)
    assert problem.sentence == (f"{path} is not a tasking store: it is a SQLite file of another program. Name another.")


@pytest.mark.parametrize("content", [b"name,when\nx,1\n", b"\x00" * 5000, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    assert _refused(path).sentence == (f"{path} is not a tasking store: it is no SQLite file at all. Name another.")


def _with_revision(store: Store, statement: str) -> Path:
    store.close()
    with closing(sqlite3.connect(store.path)) as connection, connection:
        connection.execute(statement)
    return store.path


def test_a_store_of_a_later_version_is_refused(store: Store) -> None:
    path = _with_revision(store, "UPDATE alembic_version SET version_num = '0999'")
    problem = _refused(path)
    assert isinstance(problem, Refused)
    assert problem.title == "Store is newer"
    assert f"(schema 0999, this one knows up to {HEAD})" in problem.sentence


def test_a_store_that_does_not_say_its_version_is_refused(store: Store) -> None:
    problem = _refused(_with_revision(store, "DELETE FROM alembic_version"))
    assert problem.sentence.endswith(
        "does not say which version wrote it. Restore the latest copy: tasking restore FILE."
    )


@pytest.mark.parametrize("kept", [60, 4096, 4096 * 3 + 100, 0.5])
def test_a_store_that_was_cut_short_is_to_be_restored(store: Store, kept: float) -> None:
    path = _with_revision(store, "DELETE FROM batch")
    content = path.read_bytes()
    path.write_bytes(content[: int(kept if kept > 1 else kept * len(content))])
    sentence = _refused(path).sentence
    assert sentence.endswith("Keep the file as it is and restore the latest copy: tasking restore FILE.")
    assert "another" not in sentence


def test_a_store_whose_beginning_is_damaged_is_to_be_restored(store: Store) -> None:
    path = _with_revision(store, "DELETE FROM batch")
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    sentence = _refused(path).sentence
    assert sentence.startswith(f"The first page of {path} is not what a store begins with. Keep the file")


def test_a_folder_and_an_empty_file_are_told_from_a_store_that_is_not_there(tmp_path: Path) -> None:
    said = {}
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "empty.db").touch()
    for name in ("folder", "empty", "none"):
        with pytest.raises(NotFound) as refused:
            open_store(tmp_path / f"{name}.db", "tester")
        said[name] = refused.value.sentence.removeprefix(str(tmp_path))
    assert "is a folder. Name the file" in said["folder"]
    assert "The file there is empty." in said["empty"]
    assert said["empty"].endswith("or put a copy there: tasking restore FILE.")
    assert said["none"].endswith("Run 'tasking demo' or 'tasking import FILE' first.")


def test_what_was_taken_outlives_a_power_cut() -> None:
    assert "PRAGMA synchronous=FULL" in DURABLE
    assert "PRAGMA journal_mode=WAL" in DURABLE


NAMES = (
    "plain.db", "a%41.db", "what?.db", "hash#.db", "sp ace.db", "naïve 店.db", ":memory:", "file:x.db",
    "file:y?mode=memory",
    "a&b=c.db", "%.db", "'quoted'.db",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_path_of_a_store_is_a_path_and_nothing_else(
    name: str, tmp_path: Path, write_extract: WriteExtract, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = write_extract([{}])
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    for words in (["import", str(extract)], ["verify"], ["rank", "--min-crimes", "1"]):
        done = CliRunner().invoke(app, [*words, "--store", name])
        assert done.exit_code == exits.OK, (done.output, done.exception)
    assert [path.name for path in here.iterdir()] == [name]
    assert stat.S_IMODE((here / name).stat().st_mode) == 0o600 or sys.platform == "win32"


def test_a_creation_that_was_ended_is_finished_by_the_next_import(tmp_path: Path, write_extract: WriteExtract) -> None:
    for name, begin in (("empty.db", ""), ("begun.db", "PRAGMA journal_mode=WAL")):
        path = tmp_path / name
        path.touch()
        path.chmod(0o644)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(begin)
        with pytest.raises(NotFound, match="There is no store at"):
            open_store(path, "tester")
        done = CliRunner().invoke(app, ["import", str(write_extract([{}], f"{name}.csv")), "--store", str(path)])
        assert done.exit_code == exits.OK, (done.output, done.exception)
        open_store(path, "tester").close()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600 or sys.platform == "win32"


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are not kept there")
@pytest.mark.parametrize(
    ("mode", "shared", "after"),
    [
        (0o644, False, 0o600),
        (0o664, False, 0o600),
        (0o640, True, 0o600),
        (0o666, True, 0o660),
        (0o660, True, 0o660),
        (0o600, True, 0o600),
        (0o400, False, 0o400),
    ],
)
def test_a_store_that_others_could_read_is_its_owners_alone_once_it_is_opened(
    mode: int, shared: bool, after: int, store: Store
) -> None:
    if shared:
        users.add(store, "friend", "observer")
    store.read.rows("SELECT 1")
    store.path.chmod(mode)
    with closing(open_store(store.path, "tester")) as opened:
        assert bool(opened.taken_back) == (mode != after)
        assert not opened.taken_back or f"(mode {mode:04o})" in opened.taken_back
    assert stat.S_IMODE(store.path.stat().st_mode) == after
    with closing(open_store(store.path, "tester")) as opened:
        assert opened.taken_back == "", "it is said once"
        opened.read.rows("SELECT 1")
        for beside in store.path.parent.glob("tasking.db-*"):
            assert stat.S_IMODE(beside.stat().st_mode) & ~after & 0o077 == 0, beside.name


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are not kept there")
@pytest.mark.parametrize("words", [["verify"], ["rank", "--min-crimes", "1"], ["backup"]])
def test_a_command_says_once_that_others_could_read_the_store(
    words: list[str], store: Store, write_extract: WriteExtract
) -> None:
    take(store, write_extract([{}]))
    store.close()
    store.path.chmod(0o644)
    said = [CliRunner().invoke(app, [*words, "--store", str(store.path)]) for _ in "ab"]
    assert [done.exit_code for done in said] == [exits.OK, exits.OK]
    assert [done.stderr.count("Note: Other accounts of this machine could open the file") for done in said] == [1, 0]


def test_what_takes_nothing_in_makes_no_store(tmp_path: Path, write_extract: WriteExtract) -> None:
    path, extract = tmp_path / "own" / "s.db", write_extract([{}])
    letter = tmp_path / "letter.csv"
    letter.write_text("Dear,Sir\n1,2\n")
    for words in ([str(extract), "--dry-run"], [str(letter)], [str(tmp_path / "none.csv")]):
        CliRunner().invoke(app, ["import", *words, "--store", str(path)])
        assert not path.exists()
        assert list(path.parent.iterdir()) == []


def test_a_creation_for_which_there_is_no_room_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.store.opening.append_only", lambda *_: (_ for _ in ()).throw(OSError("no space")))
    with pytest.raises(OSError, match="no space"):
        make_store(tmp_path / "s.db", "tester")
    assert list(tmp_path.iterdir()) == []
