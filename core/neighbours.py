"""Which wards lie beside each other, and how far apart two are: the table ``ward_neighbours`` of the ward map of 2022.

Wards are neighbours where their outlines share a line of any length, across borough borders too; wards that only face
each other over the tidal Thames are not. Distances are as the crow flies between the centres of two wards, on the
British National Grid: they say nothing of roads, railways and rivers. Wards at the edge of London have neighbours
outside it that are not in the table.

Source: Office for National Statistics licensed under the Open Government Licence v.3.0. Contains OS data (c) Crown
copyright and database right 2022. Worked from Wards (December 2022) Boundaries, generalised and clipped to the
coast, by ``python -m tests.core.ward_neighbours``; no outline is kept. Whoever shows or hands on the table says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from math import hypot
from typing import NamedTuple

from core.tables import table

_KILOMETRE = 1000


class Lies(NamedTuple):
    """Where a ward lies: its centre in metres on the British National Grid, and the codes of its neighbours."""

    easting: int
    northing: int
    neighbours: frozenset[str]


@cache
def lying() -> Mapping[str, Lies]:
    """Every ward of the map of 2022 by its code."""
    return {
        row["code"]: Lies(int(row["easting"]), int(row["northing"]), frozenset(row["neighbours"].split()))
        for row in table("ward_neighbours")
    }


def neighbours_of(code: str) -> frozenset[str]:
    """The codes of the wards beside a ward; none for a ward of another map."""
    found = lying().get(code)
    return found.neighbours if found else frozenset()


def same_or_beside(one: str, other: str) -> bool:
    """Whether two wards are one, or lie beside each other."""
    return bool(one) and (one == other or other in neighbours_of(one))


def kilometres(one: str, other: str) -> float | None:
    """How far the centres of two wards are apart, in kilometres; None where one is on another map."""
    here, there = lying().get(one), lying().get(other)
    if here is None or there is None:
        return None
    return round(hypot(here.easting - there.easting, here.northing - there.northing) / _KILOMETRE, 1)


def nearest(code: str, others: Collection[str]) -> list[tuple[float, str]]:
    """Other wards with their distance from a ward, the nearest first; those of another map are left out."""
    apart = ((kilometres(code, other), other) for other in others)
    return sorted((far, other) for far, other in apart if far is not None)
