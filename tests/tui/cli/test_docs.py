"""The pages say what the program does: their commands run, their tables are those of the declarations."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from core import extract
from core.errors import Problem
from db.store import open_store
from tests.conftest import NOW
from tests.tui.cli import written
from tests.tui.cli.written import JSON, PAGES, ROOT, Desk, commands, furnish, lines_of, made, made_parts, prepared
from tests.tui.declared import declared
from tui import exits
from tui.cli import choices, passphrase

LINES = sorted({line for page in PAGES for line in lines_of(page)})
_WORD = re.compile(r"--[\w-]+|^tasking \w+( \w+)?")


def _lines() -> list[Any]:
    """Every line; those of which no word of the command and no option is new are left to --whole."""
    known: set[str] = set()
    given = []
    for line in sorted(LINES, key=len, reverse=True):
        command = line.split()[1]
        words = {f"{command} {found[0]}" for found in _WORD.finditer(line)}
        given.append(pytest.param(line, marks=() if words - known else pytest.mark.whole, id=line))
        known |= words
    return sorted(given, key=lambda one: str(one.id))


MADE = [(page.name, name) for page in PAGES for name, _ in made_parts(page)]
_LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
MADE_BY_A_RUN = ("tests/differences",)
_OPENS_THE_ROOM = ("open", "demo")


def _nobody(_words: str) -> str:
    raise EOFError


def page(name: str) -> str:
    """The text of a page."""
    return next(path for path in PAGES if path.name == name).read_text(encoding="utf-8")


def named(text: str) -> set[str]:
    """Every word that stands in the first column of a table."""
    return {word for line in text.splitlines() if line.startswith("| `") for word in _words(line.split(" | ")[0])}


def _words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.fixture(scope="module")
def desk(london: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The synthetic London with what the pages name."""
    folder = tmp_path_factory.mktemp("desk")
    path = Path(shutil.copy(london, folder / "london.db"))
    with open_store(path, "tester", lambda: NOW) as store:
        made = furnish(store, folder)
    return prepared(made)


@pytest.mark.parametrize("line", _lines())
@pytest.mark.usefixtures("ring")
def test_every_command_of_the_pages_runs(line: str, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "_prompt", _nobody)
    words = desk.words(line)[1:]
    if words[0] == "demo":
        commands()["demo"].make_context("demo", words[1:])
        return
    done = desk.run(line.removeprefix("tasking "))
    if words[0] in ("encrypt", "rekey") or "--encrypted" in words:
        assert isinstance(done.exception, Problem), done.output  # there is nobody to ask
        return
    if words[0] == "open" and "--help" not in words:
        assert isinstance(done.exception, Problem), done.output
        assert "needs a terminal" in done.exception.sentence
    else:
        assert done.exit_code in (exits.OK, exits.QUARANTINED), f"{done.output} {done.exception}"


@pytest.mark.parametrize(("name", "part"), MADE)
def test_every_made_part_is_what_would_be_made_now(name: str, part: str, desk: Desk) -> None:
    stands = next(text for found, text in made_parts(ROOT / "docs" / name) if found == part)
    assert stands == made(part, desk), "write the pages anew: python -m tests.tui.cli.written"


def test_the_catalogue_of_views_is_what_the_views_say() -> None:
    stands = written.CATALOGUE.read_text(encoding="utf-8")
    assert stands == written.catalogue(), "write it anew: python -m tests.tui.cli.written"


def test_every_command_and_every_json_is_in_the_pages() -> None:
    parts = {part for name, part in MADE if name == "commands.md"}
    printing = {name for name, one in commands().items() if any("--json" in option.opts for option in one.params)}
    assert parts == {*(f"options {name}" for name in commands()), *(f"json {name}" for name in JSON)}
    assert {name.split()[0] for name in JSON} == printing
    assert ("keys.md", "keys") in MADE
    assert ("records-in.md", "profiles") in MADE


def test_every_declared_choice_is_named_where_it_is_explained() -> None:
    methods = page("methods.md")
    assert {*choices.methods(), *choices.cohorts()} <= named(methods)
    assert all(f"`{pool}`" in methods for pool in choices.pools())
    assert all(f"`{profile}`" in page("records-in.md") for profile in choices.profiles())


def test_the_tables_by_hand_name_what_there_is() -> None:
    columns = page("records-in.md").split("## Profile `extract`")[1].split("\n## ")[0]
    assert named(columns) == {*extract.COLUMNS, *extract.OPTIONAL}
    codes = dict(re.findall(r"^\| (\d) \| `(\w+)` \|", page("commands.md"), re.MULTILINE))
    assert codes == {str(getattr(exits, name)): name for name in ("OK", "REFUSED", "USAGE", "QUARANTINED")}
    keys = {written.shown(key) for _, binding in declared() for key in binding.key.split(",")}
    assert named(page("meetings.md").split("## A meeting by its keys")[1].split("\n## ")[0]) <= keys


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.name))
def test_every_link_leads_somewhere(path: Path) -> None:
    links = [link for link in _LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_file_of_the_project_that_a_page_names_is_there(path: Path) -> None:
    files = re.findall(r"`((?:core|db|tui|tests)/[\w/.-]+)`", path.read_text(encoding="utf-8"))
    assert [file for file in files if not (ROOT / file).exists() and file not in MADE_BY_A_RUN] == []


def test_the_readme_is_short_and_holds_the_two_commands_that_set_up() -> None:
    lines = page("README.md").splitlines()
    assert len(lines) <= 150
    assert [line for line in lines if re.fullmatch(r"python3 -m venv .*pytest", line)]
    assert [line for line in lines if re.fullmatch(r"python3 -m venv .*tasking demo", line)]
