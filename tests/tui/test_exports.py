"""What leaves a store as a file says to whom it goes: every option that names a file to write, by the declarations.

A file is made by one function alone (``db.store.owned.create``), which is given what only the record of views gives
(``db.store.viewings.export``). So a new export without a recipient does not get past the type checker, nor this walk.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import closing
from inspect import signature
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import CliRunner

from core.errors import Problem
from db.store import open_store
from db.store.viewings import entries
from tests.tui.cli.printed import kept_store
from tests.tui.cli.written import commands
from tui import exits
from tui.main import app

_ROOT = Path(__file__).resolve().parents[2]
READ = {
    "explain": {"bands"}, "focus": {"model"}, "import": {"files"}, "officers": {"weights"},
    "priority": {"weights", "compare"}, "rank": {"bands"}, "restore": {"file"}, "stability": {"bands"},
    "verify": {"against"},
}  # fmt: skip
"""Options and arguments that name a file to read, by command. ``--store`` names the store itself."""
LEAVE = {
    "backtest": "--of people --as-of 2026-07-01 --days 60 --first 1 --picture {file}.svg",
    "backup": "{file}.db",
    "letter": "--to {file}",
    "minutes": "1 --to {file}",
    "quarantine": "--export {file}.csv",
}
"""Commands that write a file for someone, with the words that make them."""
MADE_ELSEWHERE = {
    "db/demo_files.py": "the files of the demo, whose people are made up",
    "db/loading/bundles.py": "a file inside an archive, while it is read",
    "db/loading/pipes.py": "what a pipe gives, while it is read",
    "db/store/backup.py": "copies of the store, which the command puts on the record",
    "db/store/beside.py": "what a room keeps beside the store, encrypted with it",
    "db/store/encrypting.py": "the store itself, encrypted",
    "db/store/open_sittings.py": "the time of a room; no record",
    "db/store/owned.py": "the one function that makes a file",
    "tui/cli/demo.py": "the store of the demo, to have it on the disk",
    "tui/cli/passphrase.py": "the terminal, to ask for a passphrase",
}
"""Modules that open a file to write by themselves, and what it is."""


def paths_of(command: Any) -> Iterator[str]:
    """The options and arguments of a command that name a file, but the store itself."""
    for name, one in signature(command.callback, eval_str=True).parameters.items():
        kind = one.annotation.__origin__ if hasattr(one.annotation, "__metadata__") else one.annotation
        if name != "store" and (kind is Path or Path in get_args(kind)):
            yield name


def test_every_file_that_a_command_names_is_read_or_says_to_whom_it_goes() -> None:
    for name, command in commands().items():
        written = set(paths_of(command)) - READ.get(name, set())
        asks = any(option.name == "recipient" for option in command.params)
        assert bool(written) == asks, f"{name}: {written or 'nothing'} is written, recipient asked for: {asks}"
        assert bool(written) == (name in LEAVE), f"{name} is not walked below"


@pytest.mark.parametrize("name", sorted(LEAVE))
def test_a_file_goes_to_somebody_or_is_not_written(name: str, tmp_path: Path) -> None:
    store = kept_store(tmp_path / "tasking.db")

    def run(*more: str) -> Any:
        words = LEAVE[name].replace("{file}", str(tmp_path / "out" / "file")).split()
        return CliRunner().invoke(app, [name, *words, "--store", str(store), *more])

    (tmp_path / "out").mkdir()
    for more in ((), ("--recipient", "  ")):
        refused = run(*more)
        assert isinstance(refused.exception, Problem)
        assert "Say who: --recipient" in refused.exception.sentence
        assert list((tmp_path / "out").iterdir()) == []
    done = run("--recipient", "Supt Other")
    assert done.exit_code == exits.OK, (done.output, done.exception)
    [made] = (tmp_path / "out").iterdir()
    assert {path.stat().st_mode & 0o077 for path in (made, *made.glob("*"))} == {0}, "its owner's alone"
    with closing(open_store(store, "x")) as opened:
        named = "sort = 'export' AND recipient = 'Supt Other'"
        told = [(one.how, one.recipient) for one, _ in entries(opened.read, named)]
    assert told == [(str(made), "Supt Other")]


WRITES = ("w", "x", "a", "+")


def opens_to_write(call: ast.Call) -> bool:
    """Whether a call makes a file or writes over one."""
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    words = [ast.unparse(one) for one in (*call.args, *(word.value for word in call.keywords))]
    if called in ("write_text", "write_bytes", "mkstemp", "mkdtemp", "NamedTemporaryFile", "copyfile", "copy2"):
        return True
    if called == "open" and ast.unparse(call.func) == "os.open":
        return any("O_CREAT" in one or "O_RDWR" in one or "O_WRONLY" in one or one == "flags" for one in words)
    mode = [one.strip("'\"") for one in words if one.startswith(("'", '"')) and len(one) <= 5]
    return called in ("open", "fdopen") and any(sign in one for one in mode for sign in WRITES)


def test_no_other_module_makes_a_file() -> None:
    found = {
        str(path.relative_to(_ROOT))
        for room in ("core", "db", "tui")
        for path in (_ROOT / room).rglob("*.py")
        if any(isinstance(node, ast.Call) and opens_to_write(node) for node in ast.walk(ast.parse(path.read_text())))
    }
    assert found == set(MADE_ELSEWHERE)


def test_only_the_record_of_views_lets_a_file_be_made() -> None:
    makes = [
        str(path.relative_to(_ROOT))
        for room in ("core", "db", "tui")
        for path in (_ROOT / room).rglob("*.py")
        if "OnRecord(" in path.read_text()
    ]
    assert makes == ["db/store/viewings.py"]
