"""``tasking stops`` and ``tasking lfr``: what is printed, and what is refused in which words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.errors import Problem
from tests.hostile import TEXTS
from tui import exits
from tui.main import app

STOPS = "Type,Date,Latitude,Longitude,Self-defined ethnicity,Officer-defined ethnicity,Object of search,Outcome\n"
LFR = "date,borough,deployment,watchlist_size,faces_seen,total_alerts,false_alerts_confirmed,arrests\n"
OCTOBER = ("--from", "2026-10-01", "--to", "2026-10-31")
Tasking = Callable[..., Any]


@pytest.fixture
def tasking(tmp_path: Path) -> Tasking:
    """Runs a command on one store; gives what became of it."""

    def run(*words: str | Path, wide: int = 200) -> Any:
        env = {"TASKING_STORE": str(tmp_path / "s.db"), "COLUMNS": str(wide)}
        return CliRunner().invoke(app, [str(word) for word in words], env=env)

    return run


@pytest.fixture
def filled(tasking: Tasking, tmp_path: Path) -> Tasking:
    """October 2026 of one force, three stops, two of them alike; three deployments."""
    stop = "Person search,2026-10-0{0}T12:00:00+00:00,51.5,-0.1,,White,Offensive weapons,{1}\n"
    blank = "Vehicle search,2026-10-04,,,,,,\n"
    path = tmp_path / "2026-10-metropolitan-stop-and-search.csv"
    path.write_text(STOPS + stop.format(2, "Arrest") * 2 + blank, encoding="utf-8")
    lfr = tmp_path / "lfr.csv"
    rows = "2026-10-02,Croydon,Example Road,1,1000,4,1,2\n2026-10-03,Brent,Lane,1,3000,0,0,\n2026-10-05,,,1,,,,\n"
    lfr.write_text(LFR + rows, encoding="utf-8")
    done = tasking("import", path, lfr)
    assert done.exit_code == exits.OK, done.output
    return tasking


def _json(tasking: Tasking, *words: str) -> dict[str, Any]:
    done = tasking(*words, "--json")
    assert done.exit_code == exits.OK, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_stops_by_day_have_an_entry_for_every_day(filled: Tasking) -> None:
    found = _json(filled, "stops", "--from", "01/10/2026", "--to", "2026-10-31")
    assert (found["from"], found["to"], found["by"]) == ("2026-10-01", "2026-10-31", "day")
    assert [entry["key"] for entry in found["entries"]] == [f"2026-10-{day:02d}" for day in range(1, 32)]
    assert found["entries"][1] == {"key": "2026-10-02", "stops": 2, "arrests": 2, "positive_outcomes": 2}
    assert found["entries"][2] == {"key": "2026-10-03", "stops": 0, "arrests": 0, "positive_outcomes": 0}
    assert (found["duplicates"], found["without_place"]) == (1, 1)
    assert found["held"] == [{"force": "metropolitan", "from": "2026-10-01", "to": "2026-10-31"}]


def test_days_of_no_file_are_unknown(filled: Tasking) -> None:
    words = ("stops", "--from", "2026-09-30", "--to", "2026-10-02")
    found = _json(filled, *words)
    assert found["entries"][0] == {"key": "2026-09-30", "stops": 0, "arrests": 0, "positive_outcomes": 0}
    assert found["days_not_held"] == ["2026-09-30"]
    assert _json(filled, *words, "--by", "object")["days_not_held"] == ["2026-09-30"]
    assert _json(filled, "stops", *OCTOBER)["days_not_held"] == []
    printed = filled(*words).stdout
    assert "2026-09-30       ?" in printed
    assert "No file that is held covers 30/09/2026 (1 day): unknown, not nought." in printed
    assert "No file" not in filled("stops", *OCTOBER).stdout
    many = filled("stops", "--from", "2026-09-28", "--to", "2026-11-02", "--by", "object").stdout
    assert "covers 28/09/2026 to 30/09/2026; 01/11/2026 to 02/11/2026 (5 days): unknown, not nought." in many


def test_stops_of_a_day_that_only_the_file_of_another_month_tells(tasking: Tasking, tmp_path: Path) -> None:
    path = tmp_path / "2026-06-kent-stop-and-search.csv"
    path.write_text(STOPS + "Person search,2026-06-30T23:30:00+00:00,,,,,,Arrest\n", encoding="utf-8")
    tasking("import", path)
    found = _json(tasking, "stops", "--from", "2026-06-30", "--to", "2026-07-02")
    assert [entry["stops"] for entry in found["entries"]] == [0, 1, 0]
    assert found["days_not_held"] == ["2026-07-01", "2026-07-02"]
    printed = tasking("stops", "--from", "2026-06-30", "--to", "2026-07-02").stdout
    assert "Files of other months hold some stops of 01/07/2026: counted, and not the whole day." in printed


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("borough", {"not known": 3}),
        ("self-defined", {"not stated": 3}),
        ("officer-defined", {"White": 2, "not stated": 1}),
        ("outcome", {"Arrest": 2, "not stated": 1}),
        ("object", {"Offensive weapons": 2, "not stated": 1}),
    ],
)
def test_stops_by_what_is_asked_for(filled: Tasking, by: str, keys: dict[str, int]) -> None:
    found = _json(filled, "stops", *OCTOBER, "--by", by)
    assert {entry["key"]: entry["stops"] for entry in found["entries"]} == keys
    assert (found["by"], found["duplicates"], found["without_place"]) == (by, 1, 1)


def test_what_is_left_open_is_said_under_the_table(filled: Tasking) -> None:
    printed = filled("stops", *OCTOBER, "--by", "object").stdout
    head = next(line for line in printed.splitlines() if "stops" in line)
    assert " ".join(head.split()) == "object of search stops arrests arrest rate positive outcomes positive rate"
    assert "Offensive weapons       2         2        100.0%" in printed
    assert "3 stops from 01/10/2026 to 31/10/2026: 2 arrests, 2 positive outcomes (arrests among them)." in printed
    assert "1 stop repeats another in every column: counted" in printed
    assert "1 stop has no coordinates: counted, in no borough." in printed
    assert "Held: metropolitan 01/10/2026 to 31/10/2026." in printed


def test_stops_are_no_part_of_the_daily_returns(filled: Tasking) -> None:
    found = _json(filled, "activity", "--as-of", "2026-10-03")
    assert all(not measure["total"]["known"] for measure in found["measures"])


def test_deployments(filled: Tasking) -> None:
    found = _json(filled, "lfr", *OCTOBER)
    assert found["entries"] == [
        {"day": "2026-10-02", "borough": "Croydon", "faces": 1000, "alerts": 4, "false_alerts": 1, "arrests": 2},
        {"day": "2026-10-03", "borough": "Brent", "faces": 3000, "alerts": 0, "false_alerts": 0, "arrests": None},
        {"day": "2026-10-05", "borough": None, "faces": None, "alerts": None, "false_alerts": None, "arrests": None},
    ]
    assert found["unknown"] == 6
    assert found["false_alerts_of_faces"] == {"false_alerts": 1, "of": 4000, "deployments": 2, "share": 0.00025}
    assert found["false_alerts_of_alerts"] == {"false_alerts": 1, "of": 4, "deployments": 2, "share": 0.25}
    printed = filled("lfr", *OCTOBER).stdout
    rows = [line.split() for line in printed.splitlines() if line.startswith(" 0")]
    assert rows[1] == ["03/10/2026", "Brent", "Lane", "3,000", "0", "0", "0.0000%", "-", "?"]
    assert rows[2] == ["05/10/2026", *"????????"]
    assert "False alerts: 1 over 2 of 3." in printed
    assert "False alerts against faces seen: 0.0250% (1 of 4,000) over the 2 of 3 that tell both." in printed
    assert "6 cells are blank" in printed


def test_rates_of_which_nothing_is_known_are_not_nought(filled: Tasking) -> None:
    printed = filled("lfr", "--from", "2026-10-05", "--to", "2026-10-05").stdout
    assert "False alerts against alerts: not known of any." in printed
    assert "Faces seen: not known of any." in printed


@pytest.mark.parametrize("command", ["stops", "lfr"])
@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (("--from", "2026-10-02", "--to", "2026-10-01"), "--from 02/10/2026 is after --to 01/10/2026. Swap them."),
        (("--from", "2025-10-02", "--to", "2025-10-03"), "from 02/10/2025 to 03/10/2025; "),
    ],
)
def test_days_that_cannot_be_told_of_are_a_sentence(
    filled: Tasking, command: str, days: tuple[str, ...], sentence: str
) -> None:
    done = filled(command, *days)
    assert isinstance(done.exception, Problem)
    assert sentence in done.exception.sentence


@pytest.mark.parametrize(
    "words",
    [
        ("stops",), ("lfr", "--from", "2026-10-01"), ("stops", *OCTOBER, "--by", "ward"),
        ("stops", *OCTOBER, "--as-of", "soon"), ("lfr", "--from", "soon", "--to", "2026-10-01"),
    ],
)  # fmt: skip
def test_words_that_are_none_are_a_usage_error(filled: Tasking, words: tuple[str, ...]) -> None:
    assert filled(*words).exit_code == exits.USAGE


def test_as_of_a_day_before_the_import_nothing_was_held(filled: Tasking) -> None:
    done = filled("stops", *OCTOBER, "--as-of", "2026-01-01")
    assert isinstance(done.exception, Problem)
    assert "as it was on 01/01/2026 holds no stops" in done.exception.sentence


def test_hostile_cells_are_printed_as_plain_text(tasking: Tasking, tmp_path: Path) -> None:
    cells = ['"' + text.replace('"', '""') + '"' for text in TEXTS[:-2] if "\x00" not in text]
    path, lfr = tmp_path / "2026-10-\x1b[31m-stop-and-search.csv", tmp_path / "lfr.csv"
    rows = (f"Person search,2026-10-02,{cell},{cell},{cell},{cell},{cell},{cell}\r\n" for cell in cells)
    path.write_text(STOPS + "".join(rows), encoding="utf-8", newline="")
    deployed = (f"2026-10-02,{cell},{cell},1,1,1,1,1\r\n" for cell in cells)
    lfr.write_text(LFR + "".join(deployed), encoding="utf-8", newline="")
    tasking("import", path, lfr)
    printed = [tasking("stops", *OCTOBER, "--by", by).stdout for by in ("object", "outcome", "self-defined", "borough")]
    printed.append(tasking("lfr", *OCTOBER).stdout)
    assert all("2026" in text for text in printed)
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\r", "\x08"} & set("".join(printed))
