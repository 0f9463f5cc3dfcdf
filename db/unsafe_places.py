"""Places that the public flagged as unsafe, led to their wards as the lookup and the street-level releases stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from core import nearest, unsafe_places
from core.nearest import Cells, Spot
from core.street import POLICE_UK_STREET
from core.unsafe_places import NO_WARD, REACH, Flag
from db import lookups
from db.releases import releases
from db.store import Store
from db.store.engine import Row
from db.store.rows import from_row
from db.ward_map import ward_map

STANDING = (
    "SELECT u.ref, u.reported_on, u.reason, u.ward_code, u.lsoa_code, u.latitude, u.longitude FROM unsafe_place u "
    "JOIN batch b ON b.id = u.batch_id WHERE b.withdrawn = :no ORDER BY u.id"
)
"""Every row of a batch that stands; of two with one reference the later holds."""
_LINES = (
    "SELECT b.file, u.line FROM unsafe_place u JOIN batch b ON b.id = u.batch_id WHERE b.withdrawn = :no ORDER BY u.id"
)
"""Where each row of :data:`STANDING` stands, in the same order."""
_POINTS = (
    "SELECT DISTINCT p.latitude, p.longitude, p.lsoa_code FROM street_point p JOIN release r ON r.id = p.release_id "
    "JOIN batch b ON b.id = r.batch_id WHERE b.withdrawn = :no ORDER BY p.lsoa_code"
)
_Placed = tuple[int, str, str]
"""Day number, ward code (empty if not known), and how it was found."""


@dataclass(frozen=True)
class Flagged:
    """Places flagged from a day to another (day numbers, both included).

    ``by_ward``: ward code to places there; a ward without one is left out. ``by_how``: how a place was led to its ward
    to how many were, in the words of ``core.unsafe_places``. ``held``: places in the store, of whatever day.
    """

    first: int
    last: int
    by_ward: Mapping[str, int]
    by_how: Mapping[str, int]
    held: int

    @property
    def no_ward(self) -> int:
        """Places that are given, but no ward is known for: no lookup has their area, no point is near."""
        return self.by_how.get(NO_WARD, 0)

    @property
    def total(self) -> int:
        """Every place flagged in these days."""
        return sum(self.by_how.values())


def standing(flags: Iterable[Flag]) -> list[Flag]:
    """Of rows with one reference only the last; rows without a reference are separate, however alike."""
    every = list(flags)
    last = {flag.ref: at for at, flag in enumerate(every)}
    return [flag for at, flag in enumerate(every) if not flag.ref or last[flag.ref] == at]


def flagged(store: Store, first: int, last: int) -> Flagged:
    """The places flagged in some days, by ward and by how they were led there."""
    every = _every(store)
    within = [(ward_code, how) for day, ward_code, how in every if first <= day <= last]
    return Flagged(
        first=first,
        last=last,
        by_ward=dict(Counter(ward_code for ward_code, _ in within if ward_code)),
        by_how=dict(Counter(how for _, how in within)),
        held=len(every),
    )


def lines_of(store: Store, ward_code: str, first: int, last: int) -> list[tuple[str, int]]:
    """File and line of every place of one ward that was flagged in some days."""
    flags = [from_row(Flag, row) for row in store.read.rows(STANDING, no=False)]
    held = {id(flag) for flag in standing(flags)}
    lines = store.read.rows(_LINES, no=False)
    kept = [(row["file"], row["line"]) for flag, row in zip(flags, lines, strict=True) if id(flag) in held]
    return [
        where
        for where, (day, ward, _) in zip(kept, _every(store), strict=True)
        if ward == ward_code and first <= day <= last
    ]


def _every(store: Store) -> list[_Placed]:
    """Every place, remembered while no batch comes in or is withdrawn: those hold what places are led to wards by."""
    version = lookups.version(store)
    return store.remember("unsafe places", version, lambda: _place(store))


def _map_in_use(store: Store) -> str | None:
    """The ward map that the release is counted on which is looked at unless another is named; else the newest."""
    of_releases = (lookups.lookup_of(store, one.id) for one in releases(store)[:1] if one.profile == POLICE_UK_STREET)
    found = next(of_releases, None) or lookups.newest(store)
    return found.name if found else None


def _place(store: Store) -> list[_Placed]:
    flags = standing(from_row(Flag, row) for row in store.read.rows(STANDING, no=False))
    if not flags:
        return []
    known = ward_map(store)
    wards = {code: led.ward_code for code, led in lookups.areas_of(store, _map_in_use(store)).items()}
    cells: list[Cells] = []

    @cache
    def area_at(latitude: float, longitude: float) -> str | None:
        if not cells:
            cells.append(_cells(store.read.rows(_POINTS, no=False), wards))
        spot = nearest.nearest(cells[0], latitude, longitude, REACH)
        return spot.name if spot else None

    return [(flag.reported_on, *unsafe_places.ward_of(flag, known, wards, area_at)) for flag in flags]


def _cells(points: Sequence[Row], wards: Mapping[str, str]) -> Cells:
    """Points in cells. One that releases put into areas of two census years is in the one that the lookup has."""
    spots: dict[tuple[float, float], Spot] = {}
    for latitude, longitude, code in points:
        stands = spots.get((latitude, longitude))
        if stands is None or stands.name not in wards:
            spots[latitude, longitude] = Spot(latitude, longitude, code)
    return nearest.in_cells(spots.values())
