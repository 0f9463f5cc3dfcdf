"""What stands at the head of a ward's page, in sentences: harm, whose priority it is, who is there, what is open."""

from __future__ import annotations

from collections.abc import Sequence

from core.actions import Rag
from core.days import day_of, london, uk
from core.officers import TEAM
from core.patrols import PATROL_DAYS
from core.text import counted
from core.wards import few_residents
from db import actions, deployments, focus, officers, panels, patrols, wards
from db.actions import Subject
from db.deployments import UnitView
from db.priority_wards import priority_wards
from db.rank_ranges import ranges_of
from db.ward_pages import WardPage
from tui.session import Session

_PANEL = 3


def place_words(page: WardPage) -> str:
    """Which ward it is, where, and how many live there."""
    few = " (few for a rate)" if few_residents(page.population, page.rate_per_1000, len(page.counted)) else ""
    return f"{page.ward}, {page.borough}, BCU {page.bcu}  {page.code}  {page.population:,} residents{few}"


def elsewhere_words(session: Session, page: WardPage) -> str:
    """Under which other boroughs the ward is published; nothing where under none."""
    entry = wards.ward_entries(wards.ranking(session.store)).get(page.code)
    return f"; published under {' and '.join(entry.also_under)}, too" if entry and entry.also_under else ""


def harm_words(session: Session, page: WardPage) -> str:
    """The harm with its band, the rank and what the band leaves open."""
    found = wards.ranking(session.store)
    entry = wards.ward_entries(found).get(page.code)
    months = counted(len(page.counted), "month")
    if entry is None:
        return f"{page.harm:,.0f} d of harm in {months}"
    span = ranges_of(session.store, found)[page.code]
    open_ranks = "sure" if span.settled else f"({span.best} to {span.worst})"
    return (
        f"{page.harm:,.0f} d of harm in {months} ({entry.harm_low:,.0f} to {entry.harm_high:,.0f}), rank {entry.rank} "
        f"{open_ranks} of {len(found.table.entries)}"
    )


def titles(page: WardPage) -> tuple[str, str]:
    """What stands above the categories by harm, and by count."""
    rate = "" if page.rate_per_1000 is None else f", {page.rate_per_1000:,.1f} per 1,000 residents"
    by_harm = f"by harm, {100 * page.estimated:.0f}% on estimated shares"
    return by_harm, f"by count, {counted(page.offences, 'offence')}{rate}"


def first_words(page: WardPage, first: int) -> tuple[str, str]:
    """The first categories by harm, and by count."""
    by_harm, by_count = titles(page)
    harm = [line for line in page.categories if line.harm][:first]
    most = sorted(page.categories, key=lambda line: (-line.count, line.category))[:first]
    return (
        f"{by_harm}: " + "; ".join(f"{line.harm:,.0f} d {line.category.lower()}" for line in harm),
        f"{by_count}: " + "; ".join(f"{line.count:,} {line.category.lower()}" for line in most if line.count),
    )


def priority_words(session: Session, code: str) -> str:
    """Whether it is a priority ward, who said so and until when; whether it is or was the focus ward."""
    today = day_of(session.as_of)
    adopted = next((one for one in priority_wards(session.store) if one.ward_code == code), None)
    if adopted is None:
        words = "no priority ward (A in the list of wards makes it one)"
    else:
        due = " DUE" if adopted.due(today) else ""
        words = f"priority ward since {uk(adopted.since)}, review {uk(adopted.review_on)}{due}: {adopted.reason}"
        words += f"; {adopted.reviews[0].sentence}" if adopted.reviews else ""
    weeks = [week for week in focus.weeks(session.store) if week.ward_code == code]
    if weeks:
        latest = max(weeks, key=lambda week: week.monday)
        words += f"; focus ward in the week of {uk(latest.monday)}"
    return words


def team_words(session: Session, code: str) -> str:
    """The ward team, and the extra officers placed here."""
    plan = officers.plan(session.store)
    post = plan.posts.get(code) if plan else None
    if plan is None:
        return f"{TEAM}; extra officers: none placed yet"
    if post is None:
        return f"{TEAM}; extra officers: none here"
    proposed = "" if post.posts == post.proposed else f", {post.proposed} proposed"
    return f"{TEAM}; extra officers: {post.posts}{proposed} (of {plan.total})"


def there_words(session: Session, code: str) -> str:
    """Who is deployed here now, and the patrol delivered in four weeks."""
    today = day_of(session.as_of)
    done = patrols.delivered(session.store, code, today - PATROL_DAYS + 1, today)
    past = f"in {PATROL_DAYS} days {done.hours:,g} officer-hours in {counted(done.patrols, 'patrol')}"
    if not done.patrols:
        past = f"no patrol recorded in {PATROL_DAYS} days"
    every = deployments.units(session.store)
    if not every:
        return f"deployed here: not known, the store holds no unit; {past}"
    here = [one for one in every if one.status == "deployed" and one.ward_code == code]
    if not here:
        return f"deployed here now: no unit; {past}"
    officers_here = counted(sum(one.officers for one in here), "officer")
    return f"deployed here now: {officers_here} = {'; '.join(_unit(one) for one in here)}; {past}"


def _unit(one: UnitView) -> str:
    until = f" to {london(one.ends):%d/%m %H:%M}" if one.ends else ""
    return f"{one.unit} ({one.officers}) {one.tactic}{until}"


def panel_words(session: Session, code: str) -> str:
    """What the ward panel asks for; nothing where the store knows of none."""
    found = panels.panel_priorities(session.store, day_of(session.as_of), code)
    asked = "; ".join(one.priority for one in found[:_PANEL])
    more = f" and {len(found) - _PANEL} more" if len(found) > _PANEL else ""
    return f"ward panel asks: {asked}{more}" if found else ""


def actions_words(session: Session, ward: Subject) -> str:
    """What is open here, and what comes next."""
    found: Sequence[actions.ActionView] = actions.about(session.store, ward, session.now())
    waiting = [one for one in found if one.status == "open"]
    if not waiting:
        return "open actions: none"
    late = sum(one.rag is Rag.RED for one in waiting)
    first = waiting[0]
    overdue = f" ({late} overdue)" if late else ""
    due = f"{london(first.due_at):%d/%m %H:%M}"
    return f"open actions: {len(waiting)}{overdue}; next {due} {first.owner}: {first.action}"
