"""All that a command prints leaves by one way and plain: cells, names, options, papers, errors."""

from __future__ import annotations

import ast
import json
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tui
from core.errors import Problem
from tests.tui.cli.printed import HOSTILE, LINES, OTHERS, RAW, kept_store, make_hostile, run
from tests.tui.cli.test_every_option import NEEDED, OPTIONS
from tests.tui.cli.written import commands
from tui import exits, printing
from tui.cli import cohorts
from tui.main import app

_PRINTS = {"print", "echo", "secho", "Console", "pprint", "write", "writelines", "log", "print_exception"}
_BY_ITSELF = {"printing.py"}
"""What prints, and so makes plain, all that commands say."""
ODD = (f"x{HOSTILE}", "\udcff", "9" * 400, "/dev/null", "-1", "x" * 5_000)


def _calls(path: Path) -> set[str]:
    """What a module calls that would print."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {one.id if isinstance(one, ast.Name) else getattr(one, "attr", "") for one in functions}
    return names & _PRINTS


def test_no_command_prints_but_by_the_one_way() -> None:
    folder = Path(tui.__path__[0])
    modules = [*sorted((folder / "cli").glob("*.py")), folder / "main.py", folder / "faults.py", folder / "exits.py"]
    assert {path.name: found for path in modules if (found := _calls(path))} == {}
    assert _calls(folder / "printing.py") == {"print", "Console"}


def test_every_command_is_among_those_that_print() -> None:
    assert {line.split()[0] for line in LINES} | OTHERS.keys() == commands().keys()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kept store with hostile text behind all words in it, for tests that change nothing."""
    return make_hostile(kept_store(tmp_path_factory.mktemp("printing") / "hostile.db"))


def test_what_takes_long_shows_on_a_terminal_that_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ""
    with printing.waiting("Reading who qualifies"):
        pass
    assert capsys.readouterr().err == "", "in a pipe it would be noise"
    monkeypatch.setattr(printing, "draws_bars", lambda: True)
    monkeypatch.setattr(printing, "_AT_ONCE", 0.0)
    monkeypatch.setenv("FORCE_COLOR", "1")
    until = time.monotonic() + 60
    with printing.waiting("Reading who qualifies"):
        while "Reading who qualifies" not in said and time.monotonic() < until:
            time.sleep(0.02)
            said += capsys.readouterr().err
    assert "Reading who qualifies" in said


def test_cohorts_show_that_they_are_read(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def waiting(what: str) -> Iterator[None]:
        going_on.append(what)
        yield
        assert not printed, "what is printed comes after the bar"

    going_on: list[str] = []
    printed: list[object] = []
    monkeypatch.setattr(cohorts, "waiting", waiting)
    monkeypatch.setattr(cohorts, "print_table", lambda *given, **_: printed.append(given))
    assert run(hostile, "cohorts", HOSTILE).exit_code == exits.OK
    assert going_on == ["Reading who qualifies"]
    assert printed


@pytest.mark.parametrize("line", LINES)
def test_what_a_hostile_store_holds_is_printed_plain(line: str, hostile: Path) -> None:
    done = run(hostile, line, HOSTILE)
    assert (done.exit_code == exits.REFUSED) == (line == "verify"), done.output
    assert RAW & set(done.output) == set()
    if "--json" not in {option for one in commands()[line.split()[0]].params for option in one.opts}:
        return
    given = run(hostile, f"{line} --json", HOSTILE)
    assert given.stdout.isascii()
    assert RAW & set(given.output) == set()
    json.loads(given.stdout)


def test_papers_and_files_of_a_hostile_store_are_plain(hostile: Path, tmp_path: Path) -> None:
    for line in (f"minutes 1 --to {tmp_path}/m", f"letter --to {tmp_path}/l", f"quarantine --export {tmp_path}/q.csv"):
        done = run(hostile, f"{line} --recipient partner")
        assert done.exit_code == exits.OK, done.output
        assert RAW & set(done.output) == set()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 7
    for path in written:
        text = path.read_bytes().decode("utf-8-sig")
        assert RAW & set(text.replace("\r\n", "\n")) == set(), path
        assert path.stat().st_mode & 0o077 == 0 or sys.platform == "win32"


@pytest.mark.parametrize(
    "words", [["rank", "--x"], ["rank", "--method"], ["rank", "--window"], [], ["explain"], ["journal", "--meeting"]]
)
def test_an_error_echoes_no_word_raw(words: list[str], hostile: Path) -> None:
    given = [f"--x{HOSTILE}" if word == "--x" else word for word in words]
    given = given if given[-1:] == [f"--x{HOSTILE}"] else [*given, f"x{HOSTILE}"]
    done = CliRunner().invoke(app, given, env={"TASKING_STORE": str(hostile)})
    said = done.output or getattr(done.exception, "sentence", "")
    assert done.exit_code in (exits.USAGE, exits.REFUSED)
    assert isinstance(done.exception, Problem) or RAW & set(said) == set()


@pytest.mark.skipif(sys.platform == "win32", reason="a word of a command is text there")
def test_what_leaves_the_program_is_plain_and_one_sentence(hostile: Path, tmp_path: Path) -> None:
    anyone = Path(shutil.copy(hostile, tmp_path / "anyone.db"))
    with closing(sqlite3.connect(anyone)) as connection, connection:
        connection.execute("DELETE FROM account")  # a program of its own runs as whoever runs the tests
    for words in (["backup", f"{HOSTILE}{'9' * 400}"], ["explain", f"P{HOSTILE}"], ["explain", "P\udcff"]):
        words += ["--store", str(anyone)]
        done = subprocess.run([sys.executable, "-m", "tui.main", *words], capture_output=True, timeout=60, check=False)
        assert done.returncode == exits.REFUSED
        assert done.stdout == b""
        assert RAW & set(done.stderr.decode()) == set()
        assert done.stderr.count(b"\n") == 1
    assert b"is not UTF-8. Write it anew" in done.stderr


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kept store as it is."""
    return kept_store(tmp_path_factory.mktemp("printing") / "kept.db")


@pytest.mark.parametrize("name", sorted(commands().keys() - {"open", "demo", "completion", "keys"}))
def test_no_odd_value_of_an_option_reaches_the_last_net(
    name: str, kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ``tui.main`` has no sentence for here would be told as an unforeseen fault."""
    store = Path(shutil.copy(kept, tmp_path / "own.db"))
    monkeypatch.chdir(tmp_path)  # an option that names a file may make it
    options = [option for command, option, flag in OPTIONS if command == name and not flag and option != "--store"]
    tried = [(option, ODD[number % len(ODD)]) for number, option in enumerate(options, len(name))]
    for option, odd in tried:
        words = NEEDED.get(name, "").split()
        given = [odd, odd] if option == "--changes" else [odd]
        done = CliRunner().invoke(app, [name, *words, option, *given], env={"TASKING_STORE": str(store)})
        assert isinstance(done.exception, Problem | SystemExit | UnicodeEncodeError | OSError | None), (option, odd[:9])
        assert RAW & set(done.output) == set(), (option, odd[:9])


def test_json_is_printed_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    """A file of it is read by people, too, and compared line by line."""
    printing.say_json(json.dumps({"a": [1], "b": 2}, indent=2))
    assert capsys.readouterr().out.splitlines() == ["{", '  "a": [', "    1", "  ],", '  "b": 2', "}"]
