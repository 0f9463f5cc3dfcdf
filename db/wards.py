"""Ward counts by release, and wards ranked from one release."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from core.errors import NotFound, Problem
from core.wards import SCHEMES, Order, Series, WardScore, WardTable, rank_wards, weights_for
from db.store import Store

YEAR = 12

_kept: WeakKeyDictionary[Store, dict[tuple[object, ...], WardRanking]] = WeakKeyDictionary()
"""Rankings made of each open store: a release is never edited, so the same question has the same answer."""
_series: WeakKeyDictionary[Store, tuple[int, list[Series]]] = WeakKeyDictionary()
"""The counts of the release looked at last."""


@dataclass(frozen=True)
class ReleaseHead:
    """One published release: its name, its months (``YYYYMM``) and how its categories are weighed."""

    id: int
    name: str
    profile: str
    months: tuple[str, ...]
    file: str


@dataclass(frozen=True)
class WardRanking:
    """Wards ranked from one release over some of its months (``YYYYMM``)."""

    release: ReleaseHead
    first: str
    last: str
    by: Order
    table: WardTable


def releases(store: Store) -> list[ReleaseHead]:
    """Every release in the store, the one that ends latest first."""
    rows = store.read.rows(
        "SELECT r.id, r.name, r.profile, r.months, b.file FROM release r JOIN batch b ON b.id = r.batch_id "
        "WHERE b.withdrawn = :no",
        no=False,
    )
    found = [ReleaseHead(row[0], row[1], row[2], tuple(json.loads(row[3])), row[4]) for row in rows]
    return sorted(found, key=lambda release: (release.months[-1], release.id), reverse=True)


def release(store: Store, name: str | None = None) -> ReleaseHead:
    """A release by its name, or the one that ends latest. Raises NotFound."""
    found = releases(store)
    if not found:
        raise NotFound("The store holds no ward counts. Import a Met ward-level file first: tasking import FILE.")
    if name is None:
        return found[0]
    for one in found:
        if one.name == name:
            return one
    raise NotFound(f"There is no release '{name}'. There are: {', '.join(one.name for one in found)}.")


def series(store: Store, release_id: int) -> list[Series]:
    """Every ward and category of a release, month by month."""
    kept = _series.get(store)
    if kept is None or kept[0] != release_id:
        kept = _series[store] = (release_id, _read(store, release_id))
    return kept[1]


def _read(store: Store, release_id: int) -> list[Series]:
    query = "SELECT ward_code, ward, borough, category, counts FROM ward_series WHERE release_id = :id"
    rows = store.read.rows(query, id=release_id)
    every = json.loads(f"[{','.join(row[4] for row in rows)}]")
    return [
        Series(code, ward, borough, category, counts)
        for (code, ward, borough, category, _), counts in zip(rows, every, strict=True)
    ]


def ranking(
    store: Store,
    *,
    first: str | None = None,
    last: str | None = None,
    by: Order = "harm",
    categories: Sequence[str] = (),
    name: str | None = None,
    with_doubtful: bool = False,
) -> WardRanking:
    """Rank the wards of a release.

    first, last: months (``YYYY-MM`` or ``YYYYMM``); the last twelve months of the release if neither is given.
    categories: only those whose name holds one of these texts. name: which release. Raises NotFound, Problem.
    """
    chosen = release(store, name)
    months = _months(chosen, first, last)
    kept = _kept.setdefault(store, {})
    asked = (chosen, months.start, months.stop, by, tuple(categories), with_doubtful)
    if asked not in kept:
        kept[asked] = _rank(store, chosen, months, by, categories, with_doubtful=with_doubtful)
    return kept[asked]


def _rank(
    store: Store, chosen: ReleaseHead, months: slice, by: Order, categories: Sequence[str], *, with_doubtful: bool
) -> WardRanking:
    rows = series(store, chosen.id)
    weights = weights_for(SCHEMES[chosen.profile], {row.category for row in rows})
    wanted = [row for row in rows if _is_wanted(row.category, categories)]
    if categories and not wanted:
        there = ", ".join(sorted({row.category for row in rows}))
        raise Problem(f"Release {chosen.name} has no category like {' or '.join(categories)}. It has: {there}.")
    table = rank_wards(wanted, weights, months, by, with_doubtful=with_doubtful)
    return WardRanking(chosen, chosen.months[months.start], chosen.months[months.stop - 1], by, table)


def ward_entries(found: WardRanking) -> dict[str, WardScore]:
    """The entries of a ranking by ward code."""
    return {entry.ward_code: entry for entry in found.table.entries}


def _is_wanted(category: str, texts: Sequence[str]) -> bool:
    return not texts or any(text.casefold() in category.casefold() for text in texts)


def _months(chosen: ReleaseHead, first: str | None, last: str | None) -> slice:
    start = _month(chosen, first) if first else None
    stop = _month(chosen, last) if last else len(chosen.months) - 1
    if start is None:
        start = max(0, stop - YEAR + 1) if not last else 0
    if start > stop:
        raise Problem(f"--from {first} is after --to {last}. Swap them.")
    return slice(start, stop + 1)


def _month(chosen: ReleaseHead, text: str) -> int:
    month = text.strip().replace("-", "")
    if month not in chosen.months:
        span = f"{_dashed(chosen.months[0])} to {_dashed(chosen.months[-1])}"
        raise Problem(f"Release {chosen.name} has no month {text}; it runs from {span}.")
    return chosen.months.index(month)


def _dashed(month: str) -> str:
    return f"{month[:4]}-{month[4:]}"
