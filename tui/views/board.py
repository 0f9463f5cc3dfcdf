"""The board as rows: the wards without a unit, then every unit with its hours; one picture tells tonight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from core.clashes import Clash, overlap
from core.days import UTC, london
from core.deployments import State
from core.localities import Locality
from core.tactics import TACTICS
from core.text import counted
from core.uncovered import Uncovered
from core.units import UnitState
from db.deployments import DeploymentView, Sent, UnitView
from tui.means import Meaning
from tui.wall import HIDDEN

BEFORE, AFTER = 4, 20
"""So many hours before the present one, and from it on, the bar shows; a cell is an hour."""
_HOUR = timedelta(hours=1)
_OUT, _PLANNED, _OPEN, _NOTHING, _NOW = "█", "▒", "?", "·", "│"
"""``?``: it is asked for, or nobody has said since when or until when it is out."""
BAR_TITLE = f"{BEFORE} h │ now, {AFTER} h"
_MEANS = {
    UnitState.FREE: Meaning.FREE, UnitState.OUT: Meaning.SENT, UnitState.PLANNED: Meaning.NOTED,
    UnitState.ASKED: Meaning.DUE,
}  # fmt: skip


class Span(NamedTuple):
    """A time on the bar of a unit, and the sign that its hours are drawn with."""

    starts: datetime | None
    ends: datetime | None
    sign: str


@dataclass(frozen=True)
class UnitRow:
    """A unit as the board shows it.

    spans: when it is out, planned or asked for, with the sign for it. clashes: what stands against it. near: how far
    the nearest ward without a unit is.
    """

    unit: UnitView
    now: datetime
    spans: tuple[Span, ...] = ()
    clashes: tuple[Clash, ...] = ()
    near: str = ""

    @property
    def on(self) -> DeploymentView | None:
        """What it is on, planned for or asked for."""
        return self.unit.on

    @property
    def state(self) -> str:
        """Its state in a word, with a mark where something stands against it; away where it is not to be sent."""
        if away_now(self.unit, self.now):
            return "away"
        return f"{self.unit.state.value} !" if self.clashes else self.unit.state.value

    @property
    def means(self) -> Meaning:
        """What its state means; a clash is red whatever the state."""
        if away_now(self.unit, self.now):
            return Meaning.HELD
        return Meaning.LATE if self.clashes else _MEANS[self.unit.state]


@dataclass(frozen=True)
class WardRow:
    """A ward that wants a unit and has none."""

    ward: Uncovered
    name: str
    borough: str
    bcu: str


Row = UnitRow | WardRow


def away_now(unit: UnitView, now: datetime) -> bool:
    """Whether a unit is on nothing and not to be sent at a moment."""
    return unit.is_free and unit.is_away(now) and unit.away is not None and unit.away.starts <= now


def place_of(row: Row) -> Locality:
    """Where a row lies: a ward itself, a unit where it is or will be."""
    if isinstance(row, WardRow):
        return Locality(row.bcu, row.borough)
    return row.on.locality if row.on else Locality("", "")


def state_of(row: Row) -> str:
    """The state of a unit; of a ward that it has none."""
    return "NO UNIT" if isinstance(row, WardRow) else row.state


def means_of(row: Row) -> Meaning:
    """What the state of a row means."""
    return Meaning.MISSING if isinstance(row, WardRow) else row.means


def where(row: Row) -> str:
    """The ward of a unit; of a free one its base's quarter, since no base has a public place; why a ward wants one."""
    if isinstance(row, WardRow):
        return "; ".join(row.ward.why).replace("priority ward", "priority")
    if row.on is None:
        return f"({row.unit.base})" if row.unit.base else ""
    return row.on.where or "?"


def tactic(row: Row, *, hidden: bool = False) -> str:
    """What a unit is sent to do; on a wall only what is on the list."""
    words = row.on.tactic if isinstance(row, UnitRow) and row.on else ""
    return HIDDEN if hidden and words and words not in TACTICS else words


def starts(row: Row) -> datetime | None:
    """When a unit's deployment starts."""
    return row.on.starts if isinstance(row, UnitRow) and row.on else None


def until(row: Row) -> datetime | None:
    """When a unit leaves it."""
    if isinstance(row, WardRow) or row.on is None:
        return None
    return _left(row.unit, row.on)


def _left(unit: UnitView, one: DeploymentView) -> datetime | None:
    sent = next((sent for sent in one.units if sent.unit_id == unit.id), None)
    return one.until if sent is None else one.stays(sent)


def bar(row: Row) -> str:
    """The hours of a unit, the present one after the line; of a ward none."""
    if isinstance(row, WardRow):
        return ""
    first = row.now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - BEFORE * _HOUR
    cells = [_cell(row.spans, first + nth * _HOUR) for nth in range(BEFORE + AFTER)]
    return "".join([*cells[:BEFORE], _NOW, *cells[BEFORE:]])


def _cell(spans: Sequence[Span], hour: datetime) -> str:
    here = (span for span in spans if overlap(span.starts, span.ends, hour, hour + _HOUR))
    return next((span.sign for span in here), _NOTHING)


def spans_of(deployments: Iterable[DeploymentView]) -> dict[int, list[Span]]:
    """Unit to what its bar shows: what it is or was out on, what is planned, what it is asked for."""
    found: dict[int, list[Span]] = {}
    for one in deployments:
        if one.state is State.CANCELLED:
            continue
        sign = _PLANNED if one.state is State.PLANNED else _OUT
        for sent in one.units:
            if sent.waits or sent.comes:
                found.setdefault(sent.unit_id, []).extend(_spans(one, sent, sign))
    return found


def _spans(one: DeploymentView, sent: Sent, sign: str) -> list[Span]:
    """What one deployment shows on the bar of a unit; hours before or after a time that is not known are open."""
    starts, ends = one.starts, one.stays(sent)
    if sent.waits:
        return [Span(starts, ends, _OPEN)]
    here = one.read_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    known = Span(starts or min(here, ends or here), ends or max(here, starts or here) + _HOUR, sign)
    return [known, Span(starts, ends, _OPEN)]


def told(row: UnitRow) -> str:
    """What a unit is on and what comes after it, what stands against it, how far the nearest ward without one is."""
    unit = row.unit
    parts = [f"{unit.unit}, {unit.base or 'no base'}, {counted(unit.officers, 'officer')}{_lent(unit)}, {unit.state}"]
    parts += [f"of them {unit.posts} extra ward officers"] if unit.posts else []
    parts += [_sent(unit, one) for one in unit.sent[:2]]
    parts += [f"and {counted(len(unit.sent) - 2, 'more')}" for _ in unit.sent[2:3]]
    parts += [f"of {unit.whom}: ask, {unit.notice or 'no notice known'}"] if unit.whom else []
    parts += [f"not available: {unit.away.why}"] if unit.away and unit.away.starts <= row.now else []
    parts += [f"CLASH {clash.says}" for clash in row.clashes]
    parts += [row.near] if row.near else []
    return "; ".join(parts)


def told_on_a_wall(row: UnitRow) -> str:
    """The same without what people wrote."""
    unit = row.unit
    words = f"{unit.unit}, {unit.base}, {counted(unit.officers, 'officer')}, {unit.state}"
    if unit.on and unit.on.ward:
        words += f": {tactic(row, hidden=True)} in {unit.on.ward}{_span(unit, unit.on)}"
    return words


def _lent(unit: UnitView) -> str:
    more = unit.officers - unit.own
    return "" if not more else f" ({'+' if more > 0 else '-'}{abs(more)} {'received' if more > 0 else 'lent'})"


def _sent(unit: UnitView, one: DeploymentView) -> str:
    where = f" in {one.where}" if one.where else ", no ward named"
    words = f"{one.tactic or 'no tactic named'}{where}{_span(unit, one)}"
    words += f", to {one.objective}" if one.objective else ""
    words += f", dose {one.dose.words}" if one.dose else ""
    words += f", {one.authority.words}" if one.authority.words else ""
    return words


def _span(unit: UnitView, one: DeploymentView) -> str:
    end = _left(unit, one)
    since = f", from {london(one.starts):%d/%m %H:%M}" if one.starts else ", no start named"
    return since + (f", until {london(end):%d/%m %H:%M}" if end else ", no end named")


def ward_told(row: WardRow) -> str:
    """Why a ward wants a unit."""
    return f"{row.name}, {row.borough}: no unit is there and none is planned; {'; '.join(row.ward.why)}"


def in_short(units: Sequence[UnitView], now: datetime, missing: int, on_top: int) -> str:
    """How many units are out, planned, asked for, free and away, with their officers; each unit is counted once.

    missing: how many wards want a unit and have none. on_top: how many of them stand above the units.
    """
    parts = []
    for state in (UnitState.OUT, UnitState.PLANNED, UnitState.ASKED, UnitState.FREE):
        here = [unit for unit in units if unit.state is state and not away_now(unit, now)]
        if here or state in (UnitState.OUT, UnitState.FREE):
            parts.append(f"{len(here)} {state} ({sum(unit.officers for unit in here)})")
    if away := [unit for unit in units if away_now(unit, now)]:
        parts.append(f"{len(away)} away ({sum(unit.officers for unit in away)})")
    words = f"{counted(sum(unit.officers for unit in units), 'officer')}: {', '.join(parts)}"
    where = f", {on_top} on top, {missing - on_top} below the units" if missing > on_top else ""
    return f"{counted(missing, 'ward')} without a unit{where}; {words}" if missing else words
