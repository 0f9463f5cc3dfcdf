"""The boroughs that stops are in: each that of the nearest point of the street-level releases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from core import nearest
from core.lsoa import borough_of
from core.nearest import Spot
from core.stops import REACH
from db.store import Store

_OF_A_RELEASE = (
    "JOIN release r ON r.id = p.release_id JOIN batch b ON b.id = r.batch_id "
    "WHERE b.withdrawn = :no AND b.imported_at < :until"
)
_POINTS = (
    f"SELECT DISTINCT p.latitude, p.longitude, p.lsoa_code FROM street_point p {_OF_A_RELEASE} "  # noqa: S608 - our own
    "AND p.latitude BETWEEN :south AND :north AND p.longitude BETWEEN :west AND :east ORDER BY p.lsoa_code"
)
_NAMES = f"SELECT DISTINCT p.lsoa_code, p.lsoa_name FROM street_count p {_OF_A_RELEASE}"  # noqa: S608 - our own names
_LOOKUP = (
    "SELECT l.lsoa_code, l.borough FROM lsoa_ward l JOIN batch b ON b.id = l.batch_id "
    "WHERE b.withdrawn = :no AND b.imported_at < :until AND l.borough <> '' ORDER BY l.id"
)
_ASIDE = 0.01
"""Degrees about the stops within which points are looked for; more than the reach, anywhere in Great Britain."""


def boroughs_of(store: Store, places: Iterable[tuple[str, str]], until: str) -> dict[tuple[str, str], str]:
    """The borough of every place, given as latitude and longitude as written; one that is not known is left out.

    until: only what was imported before this moment tells.
    """
    spots = {}
    for up, aside in places:
        latitude, longitude = nearest.latitude(up), nearest.longitude(aside)
        if latitude is not None and longitude is not None:
            spots[up, aside] = latitude, longitude
    if not spots:
        return {}
    cells = nearest.in_cells(_points(store, list(spots.values()), until))
    found = {}
    for place, (latitude, longitude) in spots.items():
        spot = nearest.nearest(cells, latitude, longitude, REACH)
        if spot is not None and spot.name:
            found[place] = spot.name
    return found


def _points(store: Store, stops: list[tuple[float, float]], until: str) -> Iterable[Spot]:
    """The points about the stops, each once, with its borough; of areas of two census years the one that has a name."""
    north, east = (max(values) + _ASIDE for values in zip(*stops, strict=True))
    south, west = (min(values) - _ASIDE for values in zip(*stops, strict=True))
    rows = store.read.rows(_POINTS, no=False, until=until, south=south, north=north, west=west, east=east)
    names = _boroughs(store, until)
    spots: dict[tuple[float, float], Spot] = {}
    for latitude, longitude, code in rows:
        borough = names.get(code, "")
        if borough or (latitude, longitude) not in spots:
            spots[latitude, longitude] = Spot(latitude, longitude, borough)
    return spots.values()


def _boroughs(store: Store, until: str) -> Mapping[str, str]:
    """Small area to its borough: as the lookup has it, else as the area is named."""
    named = {row["lsoa_code"]: borough_of(row["lsoa_name"]) for row in store.read.rows(_NAMES, no=False, until=until)}
    looked_up = {row["lsoa_code"]: row["borough"] for row in store.read.rows(_LOOKUP, no=False, until=until)}
    return {**named, **looked_up}
