"""The week in crime reports against the week before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from core.harm import total
from db.scoring import HISTORIC
from db.store import Store

WEEK = 7


@dataclass(frozen=True)
class PerformanceRow:
    """One line: reports and their harm (days) in the last seven days and in the seven before.

    None where no record reaches: the reports in the store end before the week, or begin after it. alike: whether they
    reach over both weeks, so that the weeks can be compared.
    """

    measure: str
    reports: int | None
    reports_before: int | None
    harm: float | None
    harm_before: float | None
    alike: bool

    @property
    def change(self) -> int | None:
        """Reports more than the week before; None where one of the weeks is not known, or only a part of it."""
        if self.reports is None or self.reports_before is None or not self.alike:
            return None
        return self.reports - self.reports_before


def _circumstance(condition: str) -> str:
    return f"r.circumstance_id IN (SELECT id FROM circumstance WHERE {condition})"  # noqa: S608 - our own conditions


EVERY = "reports in this extract"
"""The line of all that were imported: an extract may hold a part of what a force records."""
_LINES = {
    EVERY: "1 = 1",
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
    known = _known(store, as_of)
    return [_line(store, name, where, as_of, known) for name, where in {**lines, APART: HISTORIC}.items()]


def reaches(store: Store) -> tuple[int | None, int | None]:
    """The first and the last day (day numbers) on which a report in the store was made; None where there is none."""
    first, last = store.read.rows("SELECT MIN(reported_on), MAX(reported_on) FROM report_row")[0]
    return first, last


class _Known(NamedTuple):
    """Whether the reports in the store reach into the week and into the week before, and over both."""

    now: bool
    before: bool
    alike: bool


def _known(store: Store, as_of: int) -> _Known:
    first, last = reaches(store)
    if first is None or last is None:
        return _Known(now=False, before=False, alike=False)
    middle, start = as_of - WEEK, as_of - 2 * WEEK
    # The last day is the morning of the meeting, of which an extract need not hold anything yet.
    return _Known(last > middle, first <= middle, first <= start + 1 and last >= as_of - 1)


def _line(store: Store, name: str, where: str, as_of: int, known: _Known) -> PerformanceRow:
    query = (
        "SELECT late, COUNT(*), SUM(days) FROM (SELECT CASE WHEN r.reported_on > :middle THEN 1 ELSE 0 END AS late, "  # noqa: S608
        "r.crime_ref, MAX(COALESCE(r.days, 0)) AS days FROM report_row r WHERE r.replaced_by IS NULL "
        f"AND r.reported_on > :start AND r.reported_on <= :as_of AND {where} GROUP BY 1, 2) AS w GROUP BY late"
    )
    rows = store.read.rows(query, as_of=as_of, middle=as_of - WEEK, start=as_of - 2 * WEEK)
    found = {late: (reports, total([days or 0.0])) for late, reports, days in rows}
    now = found.get(1, (0, 0.0)) if known.now else (None, None)
    before = found.get(0, (0, 0.0)) if known.before else (None, None)
    return PerformanceRow(name, now[0], before[0], now[1], before[1], known.alike)
