"""The last months of wards as rows of lists show them: offences by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from db.store import Store
from db.wards import WardRanking, series

MONTHS = 12
"""How many months a row shows."""


def months_of_wards(store: Store, ranking: WardRanking) -> dict[str, tuple[int, ...]]:
    """Ward code to the offences of the categories that are counted, by month, the oldest first: the last twelve.

    They are the months that the ranking counts; fewer where it counts fewer.
    """
    places = [place for place, month in enumerate(ranking.release.months) if month in ranking.months][-MONTHS:]
    counted: Collection[str] = frozenset(ranking.categories)
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * len(places))
    for one in series(store, ranking.release, ranking.months):
        if one.category in counted or not counted:
            kept = sums[one.ward_code]
            for number, place in enumerate(places):
                kept[number] += one.counts[place]
    return {code: tuple(values) for code, values in sums.items()}
