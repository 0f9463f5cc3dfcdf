"""The last weeks of ranked people, as bars and sparks of a list show them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import db
from core.days import day_of
from db.loading.importing import import_file
from db.rankings import entries, run
from db.recent_weeks import WEEKS, highest_score, weeks_of_people
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store
from tests.conftest import WriteExtract

DAY = date(2026, 11, 17)
KEEPS_RUNS = {"kept_state", "placing", "store/kept_rows", "tables/runs", "migrations/runs"}
"""The modules that know the table of runs of before; whoever else reads people of a run asks them."""


def test_harm_by_week_and_the_highest_score_are_those_of_the_run(store: Store, write_extract: WriteExtract) -> None:
    days = {"1": DAY, "2": DAY - timedelta(days=6), "3": DAY - timedelta(days=7), "4": DAY - timedelta(days=7 * WEEKS)}
    rows = [
        {"crime_ref": ref, "reported_on": f"{day:%Y-%m-%d}", "committed_from": f"{day:%Y-%m-%d}"}
        for ref, day in days.items()
    ]
    import_file(store, write_extract(rows), today=DAY)
    head = make_run(store, RankingRequest(day_of(DAY)))
    for _ in range(2):  # as the newest step of its series, then as one of before
        [first] = entries(store, head.id)
        assert highest_score(store, head.id) == first.score > 0
        one = first.score / len(days)
        assert weeks_of_people(store, run(store, head.id), [first]) == {
            first.person: (*[0.0] * (WEEKS - 2), one, 2 * one)
        }
        make_run(store, RankingRequest(day_of(DAY) + 1))
    assert weeks_of_people(store, run(store, head.id), []) == {}


def test_only_what_keeps_runs_reads_the_table_of_runs_of_before() -> None:
    """New runs keep nobody there, so that a query of it finds nobody and says nothing."""
    room = Path(db.__file__).parent
    reading = {
        str(path.relative_to(room).with_suffix("")) for path in room.rglob("*.py")
        if "run_entry" in path.read_text(encoding="utf-8") and "versions" not in path.parts
    }  # fmt: skip
    assert reading == KEEPS_RUNS
