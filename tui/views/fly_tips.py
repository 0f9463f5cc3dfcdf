"""Fly-tip sites: the worst twenty first, how far their plans are, and whether the week's checks keep up."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import day_of, uk
from core.fly_tips import CHECKS_A_WEEK, TARGET_SITES, checks_words, week_of
from core.localities import locality_of
from core.text import counted
from db import fly_tips
from db.actions import Subject
from db.fly_tips import Site
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.localities import locality_columns
from tui.views.source import Lines, Record, Source
from tui.widgets.columns import Cell
from tui.widgets.record_list import Column

_BEHIND = Meaning.LATE


def _rank(site: Site) -> str:
    return "-" if site.rank is None else str(site.rank)


def _plan(site: Site) -> Cell:
    if site.closed_on is not None:
        return "closed"
    if not site.steps:
        return Text("no plan", style=_BEHIND if site.target else "")
    late = " late" if site.steps_late else ""
    return Text(f"{site.steps_open}/{site.steps}{late}", style=_BEHIND if late else "")


def _checks(site: Site) -> Cell:
    if not site.target:
        return str(site.checks or "")
    return Text(checks_words(site.checks, site.as_of), style=_BEHIND if site.checks_due else "")


def _last_check(site: Site) -> str:
    return f"{site.last_found} {uk(site.last_check)[:5]}" if site.last_check else "never"


_COLUMNS: tuple[ListColumn[Site], ...] = (
    ListColumn("rank", "#", 3, "right", show=_rank, sort=lambda site: site.rank),
    ListColumn("place", "place", 26, grow=True, show=lambda site: site.place, holds=PLAIN),
    ListColumn("ward", "ward", 10, grow=True, priority=1, show=lambda site: site.ward, holds=PLAIN),
    *locality_columns(lambda site: locality_of(site.borough), borough=2),
    ListColumn("reports", "reports", 7, "right", show=lambda site: f"{site.reports:,}", sort=lambda site: site.reports),
    ListColumn("plan", "plan open", 9, show=_plan, sort=lambda site: site.steps_open, holds=PLAIN),
    ListColumn("checks", "checked", 9, show=_checks, sort=lambda site: site.checks, holds=PLAIN),
    ListColumn("last", "last check", 14, show=_last_check, sort=lambda site: site.last_check, holds=PLAIN),
)


class FlyTipsView(View):
    """Every fly-tip site: the open ones from the worst down, then those that are closed."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Fly-tip sites"
    empty = "No fly-tip sites. n adds one; or import a file of place, ward_code, reports and, if known, since."
    noun = "sites"
    BINDINGS: ClassVar[list[BindingType]] = verbs("check", "plan", "site", "close_site", "why", "action", "decision")

    def read(self) -> tuple[Source, str]:
        """The sites as they stand on the as-of date."""
        as_of = day_of(self.session.as_of)
        sites = fly_tips.sites(self.session.store, as_of)
        return Lines.of(_COLUMNS, sites, key=lambda site: site.id, record=_record), _heading(sites, as_of)


def _heading(found: list[Site], as_of: int) -> str:
    worst = [one for one in found if one.target]
    made, behind = sum(one.checks_counted for one in worst), sum(one.checks_due for one in worst)
    monday, sunday = week_of(as_of)
    due = f", {behind} due" if behind else ""
    return (
        f"Worst {counted(len(worst), 'fly-tip site')}, {uk(monday)[:5]}-{uk(sunday)[:5]}: {made} of "
        f"{counted(len(worst) * CHECKS_A_WEEK, 'check')} made{due},"
    )


def _record(site: Site) -> Record:
    """A site as verbs see it."""
    facts = {
        "rank": _rank(site),
        "reports": str(site.reports),
        "plan": plan_words(site),
        "checks this week": str(site.checks),
        "last check": _last_check(site),
    }
    return Record(Subject("site", str(site.id), site.place), facts, made_of(site), wall=_on_a_wall(site))


def _on_a_wall(one: Site) -> str:
    return (
        made_of(one) if one.closed_on is None else f"closed {uk(one.closed_on)} after {counted(one.days_open, 'day')}"
    )


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
