"""A report of which one row says that it was cancelled and another does not counts by the other, in any order."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import report_counts
from db.store import Store
from tests.db.files import file_writer, rows_of, take

HEAD = "crime_ref,ho_code,offence,committed_from,reported_on,ward_code,outcome,person_ref,role,victim_ref"
ROW = "{},105/01,Common assault,13/10/2026,14/10/2026,E05009367,{},P1,named suspect,V1"


@pytest.mark.parametrize("outcomes", [("cancelled", "charged"), ("charged", "cancelled")])
def test_a_report_cancelled_in_part_is_in_its_ward(store: Store, tmp_path: Path, outcomes: tuple[str, str]) -> None:
    lines = [ROW.format("A", outcome) for outcome in outcomes]
    heavier = ROW.format("C", "no crime").replace("105/01,Common assault", "019/08,Rape of a female aged 16 or over")
    take(
        store, file_writer(tmp_path, "a.csv", HEAD)(*lines, ROW.format("B", "cancelled"), heavier, ROW.format("C", ""))
    )
    [one] = report_counts.counts(store).series
    assert (one.ward_code, one.category, one.counts) == ("E05009367", "105/01 Common assault", [2])
    held = rows_of(store, "SELECT COUNT(*) FROM report_row")
    assert held == [(5,)]
    charged = 2 + outcomes.index("charged")
    assert report_counts.lines(store, "E05009367", ["202610"]) == {one.category: {"a.csv": [charged, 6]}}
