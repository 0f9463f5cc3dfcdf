"""The week in crime reports against the week before: seven whole days each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.harm import total
from core.performance import EVERY, MEASURES, Measure, Report, Row, Weeks, reports
from core.reports import DetectedBy, Role
from core.scope import WHOLE_FORCE, Scope
from db.localities import boroughs_in
from db.store import Store

__all__ = ["EVERY", "PerformanceRow", "counted_in", "reaches", "week"]


@dataclass(frozen=True)
class PerformanceRow:
    """One line: reports and their harm (days) in the seven days before the day of the data and in the seven before.

    None where no record reaches: the reports in the store end before the week, or begin after it. alike: whether they
    reach over both weeks, so that the weeks can be compared. unweighed: reports of the week that have no
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


def week(store: Store, as_of: int, scope: Scope = WHOLE_FORCE) -> list[PerformanceRow]:
    """The seven days before *as_of* (a day number) against the seven before; a report counts once, by its heaviest row.

    scope: of which only the rows count that lie there.

    What counts, and what stands apart in lines of its own, is the rule of ``core.performance``.
    """
    days = Weeks.to(as_of)
    found, known = _reports(store, days, scope), _known(store, days)
    now = [one for one in found if one.reported_on >= days.first]
    before = [one for one in found if one.reported_on < days.first]
    return [_line(measure, now, before, known) for measure in MEASURES.values()]


def counted_in(store: Store, measure: str, as_of: int, scope: Scope = WHOLE_FORCE) -> list[Report]:
    """The reports of the two weeks that a line counts, the latest first. Raises KeyError for no such line."""
    found = [one for one in _reports(store, Weeks.to(as_of), scope) if MEASURES[measure].counts(one)]
    return sorted(found, key=lambda one: (-one.reported_on, one.crime_ref))


def reaches(store: Store) -> tuple[int | None, int | None]:
    """The first and the last day (day numbers) on which a report in the store was made; None where there is none."""
    first, last = store.read.rows("SELECT MIN(reported_on), MAX(reported_on) FROM report_row")[0]
    return first, last


def _reports(store: Store, days: Weeks, scope: Scope) -> tuple[Report, ...]:
    """The reports of two weeks in a scope."""
    places = [] if scope.is_force else boroughs_in(store, [scope.name])
    named = {f"p{number}": borough for number, borough in enumerate(places)}
    marks = ", ".join(f":{name}" for name in named) or "NULL"
    in_them = f"AND r.place_id IN (SELECT id FROM place WHERE borough IN ({marks})) "  # noqa: S608
    there = "" if scope.is_force else in_them
    query = (
        "SELECT r.crime_ref, r.reported_on, r.committed_from, o.ho_code || ' ' || o.title AS offence, r.days, "
        "r.person_id IS NOT NULL AS named, c.vawg, c.domestic_abuse, c.detected_by, c.role, c.outcome, b.file, r.line "
        "FROM report_row r JOIN circumstance c ON c.id = r.circumstance_id JOIN offence o ON o.id = r.offence_id "
        "JOIN batch b ON b.id = r.batch_id "
        "WHERE r.replaced_by IS NULL AND r.reported_on BETWEEN :start AND :last "
    )
    rows = store.read.rows(f"{query}{there}ORDER BY r.id", start=days.before, last=days.last, **named)
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


def _known(store: Store, days: Weeks) -> _Known:
    first, last = reaches(store)
    if first is None or last is None:
        return _Known(now=False, before=False, alike=False)
    return _Known(last >= days.first, first < days.first, first <= days.before and last >= days.last)


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
