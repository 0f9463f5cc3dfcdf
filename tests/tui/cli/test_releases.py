from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.db.made_releases import write_release, write_street
from tui import exits
from tui.main import app

MONTHS = ["202401", "202402", "202403", "202404", "202405"]
W1, W2, W3 = "E05000026", "E05014053", "E05013806"


@pytest.fixture
def tasking(tmp_path: Path) -> Any:
    """Runs a command on one store; gives what it printed."""

    def run(*words: str | Path) -> str:
        env = {"TASKING_STORE": str(tmp_path / "s.db"), "COLUMNS": "200"}
        done = CliRunner().invoke(app, [str(word) for word in words], env=env, catch_exceptions=False)
        assert done.exit_code == exits.OK, done.output
        return done.output

    return run


@pytest.fixture
def filled(tmp_path: Path, tasking: Any) -> Any:
    """A store of two ward files and a street file."""
    first = [("BURGLARY IN A DWELLING", W1, "X", [80, 80, 80, 80, 4]), ("RAPE", W2, "X", [20, 20, 20, 20, 1])]
    second = [("RES BURGLARY OF A HOME", W1, "Aviation Security (SO18)", [80, 81, 80, 80, 80])]
    tasking(
        "import",
        write_release(tmp_path / "a.csv", MONTHS, first),
        write_release(tmp_path / "b.csv", ["202403", "202404", "202405", "202406", "202407"], second),
        write_street(tmp_path / "s.csv", [{}, {"LSOA code": "", "LSOA name": ""}]),
    )
    return tasking


def test_releases_as_json(filled: Any) -> None:
    found = json.loads(filled("releases", "--json"))
    assert [one["release"] for one in found] == ["202403-202407", "202401-202405", "202405-202405-metropolitan"]
    newer, older, street = found
    assert (older["profile"], older["wards"], older["total"]) == ("mps-ward", 2, 405)
    assert older["months"] == ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05"]
    assert [flag["month"] for flag in older["flags"]] == ["2024-05"]
    assert older["flags"][0]["reason"].startswith("a fragment: 5 offences")
    assert newer["flags"] == []
    assert (street["profile"], street["wards"], street["total"], street["antisocial"]) == ("police-uk-street", 0, 0, 2)
    assert (street["without_location"], street["outside_the_areas"], older["without_location"]) == (0, 1, 0)
    printed = filled("releases")
    assert "202401-202405, 2024-05: a fragment: 5 offences" in printed
    assert "1 outside the small areas of England and Wales: counted all the same." in printed
    assert "without a location" not in printed


def test_no_releases(tmp_path: Path, tasking: Any) -> None:
    path = tmp_path / "activity.csv"
    path.write_text("day,bcu,measure,count\n20/11/2026,CE,arrests,4\n")
    tasking("import", path)
    assert "No releases. Import" in tasking("releases")
    assert json.loads(tasking("releases", "--json")) == []


def test_changes_as_json_and_printed(filled: Any) -> None:
    names = ("202401-202405", "202403-202407")
    found = json.loads(filled("wards", "--changes", *names, "--json"))
    assert (found["from"], found["to"], found["months"], found["new"]) == (
        *names, ["2024-03", "2024-04"], ["2024-06", "2024-07"],
    )  # fmt: skip
    assert [(one["release"], one["month"]) for one in found["left_out"]] == [("202401-202405", "2024-05")]
    assert found["entries"] == [
        {
            "ward_code": W1, "ward": "Abbey", "borough": "Barking and Dagenham",
            "before": 160, "after": 161, "revised": 1, "reclassified": 160, "new_months": 160,
        },
        {
            "ward_code": W2, "ward": "Abbey", "borough": "Barking and Dagenham",
            "before": 40, "after": 0, "revised": -40, "reclassified": 0, "new_months": 0, "only_in": "202401-202405",
        },
    ]  # fmt: skip
    assert found["totals"] == {"before": 200, "after": 161, "revised": -39, "reclassified": 160, "new_months": 160}
    printed = filled("wards", "--changes", *names)
    assert "Left out: 2024-05 of 202401-202405: a fragment" in printed
    assert "New months, only in 202403-202407: 2024-06 to 2024-07." in printed
    assert "1 ward is in one release only" in printed


def test_one_ward_category_by_category(filled: Any) -> None:
    words = ("wards", "--changes", "202401-202405", "202403-202407", "--ward", W1)
    [entry] = json.loads(filled(*words, "--json"))["entries"]
    assert [(line["category"], line["change"], line["new_months"]) for line in entry["categories"]] == [
        ("BURGLARY IN A DWELLING", -160, 0), ("RES BURGLARY OF A HOME", 161, 160),
    ]  # fmt: skip
    assert "RES BURGLARY OF A HOME" in filled(*words)


def test_the_wards_of_a_release_say_what_was_left_out(filled: Any) -> None:
    found = json.loads(filled("wards", "--release", "202401-202405", "--json"))
    assert (found["to"], [flag["month"] for flag in found["left_out"]]) == ("2024-04", ["2024-05"])
    assert "Left out: 2024-05: a fragment: 5 offences" in filled("wards", "--release", "202401-202405")
    named = filled("wards", "--release", "202401-202405", "--from", "2024-05", "--to", "2024-05")
    assert "Asked for by name and taken in: 2024-05: a fragment" in named
    assert f"{W1} Abbey is published under Aviation Security (SO18)" in filled("wards")


def test_what_has_no_ward_is_shown_without_a_rank(filled: Any) -> None:
    keys = ("rank", "ward_code", "ward", "borough", "antisocial")
    found = json.loads(filled("wards", "--release", "202405", "--json"))
    assert [tuple(one[key] for key in keys) for one in found["entries"]] == [
        (None, "", "no ward known", "", 1), (None, "", "no ward known", "Camden", 1),
    ]  # fmt: skip
    assert "2 of 2 incidents (100.0%) have no ward" in filled("wards", "--release", "202405")


@pytest.fixture
def open_ranks(tmp_path: Path, tasking: Any) -> Any:
    """Nine of violence with injury weigh 954.9 to 2,084.4 days, four robberies 1,460, ten shop thefts 10."""
    rows = [
        (name, code, "X", [0, 0, 0, 0, many])
        for name, code, many in (
            ("VIOLENCE WITH INJURY", W1, 9), ("ROBBERY OF PERSONAL PROPERTY", W2, 4), ("SHOPLIFTING", W3, 10),
        )
    ]  # fmt: skip
    tasking("import", write_release(tmp_path / "o.csv", MONTHS, rows))
    return tasking


def test_ranks_say_between_which_the_weights_leave_them(open_ranks: Any) -> None:
    found = {one["ward_code"]: one for one in json.loads(open_ranks("wards", "--json"))["entries"]}
    assert {code: (one["rank_best"], one["rank"], one["rank_worst"]) for code, one in found.items()} == {
        W1: (1, 1, 2), W2: (1, 2, 2), W3: (3, 3, 3),
    }  # fmt: skip
    assert {code: (one["harm"], one["harm_estimated"]) for code, one in found.items()} == {
        W1: (1474.2, 1474.2), W2: (1460, 0), W3: (10, 0),
    }  # fmt: skip
    head, *lines = (line for line in open_ranks("wards").splitlines() if line.strip())
    at = head.split().index("between")
    assert head.split()[:3] == ["rank", "between", "code"]
    assert [line.split()[at] for line in lines if " E05" in line] == ["1-2", "1-2", "sure"]
    assert "Between: the ranks that low and high weights leave open; 2 of 3 ranks are not settled." in " ".join(lines)


@pytest.mark.parametrize("words", [("--category", "robbery"), ("--by", "count"), ("--by", "rate")])
def test_only_a_ranking_by_all_harm_has_ranks_between(open_ranks: Any, words: tuple[str, ...]) -> None:
    entries = json.loads(open_ranks("wards", *words, "--json"))["entries"]
    assert entries
    assert {(one["rank_best"], one["rank_worst"]) for one in entries} == {(None, None)}
    printed = open_ranks("wards", *words)
    assert "between" not in printed.casefold()


def test_doubtful_categories_open_ranks_only_where_they_are_taken_in(tmp_path: Path, tasking: Any) -> None:
    rows = [
        ("MISC CRIMES AGAINST SOCIETY", W1, "X", [0, 0, 0, 0, 10]),
        ("ROBBERY OF PERSONAL PROPERTY", W2, "X", [0, 0, 0, 0, 1]),
    ]
    tasking("import", write_release(tmp_path / "d.csv", MONTHS, rows))
    without, taken = (json.loads(tasking("wards", "--json", *more))["entries"] for more in ((), ("--doubtful",)))
    assert [(one["ward_code"], one["rank_best"], one["rank_worst"]) for one in without] == [(W2, 1, 1), (W1, 2, 2)]
    assert {(one["rank_best"], one["rank_worst"]) for one in taken} == {(1, 2)}
