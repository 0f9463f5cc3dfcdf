"""Patrol delivered in wards, from files and from units that were stood down or sent elsewhere.

A file's row for a day, ward and unit holds over what the unit left there, whichever came first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import patrols
from core.days import day_of, london, moment_of
from db.store import Store

if TYPE_CHECKING:
    from db.store.journal import Writing


@dataclass(frozen=True)
class Delivered:
    """What was delivered: officer-hours, patrols, and by how many different units."""

    hours: float
    patrols: int
    units: int


def delivered(store: Store, ward_code: str, first_day: int, last_day: int) -> Delivered:
    """What was delivered in a ward from a day to another (day numbers, both included)."""
    query = (
        "SELECT COALESCE(SUM(hours), 0), COUNT(*), COUNT(DISTINCT unit) FROM patrol "
        "WHERE replaced_by IS NULL AND ward_code = :code AND day BETWEEN :first AND :last"
    )
    [(hours, number, units)] = store.read.rows(query, code=ward_code, first=first_day, last=last_day)
    return Delivered(round(float(hours), 2), number, units)


def keep_delivered(writing: Writing, unit_id: int) -> None:
    """Write down what a deployed unit has delivered up to now, before it is sent elsewhere or freed.

    Nothing is written where it has not begun, or it is not known when it did. What a file says of the day, ward and
    unit holds: beside it the row stands replaced.
    """
    unit = writing.row("deployment", unit_id)
    if unit is None or unit["status"] != "deployed" or not unit["starts"] or not unit["ward_code"]:
        return
    starts, ends = moment_of(unit["starts"]), moment_of(unit["ends"]) if unit["ends"] else None
    hours = patrols.delivered(unit["officers"], starts, ends, moment_of(writing.now))
    if hours <= 0:
        return
    day = day_of(london(starts).date())
    writing.insert(
        "patrol",
        batch_id=None,
        line=None,
        day=day,
        ward_code=unit["ward_code"],
        unit=unit["unit"],
        tactic=unit["tactic"],
        officers=unit["officers"],
        hours=hours,
        replaced_by=_file_that_holds(writing, day, unit["ward_code"], unit["unit"]),
    )


def _file_that_holds(writing: Writing, day: int, ward_code: str, unit: str) -> int | None:
    from sqlalchemy import text

    query = (
        "SELECT batch_id FROM patrol WHERE replaced_by IS NULL AND batch_id IS NOT NULL AND day = :day "
        "AND ward_code = :code AND unit = :unit"
    )
    found = writing.connection.execute(text(query), {"day": day, "code": ward_code, "unit": unit}).scalar()
    return None if found is None else int(found)
