"""Places that the public flagged as unsafe: the built-in profile ``unsafe-places``, and which ward a place is in.

A tool such as StreetSafe lets anyone say where they feel unsafe and why; it names no one and is no crime report. Forces
export it under many headers, so the usual ones are recognised. A place is given by ward code, by small census area or
by coordinates. Rule: a ward code that is known holds; else the ward that the imported lookup gives for the small area;
else the ward of the small area of the nearest anonymised point of a street-level release, within :data:`REACH`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from core import nearest
from core.column_map import column_name
from core.extract import BadValue, day, reference
from core.geography import area_code

COLUMNS = ("reported_on", "reason")
OPTIONAL = ("ward_code", "lsoa_code", "latitude", "longitude", "ref")
A_PLACE = "a place (ward_code, lsoa_code, or latitude and longitude)"
REACH = 500.0
"""Metres from a place to the nearest anonymised point that still tells where it is."""
WARD, AREA, POINT, NO_WARD, NO_PLACE = "ward code", "small area", "nearest point", "no ward known", "no place"
"""How a place was led to its ward; the last two where it was not."""

_HEADS: Mapping[str, Sequence[str]] = {
    "reported_on": ("reported_on", "date", "created", "date_reported", "created_date"),
    "reason": ("reason", "category", "issue", "concern", "feature", "type"),
    "ward_code": ("ward_code", "ward code"),
    "lsoa_code": ("lsoa_code", "lsoa code", "lsoa"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lng", "lon", "long"),
    "ref": ("ref", "id", "reference"),
}
_OF_ANOTHER_KIND = frozenset(
    (
        *("crime_ref", "crime id", "crime type", "month", "ho_code", "person_ref", "victim_ref", "marker", "minortext"),
        *("gender", "age range", "object of search", "legislation", "days", "hours", "officers", "set_on", "reports"),
    )
)
"""Columns that no file of flagged places has: they tell of crimes, people, searches, weights or officers."""


class Flag(NamedTuple):
    """One place as it was given. ``reported_on`` is a day number; texts are empty and coordinates None if left out."""

    ref: str
    reported_on: int
    reason: str
    ward_code: str
    lsoa_code: str
    latitude: float | None
    longitude: float | None


def heads(header: Sequence[str]) -> dict[str, str]:
    """Our column names to those of a header, in whatever of the usual words it has them; the first word holds."""
    names = {column_name(name) for name in header}
    found = ((ours, next((word for word in words if column_name(word) in names), "")) for ours, words in _HEADS.items())
    return {ours: theirs for ours, theirs in found if theirs}


def missing(header: Sequence[str]) -> list[str]:
    """What a header lacks to be one of flagged places; every need where it is plainly one of another kind."""
    if _OF_ANOTHER_KIND & {name.strip().casefold() for name in header}:
        return [*COLUMNS, A_PLACE]
    there = heads(header)
    lacks = [column for column in COLUMNS if column not in there]
    return lacks if has_place(there) else [*lacks, A_PLACE]


def unproved(header: Sequence[str]) -> list[str]:
    """What a header lacks to be plainly one of flagged places.

    The usual words for a day and a reason (``date``, ``type``) stand in any list of crimes, too, and so do our own
    beside columns that such a file does not have (``arrested``, ``person``). So only our own prove anything, where
    nothing else stands beside them; by the others a file is read where the profile is named.
    """
    names = {name.strip().casefold() for name in header} - {""}
    if lacks := missing(header) or [column for column in COLUMNS if column not in names]:
        return lacks
    odd = sorted(names - {*COLUMNS, *OPTIONAL, *heads(header).values()})
    return [f"a header without {', '.join(odd)}"] if odd else []


def has_place(there: Collection[str]) -> bool:
    """Whether some of our columns are enough to tell where a place is."""
    return "ward_code" in there or "lsoa_code" in there or {"latitude", "longitude"} <= set(there)


def checked(fields: Sequence[str], today: int) -> Flag:
    """Check one row: its values in the order of the columns, optional ones last; today: the latest day it may be of.

    A row without any place is taken. Raises BadValue for a day that cannot be, a missing reason, and coordinates that
    are no numbers, not in Great Britain, or one without the other.
    """
    reported_on, reason, ward, area, north, east, ref = (" ".join(field.split()) for field in fields)
    on = day("reported_on", reported_on, today)
    if not reason:
        raise BadValue("reason", reason, "why the place was flagged is missing")
    if bool(north) != bool(east):
        column = "longitude" if north else "latitude"
        raise BadValue(column, "", f"the {column} is missing; give both or neither")
    latitude, longitude = nearest.latitude(north), nearest.longitude(east)
    if north and latitude is None:
        raise BadValue("latitude", north, "no latitude in Great Britain; write degrees of 49 to 61")
    if east and longitude is None:
        raise BadValue("longitude", east, "no longitude in Great Britain; write degrees of -9 to 2")
    return Flag(reference(ref), on, reason, area_code(ward), area_code(area), latitude, longitude)


def ward_of(
    flag: Flag, known: Collection[str], wards: Mapping[str, str], area_at: Callable[[float, float], str | None]
) -> tuple[str, str]:
    """The ward code that a place is in, and how it was found; an empty code where it was not.

    known: ward codes. wards: the lookup from small areas. area_at: the small area at a latitude and longitude.
    """
    if flag.ward_code in known:
        return flag.ward_code, WARD
    if found := wards.get(flag.lsoa_code, ""):
        return found, AREA
    if flag.latitude is not None and flag.longitude is not None:
        area = area_at(flag.latitude, flag.longitude)
        if area and (found := wards.get(area, "")):
            return found, POINT
        return "", NO_WARD
    return "", NO_WARD if flag.ward_code or flag.lsoa_code else NO_PLACE
