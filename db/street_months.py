"""Street-level counts over the months of a series, put together from the files that each month is counted from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from core.wards import Series
from db import lookups, street
from db.releases import Part, ReleaseHead
from db.store import Store


def series(store: Store, head: ReleaseHead, parts: Sequence[Part]) -> list[Series]:
    """Every ward and type of a series, month by month; of a single file every area and type.

    parts: the files whose counts are read. Months counted from others are zero in what is given, and wards that only
    the others have are in it without a count, where they are counted on the same ward map.
    """
    used = [part for part in parts if part.months]
    maps = {lookups.lookup_of(store, part.release_id) for part in used}
    others = [
        part.release_id
        for part in head.parts
        if part.months and part not in parts and lookups.lookup_of(store, part.release_id) in maps
    ]
    if len(used) == 1 and used[0].months == head.months == used[0].of:
        return street.series(store, used[0].release_id)
    at = {month: place for place, month in enumerate(head.months)}
    sums: dict[tuple[str, str, str, str], list[int]] = {}
    for part in used:
        places = [(at[month], place) for month, place in zip(part.months, part.places, strict=True)]
        for one in street.series(store, part.release_id):
            counts = sums.setdefault((one.ward_code, one.ward, one.borough, one.category), [0] * len(at))
            for to, place in places:
                counts[to] += one.counts[place]
    some_type = next((category for *_, category in sums), "")
    for where in street.places(store, others):
        sums.setdefault((*where, some_type), [0] * len(at))
    return [Series(*key, counts) for key, counts in sums.items()]


def lines(
    store: Store, parts: Iterable[Part], ward_code: str, months: Collection[str]
) -> list[tuple[Part, str, tuple[int, ...]]]:
    """The lines of one ward's incidents by file and type, of the files that some months are counted from."""
    return [
        (part, one.category, numbers)
        for part in parts
        if not set(months).isdisjoint(part.months)
        for one, numbers in street.lines(store, part.release_id, ward_code)
    ]
