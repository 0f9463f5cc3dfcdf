"""``tasking priority`` on the command line: the JSON that is documented, and the tables beside it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.composite_weights import default
from core.errors import NotFound, Refused
from db.priority_wards import Proposal, adopt
from db.store import open_store
from tests.db.made_releases import write_release
from tui import exits
from tui.main import app

MONTHS = [f"{year}{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
WARDS = ("E05013806", "E05013808", "E05014053")


@pytest.fixture
def tasking(tmp_path: Path) -> Any:
    """Runs a command on a store of one release: the third ward has few residents and most offences a head."""
    rows = [
        (name, code, "X\x1b[31m[/red]", [more] * 24)
        for name, counts in (("VIOLENCE WITH INJURY", (9, 5, 1)), ("SHOPLIFTING", (1, 1, 200)))
        for code, more in zip(WARDS, counts, strict=True)
    ]
    write_release(tmp_path / "r.csv", MONTHS, rows)
    (tmp_path / "rate.toml").write_text('name = "by rate\\u001b[31m"\n[weights]\nrate = 2\n')

    def run(*words: str | Path, code: int = exits.OK) -> str:
        env = {"TASKING_STORE": str(tmp_path / "s.db"), "COLUMNS": "240"}
        done = CliRunner().invoke(app, [str(word) for word in words], env=env, catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done.output

    run("import", tmp_path / "r.csv")
    return run


def test_priority_as_json(tasking: Any) -> None:
    found = json.loads(tasking("priority", "--json", "--top", "2"))
    assert (found["release"], found["months"][0], found["trend_months"][0]) == ("202301-202412", "2024-01", "2023-01")
    assert found["hot_months"] == ["2024-10", "2024-11", "2024-12"]
    assert found["weights"]["parts"]["harm"] == 55
    assert found["weights"]["name"].startswith("project default, not the Met's")
    assert found["unknown"]["repeat_victims"] == 3
    assert (found["weights"]["meant"], found["harm_held"]) == (None, [])
    first, second = found["entries"]
    assert second["rank"] == 2
    assert (first["rank"], first["ward_code"], first["harm_rank"], first["count_rank"]) == (1, WARDS[0], 1, 2)
    assert first["score"] == pytest.approx(sum(part["adds"] for part in first["parts"]), abs=0.03)
    parts = {part["part"]: part for part in first["parts"]}
    assert "points" not in parts["harm"]
    assert parts["hot_violence"] == {
        "part": "hot_violence", "value": 27, "ratio": 1.8, "capped": False, "uncapped": 1.8,
        "adds": round(1.8 * 15 / 85, 2), "unknown": None,
    }  # fmt: skip
    assert (parts["repeat_victims"]["value"], parts["repeat_victims"]["adds"]) == (None, 0)
    assert (parts["repeat_victims"]["ratio"], parts["repeat_victims"]["capped"]) == (None, False)
    assert parts["repeat_victims"]["unknown"] == "the extract names no victim in this ward"
    assert (parts["trend"]["value"], parts["trend"]["ratio"]) == (0, 1), "harm stayed as it was, here and in London"
    assert (parts["deprivation"]["adds"], parts["borough_share"]["adds"]) == (0, 0), "they stand beside"
    third = json.loads(tasking("priority", "--json"))["entries"][2]
    assert [one["few_residents"] for one in (first, second, third)] == [False, False, True]
    assert sum(one["parts"][0]["ratio"] for one in (first, second, third)) == pytest.approx(3, abs=0.02)


def test_other_weights_are_shown_as_places_moved(tasking: Any, tmp_path: Path) -> None:
    found = json.loads(tasking("priority", "--compare", tmp_path / "rate.toml", "--json"))
    assert found["compared_with"]["parts"]["rate"] == 2
    assert {
        one["ward_code"]: one["rank"] - one["rank_compared"] - one["places"] for one in found["entries"]
    } == dict.fromkeys(WARDS, 0)
    assert {one["ward_code"]: one["rank_compared"] for one in found["entries"]}[WARDS[2]] == 1
    first = json.loads(tasking("priority", "--compare", tmp_path / "rate.toml", "--top", "1", "--json"))["entries"]
    assert [(one["rank"] == 1, one["rank_compared"] == 1) for one in first] == [(True, False), (False, True)]
    printed = tasking("priority", "--compare", tmp_path / "rate.toml")
    assert "Compared with; nothing is saved:" in printed
    assert "rate 100%" in printed
    assert "\x1b" not in printed
    printed = tasking("priority", "--weights", tmp_path / "rate.toml")
    assert "rate 100%" in printed
    assert "They name no scale, so each weighs times the average ward, not 0 to 100 points as before." in printed


def test_the_table_shows_every_part_and_what_is_unknown(tasking: Any) -> None:
    printed = tasking("priority")
    assert "unknown" in printed
    assert re.search(r"\d \+\d\.\d\d", printed), "what harm adds stands behind it"
    assert "Caps: every part 5. A part that is unknown drops its weight there." in printed
    assert "* Few residents, or few for the crowds that come, so the rate says little: E05014053 Abbey." in printed
    assert "How the Met picks" not in printed
    assert "how the Met picks priority wards is not published: harm 55%" in printed
    assert (
        "repeat victims: unknown for 3 wards, its weight dropped there: the extract names no victim in this ward."
        in printed
    )
    assert (
        "panel asks: unknown for 3 wards, its weight dropped there: no priority of any ward panel is imported."
        in printed
    )
    assert "unsafe places: unknown for 3 wards, its weight dropped there: no place that the public flagged" in printed
    assert "\x1b" not in printed


def test_panels_and_flagged_places_are_parts(tasking: Any, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text(f"ward_code,priority,set_on\n{WARDS[1]},Knives,2020-01-01\n")
    (tmp_path / "u.csv").write_text(f"ward_code,reported_on,reason\n{WARDS[1]},2020-01-01,Dark\n,2020-01-01,Dark\n")
    before = json.loads(tasking("priority", "--json"))
    assert (before["panels_on"], before["flagged"]) == (None, None)
    tasking("import", tmp_path / "p.csv", tmp_path / "u.csv")
    found = json.loads(tasking("priority", "--json"))
    values = {
        entry["ward_code"]: [
            part["value"] for part in entry["parts"] if part["part"] in ("ward_panel", "unsafe_places")
        ]
        for entry in found["entries"]
    }
    assert values == {WARDS[0]: [0, 0], WARDS[1]: [1, 0], WARDS[2]: [0, 0]}
    assert found["flagged"] == {"from": found["flagged"]["from"], "to": found["panels_on"], "places": 0, "by": {}}
    printed = tasking("priority")
    assert "Ward panels: priorities standing on " in printed
    assert ": 0 places." in printed


def test_categories_that_are_doubtful_locally_can_be_taken_in(tasking: Any, tmp_path: Path) -> None:
    rows = [
        ("MISC CRIMES AGAINST SOCIETY", WARDS[2], "X", [0] * 12 + [9] * 12),
        ("SHOPLIFTING", WARDS[0], "X", [9] * 24),
    ]
    tasking("import", write_release(tmp_path / "d.csv", [f"{int(m) + 100}" for m in MONTHS], rows))
    without, taken = (json.loads(tasking("priority", "--json", *more)) for more in ((), ("--doubtful",)))
    assert (without["doubtful"], taken["doubtful"]) == (False, True)
    assert [one["harm_rank"] for one in without["entries"] if one["ward_code"] == WARDS[2]] == [2]
    assert [one["harm_rank"] for one in taken["entries"] if one["ward_code"] == WARDS[2]] == [1]
    assert "Categories that are doubtful locally are not in the harm (--doubtful)." in tasking("priority")
    assert "Categories that are doubtful locally are in the harm (--doubtful)." in tasking("priority", "--doubtful")


def test_a_release_of_one_year_has_no_trend(tasking: Any, tmp_path: Path) -> None:
    write_release(tmp_path / "short.csv", MONTHS[:12], [("SHOPLIFTING", WARDS[0], "X", [5] * 12)])
    tasking("import", tmp_path / "short.csv")
    printed = tasking("priority", "--release", "202301-202312")
    assert "The release does not hold the same twelve months a year earlier, whole: the trend is unknown." in printed


def test_a_file_that_cannot_be_read_is_refused(tasking: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"none\.toml cannot be read: No such file"):
        tasking("priority", "--weights", tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("[weights]\nsmell = 3\n")
    with pytest.raises(Refused, match="has 'smell', which is no part"):
        tasking("priority", "--compare", tmp_path / "bad.toml")


def test_weights_are_kept_for_the_store_and_used_by_later_calls(tasking: Any, tmp_path: Path) -> None:
    shipped = json.loads(tasking("priority", "--json"))
    tasking("priority", "--weights", tmp_path / "rate.toml")
    assert json.loads(tasking("priority", "--json")) == shipped, "nothing is kept that was not asked for"
    printed = tasking("priority", "--weights", tmp_path / "rate.toml", "--keep")
    assert "Kept: these weights are in force for this store." in printed
    found = json.loads(tasking("priority", "--json"))
    assert found["weights"]["name"] == "by rate\u241b[31m"
    assert {part: weight for part, weight in found["weights"]["parts"].items() if weight} == {"rate": 2}
    assert found["entries"][0]["ward_code"] == WARDS[2] != shipped["entries"][0]["ward_code"]
    by_rate = json.loads(tasking("officers", "--by", "composite", "--total", "3", "--json"))["entries"]
    assert [one["need"] for one in by_rate] == [2.91, 0.06, 0.03], "officers in proportion to the score use them too"


def test_keeping_as_json_prints_nothing_else(tasking: Any, tmp_path: Path) -> None:
    json.loads(tasking("priority", "--weights", tmp_path / "rate.toml", "--keep", "--json"))
    assert json.loads(tasking("priority", "--json"))["weights"]["parts"]["rate"] == 2


def test_to_keep_needs_a_file_of_weights_and_nothing_to_compare_with(tasking: Any, tmp_path: Path) -> None:
    file = tmp_path / "rate.toml"
    for words in ((), ("--compare", file), ("--weights", file, "--compare", file)):
        printed = tasking("priority", "--keep", *words, code=exits.USAGE)
        assert "--keep goes with --weights FILE, without --compare" in printed
    (tmp_path / "bad.toml").write_text("[weights]\nsmell = 3\n")
    with pytest.raises(Refused, match="has 'smell', which is no part"):
        tasking("priority", "--keep", "--weights", tmp_path / "bad.toml")
    with pytest.raises(NotFound):
        tasking("priority", "--keep", "--weights", file, "--release", "none")
    assert json.loads(tasking("priority", "--json"))["weights"]["name"] == default().name


def test_a_broken_file_beside_the_store_is_one_sentence_and_can_be_mended(tasking: Any, tmp_path: Path) -> None:
    (tmp_path / "composite.toml").write_text("[weights]\nharm = 30\nsmell\u202e = 3\x1b[31m\n")
    command = "import sys; from tui.main import run; sys.argv[0] = 'tasking'; run()"
    words = [sys.executable, "-c", command, "priority", "--store", str(tmp_path / "s.db")]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONUTF8": "1"})
    assert (done.returncode, done.stdout) == (exits.REFUSED, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("File refused: Weight file composite.toml is not readable as TOML: ")
    assert "line 3" in line
    assert not {"\x1b", "\u202e"} & set(line)
    tasking("priority", "--weights", tmp_path / "rate.toml", "--keep")
    done = subprocess.run([*words, "--json"], capture_output=True, encoding="utf-8", env=os.environ)
    assert (done.returncode, json.loads(done.stdout)["weights"]["parts"]["rate"]) == (exits.OK, 2)
    assert done.stderr.startswith(f"Note: {tmp_path / 'composite.toml'} is not in force: a command put other settings")


def test_a_ward_that_is_a_priority_says_since_when_and_by_whom(tasking: Any, tmp_path: Path) -> None:
    store = open_store(tmp_path / "s.db", "tester")
    day = date(2026, 11, 21).toordinal()
    given = [Proposal(WARDS[1], "by hand", {})]
    adopt(store, given, since=day, reason="Knives", adopted_by="Chair", review_on=day + 28)
    store.close()
    found = {one["ward_code"]: one["priority"] for one in json.loads(tasking("priority", "--json"))["entries"]}
    assert found == {
        **dict.fromkeys(WARDS),
        WARDS[1]: {"since": "2026-11-21", "adopted_by": "Chair", "reason": "Knives", "review_on": "2026-12-19"},
    }
