"""Bad input about users, passphrases and papers: a sentence that says what to do, and nothing changed."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.errors import Problem
from db.store import driver, keys
from db.store.keys import KEYS
from tests.tui.cli.printed import kept_store
from tests.tui.cli.test_encrypted import SECRET, told
from tui.main import app

PAPER = Path(__file__).resolve().parents[2] / "stores" / "0011-minutes.html"


@pytest.fixture(autouse=True)
def no_keys() -> Any:
    """No passphrase is known when a test begins and when it ends."""
    yield
    KEYS.begin(keys.nobody_asks)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with users, of whom one is a friend from a day to come, and one was a user once."""
    path = kept_store(tmp_path / "tasking.db")
    for words in ("add friend observer --from 2027-01-01", "add once partner", "end once"):
        assert users(path, *words.split()).exit_code == 0
    return path


def users(store: Path, *words: str) -> Any:
    return CliRunner().invoke(app, ["users", *words, "--store", str(store)])


def held(store: Path) -> tuple[Any, ...]:
    """All that the store holds of users, and the end of its journal."""
    with closing(sqlite3.connect(store)) as past:
        rows = [past.execute(f"SELECT * FROM {table}").fetchall() for table in ("account", "restriction")]  # noqa: S608
        return (*rows, past.execute("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1").fetchone())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("add friend observer", "friend is a user of this store already, as observer. End that first"),
        ("add friend chair --name Other", "friend is a user of this store already, as observer. End that first"),
        ("add friend king", "There is no role 'king'. Use one of: owner, chair"),
        ("add friend' partner", None),
        ("end friend --on 2026-01-01", "lies before the start"),
        ("end friend --on 2099-01-01", "An end to come is not kept"),
        ("end once", "once is no user of this store"),
        ("end nobody", "nobody is no user of this store. 'tasking users list' names them"),
        ("end keeper", "keeper is the only owner. Add another first"),
        ("restrict nothing keeper", "There is no cohort 'nothing'. Use one of"),
        ("restrict mappa nobody", "nobody is no user of this store"),
    ],
)
def test_users_that_cannot_be_so(words: str, said: str | None, store: Path) -> None:
    before = held(store)
    done = users(store, *words.split())
    if said is None:
        assert done.exit_code == 0, "a login is any one word"
        return
    assert isinstance(done.exception, Problem), done.output
    assert said in done.exception.sentence
    assert done.exception.sentence.endswith((".", "?"))
    assert held(store) == before


def test_a_user_from_a_day_to_come_is_told_so_and_can_be_taken_back(store: Path) -> None:
    said = users(store, "add", "later", "observer", "--from", "2099-01-01").stdout
    assert "later is observer of this store from 01/01/2099 00:00 on: sees everything" in said
    assert users(store, "end", "later").exit_code == 0
    [later] = [user for user in json.loads(users(store, "--json").stdout) if user["user"] == "later"]
    assert later["ended_at"] == later["from"], "a user for no time at all"
    assert CliRunner().invoke(app, ["verify", "--store", str(store)]).exit_code == 0


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        ("another", "is a paper of another store"),
        ("a letter", "names no entry of a journal with its hash. Name the minutes"),
        ("nowhere", "cannot be read"),
    ],
)
def test_a_paper_that_is_not_of_this_store(paper: str, said: str, store: Path, tmp_path: Path) -> None:
    place = tmp_path / "paper.html"
    text = PAPER.read_text(encoding="utf-8")
    if paper == "another":
        place.write_text(re.sub(r"[0-9a-f]{64}", "f" * 64, text), encoding="utf-8")
    elif paper == "a letter":
        place.write_text("Dear Councillor", encoding="utf-8")
    before = held(store)
    done = CliRunner().invoke(app, ["verify", "--store", str(store), "--against", str(place)])
    assert isinstance(done.exception, Problem), done.output
    assert said in done.exception.sentence
    assert held(store) == before


@pytest.mark.parametrize("words", [["encrypt"], ["rekey"], ["init", "--encrypted"]])
def test_a_passphrase_of_one_letter(words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sqlcipher3", reason="SQLCipher is not installed: pip install 'sqlcipher3>=0.6.4'")
    monkeypatch.setattr(keys, "_ROUNDS", 100)
    path = tmp_path / "tasking.db"
    if words != ["init", "--encrypted"]:
        kept_store(path)
        driver.forget(path)
    if words == ["rekey"]:
        assert told(["encrypt"], SECRET, store=path).exit_code == 0
        driver.forget(path)
    before = held(path) if words == ["encrypt"] else None
    given = (SECRET, "x") if words == ["rekey"] else ("x",)
    done = told([*words, "--store", str(path)], *given, store=path)
    assert isinstance(done.exception, Problem), done.output
    assert "The passphrase has one letter; it needs 10 or more." in done.exception.sentence
    assert done.exception.sentence.endswith("Nothing was changed.")
    if words == ["encrypt"]:
        assert held(path) == before, "a store in the clear, as it was"
    elif words == ["rekey"]:
        driver.forget(path)
        assert told(["verify"], SECRET, store=path).exit_code == 0, "the passphrase before is in force still"
    else:
        assert not path.exists()
