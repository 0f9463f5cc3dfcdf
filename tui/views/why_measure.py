"""Why is a figure so: the counts that came as returns, and the crime reports of the week, each with file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from core.days import day_of, uk
from core.performance import MEASURES, Report, Weeks
from core.text import counted, figure, plain
from db import activity, performance
from db.actions import Subject
from db.activity import Return
from tui.views.activity import CountedOver
from tui.views.column import PLAIN, ListColumn
from tui.views.registry import SOURCE
from tui.views.source import Lines, Record, Source, details
from tui.views.why import AboutView
from tui.widgets.record_list import Column

_NOW, _BEFORE = "now", "before"


def _period(row: Return) -> str:
    return _NOW if row.now else _BEFORE


_RETURNS: tuple[ListColumn[Return], ...] = (
    ListColumn("day", "day", 10, show=lambda row: uk(row.day), sort=lambda row: row.day, holds=PLAIN),
    ListColumn("period", "period", 6, show=_period, holds=PLAIN),
    ListColumn("bcu", "BCU", 3, show=lambda row: row.bcu, holds=PLAIN),
    ListColumn("measure", "measure", 20, grow=True, show=lambda row: row.measure, holds=PLAIN),
    ListColumn("count", "count", 6, "right", show=lambda row: f"{row.count:,}", sort=lambda row: row.count),
    ListColumn(SOURCE, "file:line", 20, grow=True, inside=True, show=lambda row: f"{plain(row.file)}:{row.line}"),
)  # fmt: skip


class ReturnsView(AboutView):
    """Every return that a count of the task force adds up, then those of the period before."""

    columns: ClassVar[tuple[Column, ...]] = _RETURNS
    empty = "No return of this came in these days or the days before."
    noun = "returns"

    def read(self) -> tuple[Source, str]:
        """The returns of the two periods."""
        over = details([self.about], CountedOver)
        found: list[Return] = []
        for one in over:
            of = activity.returns_of(self.session.store, one.days, self.subject.ref, adds_up=one.headline)
            found += [row for row in of if row.bcu in one.bcus]
        now = sum(row.count for row in found if row.now)
        before = sum(row.count for row in found if not row.now)
        lines = Lines.of(_RETURNS, found, key=lambda row: row.id, record=_return)
        return lines, f"{self.subject.label}: {now:,} returned, {before:,} before, by"


def _return(row: Return) -> Record:
    made_of = f"{row.measure}, {row.bcu}, {uk(row.day)}: {row.count:,}; {plain(row.file)}:{row.line}"
    return Record(Subject("return", str(row.id), row.measure), {}, made_of, wall=made_of)


@dataclass(frozen=True)
class _Counted:
    """A report that a figure counts, its number in the list, and whether it is of the week itself."""

    number: int
    report: Report
    now: bool


def _days(row: _Counted) -> str:
    days = row.report.heaviest.days
    return "-" if days is None else figure(days)


def _where(report: Report) -> str:
    files: dict[str, list[int]] = {}
    for row in report.standing:
        files.setdefault(row.file, []).append(row.line)
    return "; ".join(f"{plain(file)}:{_lines(lines)}" for file, lines in files.items())


def _lines(lines: Iterable[int]) -> str:
    return ",".join(str(line) for line in lines)


_REPORTS: tuple[ListColumn[_Counted], ...] = (
    ListColumn(
        "reported", "reported", 10,
        show=lambda row: uk(row.report.reported_on), sort=lambda row: row.report.reported_on, holds=PLAIN,
    ),
    ListColumn("week", "week", 6, priority=2, show=lambda row: _NOW if row.now else _BEFORE, holds=PLAIN),
    ListColumn("report", "report", 12, show=lambda row: row.report.crime_ref, holds=PLAIN),
    ListColumn(
        "days", "days", 7, "right", show=_days, sort=lambda row: row.report.heaviest.days
    ),
    ListColumn("offence", "offence", 12, grow=True, show=lambda row: row.report.heaviest.offence, holds=PLAIN),
    ListColumn(
        "outcome", "outcome", 16, priority=1, show=lambda row: row.report.heaviest.outcome, holds=PLAIN
    ),
    ListColumn(SOURCE, "file:line", 24, grow=True, inside=True, show=lambda row: _where(row.report)),
)  # fmt: skip


class ReportsView(AboutView):
    """Every report of the two weeks that a line of the performance counts."""

    columns: ClassVar[tuple[Column, ...]] = _REPORTS
    empty = "No report of these two weeks is in this line."
    noun = "reports"

    def read(self) -> tuple[Source, str]:
        """The reports, the latest first."""
        day, measure = day_of(self.session.as_of), self.subject.ref
        found = performance.counted_in(self.session.store, measure, day, self.session.looks_at)
        days = Weeks.to(day)
        rows = [_Counted(number, report, report.reported_on >= days.first) for number, report in enumerate(found, 1)]
        now = sum(row.now for row in rows)
        lines = Lines.of(_REPORTS, rows, key=lambda row: row.number, record=_report)
        week = (
            f"{now:,} in seven whole days, {uk(days.first)} to {uk(days.last)}, {len(rows) - now:,} in the seven before"
        )
        return lines, f"{measure}: {week}; {MEASURES[measure].rule};"


def _report(row: _Counted) -> Record:
    report = row.report
    said = [
        report.crime_ref,
        report.heaviest.offence,
        "unweighed" if report.heaviest.days is None else f"{_days(row)} days",
        report.heaviest.outcome,
        counted(len(report.standing), "row"),
        _where(report),
    ]
    made_of = "; ".join(part for part in said if part)
    return Record(Subject("crime", report.crime_ref, report.crime_ref), {}, made_of, wall=made_of)
