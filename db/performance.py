"""The week in crime reports against the week before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.harm import total
from core.performance import EVERY, MEASURES, Measure, Report, Row, reports
from core.reports import DetectedBy, Role
from db.store import Store

__all__ = ["EVERY", "WEEK", "PerformanceRow", "counted_in", "reaches", "week"]

WEEK = 7


@dataclass(frozen=True)
class PerformanceRow:
    """One line: reports and their harm (days) in the last seven days and in the seven before.

    None where no record reaches: the reports in the store end before the week, or begin after it. alike: whether they
    reach over both weeks, so that the weeks can be compared. unweighed: reports of the last seven days that have no
    weight, so that the harm leaves them out. rule: which reports are in it.
    """

    measure: str
    reports: int | None
    reports_before: int | None
    harm: float | None
    harm_before: float | None
    alike: bool
    unweighed: int = 0
    unweighed_before: int = 0
    rule: str = ""

    @property
    def change(self) -> int | None:
        """Reports more than the week before; None where one of the weeks is not known, or only a part of it."""
        if self.reports is None or self.reports_before is None or not self.alike:
            return None
        return self.reports - self.reports_before


def week(store: Store, as_of: int) -> list[PerformanceRow]:
    """The seven days to *as_of* (a day number) against the seven before; a report counts once, by its heaviest row.

    What counts, and what stands apart in lines of its own, is the rule of ``core.performance``.
    """
    found, known = _reports(store, as_of), _known(store, as_of)
    now = [one for one in found if one.reported_on > as_of - WEEK]
    before = [one for one in found if one.reported_on <= as_of - WEEK]
    return [_line(measure, now, before, known) for measure in MEASURES.values()]


def counted_in(store: Store, measure: str, as_of: int) -> list[Report]:
    """The reports of the last fourteen days that a line counts, the latest first. Raises KeyError for no such line."""
    found = [one for one in _reports(store, as_of) if MEASURES[measure].counts(one)]
    return sorted(found, key=lambda one: (-one.reported_on, one.crime_ref))


def reaches(store: Store) -> tuple[int | None, int | None]:
    """The first and the last day (day numbers) on which a report in the store was made; None where there is none."""
    first, last = store.read.rows("SELECT MIN(reported_on), MAX(reported_on) FROM report_row")[0]
    return first, last


def _reports(store: Store, as_of: int) -> tuple[Report, ...]:
    """The reports of the fourteen days to a day."""
    query = (
        "SELECT r.crime_ref, r.reported_on, r.committed_from, o.ho_code || ' ' || o.title AS offence, r.days, "
        "r.person_id IS NOT NULL AS named, c.vawg, c.domestic_abuse, c.detected_by, c.role, c.outcome, b.file, r.line "
        "FROM report_row r JOIN circumstance c ON c.id = r.circumstance_id JOIN offence o ON o.id = r.offence_id "
        "JOIN batch b ON b.id = r.batch_id "
        "WHERE r.replaced_by IS NULL AND r.reported_on > :start AND r.reported_on <= :as_of ORDER BY r.id"
    )
    rows = store.read.rows(query, start=as_of - 2 * WEEK, as_of=as_of)
    return reports([
        Row(
            crime_ref=row["crime_ref"], reported_on=row["reported_on"], committed_from=row["committed_from"],
            offence=row["offence"], days=row["days"], named=bool(row["named"]), vawg=bool(row["vawg"]),
            domestic_abuse=bool(row["domestic_abuse"]), detected_by=DetectedBy(row["detected_by"]),
            role=Role(row["role"]), outcome=row["outcome"], file=row["file"], line=row["line"],
        )
        for row in rows
    ])  # fmt: skip


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


class _Week(NamedTuple):
    """What a line comes to in seven days."""

    reports: int | None
    harm: float | None
    unweighed: int


def _line(measure: Measure, now: Sequence[Report], before: Sequence[Report], known: _Known) -> PerformanceRow:
    this = _week(measure, now) if known.now else _Week(None, None, 0)
    then = _week(measure, before) if known.before else _Week(None, None, 0)
    return PerformanceRow(
        measure.key, this.reports, then.reports, this.harm, then.harm, known.alike,
        this.unweighed, then.unweighed, measure.rule,
    )  # fmt: skip


def _week(measure: Measure, found: Sequence[Report]) -> _Week:
    weights = [one.heaviest.days for one in found if measure.counts(one)]
    weighed = [days for days in weights if days is not None]
    return _Week(len(weights), total(weighed), len(weights) - len(weighed))
