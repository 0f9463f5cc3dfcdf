"""Which reports the week's performance counts, which stand apart, and what is said of those that count.

Rule: the total of an area leaves out what only police work found and what happened in an earlier year (DOMAIN.md
section 1); a report that was cancelled is no crime (Home Office counting rules). So a report is in one series alone:
counted, or apart for one reason. A suspect who was convicted was charged, so a conviction counts as a charge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

from core.allegations import is_historic
from core.reports import DetectedBy, Role, is_cancelled

WEEK = 7
"""How many days a week has."""


class Weeks(NamedTuple):
    """The days (day numbers) of the week before the day of the data, and of the week before that.

    Rule: whole days alone are compared. The day of the data may be held only in part (its night), so it is in neither.
    """

    before: int
    first: int
    last: int

    @classmethod
    def to(cls, as_of: int) -> Weeks:
        """Those before a day; *before* is the first day of the earlier week."""
        return cls(as_of - 2 * WEEK, as_of - WEEK, as_of - 1)


class Series(IntEnum):
    """Where a row of a report is counted; of a report's rows, the first of these decides."""

    COUNTED = 0
    POLICE = 1
    HISTORIC = 2
    CANCELLED = 3


@dataclass(frozen=True)
class Row:
    """One row of an extract as performance sees it. Days of the calendar are day numbers; ``days`` is harm in days.

    named: whether it names a suspect. file, line: where it stands.
    """

    crime_ref: str
    reported_on: int
    committed_from: int
    offence: str
    days: float | None
    named: bool
    vawg: bool
    domestic_abuse: bool
    detected_by: DetectedBy
    role: Role
    outcome: str
    file: str
    line: int

    @property
    def series(self) -> Series:
        """Where it is counted."""
        if is_cancelled(self.outcome):
            return Series.CANCELLED
        if self.detected_by is DetectedBy.POLICE:
            return Series.POLICE
        return Series.HISTORIC if is_historic(self.reported_on, self.committed_from) else Series.COUNTED

    @property
    def charged(self) -> bool:
        """Whether a suspect was charged: by the role or by the outcome; a conviction includes a charge."""
        return self.role in (Role.CHARGED, Role.CONVICTED) or self.outcome.strip().casefold().startswith(_CHARGED)


_CHARGED = ("charge", "convict")
"""How the outcomes begin that say so; "not charged" does not."""


@dataclass(frozen=True)
class Report:
    """One crime report with its rows, in the order of the extract; it counts once, however many rows it has."""

    crime_ref: str
    rows: tuple[Row, ...]

    @cached_property
    def series(self) -> Series:
        """Where it is counted: with the others as soon as one of its rows is."""
        return min(row.series for row in self.rows)

    @cached_property
    def standing(self) -> tuple[Row, ...]:
        """The rows for which it is counted where it is."""
        return tuple(row for row in self.rows if row.series is self.series)

    @property
    def reported_on(self) -> int:
        """The day number it was reported: a report has one, the earliest of its rows."""
        return min(row.reported_on for row in self.rows)

    @cached_property
    def heaviest(self) -> Row:
        """The row whose harm the report carries; one without a weight only where no row has one."""
        return max(self.standing, key=lambda row: -1.0 if row.days is None else row.days)


@dataclass(frozen=True)
class Measure:
    """One line of the list: what it is called, which reports are in it, and the rule in a sentence.

    counts: whether a report is in it.
    """

    key: str
    rule: str
    counts: Callable[[Report], bool]


def _any(series: Series, holds: Callable[[Row], bool]) -> Callable[[Report], bool]:
    return lambda report: report.series is series and any(map(holds, report.standing))


def _apart(series: Series) -> Callable[[Report], bool]:
    return lambda report: report.series is series


APART = "historic reports, apart"
"""The line of crimes of an earlier year that are reported now: a series of their own."""
EVERY = "reports in this extract"
"""The line of all that count: an extract may hold a part of what a force records."""
COUNTS = "not cancelled, not found by police alone, not historic"
"""What a report must be to be counted, as it is said beside the figure."""
MEASURES: Mapping[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure(EVERY, f"every report that is {COUNTS}", _apart(Series.COUNTED)),
        Measure(
            "violence against women and girls", "of these, flagged so in the extract",
            _any(Series.COUNTED, lambda row: row.vawg),
        ),
        Measure("domestic abuse", "of these, flagged so in the extract", _any(
            Series.COUNTED, lambda row: row.domestic_abuse
        )),
        Measure(
            "suspect charged or convicted",
            "of these, a suspect's role or the outcome says charged or convicted: a conviction includes a charge",
            _any(Series.COUNTED, lambda row: row.charged),
        ),
        Measure(
            "no suspect named", "of these, no row names a suspect",
            lambda report: report.series is Series.COUNTED and not any(row.named for row in report.rows),
        ),
        Measure(
            "found by police work, apart",
            "in no line above: what police looked for themselves is no measure of crime", _apart(Series.POLICE),
        ),
        Measure(
            APART,
            "in no line above: committed more than 365 days before they were reported", _apart(Series.HISTORIC),
        ),
        Measure("cancelled, apart", "in no line above: cancelled or no crime", _apart(Series.CANCELLED)),
    )
}  # fmt: skip
"""Every line in its order. The first and the three that stand apart hold each report once."""


def reports(rows: Sequence[Row]) -> tuple[Report, ...]:
    """The reports of some rows, in the order in which their first rows stand."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.crime_ref, []).append(row)
    return tuple(Report(ref, tuple(group)) for ref, group in found.items())
