"""The ranks that the band of the category weights leaves open, for a ranking of wards by harm."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from core.category_weights import CategoryWeight, weights_of
from core.rank_ranges import RankRange, rank_ranges
from core.wards import summed
from db.store import Store
from db.street import lookup_version
from db.wards import WardRanking, series

_kept: WeakKeyDictionary[Store, dict[tuple[object, ...], Mapping[str, RankRange]]] = WeakKeyDictionary()
"""A release is never edited, so the same question has the same answer; it takes a fifth of a second to find."""


def ranges_of(store: Store, found: WardRanking, *, with_doubtful: bool = False) -> Mapping[str, RankRange]:
    """Ward code to the best and the worst rank by harm, over the months of a ranking that took in every category."""
    kept = _kept.setdefault(store, {})
    asked = (found.release, lookup_version(store), found.months, with_doubtful)
    if asked not in kept:
        offences, weights = _offences(store, found, with_doubtful=with_doubtful)
        kept[asked] = rank_ranges(offences, [(weight.low, weight.high) for weight in weights])
    return kept[asked]


def _offences(
    store: Store, found: WardRanking, *, with_doubtful: bool
) -> tuple[dict[str, list[int]], list[CategoryWeight]]:
    """Ward code to the offences of every category that is in the harm, and what the categories weigh."""
    rows = series(store, found.release.id)
    every = weights_of(found.release.profile, {row.category for row in rows})
    weights = {
        name: weight if with_doubtful else weight.without_doubt()
        for name, weight in every.items()
        if not weight.police_detected
    }
    places = {name: place for place, name in enumerate(weights)}
    months = [found.release.months.index(month) for month in found.months]
    total = summed(months)
    offences: dict[str, list[int]] = {}
    for row in rows:
        place = places.get(row.category.casefold())
        if row.ward_code:
            counts = offences.setdefault(row.ward_code, [0] * len(places))
            if place is not None:
                counts[place] += total(row.counts)
    return offences, list(weights.values())
