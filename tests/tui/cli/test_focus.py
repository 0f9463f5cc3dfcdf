"""``tasking focus`` and ``tasking letter`` on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.focus_model import default
from db import focus
from db.focus_comments import comment
from db.focus_measures import read_measure
from db.store import Store, make_store
from tui import exits
from tui.main import app

MODEL = default()
MONDAY = date(2024, 11, 18).toordinal()
CANONS = "E05013543"
HOSTILE = "x | <b>y</b>\x1b[31m[/red]"


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    """A store at the place where the commands look."""
    made = make_store(tmp_path / "s.db", "tester")
    yield made
    made.close()


@pytest.fixture
def tasking(tmp_path: Path, kept: Store) -> Any:
    def run(*words: str | Path, code: int = exits.OK) -> str:
        env = {"TASKING_STORE": str(tmp_path / "s.db"), "COLUMNS": "240"}
        done = CliRunner().invoke(app, [str(word) for word in words], env=env, catch_exceptions=False)
        assert done.exit_code == code, done.output
        assert "\x1b" not in done.output
        return done.output

    return run


def _worked(store: Store) -> None:
    number = focus.propose(store, MODEL, MONDAY, ward_code=CANONS)
    first, second = focus.week(store, number).items[:2]
    focus.change_item(store, first.id, 10, HOSTILE)
    focus.agree(store, [first.id], by=HOSTILE)
    focus.record(store, first.id, 27, HOSTILE)
    focus.leave_out(store, [second.id], "no premises")
    focus.summarise(store, number, HOSTILE)
    read_measure(store, MODEL.measures[1], MONDAY, 131, "Analyst")
    comment(store, ward_code=CANONS, week_id=number, councillor="Nameofone", words="", nominates="Lane")


def test_a_week_without_a_focus_ward_shows_what_the_rota_gives(tasking: Any, kept: Store) -> None:
    said = tasking("focus", "--week", "2024-11-20")
    assert "Focus ward of the week of 18/11/2024, Harrow: Belmont (E05013542), East" in said
    assert "Proposed by the rota, not stored. East is next in the rota" in said
    assert "Fly-tip FPNs served: nothing known yet; the baseline is 21 a month (open)." in said
    found = json.loads(tasking("focus", "--week", "20/11/2024", "--json"))
    assert (found["week"]["stored"], found["week"]["hours"], found["next"]) == (False, 36, None)
    assert len(found["week"]["items"]) == 8
    assert focus.weeks(kept) == []


def test_a_week_as_json(tasking: Any, kept: Store) -> None:
    _worked(kept)
    found = json.loads(tasking("focus", "--week", "2024-11-24", "--json"))
    week = found["week"]
    assert (found["borough"], found["nominations"]) == ("Harrow", 1)
    assert (week["monday"], week["ward_code"], week["ward"], week["area"]) == ("2024-11-18", CANONS, "Canons", "East")
    assert (week["stored"], week["agreed_by"], week["summary"]) == (True, HOSTILE, HOSTILE)
    assert (week["hours"], week["team_hours"], week["hours_planned"], week["hours_agreed"]) == (36, 72, 42, 15)
    assert week["items"][0] == {
        "option": "fly-tip-enforcement", "words": HOSTILE, "unit": "FPNs", "planned": 10, "hours_each": 1.5,
        "state": "agreed", "done": 27, "result": HOSTILE,
    }  # fmt: skip
    assert [item["state"] for item in week["items"][1:3]] == ["left out", "offered"]
    assert (found["next"]["monday"], found["next"]["area"], found["next"]["stored"]) == ("2024-11-25", "Central", False)


def test_measures_as_they_stood_at_the_end_of_the_week(tasking: Any, kept: Store) -> None:
    _worked(kept)
    read_measure(kept, MODEL.measures[1], MONDAY + 7, 200, "Analyst")
    fpns, hmos = json.loads(tasking("focus", "--week", "2024-11-18", "--json"))["measures"]
    assert (fpns["measure"], fpns["baseline"], fpns["value"], fpns["standing"]) == ("fly-tip-fpns", 21, 27, "better")
    assert fpns["words"] == "27 in November 2024 so far, 6 above the baseline of 21 a month"
    assert fpns["series"] == [{"from": "2024-11-01", "value": 27}]
    assert (hmos["per"], hmos["better"], hmos["series"]) == ("day", "fewer", [{"from": "2024-11-18", "value": 131}])
    later = json.loads(tasking("focus", "--json"))["measures"]
    assert later[1]["value"] == 200


def test_the_table_of_a_week(tasking: Any, kept: Store) -> None:
    _worked(kept)
    said = tasking("focus", "--week", "2024-11-18")
    assert "Focus ward of the week of 18/11/2024, Harrow: Canons (E05013543), East" in said
    assert "Canons was named by hand" in said
    assert "x | <b>y</b>\u241b[31m[/red]" in said
    assert "42 of 36 hours planned; 15 agreed, first by x |" in said
    assert "Open service requests on suspected HMOs: 131 on 18/11/2024, 9 below the baseline of 140 (better)." in said
    assert "Next, week of 25/11/2024: Greenhill (E05013546), Central, 36 hours; not stored." in said
    focus.propose(kept, MODEL, MONDAY + 7)
    assert "Central, 36 hours." in tasking("focus", "--week", "2024-11-18")


def test_the_letter_is_printed_or_written_as_markdown_and_html(tasking: Any, kept: Store, tmp_path: Path) -> None:
    _worked(kept)
    printed = tasking("letter", "--week", "2024-11-21")
    assert printed.startswith("# Focus ward of the week: Greenhill, Harrow\n")
    assert "27 FPNs" in printed
    said = tasking("letter", "--week", "2024-11-21", "--to", tmp_path / "out")
    written = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in written] == ["2024-11-18-focus-ward-letter.html", "2024-11-18-focus-ward-letter.md"]
    assert all(f"Written: {file}" in said for file in written)
    assert "read the letter before it goes out" in said
    page, text = (file.read_text(encoding="utf-8") for file in written)
    assert text == printed
    assert "<title>Focus ward of the week: Greenhill, Harrow</title>" in page
    assert "&lt;b&gt;y&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "<td>27 FPNs</td>" in page
    for document in (page, text):
        assert not any(name in document for name in ("Nameofone", "Lane", "Analyst", "OFFICIAL"))


@pytest.mark.parametrize("command", ["focus", "letter"])
@pytest.mark.parametrize("week", ["next", "31/02/2026", "1066-10-14"])
def test_a_week_that_is_no_date_is_a_usage_error(tasking: Any, command: str, week: str) -> None:
    assert week in tasking(command, "--week", week, code=exits.USAGE)


def test_a_model_beside_the_store_is_used(tasking: Any, tmp_path: Path) -> None:
    text = (files("core") / "data" / "focus.toml").read_text(encoding="utf-8")
    (tmp_path / "focus.toml").write_text(text.replace('"Harrow"', '"Elsewhere"'))
    assert "Elsewhere: Belmont" in tasking("focus", "--week", "2024-11-18")
