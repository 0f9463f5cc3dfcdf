"""Patrol delivered in wards: what files say of it, and what units on deployments have delivered by the clock.

A file's row for a day, ward and unit holds over what the clock says of that unit there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from core.days import at_clock, day_of, london
from core.deployment_hours import officer_hours, within
from core.deployments import State
from core.text import counted
from db.deployments import KEPT_ON, DeploymentView, Sent, spans
from db.store import Store

_FIRST = date(1900, 1, 1).toordinal()


@dataclass(frozen=True)
class Delivered:
    """What was delivered: officer-hours, patrols, and by how many different units."""

    hours: float
    patrols: int
    units: int


def delivered(store: Store, ward_code: str, first_day: int, last_day: int) -> Delivered:
    """What was delivered in a ward from a day to another (day numbers, both included).

    A patrol is of the day on which it began. What units delivered on deployments is worked out from their times.
    """
    query = (
        "SELECT day, unit, hours, batch_id FROM patrol "
        "WHERE replaced_by IS NULL AND ward_code = :code AND day BETWEEN :first AND :last"
    )
    rows = store.read.rows(query, code=ward_code, first=first_day, last=last_day)
    held = {(row["day"], row["unit"]) for row in rows if row["batch_id"] is not None}
    hours, units = [float(row["hours"]) for row in rows], {row["unit"] for row in rows}
    now = store.now()
    since = at_clock(date.fromordinal(max(first_day, _FIRST)), 0)
    until = min(now, at_clock(date.fromordinal(last_day + 1), 0))
    for one in spans(store, since, until, now, ward_code):
        if one.starts is None or one.starts < since:
            continue
        for sent in one.units:
            given = hours_of(one, sent)
            if given and (day_of(london(one.starts).date()), sent.unit) not in held:
                hours.append(given)
                units.add(sent.unit)
    return Delivered(round(sum(hours), 2), len(hours), len(units))


def hours_of(one: DeploymentView, sent: Sent, *, planned: bool = False) -> float:
    """The officer-hours of a unit on a deployment up to the moment it was read for; *planned*: those to its end.

    0 where it has not begun, where its start or its end is not known, or where the unit was asked for and did not come.
    """
    if one.starts is None:
        return 0.0
    if planned:
        return officer_hours(sent.officers, one.starts, one.ends) if one.ends else 0.0
    until = one.stays(sent) or one.read_at
    return within(sent.officers, one.starts, until, one.starts, one.read_at) if sent.comes else 0.0


class Stand(NamedTuple):
    """How many deployments are on, planned and over; of those that are over the officer-hours, and those planned."""

    on: int
    planned: int
    over: int
    delivered: float
    of: float

    @property
    def words(self) -> str:
        """What there is of it, in words; empty where there is nothing."""
        hours = f"{self.delivered:,.0f} of {self.of:,.0f} officer-hours"
        over = f"{self.over} over in {counted(KEPT_ON.days, 'day')}, {hours}"
        parts = (f"{self.on} on" if self.on else "", f"{self.planned} planned" if self.planned else "")
        return ", ".join([*(part for part in parts if part), *([over] if self.over else [])])


def stand_of(sent: Iterable[DeploymentView]) -> Stand:
    """How some deployments stand. What was cancelled is not told."""
    every = list(sent)
    many = Counter(one.state for one in every)
    over = [(one, unit) for one in every if one.state is State.OVER for unit in one.units]
    delivered, of = (sum(hours_of(*pair, planned=planned) for pair in over) for planned in (False, True))
    return Stand(many[State.ON], many[State.PLANNED], many[State.OVER], delivered, of)


def around(store: Store, now: datetime) -> list[DeploymentView]:
    """The deployments of the seven days before a moment and of the seven after it."""
    return spans(store, now - KEPT_ON, now + KEPT_ON, now)
