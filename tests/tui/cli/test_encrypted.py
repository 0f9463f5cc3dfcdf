"""A sitting on an encrypted store from the shell and in the room: after each command no file holds a known name."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.errors import Problem
from db.store import Store, beside, driver, encrypting, keys, open_store
from db.store.keys import KEYS
from tests.strain.covered import READING, words_for
from tests.tui.cli.printed import kept_store
from tests.tui.cli.written import commands
from tests.tui.keyboard import MakeApp, seated
from tui import exits
from tui.main import app

pytest.importorskip("sqlcipher3", reason="SQLCipher is not installed: pip install 'sqlcipher3>=0.6.4'")
SECRET, OTHER = "three random words", "quite another three"
FILES = Path(__file__).resolve().parents[2] / "stores" / "files"
NOT_WALKED = {
    "demo": "makes another store, of people who are made up",
    "encrypt": "begins the walk",
    "rekey": "ends it",
}
"""Commands that are not given the encrypted store in the middle of the walk, and why."""
WRITING: Mapping[str, str] = {
    "import": f"{FILES / 'reports-1.csv'} {FILES / 'incidents.csv'}",
    "withdraw": "1",
    "addendum": "{meeting} --what ZZYZXWORTH --why ZZYZXWORTH",
    "backup": "--recipient Me",
    "restore": "{folder}/copy.db",
    "officers": "--total 9 --keep",
    "init": "--encrypted --store {folder}/another.db",
    "open": "",
}
"""Commands that write into the store or beside it, with their words; what is asked for as a file lies elsewhere."""


@pytest.fixture(autouse=True)
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passphrases are stretched a little only; none is known when a test begins and when it ends."""
    monkeypatch.setattr(keys, "_ROUNDS", 100)
    yield
    KEYS.begin(keys.nobody_asks)


def told(words: list[str], *lines: str, store: Path) -> Any:
    """Run a command that reads passphrases from a file descriptor."""
    read, write = os.pipe()
    os.write(write, "".join(f"{line}\n" for line in lines).encode())
    os.close(write)
    try:
        return CliRunner().invoke(app, [*words, "--key-fd", str(read)], env={"TASKING_STORE": str(store)})
    finally:
        os.close(read)


class Search:
    """Looks for names in every file of a folder."""

    def __init__(self, folder: Path, names: list[str]) -> None:
        forms = [
            name.encode(code) for word in names for name in (word, word.lower()) for code in ("utf-8", "utf-16-le")
        ]
        self._folder = folder
        self._any = re.compile(b"|".join(map(re.escape, forms)))

    def found(self) -> list[str]:
        return [path.name for path in self._folder.rglob("*") if path.is_file() and self._any.search(path.read_bytes())]


def test_no_command_leaves_a_name_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "sitting"
    folder.mkdir()
    store = kept_store(folder / "tasking.db")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    with closing(sqlite3.connect(store)) as connection:
        query = "SELECT surname FROM person_version UNION SELECT forenames FROM person_version"
        names = [str(row[0]) for row in connection.execute(query) if len(row[0]) > 6]  # none stands anywhere by chance
    assert names
    search = Search(folder, [*names, "ZZYZXWORTH"])
    assert search.found() == ["tasking.db"]
    lines = {name: words_for(lines[0], store, "ZZYZXWORTH") for name, lines in READING.items()}
    lines |= {name: words_for(line, store, "ZZYZXWORTH") for name, line in WRITING.items()}
    assert set(lines) | set(NOT_WALKED) == set(commands()), "a command is walked with words of its own, or says why not"
    driver.forget(store)
    assert told(["encrypt"], SECRET, store=store).exit_code == exits.OK
    assert search.found() == []
    assert told(["backup", str(folder / "copy.db"), "--recipient", "Me"], SECRET, store=store).exit_code == exits.OK
    done_well = set()
    for name, words in lines.items():
        takes_a_store = any(option.name == "store" for option in commands()[name].params)
        filled = [word.replace("{folder}", str(folder)) for word in words]
        done = told([name, *filled], SECRET, store=store) if takes_a_store else CliRunner().invoke(app, [name, *filled])
        assert search.found() == [], name
        done_well |= {name} if done.exit_code in (exits.OK, exits.QUARANTINED) else set()
    assert {*READING, *WRITING} - done_well <= {"open", "withdraw", "letter", "keys", "addendum", "backtest"}
    assert told(["rekey"], SECRET, OTHER, store=store).exit_code == exits.OK
    assert search.found() == []
    assert "passphrase" in str(told(["verify"], SECRET, store=store).exception)
    assert told(["verify"], OTHER, store=store).exit_code == exits.OK


def test_what_is_wrong_with_a_passphrase_is_a_sentence(tmp_path: Path) -> None:
    plain, place = kept_store(tmp_path / "plain.db"), tmp_path / "new.db"
    before = plain.read_bytes()[:16]
    driver.forget(plain)
    cases = {
        ("verify", SECRET): "is not encrypted, so that no passphrase goes with it",
        ("rekey", SECRET): "is not encrypted, so that it has no passphrase",
        ("encrypt", "x"): "has one letter",
        ("encrypt", ""): "gives no passphrase",
        (f"init --encrypted --store {place}", "x"): "has one letter",
    }
    for (words, given), said in cases.items():
        done = told(words.split(), given, store=plain)
        assert isinstance(done.exception, Problem), (words, done.output)
        assert said in done.exception.sentence
        driver.forget(plain)
    assert (plain.read_bytes()[:16] == before, place.exists()) == (True, False)
    assert "was named" not in told([*["init", "--encrypted", "--store"], str(place)], SECRET, store=plain).output
    assert place.read_bytes()[:6] != b"SQLite"
    for closed, said in (("99", "cannot be read"), ("x", "write the number of an open file descriptor")):
        done = CliRunner().invoke(app, ["users", "--store", str(place), "--key-fd", closed])
        assert said in str(getattr(done.exception, "sentence", done.output))


def test_a_passphrase_that_is_not_given_where_two_are_needed(tmp_path: Path) -> None:
    store = kept_store(tmp_path / "tasking.db")
    driver.forget(store)
    copy = tmp_path / "before.db"
    copy.write_bytes(store.read_bytes())
    done = told(["encrypt"], SECRET, store=store)
    assert "In the clear" in done.stderr
    assert str(copy) in done.stderr, "by whatever name"
    for words, said in (
        (["rekey"], "gives fewer passphrases than are needed: write one a line, the one in force first. Nothing was"),
        (["restore", str(copy)], f"Encrypt the copy first: tasking encrypt --store {copy}."),
    ):
        done = told(words, SECRET, store=store)
        assert isinstance(done.exception, Problem), (words, done.output)
        assert said in done.exception.sentence
        assert told(["verify"], SECRET, store=store).exit_code == exits.OK, "as it was"


def test_the_passphrase_in_force_is_no_new_one(tmp_path: Path) -> None:
    store = kept_store(tmp_path / "tasking.db")
    driver.forget(store)
    assert told(["encrypt"], SECRET, store=store).exit_code == exits.OK
    salt = store.read_bytes()[:16]
    done = told(["rekey"], SECRET, SECRET, store=store)
    assert isinstance(done.exception, Problem), done.output
    assert "is the passphrase of" in done.exception.sentence
    assert (store.read_bytes()[:16] == salt, "new passphrase" in done.output) == (True, False)
    assert told(["verify"], SECRET, store=store).exit_code == exits.OK


def test_one_program_opens_a_store_by_one_library_alone(tmp_path: Path) -> None:
    plain, place = kept_store(tmp_path / "plain.db"), tmp_path / "new.db"
    driver.forget(plain)
    assert told(["init", "--encrypted", "--store", str(place)], SECRET, store=place).exit_code == exits.OK
    script = (
        "import sys\nfrom tui.main import run\ntry:\n    run()\nfinally:\n"
        "    print(*sorted({'_sqlite3', 'sqlcipher3'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(FILES.parents[2]), "TASKING_STORE": str(plain)}
    done = subprocess.run([sys.executable, "-c", script, "users"], capture_output=True, text=True, env=environment)
    assert done.stdout.splitlines()[-1] == "_sqlite3", done.stderr
    environment |= {"TASKING_STORE": str(place)}
    read, write = os.pipe()
    os.write(write, f"{SECRET}\n".encode())
    os.close(write)
    words = [
        sys.executable,
        "-c",
        f"import db.store.keys as k\nk._ROUNDS = 100\n{script}",
        "users",
        "--key-fd",
        str(read),
    ]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, pass_fds=(read,))
    os.close(read)
    assert done.stdout.splitlines()[-1] == "sqlcipher3", done.stderr


async def test_a_room_keeps_its_place_and_its_drafts_encrypted(
    tmp_path: Path, city: Store, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    city.close()
    name = "ZZYZXWORTH"
    encrypting.prepare(city.path)
    encrypting.rewrite(city.path, SECRET)
    with closing(open_store(city.path, city.who, city.now)) as store:
        async with seated(make_app(store=store)) as chair:
            await chair.press("meeting.item_4", "list.filter")
            await chair.keys(*name, "enter")
            chair.tasking().session.remembered.put("drafts", {"typed": name})
            await chair.press("app.quit")
        kept = [path for path in tmp_path.iterdir() if ".room" in path.name]
        assert [path for path in kept if name.encode() in (beside.read(path, store.path) or b"")] != []
        assert Search(tmp_path, [name]).found() == []
