"""What the papers of a meeting say of counts: the task force's own work, and reports of the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.activity import UNKNOWN, Total
from core.days import day_of, named_day, uk
from core.minutes import Table
from core.performance import Weeks
from core.scope import Scope
from core.text import counted, signed
from db import performance as reports
from db.activity import Activity, MeasureRow
from db.store import Store


def tables(looked_at: Activity) -> list[Table]:
    """The headlines and the measures by BCU; of several days the sums of each day, too."""
    days = looked_at.period
    when = "Previous 24 hours" if days.days == 1 else f"{days.title} ({counted(days.days, 'day')})"
    made = [
        _by_bcu(looked_at, f"{when} of the task force", headline=True),
        _by_bcu(looked_at, "By measure", headline=False),
    ]
    return made if days.days == 1 else [*made, _by_day(looked_at)]


def performance(store: Store, as_of: date, scope: Scope) -> Table:
    """The reports of a scope in the seven whole days before a day against the seven before."""
    rows = [
        (
            row.measure,
            _count(row.reports),
            _count(row.reports_before),
            _days(row.harm, row.unweighed),
            _days(row.harm_before, row.unweighed_before),
            row.rule,
        )
        for row in reports.week(store, day_of(as_of), scope)
    ]
    days = Weeks.to(day_of(as_of))
    heads = (
        "Measure", f"Reports, {uk(days.first)} to {uk(days.last)}", "7 days before", "Harm (days)", "Before",
        "Which reports",
    )  # fmt: skip
    whose = "" if scope.is_force else f", {scope.label}"
    return Table(f"Performance against last week{whose}", heads, rows)


def _by_bcu(looked_at: Activity, title: str, *, headline: bool) -> Table:
    before = "day before" if looked_at.period.days == 1 else f"{counted(looked_at.period.days, 'day')} before"
    alike = "" if looked_at.over == len(looked_at.bcus) else f", over {looked_at.over} of {len(looked_at.bcus)} BCUs"
    heads = ("Measure", "Total", f"{before[0].upper()}{before[1:]}", f"Compared{alike}", *looked_at.bcus)
    rows = [
        (row.measure, row.total.words, row.before.words, _compared(row), *_cells(list(row.by_bcu.values())))
        for row in looked_at.rows
        if row.headline == headline
    ]
    return Table(title, heads, rows)


def _by_day(looked_at: Activity) -> Table:
    days = looked_at.period
    heads = ("Measure", *(named_day(day, days.last) for day in range(days.first, days.last + 1)))
    return Table("By day", heads, [(row.measure, *(day.words for day in row.by_day)) for row in looked_at.rows])


def _compared(row: MeasureRow) -> str:
    both = row.compared
    return UNKNOWN if both is None else f"{both.now:,} against {both.before:,} ({_change(both.change)})"


def _change(change: int) -> str:
    return signed(change, nought="no change")


def _cells(totals: Sequence[Total]) -> list[str]:
    return ["no return" if total.known is None else total.figure for total in totals]


def _count(number: int | None) -> str:
    return UNKNOWN if number is None else f"{number:,}"


def _days(days: float | None, unweighed: int) -> str:
    if days is None:
        return UNKNOWN
    return f"{days:,.0f}, +{unweighed:,} unweighed" if unweighed else f"{days:,.0f}"
