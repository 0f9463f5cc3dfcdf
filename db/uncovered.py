"""Wards that are high or unusual and have no unit named, from what the store holds of places and of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.hot_violence import is_hot
from core.localities import Locality
from core.scope import Scope
from core.uncovered import Month, Uncovered, uncovered
from db import wards
from db.deployments import Board
from db.priority_wards import priority_wards
from db.report_counts import named
from db.store import Store
from db.ward_map import ward_map, ward_map_version

_YEAR = 12


@dataclass(frozen=True)
class Wanted:
    """What wards are looked at by: their codes by harm, and hot violence by month; nothing where none is published.

    basis: the release whose counts they are, in words.
    """

    ranked: tuple[str, ...] = ()
    months: Mapping[str, Month] | None = None
    basis: str = ""

    def ranks(self) -> dict[str, int]:
        """Ward to its rank by harm among all."""
        return {code: place for place, code in enumerate(self.ranked, 1)}


def wanted(store: Store) -> Wanted:
    """The wards of the latest release by harm, with the hot violence of its last months; remembered with the release.

    Where no release is held there are none.
    """
    if not wards.releases(store):
        return Wanted()
    found = wards.ranking(store)
    version = (wards.version_of(store, found.release), ward_map_version(store))
    question = ("wards that want a unit", found.release, found.months)
    return store.remember(question, version, lambda: _wanted(store, found))


def _wanted(store: Store, found: wards.WardRanking) -> Wanted:
    places = wards.months_of(found.release)
    counts: dict[str, list[int]] = {}
    for row in wards.series(store, found.release, found.months):
        if is_hot(row.category):
            held = counts.setdefault(row.ward_code, [0] * len(places))
            for nth, place in enumerate(places):
                held[nth] += row.counts[place] or 0
    months = {code: Month(held[-1], tuple(held[-_YEAR:-1])) for code, held in counts.items()}
    return Wanted(tuple(entry.ward_code for entry in found.table.entries), months, named(found.release.name))


def uncovered_wards(store: Store, board: Board, scope: Scope) -> list[Uncovered]:
    """The wards of a scope that want a unit and have none, on the board of the whole force."""
    looked_at, known = wanted(store), ward_map(store)

    def inside(codes: Sequence[str]) -> list[str]:
        if scope.is_force:
            return list(codes)
        return [code for code in codes if (ward := known.get(code)) and scope.holds(Locality(ward.bcu, ward.borough))]

    covered = {one.ward_code for one in board.live if one.here or any(sent.waits for sent in one.units)}
    priorities = inside([one.ward_code for one in priority_wards(store)])
    return uncovered(inside(looked_at.ranked), priorities, looked_at.months or {}, covered, looked_at.ranks())
