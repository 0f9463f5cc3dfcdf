"""London as tiles of one size: where each borough stands in a grid, and in which of five steps a figure lies.

Places: every borough beside as many of its neighbours as a grid of eight by seven allows (``core/data/tile_map.csv``).
Steps: harm by fifths of the boroughs, change and tension by fixed borders, officers by quarters of the most, with none
apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from core.tables import table

STEPS = 5
CHANGE_BORDERS = (-10.0, -3.0, 3.0, 10.0)
"""Per cent: fell by 10 or more, fell by 3 or more, about the same, rose by no more than 10, rose by more."""
TENSION_BORDERS = (0.0, 2.0, 3.0, 4.0)
"""The highest level of tension: none, then 1 and 2 together; of six levels the names are not known."""
_WAYS = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}


@dataclass(frozen=True)
class Tile:
    """One borough on the grid. ``code`` is three letters, ``label`` a name that fits a tile; places count from 1."""

    borough: str
    code: str
    label: str
    column: int
    row: int


@cache
def tiles() -> tuple[Tile, ...]:
    """Every tile, in the order of reading: row by row, from the left."""
    found = [
        Tile(row["borough"], row["code"], row["label"], int(row["column"]), int(row["row"]))
        for row in table("tile_map")
    ]
    return tuple(sorted(found, key=lambda tile: (tile.row, tile.column)))


def beside(here: Tile, way: str) -> Tile:
    """The tile one goes to from *here*: the nearest within a quarter turn of the way, or *here* at the edge.

    way: ``left``, ``right``, ``up`` or ``down``. Straight on comes before aslant.
    """
    x, y = _WAYS[way]
    found: list[tuple[int, int, Tile]] = []
    for tile in tiles():
        across, down = tile.column - here.column, tile.row - here.row
        ahead, aside = (across * x, abs(down)) if x else (down * y, abs(across))
        if ahead > 0 and aside <= ahead:
            found.append((ahead + 2 * aside, ahead, tile))
    return min(found, key=lambda one: one[:2])[2] if found else here


def step_of(value: float, borders: Sequence[float]) -> int:
    """Which step a figure lies in, from 1; a border belongs to the step below it."""
    return bisect_left(borders, value) + 1


def fifths(values: Iterable[float]) -> tuple[float, ...]:
    """The four borders that part some figures into fifths of equal number; empty where there are no figures."""
    ordered = sorted(values)
    if not ordered:
        return ()
    return tuple(ordered[max(0, -(-len(ordered) * part // STEPS) - 1)] for part in range(1, STEPS))


def quarters(values: Iterable[float]) -> tuple[float, ...]:
    """The four borders that give nothing a step of its own and part whole numbers by quarters of the most."""
    most = max(values, default=0.0)
    return (0.0, *(most * part // 4 for part in (1, 2, 3)))
