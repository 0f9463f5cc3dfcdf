"""Street-level crime as data.police.uk publishes it by month and force: one row, one incident.

Rules: anti-social behaviour has no Crime ID, so rows without one are separate incidents even where they are identical.
A Crime ID stands for one crime; a row that repeats one with the same month, type and place (a copy, or another
outcome) is the same crime and counts once. With another type or place it is counted again, and the release says so:
what is published does not tell which row is right. A row without a location is kept and counted; it is in no ward.
Without a location is one with neither coordinates nor a small area. One with coordinates and no small area, or with an
area that is none of England and Wales, is outside the small areas: some forces publish all their incidents so.

Files of one force are a series of months. Of several files that hold a month the one imported last is counted, as its
newest edition; the earlier editions stay to be read. A crime is so counted once, whichever files of a month repeat it.
Source: data.police.uk, About (columns of the CSV files).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from core import coordinates, nearest
from core.extract import BadValue
from core.geography import area_code
from core.releases import slug

POLICE_UK_STREET = "police-uk-street"
COLUMNS = ("crime id", "month", "reported by", "falls within", "location", "lsoa code", "lsoa name", "crime type")
OPTIONAL = ("longitude", "latitude", "last outcome category", "context")
READ = ("crime id", "month", "reported by", "longitude", "latitude", "location", "lsoa code", "lsoa name", "crime type")
"""The columns that are read, in this order."""

WITHOUT_LOCATION = "without a location"
OUTSIDE = "outside the small areas of England and Wales"
_AREA = ("E01", "W01")
"""What the codes of small areas begin with (LSOA; ONS, Register of Geographic Codes)."""
_MONTH = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])")


def is_of_outcomes(header: Sequence[str]) -> bool:
    """Whether a header is that of the outcomes of crimes which data.police.uk publishes beside the street files."""
    names = {" ".join(name.casefold().split()) for name in header}
    return {"crime id", "month", "outcome type"} <= names and "crime type" not in names


def series_of(forces: Sequence[str]) -> str:
    """The series that a file of these forces is part of; nothing where one is not named: such a file stands alone."""
    return "+".join(sorted(slug(force) for force in forces)) if all(map(str.strip, forces)) else ""


class Incident(NamedTuple):
    """One row, checked. ``month`` is ``YYYYMM``; ``place`` is as it is written and tells two places apart."""

    crime_id: str
    month: str
    force: str
    lsoa_code: str
    lsoa_name: str
    crime_type: str
    place: tuple[str, ...]

    @property
    def once(self) -> tuple[object, ...] | None:
        """What makes another row the same crime; None for an incident without a Crime ID."""
        return (self.crime_id, self.month, self.crime_type, self.place) if self.crime_id else None

    @property
    def nowhere(self) -> str:
        """Why it is in no small area, :data:`WITHOUT_LOCATION` or :data:`OUTSIDE`; nothing where it is in one."""
        if self.lsoa_code.startswith(_AREA):
            return ""
        return OUTSIDE if self.lsoa_code or all(map(nearest.is_number, self.place[:2])) else WITHOUT_LOCATION

    @property
    def latitude(self) -> float | None:
        """Degrees, None where what is written is no number or lies outside Great Britain."""
        return nearest.latitude(self.place[1])

    @property
    def longitude(self) -> float | None:
        """Degrees, None where what is written is no number or lies outside Great Britain."""
        return nearest.longitude(self.place[0])


def checked(fields: Sequence[str], latest: str) -> Incident:
    """Check one row: its values in the order of :data:`READ`; latest: the last month there can be. Raises BadValue."""
    crime_id, month, force, *place, lsoa_name, crime_type = (field.strip() for field in fields)
    place[:2] = map(coordinates.plain, place[:2])
    place[3] = area_code(place[3])
    if not crime_type:
        raise BadValue("Crime type", crime_type, "the crime type is missing")
    return Incident(crime_id, _month(month, latest), force, place[3], lsoa_name, crime_type, tuple(place))


@cache
def _month(text: str, latest: str) -> str:
    """``2018-01`` as ``201801``; few are written again and again."""
    found = _MONTH.fullmatch(text)
    if not found:
        raise BadValue("Month", text, "no such month; write yyyy-mm")
    month = found[1] + found[2]
    if month > latest:
        raise BadValue("Month", text, "the month lies in the future")
    return month
