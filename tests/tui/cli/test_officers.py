"""``tasking officers`` on the command line: the JSON that is documented, the table, and what each move costs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.errors import NotFound, Problem, Refused
from core.officers import Limits, WardRefused
from db.loading.importing import import_file
from db.officers import Placement, placement
from db.priority_wards import Proposal, adopt
from db.store import open_store
from tests.db.made_releases import write_release
from tui import exits
from tui.main import app

MONTHS = [f"2024{month:02d}" for month in range(1, 13)]
WEST_END, ABBEY, OTHER_ABBEY = "E05013808", "E05014053", "E05013810"


@pytest.fixture
def tasking(tmp_path: Path) -> Any:
    """Runs ``tasking officers`` on a store of one release: three wards of 60, 30 and 10 robberies."""
    rows = [
        ("ROBBERY OF PERSONAL PROPERTY", code, "X", [many] + [0] * 11)
        for code, many in ((WEST_END, 60), (ABBEY, 30), (OTHER_ABBEY, 10))
    ]
    env = {"TASKING_STORE": str(tmp_path / "s.db"), "COLUMNS": "200"}

    def run(*words: str | Path) -> str:
        done = CliRunner().invoke(app, [str(word) for word in words], env=env, catch_exceptions=False)
        assert done.exit_code == exits.OK, done.output
        return done.output

    run("import", write_release(tmp_path / "r.csv", MONTHS, rows))
    return lambda *words: run("officers", *words)


def _officers(printed: str) -> dict[str, int]:
    return {entry["ward_code"]: entry["officers"] for entry in json.loads(printed)["entries"]}


def test_the_proposal_as_json(tasking: Any) -> None:
    found = json.loads(tasking("--total", "5", "--json"))
    assert (found["total"], found["by"], found["floor"], found["cap"], found["wards"]) == (5, "harm", 0, 4, 3)
    assert (found["among"], found["unplaced"]) == ("all", 0)
    assert found["entries"][0] == {
        "ward_code": WEST_END, "ward": "West End", "borough": "Westminster", "harm": 21900, "need": 21900.0,
        "share": 3.0, "proposed": 3, "officers": 3,
    }  # fmt: skip
    assert [(entry["share"], entry["officers"]) for entry in found["entries"]] == [(3, 3), (1.5, 2), (0.5, 0)]
    assert found["moves"] == []


def test_floor_cap_and_the_first_wards(tasking: Any) -> None:
    assert _officers(tasking("--total", "6", "--floor", "1", "--cap", "3", "--json")) == {
        WEST_END: 3, ABBEY: 2, OTHER_ABBEY: 1,
    }  # fmt: skip
    assert _officers(tasking("--total", "3", "--wards", "2", "--json")) == {WEST_END: 2, ABBEY: 1}
    found = json.loads(tasking("--json"))
    assert (found["total"], found["unplaced"], found["among"]) == (442, 430, "all")
    assert sum(entry["officers"] for entry in found["entries"]) == 12
    assert "12 of 442 placed in 3 wards at 4 each; 430 left: raise the cap." in tasking()


def test_posts_go_to_the_adopted_wards_where_any_is_adopted(tasking: Any, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is adopted as a priority ward; adopt some"):
        tasking("--among", "adopted")
    store = open_store(tmp_path / "s.db", "tester")
    given = [Proposal(code, "by hand", {}) for code in (WEST_END, OTHER_ABBEY)]
    adopt(store, given, since=1, reason="Knives", adopted_by="Chair", review_on=2)
    store.close()
    for words in ((), ("--among", "adopted")):
        found = json.loads(tasking("--json", *words))
        assert (found["among"], found["total"], found["unplaced"], found["wards"]) == ("adopted", 442, 434, 2)
        assert {entry["ward_code"]: entry["officers"] for entry in found["entries"]} == {WEST_END: 4, OTHER_ABBEY: 4}
    printed = tasking()
    assert "8 of 442 placed in 2 priority wards at 4 each; 434 left: raise the cap or adopt more." in printed
    assert "Among the adopted priority wards (--among), in proportion to harm, 0 to 4 a ward" in printed
    assert _officers(tasking("--wards", "1", "--json")) == {WEST_END: 4}, "the first of them"
    assert set(_officers(tasking("--among", "all", "--json"))) == {WEST_END, ABBEY, OTHER_ABBEY}
    with pytest.raises(NotFound, match="is not among the priority wards; adopt it, or place among every ward"):
        tasking("--edit", f"{ABBEY}=+1")


def test_by_composite_the_score_is_the_need(tasking: Any, tmp_path: Path) -> None:
    (tmp_path / "w.toml").write_text("[weights]\nharm = 1\n")
    found = json.loads(tasking("--total", "3", "--by", "composite", "--weights", tmp_path / "w.toml", "--json"))
    assert [(entry["need"], entry["officers"]) for entry in found["entries"]] == [(1.8, 2), (0.9, 1), (0.3, 0)]
    assert "score" in tasking("--total", "3", "--by", "composite")


def test_categories_that_are_doubtful_locally_can_be_taken_in(tasking: Any, tmp_path: Path) -> None:
    rows = [("ROBBERY OF PERSONAL PROPERTY", ABBEY, "X", [1] * 12), ("OTHER THEFT", WEST_END, "X", [900] * 12)]
    store = open_store(tmp_path / "s.db", "tester")
    import_file(store, write_release(tmp_path / "d.csv", [*MONTHS[1:], "202501"], rows))
    store.close()
    without, taken = (json.loads(tasking("--total", "3", "--json", *more)) for more in ((), ("--doubtful",)))
    assert (without["doubtful"], taken["doubtful"]) == (False, True)
    assert {one["ward_code"]: one["harm"] for one in without["entries"]}[WEST_END] == pytest.approx(10800 * 2.1)
    assert {one["ward_code"]: one["harm"] for one in taken["entries"]}[WEST_END] == pytest.approx(10800 * 14)
    assert "doubtful locally are in the harm" in tasking("--total", "3", "--doubtful")


def test_an_edit_keeps_the_total_and_says_what_it_costs(tasking: Any) -> None:
    found = json.loads(tasking("--total", "5", "--edit", f"{OTHER_ABBEY}=+1", "--json"))
    assert [entry["officers"] for entry in found["entries"]] == [3, 1, 1]
    assert (found["total"], [entry["proposed"] for entry in found["entries"]]) == (5, [3, 2, 0])
    assert found["moves"] == [
        {"from": ABBEY, "to": OTHER_ABBEY, "days_given_up": 5475, "days_gained": 3650, "cost": 1825}
    ]
    printed = tasking("--total", "5", "--edit", f"{OTHER_ABBEY}=+1")
    assert "1 (-1)" in printed
    assert "where it stands for 3,650: costs 1,825 days of harm per officer given up." in printed
    assert "5 of 5 placed in 3 wards." in printed
    assert "nothing is stored" in printed
    fewer = json.loads(tasking("--total", "5", "--edit", "west end = -1", "--json"))
    assert fewer["moves"][0] == {
        "from": WEST_END, "to": OTHER_ABBEY, "days_given_up": 7300, "days_gained": 3650, "cost": 3650,
    }  # fmt: skip
    assert [entry["officers"] for entry in fewer["entries"]] == [2, 2, 1]


def test_a_ward_that_is_not_told_apart_or_not_there(tasking: Any) -> None:
    for words, kind, sentence in (
        (("--edit", "Abbey=+1"), Refused, rf"More than one ward is called 'Abbey': {ABBEY} \(Barking and Dagenham\), "),
        (("--edit", "Nowhere=+1"), NotFound, "There is no ward 'Nowhere' in the release"),
        (
            ("--edit", f"{ABBEY}=+1", "--wards", "1", "--cap", "9"),
            NotFound,
            "is not among the first 1; take more wards",
        ),
        (("--edit", f"{WEST_END}=+9"), WardRefused, f"Ward {WEST_END} has 4 posts, its cap is 4"),
    ):
        with pytest.raises(Problem, match=sentence) as problem:
            tasking("--total", "5", *words)
        assert problem.type is kind


def test_a_plan_is_kept_with_the_edits_in_it(tasking: Any, tmp_path: Path) -> None:
    def stands() -> Placement | None:
        store = open_store(tmp_path / "s.db", "tester")
        try:
            return placement(store)
        finally:
            store.close()

    edit = ("--total", "5", "--edit", f"{OTHER_ABBEY}=+1")
    tasking(*edit)
    assert stands() is None, "nothing is kept that was not asked for"
    printed = tasking(*edit, "--keep")
    assert "Kept: this placement is in force." in printed
    assert "nothing is stored" not in printed
    kept = stands()
    assert kept is not None
    assert (kept.total, kept.basis, kept.release, kept.limits) == (5, "harm", "202401-202412", Limits(0, 4))
    assert {code: (post.proposed, post.posts) for code, post in kept.posts.items()} == {
        WEST_END: (3, 3), ABBEY: (2, 1), OTHER_ABBEY: (0, 1),
    }  # fmt: skip
    assert kept.made_by
    json.loads(tasking("--total", "4", "--by", "composite", "--floor", "1", "--wards", "2", "--keep", "--json"))
    latest = stands()
    assert latest is not None
    assert (latest.total, latest.basis, latest.limits) == (4, "composite", Limits(1, 4))
    assert set(latest.held) == {WEST_END, ABBEY}
    with pytest.raises(Refused, match="its cap is 4"):
        tasking("--total", "5", "--edit", f"{WEST_END}=+9", "--keep")
    assert stands() == latest
