"""Every option of every command, by the declarations: a senseless value is refused in one sentence, or a flag acts.

An option that is new is in none of these tables, so it fails here until it is shown to hold or to be refused.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.geography import bcus
from core.scope import scope_of
from tests.conftest import ROW, WriteExtract
from tests.tui.cli.written import commands
from tui import exits
from tui.main import app

NEEDED = {
    "addendum": "1 --what text --why text", "backtest": "--of people", "completion": "bash",
    "explain": "NOBODY", "import": "none.csv",
    "lfr": "--from 2026-11-01 --to 2026-11-20", "minutes": "1",
    "stops": "--from 2026-11-01 --to 2026-11-20", "users": "list", "ward": "E05013806", "withdraw": "1",
}  # fmt: skip
"""The arguments that a command cannot be without."""
SENSELESS = {
    "--about": "NOBODY", "--among": "moon", "--as-of": "yesterday", "--bands": "none.toml", "--batch": "999999",
    "--by": "whim",
    "--cap": "-1", "--category": "wizardry", "--changes": "A B", "--cohort": "gang", "--compare": "none.toml",
    "--decided": "someday", "--due": "someday", "--expect-by": "someday", "--edit": "E05013806",
    "--edition": "none", "--export": "/dev/null/x.csv", "--floor": "-1", "--from": "never",
    "--historic": "ignore", "--meeting": "999999", "--method": "best", "--min-crimes": "0", "--model": "none.toml",
    "--owner": "Nobody at all", "--person": "NOBODY", "--places": "-1", "--pool": "gangs", "--priority": "urgent",
    "--profile": "nonsense", "--release": "1999", "--result": "done",
    "--run": "999999", "--since": "yesterday", "--scope": "moon", "--sitting": "999999",
    "--source": "hearsay", "--split": "middle", "--status": "on_the_moon",
    "--against": "1999", "--days": "0", "--first": "none", "--of": "dogs", "--picture": "/dev/null/x.svg",
    "--store": "/dev/null/x.db", "--to": "/dev/null/x", "--template": "none", "--text": "", "--top": "none",
    "--total": "-1",
    "--key-fd": "x",
    "--role": "king", "--on": "never", "--month": "someday", "--view": "moon", "--ward": "E0", "--wards": "0",
    "--week": "someday", "--weeks": "0", "--weights": "none.toml", "--what": "", "--why": "", "--window": "0",
}  # fmt: skip
"""A value that each option must refuse, in every command that takes it."""
ANY_WORDS = {
    ("actions", "--by"), ("actions", "--evidence"), ("actions", "--partner"), ("actions", "--expect"),
    ("actions", "--words"), ("addendum", "--by"), ("open", "--chair"), ("users", "--name"), ("log", "--user"),
    ("log", "--person"), ("minutes", "--recipient"), ("letter", "--recipient"), ("quarantine", "--recipient"),
    ("backup", "--recipient"), ("backtest", "--recipient"),
}  # fmt: skip
"""Options that are a name or words: any are taken, and kept beside what is done."""
FLAGS = {
    ("actions", "--overdue"): "",
    ("demo", "--open"): "opens a screen", ("demo", "--projector"): "opens a screen",
    ("open", "--projector"): "opens a screen",
    ("init", "--encrypted"): "", ("init", "--keyring"): "", ("encrypt", "--keyring"): "", ("rekey", "--keyring"): "",
    ("import", "--dry-run"): "", ("import", "--take-repeats"): "", ("minutes", "--report"): "",
    ("officers", "--keep"): "", ("priority", "--keep"): "", ("officers", "--doubtful"): "",
    ("priority", "--doubtful"): "", ("releases", "--all"): "", ("wards", "--doubtful"): "", ("verify", "--sign"): "",
}  # fmt: skip
"""Switches, each with a test below that shows what it does; those of a screen and of a passphrase have tests there."""
ALONE = {
    "demo --no-open --projector": "goes with --open",
    "init --keyring": "goes with --encrypted",
    "minutes 1 --report --to x": "give one of the two",
    "quarantine --export x.csv --json": "give one of the two",
    "backtest --of wards --days 9": "goes with --of people",
    "backtest --of people --against A": "goes with --of wards",
    "backtest --of wards --release A": "is missing: give all four",
    "priority --keep": "goes with --weights FILE",
    "priority --keep --weights a.toml --compare b.toml": "without --compare",
    "wards --ward E05013806": "goes with --changes",
    "wards --changes A B --top 3": "only --ward goes with it",
    "wards --changes A B --by rate": "only --ward goes with it",
    "wards --changes A B --doubtful": "only --ward goes with it",
    "wards --changes A B --category RAPE": "only --ward goes with it",
    "rank --bands none.toml": "goes with a method of bands",
    "explain P1 --bands none.toml": "goes with a method of bands",
    "rank --compare v100,css --bands none.toml": "neither 'v100' nor 'css' has any",
    "explain P1 --compare v100,css --bands none.toml": "neither 'v100' nor 'css' has any",
    "rank --places 3": "goes with --compare",
    "explain P1 --places 3": "goes with --compare",
    "rank --compare rfg,rfh --method css": "give one of the two",
    "explain P1 --compare rfg,rfh --method css": "give one of the two",
    "rank --method css --edition CCHI-2020": "an edition of CCHI, and 'css' weighs by CSS",
    "explain P1 --method css --edition CCHI-2020": "an edition of CCHI, and 'css' weighs by CSS",
    "stability --method css --edition CCHI-2020": "an edition of CCHI, and 'css' weighs by CSS",
    "rank --compare rfg,rfh --edition CSS-2021": "an edition of CSS, and 'rfg' and 'rfh' weigh by CCHI",
    "rank --edition CCHI-2020 --edition CSS-2021": "'CCHI 2020' is not used",
    "explain P1 --edition CCHI-2020 --edition CSS-2021": "'CCHI 2020' is not used",
    "stability --edition CCHI-2020 --edition CSS-2021": "'CCHI 2020' is not used",
}
"""Options that hold only with another, or not with it."""
OPTIONS = [
    (name, option.opts[0], bool(getattr(option, "is_flag", False)))
    for name, command in commands().items()
    for option in command.params
    if option.param_type_name == "option" and option.name not in ("help", "as_json", "json")
]


class Desk:
    """Runs commands on a store of its own."""

    def __init__(self, store: Path) -> None:
        self.store = store

    def run(self, *words: str | Path) -> Any:
        env = {"TASKING_STORE": str(self.store), "COLUMNS": "200"}
        return CliRunner().invoke(app, [str(word) for word in words], env=env)

    def printed(self, *words: str | Path) -> str:
        done = self.run(*words)
        assert done.exit_code == exits.OK, (words, done.output, done.exception)
        return str(done.output)


@pytest.fixture(scope="module")
def desk(london: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk on a copy of the synthetic London for all tests that change nothing."""
    return Desk(Path(shutil.copy(london, tmp_path_factory.mktemp("options") / "london.db")))


def test_every_option_is_tried() -> None:
    tried = {(name, option) for name, option, flag in OPTIONS if not flag and option in SENSELESS}
    assert {(name, option) for name, option, _ in OPTIONS} == tried | ANY_WORDS | set(FLAGS)


@pytest.mark.parametrize(("name", "option"), [(name, option) for name, option, flag in OPTIONS if not flag])
def test_a_senseless_value_is_refused_in_one_sentence(name: str, option: str, desk: Desk) -> None:
    if (name, option) in ANY_WORDS:
        return
    value = SENSELESS[option]
    words = NEEDED.get(name, "").split()
    if option in words:
        at = words.index(option)
        words = [*words[:at], *words[at + 2 :]]
    given = value.split() if option == "--changes" else [value]
    done = desk.run(name, *words, option, *given)
    assert done.exit_code in (exits.REFUSED, exits.USAGE)
    said = str(getattr(done.exception, "sentence", "")) or done.output.strip().splitlines()[-1]
    assert len(said) > len("Error")
    assert "Traceback" not in done.output


@pytest.mark.parametrize("line", ALONE)
def test_what_holds_only_with_another_option_says_so(line: str, desk: Desk) -> None:
    done = desk.run(*line.split())
    assert done.exit_code == exits.USAGE
    assert ALONE[line] in done.output


@pytest.mark.parametrize(
    "name", [name for name, command in commands().items() if any("--json" in option.opts for option in command.params)]
)
def test_json_is_json(name: str, desk: Desk, write_extract: WriteExtract) -> None:
    needed: dict[str, list[str | Path]] = {"explain": ["NOBODY"], "import": [write_extract([{}]), "--dry-run"]}
    words = needed.get(name) or NEEDED.get(name, "").split()
    done = desk.run(name, *words, "--json")
    if done.exit_code == exits.OK:
        json.loads(done.output)
    else:
        assert getattr(done.exception, "sentence", "")


@pytest.mark.parametrize("name", ["wards", "priority", "officers"])
def test_doubtful_categories_are_taken_in(name: str, desk: Desk) -> None:
    assert desk.printed(name, "--json") != desk.printed(name, "--doubtful", "--json")


def test_a_scope_prints_its_own_with_the_ranks_and_posts_of_the_force(desk: Desk) -> None:
    held = scope_of("CN").boroughs
    for name, *more in (("priority", "--top", "all"), ("officers", "--among", "all")):
        whole, part = (json.loads(desk.printed(name, *more, *of, "--json")) for of in ((), ("--scope", "cn")))
        assert (whole["scope"], part["scope"]) == ("force", "CN")
        assert part["entries"] == [one for one in whole["entries"] if one["borough"] in held] != []
        assert "Of CN (Central North): " in desk.printed(name, *more, "--scope", "CN")


def test_the_cohorts_of_the_bcus_are_parts_of_that_of_the_force(desk: Desk) -> None:
    asked = ("cohorts", "--cohort", "v100", "--as-of", "2026-11-21")
    whole = {one["person"] for one in json.loads(desk.printed(*asked, "--json"))["qualifying"]}
    parts = [json.loads(desk.printed(*asked, "--scope", bcu, "--json")) for bcu in bcus()]
    assert [one["scope"] for one in parts] == [*bcus()]
    people = [one["person"] for part in parts for one in part["qualifying"]]
    assert sorted(people) == sorted(whole)
    assert "Of NW (North West): by home, else by the latest report." in desk.printed(*asked, "--scope", "NW")


def test_a_dry_run_keeps_nothing_and_repeats_are_taken_where_that_is_said(
    tmp_path: Path, write_extract: WriteExtract
) -> None:
    desk = Desk(tmp_path / "own.db")
    held: list[dict[str, str]] = [{"crime_ref": "1"}, {"crime_ref": "2", "ward_code": "E05009368"}]
    desk.printed("import", write_extract(held, "a.csv"))
    again = write_extract([{**row, "crime_ref": f"9{row['crime_ref']}"} for row in held], "b.csv")
    refused = desk.run("import", again)
    assert (refused.exit_code, "2 of 2 new rows repeat" in refused.output + refused.stderr) == (exits.REFUSED, True)
    assert "dry run, nothing kept" in desk.printed("import", again, "--take-repeats", "--dry-run")
    assert len(json.loads(desk.printed("batches", "--json"))) == 1
    assert "2 taken" in desk.printed("import", again, "--take-repeats")
    kept = json.loads(desk.printed("batches", "--json"))[1]
    assert kept["notes"][0] == (
        "2 of 2 new rows repeat reports held under another reference; taken all the same, as was asked for."
    )
    assert kept["notes"][0] in desk.printed("batches")
    two = desk.printed("import", write_extract([{**ROW, "crime_ref": "8", "person_ref": "P2"}] * 2, "c.csv"))
    assert "1 row repeats another of this file" in two


def test_the_report_is_printed_in_place_of_the_minutes(desk: Desk) -> None:
    sealed = next(str(one["meeting"]) for one in json.loads(desk.printed("meetings", "--json")) if one["sealed_at"])
    assert desk.printed("minutes", sealed) != desk.printed("minutes", sealed, "--report")


def test_every_file_of_a_release_is_listed_where_that_is_asked(desk: Desk) -> None:
    [of_months, each] = (json.loads(desk.printed("releases", *more, "--json")) for more in ((), ("--all",)))
    assert len(each) >= len(of_months) > 0


def test_a_plan_of_officers_is_kept(desk: Desk, tmp_path: Path) -> None:
    own = Desk(Path(shutil.copy(desk.store, tmp_path / "own.db")))
    assert "nothing is stored" in own.printed("officers")
    assert "Kept: this placement is in force" in own.printed("officers", "--keep")


def test_a_status_that_no_one_has_is_not_dropped_beside_one_that_someone_has(desk: Desk) -> None:
    done = desk.run("rank", "--status", "at large", "--status", "on the moon")
    said = str(getattr(done.exception, "sentence", ""))
    assert "No one has the status 'on the moon'. There are: abroad, at large" in said


def test_a_row_of_the_quarantine_starts_no_formula_where_semicolons_part_cells(
    tmp_path: Path, write_extract: WriteExtract
) -> None:
    desk = Desk(tmp_path / "own.db")
    bad = {"reported_on": "never", "surname": "x;=1+1", "forenames": "y; @SUM(A1)", "status": "=1"}
    assert desk.run("import", write_extract([bad])).exit_code == exits.QUARANTINED
    desk.printed("quarantine", "--export", tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert ("x;'=1+1" in text, "y;' @SUM(A1)" in text, "'=1," in text) == (True, True, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("officers --total -5", "'--total': too small; write 0 or more"),
        ("quarantine --batch x", "'--batch': no whole number; write one in digits, as 12"),
        ("withdraw x", "'BATCH': no whole number; write one in digits, as 12"),
    ],
)
def test_what_is_no_number_is_refused_in_our_words(words: str, said: str) -> None:
    done = CliRunner().invoke(app, words.split())
    assert done.exit_code == exits.USAGE
    assert said in done.output
