"""What the page of a ward knows, read at one go: its harm, whose priority it is, who is there, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from core.days import day_of, london
from core.deployments import State
from core.errors import Problem
from core.geography import boroughs
from core.nights import Night, end_of
from core.not_counted import NotCounted
from core.patrols import PATROL_DAYS
from core.rank_ranges import RankRange
from core.wards import WardScore
from db import actions, deployments, focus, kept_out, night, officers, panels, patrols, wards
from db.actions import ActionView, Subject
from db.batch_kinds import PATROLS
from db.deployments import DeploymentView
from db.incidents import Incident
from db.not_counted import not_counted
from db.officers import Placement
from db.panels import PanelPriority
from db.patrols import Delivered
from db.priority_wards import PriorityWard, priority_wards
from db.rank_ranges import ranges_of
from db.store import Store
from db.tension import TensionNote, notes
from db.ward_map import ward_map
from db.ward_pages import WardPage, ward_page
from tui.session import Session

NIGHTS = timedelta(days=7)
"""So far back the incidents of a ward are told."""


@dataclass(frozen=True)
class Standing:
    """A ward in the ranking by harm: its entry, the ranks its band leaves open, how many are ranked.

    not_counted: what the numbers of the ranking leave out.
    """

    entry: WardScore
    ranks: RankRange
    ranked: int
    not_counted: tuple[NotCounted, ...] = ()


@dataclass(frozen=True)
class WardFacts:
    """What is known of a ward on a day (*today*, a day number).

    page: its part of the release; None where the release does not hold it, and *missing* says why. borough: empty
    where the ward map has no such ward. focus_on: the Monday of the latest week for which it was chosen. units: the
    deployments that are on there now; planned: those that will be; ended: those of four weeks; units_known: whether the
    store holds any unit at all. panel: what the ward panel asks for. waiting: its open actions, as the register has
    them. tension: the notes that stand. incidents: those of seven days here; None where the store knows no night.
    patrols_kept_out: rows of files of patrols that are in quarantine, of whatever ward.
    """

    code: str
    today: int
    page: WardPage | None
    missing: str
    borough: str
    standing: Standing | None
    adopted: PriorityWard | None
    focus_on: int | None
    placement: Placement | None
    patrolled: Delivered
    units: tuple[DeploymentView, ...]
    planned: tuple[DeploymentView, ...]
    ended: tuple[DeploymentView, ...]
    units_known: bool
    panel: tuple[PanelPriority, ...]
    waiting: tuple[ActionView, ...]
    tension: tuple[TensionNote, ...] = ()
    incidents: tuple[Incident, ...] | None = None
    patrols_kept_out: int = 0

    @property
    def in_london(self) -> bool:
        """Whether it is in a borough of London, or in none that is known."""
        return not self.borough or self.borough in boroughs()


def ward_facts(session: Session, ward: Subject) -> WardFacts:
    """Read what is known of a ward, in any release or in none. Raises Problem where the store cannot be read."""
    store, code, today = session.store, ward.ref, day_of(session.as_of)
    page, missing = _release_page(store, code, session.counted_from)
    mapped = ward_map(store).get(code)
    mondays = [week.monday for week in focus.weeks(store) if week.ward_code == code]
    now = session.now()
    sent = deployments.in_ward(store, code, now - timedelta(days=PATROL_DAYS), now)
    return WardFacts(
        code=code,
        today=today,
        page=page,
        missing=missing,
        borough=page.borough if page else mapped.borough if mapped else "",
        standing=_standing(store, code, session.counted_from) if page else None,
        adopted=next((adopted for adopted in priority_wards(store) if adopted.ward_code == code), None),
        focus_on=max(mondays, default=None),
        placement=officers.placement(store),
        patrolled=patrols.delivered(store, code, today - PATROL_DAYS + 1, today),
        units=tuple(one for one in sent if one.state is State.ON),
        planned=tuple(one for one in sent if one.state is State.PLANNED),
        ended=tuple(one for one in sent if not one.state.is_live),
        units_known=deployments.holds_units(store),
        panel=tuple(panels.panel_priorities(store, today, code)),
        waiting=tuple(action for action in actions.about(store, ward, now) if action.status == "open"),
        tension=tuple(notes(store, now, ward_code=code)),
        incidents=_incidents(session, code),
        patrols_kept_out=sum(one.count or 0 for one in kept_out.of_kind(store, PATROLS)),
    )


def _incidents(session: Session, code: str) -> tuple[Incident, ...] | None:
    """What happened in a ward in the seven days up to the meeting, the latest first."""
    if night.knows_no_night(session.store):
        return None
    until = min(end_of(session.as_of), london(session.now()))
    return tuple(night.in_ward(session.store, Night(until - NIGHTS, until), code))


def _release_page(store: Store, code: str, name: str | None) -> tuple[WardPage | None, str]:
    try:
        return ward_page(store, code, name), ""
    except Problem as problem:
        return None, problem.sentence


def _standing(store: Store, code: str, name: str | None) -> Standing | None:
    ranking = wards.ranking(store, name=name)
    entry = wards.ward_entries(ranking).get(code)
    if entry is None:
        return None
    missing = not_counted(store, ranking)
    return Standing(entry, ranges_of(store, ranking)[code], len(ranking.table.entries), missing)
