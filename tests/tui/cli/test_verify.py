"""``tasking verify`` says what it covers; a damaged store is a sentence in every command."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.errors import Damaged
from db.anchored import against
from db.store import Store, open_store
from db.store.verify import verify
from tests.conftest import WriteExtract
from tests.rings import Ring, forget
from tests.tui.cli.printed import kept_store
from tests.tui.cli.written import commands
from tests.tui.test_damaged import spoil
from tui import exits
from tui.cli import verify as checking
from tui.main import app

STORES = Path(__file__).resolve().parents[2] / "stores"
DAYS = ["--from", "2026-10-01", "--to", "2026-10-31"]
WITHOUT_A_STORE = {"demo", "open", "keys", "completion", "init", "encrypt", "rekey"}


def test_it_says_what_is_covered_and_what_is_not(city: Store) -> None:
    done = CliRunner().invoke(app, ["verify", "--store", str(city.path)])
    assert done.exit_code == exits.OK
    assert "Sound: SQLite's own check of the file, " in done.stdout
    assert "The head of the journal is not signed with a key outside the store" in done.stdout
    found = json.loads(CliRunner().invoke(app, ["verify", "--json", "--store", str(city.path)]).stdout)
    assert found["sound"]
    assert found["covered"] > 100
    assert found["not_covered"] == {}


def test_on_a_terminal_it_says_what_is_checked_and_how_far_it_is(city: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[str, float | None]] = []

    class Bar:
        def add_task(self, _words: str, **_given: object) -> int:
            return 0

        def update(self, _task: int, description: str, total: float | None, completed: float) -> None:
            drawn.append((description, None if total is None else completed / total))

    monkeypatch.setattr(checking, "bar_of", lambda *_: nullcontext(Bar()))
    assert CliRunner().invoke(app, ["verify", "--store", str(city.path)]).exit_code == exits.OK
    assert drawn == [], "nothing in a pipe"
    monkeypatch.setattr(checking, "draws_bars", lambda: True)
    assert CliRunner().invoke(app, ["verify", "--store", str(city.path)]).exit_code == exits.OK
    parts = list(dict.fromkeys(words for words, _ in drawn))
    assert parts == [
        f"Checking: {part}"
        for part in (
            "the file itself", "what files brought", "the journal", "what rankings keep", "what commands wrote",
            "sealed papers",
        )
    ]  # fmt: skip
    shares = [share for words, share in drawn if share is not None and words.endswith("brought")]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len(shares) > 10


def test_a_damaged_file_is_said_to_be_so(city: Store) -> None:
    city.close()
    spoil(city.path)
    done = CliRunner().invoke(app, ["verify", "--json", "--store", str(city.path)])
    assert isinstance(done.exception, Damaged) or done.exit_code == exits.REFUSED


@pytest.fixture
def spoiled(city: Store) -> Path:
    """A store of which nothing can be read but what tables it has."""
    city.close()
    spoil(city.path)
    return city.path


def test_every_command_has_a_sentence_for_a_damaged_store(spoiled: Path, write_extract: WriteExtract) -> None:
    words = {
        "import": [str(write_extract([{}]))],
        "backtest": ["--of", "people"],
        "restore": [str(spoiled.with_name("copy.db"))],
        "withdraw": ["1"],
        "explain": ["P1"],
        "minutes": ["1"],
        "addendum": ["1", "--what", "Six officers", "--why", "eight were read out"],
        "stops": DAYS,
        "ward": ["E05013806"],
        "lfr": DAYS,
    }
    shutil.copy(spoiled, spoiled.with_name("copy.db"))
    for name in commands().keys() - WITHOUT_A_STORE:
        done = CliRunner().invoke(app, [name, *words.get(name, []), "--store", str(spoiled)])
        assert isinstance(done.exception, Damaged), (name, done.output, done.exception)
        assert done.exception.sentence.endswith("restore the latest copy: tasking restore FILE.")


def test_a_store_is_held_to_a_sealed_paper(tmp_path: Path) -> None:
    store, paper = kept_store(tmp_path / "tasking.db"), tmp_path / "minutes.html"
    shutil.copy(STORES / "0011-minutes.html", paper)

    def run(*words: str) -> Any:
        return CliRunner().invoke(app, ["verify", "--store", str(store), "--against", str(paper), *words])

    assert "Held to minutes.html: entry " in run().stdout
    said = json.loads(run("--json").stdout)["against"]
    assert (set(said), said["edited"]) == ({"entry", "hash", "edited"}, None)
    for statement, fault in (
        ("DELETE FROM journal WHERE id >= :entry", "its end is cut off"),
        ("UPDATE journal SET hash = 'x' WHERE id = :entry", "the journal was made anew"),
    ):
        with closing(sqlite3.connect(store)) as past_the_program, past_the_program:
            past_the_program.execute("DROP TRIGGER IF EXISTS journal_no_delete")
            past_the_program.execute("DROP TRIGGER IF EXISTS journal_no_update")
            past_the_program.execute(statement, {"entry": said["entry"]})
        with open_store(store, "tester") as opened:
            assert fault in str(against(opened, paper.read_text(encoding="utf-8"), "minutes.html")[1])
        kept_store(store)
    paper.write_text(f"Journal at entry 3, {'0' * 64}.", encoding="utf-8")
    assert "is a paper of another store" in str(run().exception)
    paper.write_text("Minutes", encoding="utf-8")
    assert "names no entry of a journal" in str(run().exception)


def test_an_edited_paper_does_not_pass_for_the_sealed_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = kept_store(tmp_path / "tasking.db")
    number = next(
        str(held["meeting"])
        for held in json.loads(CliRunner().invoke(app, ["meetings", "--json", "--store", str(store)]).stdout)
        if held["seal"]
    )
    papers = tmp_path / "papers"
    add = ["addendum", number, "--what", "The second row", "--why", "A slip", "--store", str(store)]
    write = ["minutes", number, "--to", str(papers), "--recipient", "Me", "--store", str(store)]
    more = [{"The second row": "The third row"}.get(word, word) for word in add]
    for words in (write, add, more, write):
        assert CliRunner().invoke(app, words, catch_exceptions=False).exit_code == exits.OK
    with open_store(store, "tester") as opened:  # it stays as it is: its rows are checked once for all papers
        verdict = verify(opened)
    assert verdict.fault is None
    monkeypatch.setattr(checking, "verify", lambda *_: verdict)
    tried = 0
    for paper in sorted(papers.iterdir()):
        text = paper.read_text(encoding="utf-8")
        for changed, where in (
            (text, None),
            (text.replace("\n", "\r\n"), None),
            (text.replace("Chair: ", "Chair: not "), "from "),
            (text.replace("Journal at entry", "As agreed by all. Journal at entry"), "from "),
        ):
            tried += changed != text
            paper.write_text(changed, encoding="utf-8")
            words = ["verify", "--store", str(store), "--against", str(paper)]
            done = CliRunner().invoke(app, words, catch_exceptions=False)
            assert "Held to " in done.stdout
            assert done.exit_code == (exits.OK if where is None else exits.REFUSED), paper.name
            said = "Its words are those that were sealed." if where is None else "the paper was edited"
            assert said in done.stdout
    assert tried == 8 * 3, "minutes and report, Markdown and HTML, before the addenda and after"


def test_it_signs_what_is_sound_and_says_so(city: Store, ring: Ring) -> None:
    signed = CliRunner().invoke(app, ["verify", "--sign", "--store", str(city.path)], catch_exceptions=False)
    assert signed.exit_code == exits.OK
    assert "with a key in this machine's keyring, and is right" in signed.stdout
    assert "not signed" not in signed.stdout
    heads = json.loads(CliRunner().invoke(app, ["verify", "--json", "--store", str(city.path)]).stdout)["heads"]
    assert [(head["of"], head["since"], head["key"]) for head in heads] == [
        ("journal", 0, "keyring"),
        ("viewing", 0, "keyring"),
    ]
    forget(ring)
    other = CliRunner().invoke(app, ["verify", "--store", str(city.path)], catch_exceptions=False)
    assert "with a key that is not here, so that it was not checked" in other.stdout


def test_what_is_not_sound_is_not_signed(city: Store, ring: Ring) -> None:
    city.close()
    with closing(sqlite3.connect(city.path)) as past, past:
        past.execute("UPDATE person_version SET surname = 'X' WHERE id = 1")
    done = CliRunner().invoke(app, ["verify", "--sign", "--store", str(city.path)])
    assert (done.exit_code, ring.kept) == (exits.REFUSED, {})
