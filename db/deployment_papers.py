"""What the papers of a meeting say of units: how they stand, and officer-hours by operation, team and borough."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from core.days import at_clock, london
from core.deployment_hours import within
from core.minutes import Table
from core.scope import Scope
from core.units import TASK_FORCE
from db.deploying import standing_clashes
from db.deployments import Board, DeploymentView, Sent, board, spans
from db.store import Store
from db.uncovered import uncovered_wards, wanted
from db.ward_map import name_of

WEEK = timedelta(days=7)
_UNKNOWN = "not known"
Key = Callable[[DeploymentView, Sent], str]


def standing(store: Store, now: datetime, scope: Scope) -> list[Table]:
    """Every unit as it stands at a moment, then the deployments of a scope with what is uncovered."""
    whole = board(store, now)
    return [_units(whole, now), *_live(store, whole, scope)]


def _units(whole: Board, now: datetime) -> Table:
    """Every unit: a deployment that has not begun is planned."""
    rows = [(u.unit, u.base, u.officers, u.state.value, *_sent(u.on)) for u in whole.units]
    heads = ("Unit", "Base", "Officers", "State", "Ward", "BCU", "Tactic", "From", "Until")
    return Table(f"Units at {london(now):%H:%M}", heads, rows)


def _sent(on: DeploymentView | None) -> tuple[str, ...]:
    if on is None:
        return ("-",) * 5
    return on.where or "-", on.bcu or "-", on.tactic or "-", _clock(on.starts), _clock(on.until)


def _clock(moment: datetime | None) -> str:
    return f"{london(moment):%d/%m %H:%M}" if moment else "-"


def _live(store: Store, whole: Board, scope: Scope) -> list[Table]:
    """The deployments of a scope that are on or planned with what they are for, and what is uncovered."""
    rows = [
        (
            ", ".join(sent.unit for sent in one.units), one.state.value, one.where or "-", one.tactic or "-",
            one.objective or "-", one.measure or "-", one.dose.words if one.dose else "-",
            "; ".join(part for part in (one.authority.words, _over_ruled(one)) if part) or "-",
        )
        for one in whole.within(scope).live
    ]  # fmt: skip
    heads = ("Units", "State", "Where", "Tactic", "Objective", "Measured by", "Dose", "Authority, clashes over-ruled")
    there = "" if scope.is_force else f" in {scope.label}"
    basis = wanted(store).basis
    wanting = f"Wards{there} that want a unit and have none" + (f", by {basis}" if basis else "")
    missing = [(name_of(store, one.ward_code), "; ".join(one.why)) for one in uncovered_wards(store, whole, scope)]
    return [
        Table(f"Deployments on and planned{there}", heads, rows, f"No deployment is on or planned{there}."),
        *([Table(wanting, ("Ward", "Why"), missing)] if whole.units and missing else []),
        *_warned(whole),
    ]


def _over_ruled(one: DeploymentView) -> str:
    return f"over-ruled: {one.overruled} ({one.why})" if one.overruled else ""


def _warned(whole: Board) -> list[Table]:
    found = [(", ".join(clash.units), clash.says, clash.resolve) for clash in standing_clashes(whole)]
    heads = ("Units", "What clashes or is warned of", "What would resolve it")
    return [Table("Clashes and warnings of duty", heads, found)] if found else []


def hours(store: Store, as_of: date, now: datetime, scope: Scope) -> list[Table]:
    """Officer-hours of the week before a meeting, delivered against planned: by operation, team and borough."""
    until = min(at_clock(as_of, 0), now)
    since = until - WEEK
    sent = [
        (one, sent)
        for one in spans(store, since, until, now)
        if scope.holds(one.locality) and one.starts is not None
        for sent in one.units
        if sent.comes
    ]
    teams = {row["id"]: row["team"] for row in store.read.rows("SELECT id, team FROM deployment")}
    keys: Mapping[str, Key] = {
        "operation": lambda one, _: one.tactic or _UNKNOWN,
        "resource": lambda _, sent: teams.get(sent.unit_id, TASK_FORCE),
        "receiving borough": lambda one, _: one.borough or _UNKNOWN,
    }
    span = f"{london(since):%d/%m %H:%M} to {london(until):%d/%m %H:%M}"
    return [_hours(f"Officer-hours by {name}, {span}", name, sent, key, since, until) for name, key in keys.items()]


def _hours(
    title: str, name: str, sent: Sequence[tuple[DeploymentView, Sent]], key: Key, since: datetime, until: datetime
) -> Table:
    given: dict[str, list[float]] = {}
    for one, unit in sent:
        starts, end, planned = one.starts, one.stays(unit), one.ends
        if starts is None:
            continue
        found = given.setdefault(key(one, unit), [0.0, 0.0, 0.0])
        found[0] += within(unit.officers, starts, end or until, since, until)
        found[1] += within(unit.officers, starts, planned or until, since, until)
        found[2] += 1
    rows = [
        (what, f"{delivered:,.0f}", f"{planned:,.0f}", f"{many:,.0f}")
        for what, (delivered, planned, many) in sorted(given.items(), key=lambda pair: (-pair[1][0], pair[0]))
    ]
    heads = (name[0].upper() + name[1:], "Delivered", "Planned", "Times a unit was sent")
    return Table(title, heads, rows, "No unit was sent in this week.")
