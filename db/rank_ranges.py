"""The ranks that the band of the category weights leaves open, for a ranking of wards by harm."""

from __future__ import annotations

from collections.abc import Mapping
from weakref import WeakKeyDictionary

from core.category_weights import weights_of
from core.rank_ranges import RankRange, offences_in_harm, rank_ranges
from db.store import Store
from db.street import lookup_version
from db.wards import WardRanking, series

_kept: WeakKeyDictionary[Store, dict[tuple[object, ...], Mapping[str, RankRange]]] = WeakKeyDictionary()
"""A release is never edited, so the same question has the same answer; it takes a tenth of a second to find."""


def ranges_of(store: Store, found: WardRanking) -> Mapping[str, RankRange]:
    """Ward code to the best and the worst rank by harm, over the months of a ranking that took in every category."""
    kept = _kept.setdefault(store, {})
    asked = (found.release, lookup_version(store), found.months, found.doubtful)
    if asked not in kept:
        rows = series(store, found.release.id)
        weights = weights_of(found.release.profile, {row.category for row in rows})
        months = [found.release.months.index(month) for month in found.months]
        kept[asked] = rank_ranges(*offences_in_harm(rows, weights, months, with_doubtful=found.doubtful))
    return kept[asked]
