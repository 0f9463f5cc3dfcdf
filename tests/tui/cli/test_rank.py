"""``tasking rank`` makes a ranking once, and shows it again while the records are the same."""

from __future__ import annotations

import json

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
