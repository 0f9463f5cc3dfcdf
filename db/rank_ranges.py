"""The ranks that the band of the category weights leaves open, for a ranking of wards by harm."""

from __future__ import annotations

from collections.abc import Mapping

from core.rank_ranges import RankRange, offences_in_harm, rank_ranges
from db.store import Store
from db.wards import WardRanking, series, version_of, weights_in


def ranges_of(store: Store, found: WardRanking) -> Mapping[str, RankRange]:
    """Ward code to the best and the worst rank by harm, over the months of a ranking that took in every category.

    A release is never edited and this takes a tenth of a second, so it is remembered while the lookup stays the same.
    """
    question = ("rank ranges", found.release, found.months, found.doubtful)
    return store.remember(question, version_of(store, found.release), lambda: _ranges(store, found))


def _ranges(store: Store, found: WardRanking) -> Mapping[str, RankRange]:
    rows = series(store, found.release, found.months)
    weights = weights_in(store, found.release)
    months = [found.release.months.index(month) for month in found.months]
    return rank_ranges(*offences_in_harm(rows, weights, months, with_doubtful=found.doubtful))
