"""Clashes of a deployment: what stands against it before it is saved, and what would resolve it.

Rules: a unit is in one place at a time; it is sent while it is there, with no more officers than it has; a tactic has
its fewest officers and vehicles and every skill it needs (``core/data/tactics.toml``). Who over-rules one of these
gives a reason, which stands in the papers. Hours of duty and rest (``core/data/duty.toml``) are warned of and never
block. Source: DOMAIN2.md section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from core.days import london
from core.shipped import shipped
from core.tactics import TACTICS
from core.text import counted
from core.toml_part import loads
from core.units import Shift

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True)
class Elsewhere:
    """Another deployment of a unit that is not over. by and at: who sent it there, and when that was entered."""

    number: int
    place: str
    tactic: str
    starts: datetime | None
    ends: datetime | None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Away:
    """A time in which a unit is not to be sent at all, as a training day, and why."""

    starts: datetime
    ends: datetime | None
    why: str


@dataclass(frozen=True)
class Crew:
    """A unit as a deployment takes it.

    officers: how many of it are sent. strength: how many it has at the start. skills: empty where they are not known.
    """

    unit: str
    officers: int
    strength: int
    skills: frozenset[str] = frozenset()
    shift: Shift | None = None
    away: Away | None = None
    elsewhere: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True)
class Sending:
    """What is sent where, doing what, from when until when. number: 0 where it is not saved yet. vehicles: None: not
    said.
    """

    number: int
    place: str
    tactic: str
    starts: datetime | None
    ends: datetime | None
    crews: tuple[Crew, ...]
    vehicles: int | None = None


@dataclass(frozen=True)
class Clash:
    """One thing that stands against a deployment. kind: a word for it. numbers: the deployments that clash.

    says: what it is, in words without a full stop. resolve: what would resolve it. blocks: whether it is saved only
    with a reason; else it is a warning.
    """

    kind: str
    units: tuple[str, ...]
    numbers: tuple[int, ...]
    says: str
    resolve: str
    blocks: bool = True

    @property
    def key(self) -> tuple[object, ...]:
        """What makes another clash the same."""
        return self.kind, self.units, self.numbers


def clashes(sending: Sending) -> list[Clash]:
    """Everything that stands against a deployment: what blocks first, then what is warned of."""
    found = [*_places(sending), *_people(sending), *_tactic(sending), *_duty(sending)]
    return sorted(found, key=lambda clash: not clash.blocks)


def overlap(starts: datetime | None, ends: datetime | None, others: datetime | None, until: datetime | None) -> bool:
    """Whether two times share a moment; a start that is not known has come, an end that is not known never comes."""
    return (ends is None or others is None or others < ends) and (until is None or starts is None or starts < until)


def _places(sending: Sending) -> Iterator[Clash]:
    for crew in sending.crews:
        for other in crew.elsewhere:
            if other.number != sending.number and overlap(sending.starts, sending.ends, other.starts, other.ends):
                yield _two_places(sending, crew, other)


def _two_places(sending: Sending, crew: Crew, other: Elsewhere) -> Clash:
    taken = f"; sent by {other.by}" if other.by else ""
    taken += f" at {london(other.at):%H:%M}" if other.by and other.at else ""
    until = f" until {london(other.ends):%d/%m %H:%M}" if other.ends else ""
    since = f" from {london(other.starts):%d/%m %H:%M}" if other.starts else ""
    where = other.place or "no place named"
    what = other.tactic if other.tactic in TACTICS else "a deployment"
    return Clash(
        "two-places",
        (crew.unit,),
        (other.number,) if not sending.number else tuple(sorted((other.number, sending.number))),
        f"{crew.unit} is on {what} in {where}{since}{until}{taken}",
        "it leaves there, or another unit goes",
    )


def _people(sending: Sending) -> Iterator[Clash]:
    for crew in sending.crews:
        if crew.officers > crew.strength:
            have = f"{crew.unit} has {counted(crew.strength, 'officer')} then, {crew.officers} are sent"
            yield Clash("strength", (crew.unit,), (sending.number,), have, f"send {crew.strength}, or ask for uplift")
        away = crew.away
        if away and overlap(sending.starts, sending.ends, away.starts, away.ends):
            until = f" until {london(away.ends):%d/%m %H:%M}" if away.ends else ""
            yield Clash(
                "away", (crew.unit,), (sending.number,), f"{crew.unit} is not available{until}: {away.why}",
                "another unit goes",
            )  # fmt: skip


def _tactic(sending: Sending) -> Iterator[Clash]:
    tactic = TACTICS.get(sending.tactic)
    if tactic is None or not sending.crews:
        return
    units, officers = tuple(crew.unit for crew in sending.crews), sum(crew.officers for crew in sending.crews)
    numbers = (sending.number,)
    if officers < tactic.crew:
        says = f"{tactic.label} takes {counted(tactic.crew, 'officer')} at least, {officers} are sent"
        yield Clash("crew", units, numbers, says, f"{tactic.crew - officers} more, or another tactic")
    if tactic.vehicles and (sending.vehicles or 0) < tactic.vehicles:
        have = "no size is given" if sending.vehicles is None else f"it has {sending.vehicles}"
        says = f"{tactic.label} takes {tactic.vehicles} vehicles at least, {have}"
        yield Clash("vehicles", units, numbers, says, "say how many vehicles go")
    known = [crew.skills for crew in sending.crews]
    missing = tactic.skills - frozenset().union(*known)
    if missing and all(known):  # of a unit whose skills are not known nothing can be missed
        says = f"{tactic.label} needs {' and '.join(sorted(missing))}, which none of {', '.join(units)} has"
        yield Clash("skill", units, numbers, says, "add a unit that has it, or another tactic")


@cache
def duty() -> dict[str, Any]:
    """Hours of duty and rest, each with its source."""
    return loads(shipped("duty.toml"))


def _duty(sending: Sending) -> Iterator[Clash]:
    if sending.starts is None or sending.ends is None:
        return
    rule, lasts = duty(), sending.ends - sending.starts
    if lasts > rule["one_duty_hours"] * HOUR:
        return
    units = tuple(crew.unit for crew in sending.crews)
    if lasts > rule["day_hours"] * HOUR:
        hours = f"{_lasting(lasts)} are more than a day of duty, {rule['day_hours']}"
        yield Clash("hours", units, (sending.number,), hours, "a shorter time, or relief", blocks=False)
    for crew in sending.crews:
        yield from _shift(sending, crew, sending.starts, sending.ends)
        yield from _rest(sending, crew, sending.starts, sending.ends)


def _shift(sending: Sending, crew: Crew, starts: datetime, ends: datetime) -> Iterator[Clash]:
    if crew.shift is None:
        return
    begins, finishes = crew.shift.around(starts)
    if starts < begins or ends > finishes:
        says = f"{crew.unit} is on duty from {begins:%H:%M} to {finishes:%H:%M}"
        yield Clash("shift", (crew.unit,), (sending.number,), says, "a time within its shift", blocks=False)


def _rest(sending: Sending, crew: Crew, starts: datetime, ends: datetime) -> Iterator[Clash]:
    rest = duty()["rest_hours"]
    for other in crew.elsewhere:
        if other.number == sending.number or other.starts is None or other.ends is None:
            continue
        gap = max(starts - other.ends, other.starts - ends)
        if timedelta(0) <= gap < rest * HOUR:
            says = (
                f"{crew.unit} has {_lasting(gap)} between this and {other.place or 'its other duty'}, {rest} h is due"
            )
            numbers = tuple(sorted({other.number, sending.number}))
            yield Clash("rest", (crew.unit,), numbers, says, "a later start, or another unit", blocks=False)


def _lasting(gap: timedelta) -> str:
    """A time in hours and minutes."""
    hours, minutes = divmod(int(gap / MINUTE), 60)
    return f"{hours} h {minutes} min" if hours and minutes else f"{hours} h" if hours else f"{minutes} min"


def in_words(found: Sequence[Clash]) -> str:
    """Clashes in one line, each with what would resolve it."""
    return "; ".join(f"{clash.says} ({clash.resolve})" for clash in found)
