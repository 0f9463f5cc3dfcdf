"""``tasking proportionality``: what it prints, and that small numbers stay out of both forms."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from db.loading.importing import import_file
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store
from tests.conftest import WriteExtract
from tui import exits
from tui.main import app

TODAY = date(2026, 11, 21)


@pytest.fixture
def path(store: Store, write_extract: WriteExtract) -> Path:
    """A store with a ranking of 30 men and 3 women."""
    rows = [
        {"crime_ref": f"C{n}", "person_ref": f"P{n}", "sex": "M" if n < 30 else "F", "ethnicity": "[b]White"}
        for n in range(33)
    ]
    import_file(store, write_extract(rows), today=TODAY)
    make_run(store, RankingRequest(TODAY.toordinal(), min_crimes=1))
    return store.path


def _run(path: Path, *words: str) -> str:
    done = CliRunner().invoke(app, ["proportionality", "--store", str(path), *words], catch_exceptions=False)
    assert done.exit_code == exits.OK
    return done.output


def test_the_json(path: Path) -> None:
    found: dict[str, Any] = json.loads(_run(path, "--json", "--run", "1", "--top", "all"))
    assert list(found) == [
        "run", "method", "as_of", "list_size", "pool_size", "small_number_limit", "notes", "groups",
        "not_counted",
    ]  # fmt: skip
    assert (found["run"], found["method"], found["as_of"]) == (1, "v100", "2026-11-21")
    assert (found["list_size"], found["pool_size"], found["small_number_limit"]) == (33, 33, 5)
    groups = {(one["characteristic"], one["group"]): one for one in found["groups"]}
    band = groups["age band", "35-44"]
    assert band["list"]["suppressed"] is True
    hidden = {"count": None, "suppressed": True, "share": None, "share_low": None, "share_high": None}
    for sex in ("female", "male"):
        assert groups["sex", sex]["list"] == groups["sex", sex]["pool"] == hidden
        assert groups["sex", sex]["ratio_to_pool"] is groups["sex", sex]["ratio_to_residents"] is None
    unknown = groups["ethnicity", "not recorded"]
    assert unknown["list"]["count"] == 33
    assert unknown["ratio_to_pool"] == {"value": 1.0, "low": 1.0, "high": 1.0, "excludes_one": False}
    assert unknown["residents"] is None


def test_the_table(path: Path) -> None:
    shown = _run(path)
    assert "withheld" in shown
    assert "Run 1: V100, 21/11/2026, pool vawg: 33 named suspects on the list, 33 in the pool" in shown
    assert "No census is imported" in shown
    assert "[b]" not in shown


def test_a_run_that_is_none_is_a_fault_of_usage(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["proportionality", "--run", "0"], env={"TASKING_STORE": str(tmp_path / "x.db")})
    assert done.exit_code == exits.USAGE
