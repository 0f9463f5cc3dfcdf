"""Wards ranked from one release."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial

from core.category_names import categories_meant
from core.category_weights import CategoryWeight, scheme_of, violence_without_weight, weights_of
from core.errors import Problem
from core.releases import YEAR, Flag, dashed, held_of, held_words, last_year, left_out, within, year_to
from core.street import POLICE_UK_STREET
from core.street_series import Edition, editions_words
from core.text import plain
from core.wards import Order, Series, WardScore, WardTable, in_order, rank_wards
from core.weak_months import Weak, touched
from db import lookups, report_counts, street_months
from db.releases import Part, ReleaseHead, release, releases
from db.store import Store
from db.store.batches import batches_version
from db.store.gc_pause import gc_paused
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

    ``asked`` are the first and the last month of the calendar that were asked for; ``left_out`` fragments that were
    passed over; ``unknown`` months asked for that the release does not hold, after its own first; ``scheme`` the
    categories it was weighed by. ``doubtful`` tells that categories which are doubtful locally are in the harm;
    ``categories`` are those that were counted, by their names in the release; ``narrowed`` where some were asked for.
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
    categories: tuple[str, ...] = ()
    asked: tuple[str, str] = ("", "")
    narrowed: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the release, with the numbers of the months that are counted."""
        return self.release.notes_over(self.months, every_category=self.narrowed)

    @property
    def months_held(self) -> tuple[int, int]:
        """How many of the months of the calendar that were asked for are held, and how many those are."""
        return held_of(self.release.months, *self.asked)

    @property
    def weak(self) -> tuple[Weak, ...]:
        """The runs of weak months that are counted."""
        return touched(self.release.weak, self.months)

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The months counted that there are several editions of."""
        return tuple(edition for edition in self.release.editions if edition.month in self.months)

    @property
    def violence(self) -> dict[str, int]:
        """The categories of violence that have no weight, with their offences: the harm lacks them."""
        return violence_without_weight(self.table.unweighted)

    @property
    def caveats(self) -> tuple[str, ...]:
        """What is to be said wherever these months are used, in words without capital and full stop."""
        lacking = ", ".join(f"{name} {count:,}" for name, count in sorted(self.violence.items()))
        return (
            *held_words(*self.months_held),
            *(run.words for run in self.weak),
            *([f"violence is missing from the harm, as it has no weight: {lacking}"] if lacking else []),
            *([editions_words(self.editions)] if self.editions else []),
            *self.release.repeats,
        )

    @property
    def taken_in(self) -> tuple[Flag, ...]:
        """Fragments that were asked for by name and are counted."""
        return tuple(flag for flag in self.release.flags if flag.month in self.months)


def series(store: Store, head: ReleaseHead, months: Collection[str] | None = None) -> list[Series]:
    """Every ward and category of a release, month by month.

    months: only these need be right (``YYYYMM``); files that none of them is counted from are not read, which matters
    for a series of many years. Every month if None.
    """
    if head.profile == report_counts.PROFILE:
        return list(report_counts.counts(store).series)
    parts = tuple(part for part in head.parts if months is None or not set(months).isdisjoint(part.months))
    # The counts of the release looked at last alone are kept: there are tens of thousands of series in one.
    question = ("ward series", () if len(parts) == len(head.parts) else parts)
    return store.remember(question, (head, version_of(store, head)), lambda: _read(store, head, parts))


def weights_in(store: Store, head: ReleaseHead) -> dict[str, CategoryWeight]:
    """The weight of each category of a release; of crime reports that of each code."""
    if head.profile == report_counts.PROFILE:
        return report_counts.counts(store).weights
    return weights_of(head.profile, {row.category for row in series(store, head)})


def version_of(store: Store, head: ReleaseHead) -> tuple[object, ...]:
    """What changes when a release is counted otherwise: it is never edited, but led to wards by a lookup."""
    if head.profile == report_counts.PROFILE:
        return batches_version(store)
    return lookups.version(store) if head.profile == POLICE_UK_STREET else ()


def source_of(head: ReleaseHead) -> str:
    """Where the numbers of a release are from: ``published`` counts, or crime ``reports``."""
    return report_counts.REPORTS if head.profile == report_counts.PROFILE else report_counts.PUBLISHED


def _read(store: Store, head: ReleaseHead, parts: Sequence[Part]) -> list[Series]:
    if head.profile == POLICE_UK_STREET:
        return street_months.series(store, head, parts)
    query = "SELECT ward_code, ward, borough, category, counts FROM ward_series WHERE release_id = :id"
    with gc_paused():
        rows = store.read.picked(Series._fields, query, id=head.id)
        *told, texts = zip(*rows, strict=True) if rows else ([],) * len(Series._fields)
        every = json.loads(f"[{','.join(texts)}]")
        return list(map(Series, *told, every))


def majors(store: Store, release_id: int) -> dict[str, set[str]]:
    """The major categories of a release, each with its minor ones; empty where its file has none."""
    found: dict[str, set[str]] = {}
    query = "SELECT major, category FROM release_category WHERE release_id = :id"
    for major, category in store.read.rows(query, id=release_id):
        found.setdefault(major, set()).add(category)
    return found


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
    Fragments are left out, but for a month that is named here. categories: only those that these texts mean, as
    ``core.category_names`` has it. name: which release. Raises NotFound, Problem.
    """
    chosen = release(store, name)
    months = months_of(chosen, first, last)
    version = (version_of(store, chosen), ward_map_version(store))
    # A release is never edited, so the same question has the same answer while lookup and ward map stay the same.
    asked = _asked(chosen, months, year=not first and not last)
    question = ("ward ranking", chosen, months, asked, tuple(categories), with_doubtful)
    made = store.remember(
        question, version, lambda: _rank(store, chosen, months, asked, by, categories, with_doubtful=with_doubtful)
    )
    if made.by == by:
        return made
    # Who has added up for one order need not add up for another.
    in_this_order = partial(replace, made, by=by, table=in_order(made.table, by))
    return store.remember((*question, by), version, in_this_order)


def _asked(chosen: ReleaseHead, months: Sequence[int], *, year: bool) -> tuple[str, str]:
    """The first and the last month of the calendar that are asked for: twelve of them, or those of the places given."""
    last = chosen.months[months[-1]]
    return (year_to(last) if year else chosen.months[months[0]]), last


def _rank(
    store: Store,
    chosen: ReleaseHead,
    months: tuple[int, ...],
    asked: tuple[str, str],
    by: Order,
    categories: Sequence[str],
    *,
    with_doubtful: bool,
) -> WardRanking:
    names = tuple(chosen.months[place] for place in months)
    rows = series(store, chosen, names)
    there = {row.category for row in rows}
    meant = categories_meant(categories, there, majors(store, chosen.id), chosen.name)
    wanted = [row for row in rows if row.category in meant] if categories else rows
    start, end = asked
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
        unknown=tuple(month for month in chosen.unknown if start <= month <= end),
        asked=asked,
        scheme=report_counts.SCHEME if chosen.profile == report_counts.PROFILE else scheme_of(chosen.profile, there),
        doubtful=with_doubtful,
        categories=meant,
        narrowed=bool(categories),
    )


def ward_entries(found: WardRanking) -> dict[str, WardScore]:
    """The entries of a ranking by ward code."""
    return {entry.ward_code: entry for entry in found.table.entries}


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


_MONTH = re.compile(r"[0-9]{4}-?(0[1-9]|1[0-2])")


def _month(chosen: ReleaseHead, text: str) -> int:
    month = text.strip().replace("-", "")
    ends = f"{dashed(chosen.months[0])} to {dashed(chosen.months[-1])}"
    if not _MONTH.fullmatch(text.strip()):
        raise Problem(
            f"'{plain(text)[:40]}' is no month. Write year and month, 01 to 12, as yyyy-mm; release {chosen.name} runs "
            f"from {ends}."
        )
    if month in chosen.unknown:
        raise Problem(f"Release {chosen.name} does not hold {text}: the month is unknown, not zero. Name another.")
    if month not in chosen.months:
        raise Problem(f"Release {chosen.name} has no month {text}; it runs from {ends}.")
    return chosen.months.index(month)
