"""The nearest of many points on the ground, found by cells, so that most of the points are never looked at.

Coordinates are degrees of latitude and longitude (WGS 84), distances metres along a sphere (the haversine formula),
which at the distances of a few streets is within half a per cent of a survey. Made for Great Britain: it does not
look across a pole or the 180th meridian.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import product
from math import asin, cos, degrees, floor, radians, sin, sqrt
from typing import NamedTuple

BRITAIN = ((49.0, 61.0), (-9.0, 2.0))
"""Least and most latitude, then longitude, of a place in Great Britain."""
_EARTH = 6_371_008.8
_CELL = 0.001
_FIRST_LOOK = 60.0
_SPARE = 1e-9
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{0,20})?(?:e-\d{1,2})?", re.ASCII | re.IGNORECASE)

Cells = Mapping[tuple[int, int], list["Spot"]]


class Spot(NamedTuple):
    """A point with what it stands for."""

    latitude: float
    longitude: float
    name: str


def latitude(text: str) -> float | None:
    """The latitude that a text writes; None where it writes no number, or one outside Great Britain."""
    return _degrees(text, *BRITAIN[0])


def longitude(text: str) -> float | None:
    """The longitude that a text writes; None where it writes no number, or one outside Great Britain."""
    return _degrees(text, *BRITAIN[1])


def is_number(text: str) -> bool:
    """Whether a text writes a number of degrees, wherever that is."""
    return _NUMBER.fullmatch(text) is not None


def _degrees(text: str, least: float, most: float) -> float | None:
    found = float(text) if _NUMBER.fullmatch(text) else None
    return found if found is not None and least <= found <= most else None


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two places lie apart, each given as latitude and longitude."""
    lower, upper = radians(one[0]), radians(other[0])
    across = sin((upper - lower) / 2) ** 2
    along = sin(radians(other[1] - one[1]) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(across + cos(lower) * cos(upper) * along)))


def in_cells(spots: Iterable[Spot]) -> Cells:
    """Points sorted into cells of a thousandth of a degree, about 110 by 70 metres."""
    found: dict[tuple[int, int], list[Spot]] = {}
    for spot in spots:
        found.setdefault((floor(spot.latitude / _CELL), floor(spot.longitude / _CELL)), []).append(spot)
    return found


def nearest(cells: Cells, latitude: float, longitude: float, reach: float) -> Spot | None:
    """The nearest point within reach (metres) of a place; of equally near ones the first by name. None without any.

    It looks close by first and doubles the distance while nothing is there.
    """
    within = min(_FIRST_LOOK, reach)
    while True:
        found = _within(cells, latitude, longitude, within)
        if found is not None or within >= reach:
            return found
        within = min(2 * within, reach)


def _within(cells: Cells, latitude: float, longitude: float, reach: float) -> Spot | None:
    """The nearest point in the cells that a circle about a place touches, where it lies inside the circle."""
    angle = reach / _EARTH
    up = degrees(angle) + _SPARE
    aside = degrees(asin(min(1.0, sin(angle) / cos(radians(latitude))))) + _SPARE
    best: tuple[float, str, Spot] | None = None
    for cell in product(_span(latitude, up), _span(longitude, aside)):
        for spot in cells.get(cell, ()):
            near = metres((latitude, longitude), (spot.latitude, spot.longitude)), spot.name, spot
            if near[0] <= reach and (best is None or near < best):
                best = near
    return None if best is None else best[2]


def _span(middle: float, aside: float) -> range:
    return range(floor((middle - aside) / _CELL), floor((middle + aside) / _CELL) + 1)
