"""Wards ranked from one release."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from core.category_weights import CategoryWeight, scheme_of, weights_of
from core.errors import Problem
from core.releases import YEAR, Flag, dashed, last_year, left_out, within
from core.street import POLICE_UK_STREET
from core.wards import Order, Series, WardScore, WardTable, in_order, rank_wards
from db import report_counts, street
from db.releases import ReleaseHead, release, releases
from db.store import Store
from db.store.batches import batches_version
from db.ward_map import ward_map, ward_map_version

__all__ = [
    "YEAR",
    "ReleaseHead",
    "WardRanking",
    "months_of",
    "ranking",
    "release",
    "releases",
    "series",
    "source_of",
    "version_of",
    "ward_entries",
    "weights_in",
]


@dataclass(frozen=True)
class WardRanking:
    """Wards ranked from one release over some of its months (``YYYYMM``).

    ``left_out`` are fragments that were passed over; ``unknown`` months between the first and the last that the
    release does not hold; ``scheme`` the categories it was weighed by. ``doubtful`` tells that categories which are
    doubtful locally are in the harm.
    """

    release: ReleaseHead
    first: str
    last: str
    by: Order
    table: WardTable
    months: tuple[str, ...] = ()
    left_out: tuple[Flag, ...] = ()
    unknown: tuple[str, ...] = ()
    scheme: str = ""
    doubtful: bool = False

    @property
    def taken_in(self) -> tuple[Flag, ...]:
        """Fragments that were asked for by name and are counted."""
        return tuple(flag for flag in self.release.flags if flag.month in self.months)


def series(store: Store, release_id: int) -> list[Series]:
    """Every ward and category of a release, month by month."""
    if release_id == report_counts.RELEASE_ID:
        return list(report_counts.counts(store).series)
    # The counts of the release looked at last alone are kept: there are tens of thousands of series in one.
    version = (release_id, street.lookup_version(store))
    return store.remember("ward series", version, lambda: _read(store, release_id))


def weights_in(store: Store, head: ReleaseHead) -> dict[str, CategoryWeight]:
    """The weight of each category of a release; of crime reports that of each code."""
    if head.profile == report_counts.PROFILE:
        return report_counts.counts(store).weights
    return weights_of(head.profile, {row.category for row in series(store, head.id)})


def version_of(store: Store, head: ReleaseHead) -> tuple[object, ...]:
    """What changes when a release is counted otherwise: it is never edited, but led to wards by a lookup."""
    if head.profile == report_counts.PROFILE:
        return batches_version(store)
    return street.lookup_version(store) if head.profile == POLICE_UK_STREET else ()


def source_of(head: ReleaseHead) -> str:
    """Where the numbers of a release are from: ``published`` counts, or crime ``reports``."""
    return report_counts.REPORTS if head.profile == report_counts.PROFILE else report_counts.PUBLISHED


def _read(store: Store, release_id: int) -> list[Series]:
    query = "SELECT ward_code, ward, borough, category, counts FROM ward_series WHERE release_id = :id"
    rows = store.read.rows(query, id=release_id)
    if not rows:
        return street.series(store, release_id)
    every = json.loads(f"[{','.join(row['counts'] for row in rows)}]")
    return [
        Series(row["ward_code"], row["ward"], row["borough"], row["category"], counts)
        for row, counts in zip(rows, every, strict=True)
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
    Fragments are left out, but for a month that is named here. categories: only those whose name holds one of these
    texts. name: which release. Raises NotFound, Problem.
    """
    chosen = release(store, name)
    months = months_of(chosen, first, last)
    version = (version_of(store, chosen), ward_map_version(store))
    # A release is never edited, so the same question has the same answer while lookup and ward map stay the same.
    question = ("ward ranking", chosen, months, tuple(categories), with_doubtful)
    made = store.remember(
        question, version, lambda: _rank(store, chosen, months, by, categories, with_doubtful=with_doubtful)
    )
    if made.by == by:
        return made
    # Who has added up for one order need not add up for another.
    in_this_order = partial(replace, made, by=by, table=in_order(made.table, by))
    return store.remember((*question, by), version, in_this_order)


def _rank(
    store: Store,
    chosen: ReleaseHead,
    months: tuple[int, ...],
    by: Order,
    categories: Sequence[str],
    *,
    with_doubtful: bool,
) -> WardRanking:
    rows = series(store, chosen.id)
    there = {row.category for row in rows}
    wanted = [row for row in rows if _is_wanted(row.category, categories)]
    if categories and not wanted:
        raise Problem(
            f"Release {chosen.name} has no category like {' or '.join(categories)}. It has: {', '.join(sorted(there))}."
        )
    names = tuple(chosen.months[place] for place in months)
    return WardRanking(
        release=chosen,
        first=names[0],
        last=names[-1],
        by=by,
        table=rank_wards(
            wanted,
            weights_in(store, chosen),
            months,
            by,
            with_doubtful=with_doubtful,
            known=ward_map(store),
        ),
        months=names,
        left_out=left_out(chosen.months, chosen.flags, months),
        unknown=tuple(month for month in chosen.unknown if names[0] < month < names[-1]),
        scheme=report_counts.SCHEME if chosen.profile == report_counts.PROFILE else scheme_of(chosen.profile, there),
        doubtful=with_doubtful,
    )


def ward_entries(found: WardRanking) -> dict[str, WardScore]:
    """The entries of a ranking by ward code."""
    return {entry.ward_code: entry for entry in found.table.entries}


def _is_wanted(category: str, texts: Sequence[str]) -> bool:
    return not texts or any(text.casefold() in category.casefold() for text in texts)


def months_of(chosen: ReleaseHead, first: str | None = None, last: str | None = None) -> tuple[int, ...]:
    """The places of the months asked for; the last twelve that are no fragments if none is named. Raises Problem."""
    if not first and not last:
        return last_year(chosen.months, chosen.flags)
    start = _month(chosen, first) if first else 0
    stop = _month(chosen, last) if last else max(start, last_year(chosen.months, chosen.flags)[-1])
    if start > stop:
        raise Problem(f"--from {first} is after --to {last}. Swap them.")
    named = [place for place, given in ((start, first), (stop, last)) if given]
    return within(chosen.months, chosen.flags, range(start, stop + 1), named)


def _month(chosen: ReleaseHead, text: str) -> int:
    month = text.strip().replace("-", "")
    if month in chosen.unknown:
        raise Problem(f"Release {chosen.name} does not hold {text}: the month is unknown, not zero. Name another.")
    if month not in chosen.months:
        ends = f"{dashed(chosen.months[0])} to {dashed(chosen.months[-1])}"
        raise Problem(f"Release {chosen.name} has no month {text}; it runs from {ends}.")
    return chosen.months.index(month)
