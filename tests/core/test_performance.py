"""Which reports a week counts: each is in one series alone; a conviction includes a charge (DOMAIN.md section 1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.performance import APART, EVERY, MEASURES, Report, Row, Series, reports
from core.reports import DetectedBy, Role

DAY = 740_000
ROW = Row(
    "C1", DAY, DAY - 1, "105/01 Common assault", 1.0, True, False, False, DetectedBy.PUBLIC, Role.NAMED_SUSPECT,
    "under investigation", "reports.csv", 2,
)  # fmt: skip
CHARGED = "suspect charged or convicted"


def lines(*rows: Row) -> set[str]:
    """The lines that count a report of some rows."""
    [report] = reports(rows)
    return {key for key, measure in MEASURES.items() if measure.counts(report)}


@pytest.mark.parametrize(
    ("changed", "series"),
    [
        ({}, Series.COUNTED),
        ({"detected_by": DetectedBy.POLICE}, Series.POLICE),
        ({"detected_by": DetectedBy.NONE}, Series.COUNTED),
        ({"committed_from": DAY - 365}, Series.COUNTED),
        ({"committed_from": DAY - 366}, Series.HISTORIC),
        ({"outcome": "Cancelled"}, Series.CANCELLED),
        ({"outcome": "no crime", "detected_by": DetectedBy.POLICE}, Series.CANCELLED),
    ],
)
def test_a_row_is_in_one_series(changed: dict[str, object], series: Series) -> None:
    assert replace(ROW, **changed).series is series  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("role", "outcome", "charged"),
    [
        (Role.NAMED_SUSPECT, "under investigation", False),
        (Role.CHARGED, "under investigation", True),
        (Role.CONVICTED, "convicted", True),
        (Role.NAMED_SUSPECT, "Convicted at court", True),
        (Role.NAMED_SUSPECT, "Charged/Summonsed", True),
        (Role.NAMED_SUSPECT, "not charged", False),
        (Role.NAMED_SUSPECT, "caution", False),
    ],
)
def test_a_conviction_includes_a_charge(role: Role, outcome: str, charged: bool) -> None:
    assert (CHARGED in lines(replace(ROW, role=role, outcome=outcome))) is charged


def test_a_report_counts_once_and_in_one_of_the_lines_that_part_them() -> None:
    parting = {EVERY, "found by police work, apart", APART, "cancelled, apart"}
    police = replace(ROW, detected_by=DetectedBy.POLICE, days=9.0)
    cancelled = replace(ROW, outcome="cancelled", role=Role.CHARGED)
    assert lines(ROW, police, cancelled) == {EVERY}, "one row that counts makes the report count, by that row alone"
    assert lines(police, cancelled) == {"found by police work, apart"}
    assert lines(cancelled) == {"cancelled, apart"}
    for rows in ((ROW,), (police,), (cancelled,), (replace(ROW, committed_from=1),)):
        assert len(lines(*rows) & parting) == 1


def test_no_suspect_is_named_only_where_no_row_names_one() -> None:
    nobody = replace(ROW, named=False)
    assert "no suspect named" in lines(nobody)
    assert "no suspect named" not in lines(nobody, ROW)


def test_a_report_carries_its_heaviest_row_and_is_unweighed_only_where_no_row_weighs() -> None:
    without = replace(ROW, days=None)
    report = Report("C1", (without, ROW, replace(ROW, days=5.0)))
    assert report.heaviest.days == 5.0
    assert Report("C1", (without,)).heaviest.days is None
    assert Report("C1", (without, replace(ROW, days=0.0))).heaviest.days == 0.0
