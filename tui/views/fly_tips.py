"""Fly-tip sites: the worst twenty first, how far their plans are, and whether the week's checks keep up."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import day_of, uk
from core.fly_tips import CHECKS_A_WEEK, TARGET_SITES, checks_words, week_of
from core.text import counted
from db import fly_tips
from db.actions import Subject
from db.fly_tips import Site
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.columns import Cell
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("rank", "#", 3, "right"),
    Column("place", "place", 20, grow=True),
    Column("ward", "ward", 10, grow=True, priority=1),
    Column("reports", "reports", 7, "right"),
    Column("plan", "plan", 8),
    Column("checks", "checks", 9),
    Column("last", "last check", 14),
)
_BEHIND = "bold reverse"


class FlyTipsView(View):
    """Every fly-tip site: the open ones from the worst down, then those that are closed."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No fly-tip sites. n adds one; or import a file of place, ward_code, reports and, if known, since."
    noun = "sites"
    BINDINGS: ClassVar[list[BindingType]] = verbs("check", "plan", "site", "close_site", "action", "decision")

    def read(self) -> tuple[Source, str]:
        """The sites as they stand on the as-of date."""
        as_of = day_of(self.session.as_of)
        found = fly_tips.sites(self.session.store, as_of)
        return Lines(_COLUMNS, [_line(one) for one in found]), _heading(found, as_of)


def _heading(found: list[Site], as_of: int) -> str:
    worst = [one for one in found if one.target]
    made, behind = sum(one.checks_counted for one in worst), sum(one.checks_due for one in worst)
    monday, sunday = week_of(as_of)
    due = f", {behind} due" if behind else ""
    return (
        f"Worst {len(worst)} fly-tip sites, {uk(monday)[:5]}-{uk(sunday)[:5]}: {made} of "
        f"{len(worst) * CHECKS_A_WEEK} checks made{due},"
    )


def _line(one: Site) -> Line:
    """One site as a row; verbs act on the site."""
    last = f"{one.last_found} {uk(one.last_check)[:5]}" if one.last_check else "never"
    cells = (
        "-" if one.rank is None else str(one.rank),
        one.place,
        one.ward,
        f"{one.reports:,}",
        _plan(one),
        _checks(one),
        last,
    )
    values = (one.rank, one.place, one.ward, one.reports, one.steps_open, one.checks, one.last_check)
    facts = {
        "rank": str(cells[0]),
        "reports": str(one.reports),
        "plan": plan_words(one),
        "checks this week": str(one.checks),
        "last check": last,
    }
    return Line(one.id, cells, Record(Subject("site", str(one.id), one.place), facts, made_of(one)), values)


def _plan(one: Site) -> Cell:
    if one.closed_on is not None:
        return "closed"
    if not one.steps:
        return Text("no plan", style=_BEHIND if one.target else "")
    late = " late" if one.steps_late else ""
    return Text(f"{one.steps_open}/{one.steps}{late}", style=_BEHIND if late else "")


def _checks(one: Site) -> Cell:
    if not one.target:
        return str(one.checks or "")
    return Text(checks_words(one.checks, one.as_of), style=_BEHIND if one.checks_due else "")


def made_of(one: Site) -> str:
    """What a row is made of, in words."""
    where = ", ".join(part for part in (one.place, one.ward, one.borough) if part)
    if one.closed_on is not None:
        return f"{where}: closed {uk(one.closed_on)} after {counted(one.days_open, 'day')}: {one.closed_reason}"
    checks = checks_said(one) if one.target else f"not among the worst {TARGET_SITES}: no weekly checks asked for"
    return (
        f"{where}: {counted(one.reports, 'report')}, open {counted(one.days_open, 'day')} since {uk(one.since)}; "
        f"{plan_words(one)}; {checks}"
    )


def plan_words(one: Site) -> str:
    """How far the plan is."""
    if not one.steps:
        return "no plan"
    late = f", {one.steps_late} late" if one.steps_late else ""
    return f"{one.steps_open} of {counted(one.steps, 'step')} open{late}"


def checks_said(one: Site) -> str:
    """How far the week's checks are."""
    due = f", {one.checks_due} due by {uk(one.as_of)}" if one.checks_due else ""
    return f"{one.checks} of {CHECKS_A_WEEK} checks this week{due}"
