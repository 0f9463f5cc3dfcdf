"""Patrol delivered in wards, in officer-hours: the profile ``patrols``.

An officer-hour is one officer on patrol for one hour: two officers for four hours deliver eight.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from core.extract import BadValue, count, day, known_ward
from core.figures import why_no_figure
from core.text import counted
from core.units import refuse_no_unit

COLUMNS = ("day", "ward_code", "unit", "officers", "hours")
OPTIONAL = ("tactic",)
PATROL_DAYS = 28
"""So many days of patrol are added up for a ward: four weekly meetings, a project default."""
_HOURS = re.compile(r"\d{1,9}(?:\.\d{0,9})?", re.ASCII)
_DAY = 24


class Delivered(NamedTuple):
    """One patrol as a file has it. ``day`` is a day number, ``hours`` are officer-hours."""

    day: int
    ward_code: str
    unit: str
    tactic: str
    officers: int
    hours: float

    @property
    def key(self) -> tuple[int, str, str]:
        """What makes another row the same patrol: day, ward and unit."""
        return self.day, self.ward_code, self.unit


def checked(fields: Sequence[str], today: int, wards: Collection[str]) -> Delivered:
    """Check one row: its values in the order of the columns, the optional one last.

    today: the latest day it may be of. wards: the ward codes that are known. Raises BadValue.
    """
    on, ward_code, unit, officers, hours, tactic = (" ".join(field.split()) for field in fields)
    ward = known_ward(ward_code, wards)
    refuse_no_unit(unit)
    strength = count("officers", officers)
    return Delivered(day("day", on, today), ward, unit, tactic, strength, _officer_hours(hours, strength))


def _officer_hours(text: str, officers: int) -> float:
    if not _HOURS.fullmatch(text):
        particular = why_no_figure(text)
        how = f": {particular}" if particular else "; write a figure of 0 or more, as 16 or 7.5"
        raise BadValue("hours", text, f"no officer-hours{how}")
    hours = float(text)
    if hours > _DAY * officers:
        have = f"{counted(officers, 'officer')} {'has' if officers == 1 else 'have'} in a day"
        raise BadValue("hours", text, f"more than {have}; {_DAY * officers:,} is the most")
    return hours
