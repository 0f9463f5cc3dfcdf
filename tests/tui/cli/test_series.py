"""``tasking releases`` and ``tasking wards`` over monthly street-level files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.db.made_releases import write_lookup, write_street
from tui import exits
from tui.main import app

Run = Callable[..., str]
FORCE = {"Reported by": "Vale Police", "LSOA code": "E01099001", "LSOA name": "Vale 001A"}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on a store of three months, one of them twice, with anti-social behaviour."""

    def command(*words: str | Path) -> str:
        env = {"TASKING_STORE": str(tmp_path / "s.db"), "COLUMNS": "200"}
        done = CliRunner().invoke(app, [str(word) for word in words], env=env, catch_exceptions=False)
        assert done.exit_code == exits.OK, done.output
        return done.output

    files = [write_lookup(tmp_path / "l.csv", [["E01099001", "E05099001"]])]
    for name, many in (("2024-01", 4), ("2024-02", 5), ("2024-04", 6), ("2024-01", 7)):
        rows = [{**FORCE, "Month": name, "Crime type": "Burglary"}] * many + [{**FORCE, "Month": name}] * 2
        files.append(write_street(tmp_path / f"{name}-{many}-street.csv", rows))
    assert "A new edition of 2024-01: counted from now on in place of 202401-202401-vale" in command("import", *files)
    return command


def test_a_series_is_one_line_and_its_files_are_listed_by_name(run: Run) -> None:
    printed = run("releases")
    assert "202401-202404-vale: 2024-03 not held, so unknown and not zero." in printed
    assert "202401-202404-vale: 2024-01 is edition 2 of 2 (202401-202401-vale.2)." in printed
    assert printed.rstrip().endswith("lists its files; 'tasking wards --release NAME' ranks from one.")
    assert len([line for line in printed.splitlines() if "police-uk-street" in line]) == 1
    for words in (("releases", "--all"), ("releases", "vale")):
        assert len([line for line in run(*words).splitlines() if "police-uk-street" in line]) == 4
    [one] = json.loads(run("releases", "--json"))
    assert (one["release"], one["from"], one["to"], one["total"], one["antisocial"]) == (
        "202401-202404-vale", "2024-01", "2024-04", 18, 6,
    )  # fmt: skip
    assert one["months"] == ["2024-01", "2024-02", "2024-04"]
    assert (one["unknown_months"], one["without_location"], one["outside_the_areas"]) == (["2024-03"], 0, 0)
    assert one["editions"] == [{"month": "2024-01", "edition": 2, "of": 2, "release": "202401-202401-vale.2"}]
    assert [(file["release"], file["counted"]) for file in one["files"]] == [
        ("202401-202401-vale", []), ("202402-202402-vale", ["2024-02"]), ("202404-202404-vale", ["2024-04"]),
        ("202401-202401-vale.2", ["2024-01"]),
    ]  # fmt: skip
    assert len(json.loads(run("releases", "--all", "--json"))) == 4


def test_wards_say_what_is_held_and_which_edition_counts(run: Run) -> None:
    found = json.loads(run("wards", "--json"))
    assert (found["from"], found["to"], found["months_held"], found["months_asked"]) == ("2024-01", "2024-04", 3, 12)
    assert [edition["edition"] for edition in found["editions"]] == [2]
    assert (found["antisocial"], found["weak_months"], found["violence_without_weight"]) == (6, [], {})
    assert [(one["count"], one["antisocial"]) for one in found["entries"]] == [(18, 6)]
    printed = run("wards", "--from", "2024-01", "--to", "2024-04")
    assert "3 of 4 months held." in printed
    assert "2024-01 is edition 2 of 2 (202401-202401-vale.2)." in printed
    assert "Anti-social behaviour (asb): 6 incidents, no offences and in no rank." in printed
    assert "asb" in printed.splitlines()[1]
    assert json.loads(run("priority", "--json"))["caveats"][0] == "3 of 12 months held"
    assert json.loads(run("officers", "--json"))["caveats"][0] == "3 of 12 months held"
    assert "3 of 12 months held." in run("priority")
    assert "3 of 12 months held." in run("officers")
