"""``tasking rank`` makes a ranking once, and shows it again while the records are the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from db import rankings
from db.store import Store
from db.store.journal import last_entry
from tests.conftest import NOW
from tui import exits
from tui.main import app


@pytest.mark.parametrize("method", ["v100", "rfgv"])
def test_a_ranking_that_stands_is_shown_again_and_nothing_is_written(city: Store, method: str) -> None:
    asked = ["rank", "--store", str(city.path), "--as-of", NOW.date().isoformat(), "--method", method, "--json"]
    shown = []
    for _ in range(2):
        done = CliRunner().invoke(app, asked)
        assert done.exit_code == exits.OK, done.output
        shown.append((json.loads(done.output), last_entry(city), len(rankings.runs(city))))
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    ("pool", "namers"),
    [("knife", "a victim, witness or police, or by whom is not said"), ("robbery", "a victim, witness or police")],
)
def test_a_pool_says_everyone_by_whom_a_suspect_may_be_named(city: Store, pool: str, namers: str) -> None:
    asked = ["rank", "--store", str(city.path), "--as-of", NOW.date().isoformat(), "--pool", pool, "--top", "1"]
    done = CliRunner().invoke(app, asked)
    assert f"Pool {pool}: suspects named by {namers}. Source:" in " ".join(done.output.split())


def test_a_ranking_and_the_returns_say_how_many_rows_of_their_files_are_in_quarantine(tmp_path: Path) -> None:
    reports, returns, store = tmp_path / "a.csv", tmp_path / "b.csv", str(tmp_path / "s.db")
    reports.write_text(
        "crime_ref,ho_code,offence,committed_from,reported_on,vawg,person_ref,role,named_by\n"
        "A,105/01,Common assault,01/11/2026,02/11/2026,yes,P1,named suspect,victim\n"
        "Total,1,,,,,,,\n",
        encoding="utf-8",
    )
    returns.write_text("day,bcu,measure,count\n20/11/2026,CE,warrants,3\n20/11/2026,CE,arrests,-\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["import", str(reports), str(returns), "--store", store]).exit_code == 3
    for command, batch, file in (("rank", 1, "a.csv"), ("activity", 2, "b.csv")):
        asked = [command, "--store", store, "--as-of", "2026-11-21"]
        said = " ".join(CliRunner().invoke(app, asked).output.split())
        assert f"1 row is in quarantine and not counted: 1 of batch {batch} ({file})." in said
        [told] = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)["not_counted"]
        assert (told["kind"], told["batches"]) == ("quarantined", [{"batch": batch, "rows": 1}])
