"""The ranks that the band of the category weights leaves open, for a ranking of wards by harm."""

from __future__ import annotations

from collections.abc import Mapping

from core.category_weights import weights_of
from core.rank_ranges import RankRange, offences_in_harm, rank_ranges
from db.store import Store
from db.street import lookup_version
from db.wards import WardRanking, series


def ranges_of(store: Store, found: WardRanking) -> Mapping[str, RankRange]:
    """Ward code to the best and the worst rank by harm, over the months of a ranking that took in every category.

    A release is never edited and this takes a tenth of a second, so it is remembered while the lookup stays the same.
    """
    question = ("rank ranges", found.release, found.months, found.doubtful)
    return store.remember(question, lookup_version(store), lambda: _ranges(store, found))


def _ranges(store: Store, found: WardRanking) -> Mapping[str, RankRange]:
    rows = series(store, found.release, found.months)
    weights = weights_of(found.release.profile, {row.category for row in rows})
    months = [found.release.months.index(month) for month in found.months]
    return rank_ranges(*offences_in_harm(rows, weights, months, with_doubtful=found.doubtful))
