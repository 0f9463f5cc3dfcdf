"""The week in crime reports against the week before."""

from __future__ import annotations

from dataclasses import dataclass

from core.harm import total
from db.scoring import HISTORIC
from db.store import Store

WEEK = 7


@dataclass(frozen=True)
class PerformanceRow:
    """One line: reports and their harm (days) in the last seven days and in the seven before."""

    measure: str
    reports: int
    reports_before: int
    harm: float
    harm_before: float


def _circumstance(condition: str) -> str:
    return f"r.circumstance_id IN (SELECT id FROM circumstance WHERE {condition})"  # noqa: S608 - our own conditions


_LINES = {
    "all crime reports": "1 = 1",
    "violence against women and girls": _circumstance("vawg = 1"),
    "domestic abuse": _circumstance("domestic_abuse = 1"),
    "found by police work": _circumstance("detected_by = 2"),
    "suspect charged": _circumstance("role = 2"),
    "no suspect named": "r.person_id IS NULL",
}
APART = "historic reports, apart"
"""The line of what is in no other: crimes of an earlier year that are reported now are a series of their own."""


def week(store: Store, as_of: int) -> list[PerformanceRow]:
    """The seven days to *as_of* (a day number) against the seven before; a report counts once, by its heaviest row.

    Historic reports stand apart, in a line of their own (DOMAIN.md section 1: the total of an area leaves them out).
    """
    lines = {name: f"{where} AND NOT {HISTORIC}" for name, where in _LINES.items()}
    return [_line(store, name, where, as_of) for name, where in {**lines, APART: HISTORIC}.items()]


def _line(store: Store, name: str, where: str, as_of: int) -> PerformanceRow:
    query = (
        "SELECT late, COUNT(*), SUM(days) FROM (SELECT CASE WHEN r.reported_on > :middle THEN 1 ELSE 0 END AS late, "  # noqa: S608
        "r.crime_ref, MAX(COALESCE(r.days, 0)) AS days FROM report_row r WHERE r.replaced_by IS NULL "
        f"AND r.reported_on > :start AND r.reported_on <= :as_of AND {where} GROUP BY 1, 2) AS w GROUP BY late"
    )
    rows = store.read.rows(query, as_of=as_of, middle=as_of - WEEK, start=as_of - 2 * WEEK)
    found = {late: (reports, total([days or 0.0])) for late, reports, days in rows}
    now, before = found.get(1, (0, 0.0)), found.get(0, (0, 0.0))
    return PerformanceRow(name, now[0], before[0], now[1], before[1])
