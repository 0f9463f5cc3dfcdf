"""``tasking deployments``: the board as JSON and in words, at any moment, in any scope."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.days import london
from db import deployments
from db.deploying import Draft, against, task
from db.store import open_store
from tui import exits
from tui.main import app

HEAD = "unit,base,officers,ward_code,tactic,starts,ends,status\n"
ROWS = "East 1,east,20,E05009367,weapon sweep,21/11/2026 18:00,22/11/2026 02:00,deployed\nEast 2,east,18,,,,,free\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "own.db"
    (tmp_path / "units.csv").write_text(HEAD + ROWS, encoding="utf-8")
    assert _run(path, "import", str(tmp_path / "units.csv")).exit_code == exits.OK
    return path


def _run(store: Path, *words: str) -> Any:
    return CliRunner().invoke(app, words, env={"TASKING_STORE": str(store), "COLUMNS": "200"})


def _json(store: Path, *words: str) -> dict[str, Any]:
    done = _run(store, "deployments", "--json", *words)
    assert done.exit_code == exits.OK, done.output
    found: dict[str, Any] = json.loads(done.output)
    return found


def test_it_has_the_keys_that_are_documented_and_times_in_london_with_their_offset(store: Path) -> None:
    found = _json(store, "--as-of", "2026-11-21T19:00")
    assert found["as_of"] == "2026-11-21T19:00:00+00:00"
    assert found["units"] == [
        {"unit": "East 1", "base": "east", "officers": 20, "state": "out", "deployment": 1},
        {"unit": "East 2", "base": "east", "officers": 18, "state": "free", "deployment": None},
    ]
    assert found["deployments"] == [
        {
            "id": 1, "units": ["East 1"], "ward_code": "E05009367", "tactic": "weapon sweep",
            "starts": "2026-11-21T18:00:00+00:00", "ends": "2026-11-22T02:00:00+00:00", "state": "on",
            "objective": None, "measure": None, "dose": None,
        }
    ]  # fmt: skip
    assert (found["uncovered"], found["clashes"]) == ([], [])


def test_the_moment_and_the_scope_are_what_was_asked(store: Path) -> None:
    states = {
        moment: [one["state"] for one in _json(store, "--as-of", moment)["deployments"]]
        for moment in ("2026-11-21T17:59", "21/11/2026 18:00", "2026-11-22T02:00Z", "2026-11-29", "2026-11-30T12:00")
    }
    assert list(states.values()) == [["planned"], ["on"], ["over"], [], []]
    summer = _json(store, "--as-of", "2026-07-01T12:00+00:00")
    assert summer["as_of"] == "2026-07-01T13:00:00+01:00"
    assert _json(store, "--scope", "hackney", "--as-of", "2026-11-21T19:00")["units"][0]["unit"] == "East 1"
    assert _json(store, "--scope", "NW", "--as-of", "2026-11-21T19:00")["deployments"] == []


AGREED, OPEN = " AND (l.asked = '' OR l.answer = 'agreed')", " AND l.answer <> 'refused'"


def _replay(file: sqlite3.Connection, at: str) -> None:
    """Write what entries until a moment left of units into tables that stand before those of the file."""
    for table in ("deployment", "deployment_record", "deployment_unit"):
        file.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE 0")  # noqa: S608
    entries = file.execute("SELECT changes FROM journal WHERE entered_at <= ? ORDER BY id", (at,)).fetchall()
    for change in (change for (changes,) in entries if '"deployment' in changes for change in json.loads(changes)):
        if change["table"] in ("deployment", "deployment_record", "deployment_unit"):
            file.execute(f"DELETE FROM temp.{change['table']} WHERE id = ?", (change["id"],))  # noqa: S608
            if row := change["after"]:
                names, marks = ", ".join(row), ", ".join("?" * len(row))
                file.execute(f"INSERT INTO temp.{change['table']} ({names}) VALUES ({marks})", tuple(row.values()))  # noqa: S608


def _told(store: Path, now: datetime) -> tuple[dict[str, str], dict[int, str]]:
    """Units and deployments to their states, worked out by another way than the program's from the journal alone."""
    at, since = (f"{moment:%Y-%m-%dT%H:%M:%S}+00:00" for moment in (now, now - timedelta(days=7)))
    kept = "over_at IS NULL OR over_at >= :since"
    state = (
        "CASE WHEN asked AND refused THEN 'cancelled' "
        "WHEN stopped_at <= :at THEN IIF(stopped_at <= starts, 'cancelled', 'over') "
        "WHEN ends <= :at THEN IIF(comes, 'over', 'cancelled') "
        "WHEN starts > :at OR NOT comes THEN 'planned' ELSE 'on' END"
    )
    units = "EXISTS(SELECT 1 FROM deployment_unit l WHERE l.deployment_id = d.id{})"
    each = (  # a deployment, whether any unit of it comes, whether it has units, whether all of them were refused
        f"SELECT d.*, NOT {units.format('')} OR {units.format(AGREED)} AS comes, {units.format('')} AS asked, "  # noqa: S608
        f"NOT {units.format(OPEN)} AS refused FROM deployment_record d WHERE {kept}"
    )
    with closing(sqlite3.connect(store)) as file:
        _replay(file, at)
        found = dict(file.execute(f"SELECT id, {state} FROM ({each})", {"at": at, "since": since}))  # noqa: S608
        busy: dict[str, list[str]] = {name: [] for (name,) in file.execute("SELECT unit FROM deployment")}
        for name, number, waits in file.execute(
            "SELECT u.unit, l.deployment_id, l.asked <> '' AND l.answer = '' FROM deployment_unit l "
            "JOIN deployment u ON u.id = l.unit_id "
            "WHERE l.answer <> 'refused' AND (l.left_at IS NULL OR l.left_at > :at)",
            {"at": at},
        ):
            if found.get(number) in ("on", "planned"):
                busy[name].append("asked-for" if waits else {"on": "out", "planned": "planned"}[found[number]])
    order = ("out", "asked-for", "planned", "free")
    return {name: min([*states, "free"], key=order.index) for name, states in busy.items()}, found


@pytest.mark.parametrize("day", [15, 19, 21])
def test_it_says_what_the_rows_of_the_file_say_by_another_way(demo_store: Path, day: int) -> None:
    seen: set[str] = set()
    for hour in (3, 10, 19):
        now = datetime(2026, 11, day, hour, 7, tzinfo=UTC)
        found = _json(demo_store, "--as-of", now.isoformat())
        units = {one["unit"]: one["state"] for one in found["units"]}
        states = {one["id"]: one["state"] for one in found["deployments"]}
        assert (units, states) == _told(demo_store, now)
        seen |= set(states.values()) | set(units.values())
    assert {"over", "on", "planned", "free", "out"} <= seen


def test_in_words_it_says_who_is_where(store: Path) -> None:
    words = _run(store, "deployments", "--as-of", "2026-11-21T19:00").output
    assert "Units and deployments of the force at 21/11/2026 19:00, as each was first entered:" in words
    assert "2 units, 38 officers." in words
    assert "Brownswood" in words
    assert "elsewhere" not in words
    words = _run(store, "deployments", "--as-of", "2026-11-21T19:00", "--scope", "NW").output
    assert "0 units, 0 officers." in words
    assert "2 units elsewhere: --scope force lists all." in words


def test_what_a_file_leaves_out_is_unknown_and_a_board_before_its_first_file_says_so(
    store: Path, tmp_path: Path
) -> None:
    bare = "South 1,south,9,,,,,deployed\nSouth 2,south,8,E05009367,ANPR,21/11/2026 10:00,,deployed\n"
    (tmp_path / "bare.csv").write_text(HEAD + bare, encoding="utf-8")
    _run(store, "import", str(tmp_path / "bare.csv"))
    words = _run(store, "deployments").output
    assert re.search(r"South 1 +south +9 +out +\? +\? +\? +\? ", words)
    assert re.search(r"South 2 +south +8 +out +Brownswood +ANPR +21/11 10:00 +\? ", words)
    assert "entered" not in words
    before = _run(store, "deployments", "--as-of", "2020-01-01T09:00").output
    assert "01/01/2020 09:00, as each was first entered: nothing had been by then." in before


def test_a_board_after_its_first_file_is_told_by_what_was_entered(demo_store: Path) -> None:
    words = _run(demo_store, "deployments", "--as-of", "2026-11-19T10:00").output
    assert "at 19/11/2026 10:00, by what had been entered by then." in words


def test_a_unit_is_told_until_it_leaves_and_not_until_its_deployment_ends(tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    with open_store(_two_units(tmp_path), "Insp A") as held:
        numbers = [unit.id for unit in deployments.units(held)]
        task(held, Draft(tuple(numbers), "E05009367", "ANPR", now, now + timedelta(hours=8)))
        leaving = Draft((numbers[1],), "E05013496", "ANPR", now + timedelta(hours=3), now + timedelta(hours=5))
        shown = [clash.key for clash in against(held, leaving, now)]
        task(held, leaving, why="called away", accepted=shown)
    words = _run(tmp_path / "two.db", "deployments").output
    ends = [f"{london(now + timedelta(hours=hours)):%d/%m %H:%M}" for hours in (8, 3)]
    assert [line.split("  ")[-1].strip() for line in words.splitlines() if re.match(r" East \d ", line)] == ends


def _two_units(folder: Path) -> Path:
    (folder / "two.csv").write_text(HEAD + "East 1,east,20,,,,,free\nEast 2,east,18,,,,,free\n", encoding="utf-8")
    assert _run(folder / "two.db", "import", str(folder / "two.csv")).exit_code == exits.OK
    return folder / "two.db"
