"""No command leaves a connection or a file open, whether it does its work or fails half-way; nor does the room.

The commands are those the program declares: a new one is walked by itself.
"""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import typer

from db.demo import build
from db.loading.importing import import_file
from db.store import open_store, upgrade
from tests import connections
from tests.begun import begin
from tests.conftest import WriteExtract
from tests.journeys.terminal import DAY, Terminal, hang_up
from tui import exits
from tui.main import app

COUNTED = f"{__package__}.counted"
NOT_HERE = {"demo", "open", "init", "encrypt", "rekey"}
"""What opens the room, which needs a terminal and has tests of its own below; makes a store where there is none, or
asks for a passphrase."""
FILES = Path(__file__).parents[1] / "stores" / "files"
POWERS = ("2026-10-metropolitan-stop-and-search.csv", "lfr.csv")
"""Files of stops and of deployments, of which the demo has none."""
Count = Callable[[Sequence[Sequence[str]]], list[dict[str, Any]]]


def _commands() -> list[str]:
    group = typer.main.get_command(app)
    every: dict[str, Any] = getattr(group, "commands")  # noqa: B009 - typer does not say which class it is
    on_a_store = {name for name, one in every.items() if any(option.name == "store" for option in one.params)}
    return [name for name in every if name in on_a_store - NOT_HERE]


def _one(store: Path, query: str) -> str:
    with closing(sqlite3.connect(store)) as connection:
        return str(connection.execute(query).fetchone()[0])


@pytest.fixture
def needed(store: Path, write_extract: WriteExtract) -> dict[str, list[str]]:
    """What a command cannot do without, in the store and as its words."""
    with open_store(store, "tester") as opened:
        for name in POWERS:
            import_file(opened, FILES / name, today=DAY)
    october = ["--from", "2026-10-01", "--to", "2026-10-31"]
    sealed = _one(store, "SELECT MIN(id) FROM meeting WHERE sealed_at IS NOT NULL")
    return {
        "import": [str(write_extract([{}]))],
        "withdraw": [_one(store, "SELECT MAX(id) + 1 FROM batch")],
        "explain": [_one(store, "SELECT MIN(ref) FROM person")],
        "backtest": ["--of", "people"],
        "backup": [str(store.with_name("copy.db"))],
        "restore": [str(store.with_name("copy.db"))],
        "stops": october,
        "ward": [_one(store, "SELECT MIN(ward_code) FROM ward_series WHERE ward_code <> ''")],
        "lfr": october,
        "minutes": [sealed],
        "addendum": [sealed, "--what", "Six officers", "--why", "eight were read out"],
    }


@pytest.fixture
def count(tmp_path: Path) -> Count:
    """Runs commands, each a list of words, in one process of its own; gives what was reported of each."""

    def run(commands: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
        report = tmp_path / "report.json"
        report.write_text(json.dumps(commands), encoding="utf-8")
        program = begin(COUNTED, [str(report)], tmp_path, tmp_path / "printed.txt")
        program.join(120)
        assert program.exitcode == 0, (tmp_path / "printed.txt").read_text(encoding="utf-8")
        found: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))
        assert [one["words"] for one in found] == [list(words) for words in commands]
        return found

    return run


def _left(found: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    return {" ".join(one["words"]): one["left"] for one in found if one["left"]}


def test_a_command_that_does_its_work_leaves_nothing_open(
    store: Path, needed: dict[str, list[str]], count: Count
) -> None:
    found = count([[name, *needed.get(name, []), "--store", str(store)] for name in _commands()])
    assert {one["words"][0]: one["code"] for one in found if one["code"] != exits.OK} == {}
    assert _left(found) == {}


def test_nor_does_a_command_that_fails_once_the_store_is_open(
    store: Path, needed: dict[str, list[str]], count: Count
) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        for (table,) in tables.fetchall():
            if table != "alembic_version":
                connection.execute(f"DROP TABLE {table}")
    found = count([[name, *needed.get(name, []), "--store", str(store)] for name in _commands()])
    assert {one["words"][0]: one["code"] for one in found if one["code"] != exits.REFUSED} == {}
    assert _left(found) == {}


def test_nor_does_a_command_on_a_file_that_is_no_store(
    tmp_path: Path, needed: dict[str, list[str]], count: Count
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam, " * 100, encoding="utf-8")
    found = count([[name, *needed.get(name, []), "--store", str(letter)] for name in _commands()])
    assert {one["words"][0]: one["code"] for one in found if one["code"] != exits.REFUSED} == {}
    assert _left(found) == {}


def test_nor_does_an_older_store_that_is_brought_up_to_date(tmp_path: Path, count: Count) -> None:
    path = tmp_path / "older.db"
    path.touch()
    upgrade(path, "0001")
    [found] = count([["verify", "--store", str(path)]])
    assert (found["code"], found["left"]) == (exits.OK, [])


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (["--meeting", "daily"], "1/6: Opening"),
        (["--meeting", "weekly"], "1/7: Opening"),
        (["--view", "suspects"], "Named suspects"),
    ],
)
def test_nor_does_the_room(store: Path, tmp_path: Path, options: list[str], shown: str) -> None:
    report = tmp_path / "report.json"
    words = ["open", "--store", str(store), "--as-of", DAY.isoformat(), *options]
    with Terminal(COUNTED, [str(report), *words]) as room:
        room.wait_for(shown)
        room.press("ctrl+q")
        assert room.wait_end() == 0
    [found] = json.loads(report.read_text(encoding="utf-8"))
    assert (found["code"], found["left"]) == (exits.OK, [])


def test_nor_does_a_demo_that_is_stopped_while_it_is_built(tmp_path: Path) -> None:
    def stopped(what: str, _share: float) -> None:
        if what.startswith("Holding"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "half.db", DAY, stopped, suspects=100)
    assert connections.left_open() == []


def test_a_room_that_was_to_outlive_its_terminal_ends_with_it(store: Path) -> None:
    words = [f"{DAY.isoformat()}T09:30", "open", "--store", str(store), "--as-of", DAY.isoformat()]
    with Terminal(f"{__package__}.outliving", words) as room:
        room.wait_for("1/6: Opening")
        assert hang_up(room) == -signal.SIGHUP
