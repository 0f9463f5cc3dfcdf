"""The last days of what was returned, as rows of lists show them: counts by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from core.activity import headline
from db.store import Store

DAYS = 14
"""How many days a figure of the last day is shown after."""


def days_of_measures(store: Store, last: int, among: Collection[str]) -> dict[str, tuple[int | None, ...]]:
    """Measure to what was returned of it on each of the last days, the oldest first, *last* the day number of the last.

    among: the BCUs whose returns are added up.

    A headline adds up its measures. None on a day of which a BCU sent no return: its sum is not known.
    """
    first = last - DAYS + 1
    query = "SELECT bcu, day, measure, count FROM activity WHERE day BETWEEN :first AND :last AND replaced_by IS NULL"
    rows = [row for row in store.read.rows(query, first=first, last=last) if row["bcu"] in among]
    returned = {(row["bcu"], row["day"]) for row in rows}
    whole = {day for day in range(first, last + 1) if all((bcu, day) in returned for bcu in among)}
    sums: Counter[tuple[str, int]] = Counter()
    names = set()
    for row in rows:
        for name in {row["measure"], headline(row["measure"])} - {None, ""}:
            sums[name, row["day"]] += row["count"]
            names.add(name)
    return {name: _by_day(sums, name, range(first, last + 1), whole) for name in names}


def _by_day(
    sums: Mapping[tuple[str, int], int], name: str, days: Sequence[int], whole: Collection[int]
) -> tuple[int | None, ...]:
    return tuple(sums.get((name, day), 0) if day in whole else None for day in days)
