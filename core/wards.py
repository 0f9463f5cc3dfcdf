"""Ward harm from published counts, and the ranking of wards.

Rule: a published category weighs the expected days of one recorded offence, with a low and a high beside it
(``core/data/category_weights.csv``; DOMAIN.md sections 1 and 5). Series that police work finds are shown apart and
are not in the harm; so are the categories that are doubtful locally, unless asked for. What is published without a ward
is counted by borough beside the ranking and has no rank. Anti-social behaviour is no offence: it has a count of its own
and is in no count of offences, no rate and no rank (data.police.uk publishes it beside crimes, without a Crime ID).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import itemgetter
from typing import Literal, NamedTuple

from core.category_weights import SCHEMES, CategoryWeight, category_weights, in_harm, is_antisocial, weights_for
from core.geography import Ward, bcu_of, district_called, wards
from core.text import counted

__all__ = [
    "CROWDED",
    "FEW_RESIDENTS",
    "NO_WARD",
    "SCHEMES",
    "CategoryWeight",
    "Order",
    "Series",
    "WardScore",
    "WardTable",
    "category_weights",
    "few_residents",
    "first_holding",
    "harm_by_ward",
    "held_so_far",
    "in_order",
    "rank_wards",
    "summed",
    "weights_for",
]

Order = Literal["harm", "count", "rate"]
NO_WARD = "no ward known"
"""The name of what is published without a ward, or with an area that no lookup leads to one."""
FEW_RESIDENTS = 5000
CROWDED = 500.0
"""Offences a year per 1,000 residents, above which most of those who are there do not live there."""


class Series(NamedTuple):
    """Offences of one category in one ward, one count per month of the release. A release has tens of thousands."""

    ward_code: str
    ward: str
    borough: str
    category: str
    counts: Sequence[int]


@dataclass(frozen=True)
class WardScore:
    """One ward over the months asked for. Harm in days; rates per 1,000 residents, None where unknown.

    ``count`` is every recorded offence; ``police_detected`` and ``doubtful`` are those of them outside the harm.
    ``harm_estimated`` is the part of the harm whose weight stands on estimated shares of offences in a category.
    ``also_under`` are boroughs it is published under that are not its own on the ward map. ``antisocial`` are incidents
    of anti-social behaviour, which are no offences.
    """

    rank: int
    ward_code: str
    ward: str
    borough: str
    bcu: str
    population: int
    count: int
    police_detected: int
    doubtful: int
    harm: float
    harm_low: float
    harm_high: float
    rate_per_1000: float | None
    also_under: tuple[str, ...] = ()
    harm_estimated: float = 0.0
    antisocial: int = 0


@dataclass(frozen=True)
class WardTable:
    """A ranking of wards, and what could not be weighed: category to number of offences.

    ``unplaced`` is what is published without a ward, by borough: rank 0, and in none of the entries.
    """

    entries: tuple[WardScore, ...]
    unweighted: dict[str, int]
    police_detected: dict[str, int]
    doubtful: dict[str, int]
    unplaced: tuple[WardScore, ...] = ()

    @property
    def antisocial(self) -> int:
        """Incidents of anti-social behaviour, with a ward and without one."""
        return sum(one.antisocial for one in (*self.entries, *self.unplaced))


def summed(months: slice | Sequence[int]) -> Callable[[Sequence[int]], int]:
    """What adds up some of a series' counts: a slice of them, or those at the places given."""
    if isinstance(months, slice):
        return lambda counts: sum(counts[months])
    first, last = (months[0], months[-1] + 1) if months else (0, 0)
    if last - first == len(months):
        return lambda counts: sum(counts[first:last])
    pick = itemgetter(*months)
    return lambda counts: sum(pick(counts))


def rank_wards(
    series: Iterable[Series],
    weights: dict[str, CategoryWeight],
    months: slice | Sequence[int],
    by: Order = "harm",
    *,
    with_doubtful: bool = False,
    known: Mapping[str, Ward] | None = None,
) -> WardTable:
    """Rank wards over some months of one release.

    months: which of each series' counts. by: harm in days, all recorded offences, or offences per 1,000 residents.
    A ward that stands under two boroughs is one ward; its borough is the one on the ward map. known: the ward map, by
    ward code; the one that ships if None.
    """
    tally: dict[tuple[str, str], _Tally] = {}
    categories: dict[str, _Category] = {}
    total = summed(months)
    for code, name, borough, offence, counts in series:
        key = code, "" if code else district_called(borough)
        ward = tally.get(key)
        if ward is None:
            ward = tally[key] = _Tally(name, borough)
        ward.boroughs.add(borough)
        category = categories.get(offence)
        if category is None:
            weight = weights.get(offence.casefold())
            category = categories[offence] = _Category(offence, weight, with_doubtful)
        if many := total(counts):  # most wards have none of most categories
            ward.add(many, category)
    ward_map = wards() if known is None else known
    scores = [_score(code, ward, ward_map.get(code)) for (code, _), ward in tally.items()]
    placed = tuple(score for score in scores if score.ward_code)
    unplaced = tuple(score for score in scores if not score.ward_code)
    unweighted, police_detected, doubtful = (
        {name: one.count for name, one in categories.items() if one.stands == stands}
        for stands in ("unweighted", "police_detected", "doubtful")
    )
    return in_order(WardTable(placed, unweighted, police_detected, doubtful, unplaced), by)


def harm_by_ward(
    series: Iterable[Series],
    weights: dict[str, CategoryWeight],
    months: slice | Sequence[int],
    *,
    with_doubtful: bool = False,
) -> dict[str, float]:
    """Ward code to days of harm, as :func:`rank_wards` has it, where nothing else of the wards is asked for."""
    days: dict[str, float] = {}
    found: dict[str, float] = {}
    total = summed(months)
    for code, _, _, offence, counts in series:
        weight = days.get(offence)
        if weight is None:
            weight = days[offence] = _Category(offence, weights.get(offence.casefold()), with_doubtful).days
        if code:
            found[code] = found.get(code, 0.0) + total(counts) * weight
    return {code: round(harm, 1) for code, harm in found.items()}


def in_order(table: WardTable, by: Order) -> WardTable:
    """The same wards ranked by another measure."""
    unplaced = sorted(table.unplaced, key=lambda score: (-(_measure(score, by) or 0.0), score.borough))
    return replace(table, entries=tuple(_ranked(table.entries, by)), unplaced=tuple(unplaced))


class _Category:
    """What an offence of a category adds to a ward, asked once for all wards, and how many there are in them.

    stands: where its offences stand besides ``count`` of a ward: ``antisocial`` instead of it, ``unweighted``,
    ``police_detected``, ``doubtful`` (with harm for what is not), or empty for all in the harm.
    """

    def __init__(self, name: str, weight: CategoryWeight | None, with_doubtful: bool) -> None:
        counted = None if is_antisocial(name) else in_harm(weight, with_doubtful=with_doubtful)
        self.count = 0
        self.days, self.low, self.high = (counted.days, counted.low, counted.high) if counted else (0.0, 0.0, 0.0)
        self.estimated = self.days if counted and counted.estimated else 0.0
        if is_antisocial(name):
            self.stands = "antisocial"
        elif weight is None:
            self.stands = "unweighted"
        elif counted is None:
            self.stands = "police_detected"
        else:
            self.stands = "" if counted is weight else "doubtful"


class _Tally:
    """One ward while it is being added up."""

    def __init__(self, ward: str, borough: str) -> None:
        self.ward = ward
        self.borough = borough
        self.boroughs: set[str] = set()
        self.count = self.police_detected = self.doubtful = self.antisocial = 0
        self.harm = self.low = self.high = self.estimated = 0.0

    def add(self, count: int, category: _Category) -> None:
        if category.stands == "antisocial":
            self.antisocial += count
            return
        self.count += count
        category.count += count
        if category.stands == "police_detected":
            self.police_detected += count
        elif category.stands == "doubtful":
            self.doubtful += count
        self.harm += count * category.days
        self.estimated += count * category.estimated
        self.low += count * category.low
        self.high += count * category.high


def _score(code: str, tally: _Tally, known: Ward | None) -> WardScore:
    borough = known.borough if known else district_called(tally.borough)
    population = known.population if known else 0
    return WardScore(
        rank=0,
        ward_code=code,
        ward=_name(code, tally, known),
        borough=borough,
        bcu=known.bcu if known else bcu_of(borough),
        population=population,
        count=tally.count,
        police_detected=tally.police_detected,
        doubtful=tally.doubtful,
        harm=round(tally.harm, 1),
        harm_low=round(tally.low, 1),
        harm_high=round(tally.high, 1),
        harm_estimated=round(tally.estimated, 1),
        rate_per_1000=round(1000 * tally.count / population, 1) if population else None,
        also_under=tuple(sorted(name for name in tally.boroughs if name.strip() and _plain(name) != _plain(borough))),
        antisocial=tally.antisocial,
    )


def _name(code: str, tally: _Tally, known: Ward | None) -> str:
    """The name on the ward map, else that of the release; a map that has but its code has no name for it."""
    if not code:
        return NO_WARD
    return known.name if known and known.name != code else tally.ward or code


def few_residents(population: int, rate: float | None, months: int = 12) -> bool:
    """Whether a rate per 1,000 residents says little: few live here, or few for the crowds that come (West End).

    rate: offences per 1,000 residents over so many months. Both limits are project defaults; DOMAIN.md section 5 names
    the wards.
    """
    return 0 < population < FEW_RESIDENTS or (rate is not None and rate * 12 > CROWDED * months)


def held_so_far(ranked: Sequence[WardScore]) -> dict[str, float]:
    """Ward code to the share of all harm, 0 to 1, that a ward holds together with those before it."""
    every = sum(one.harm for one in ranked)
    sums = accumulate(one.harm for one in ranked)
    return {one.ward_code: held / every if every else 0.0 for one, held in zip(ranked, sums, strict=True)}


def first_holding(ranked: Sequence[WardScore], share: float) -> int:
    """How many of the wards of the most harm it takes to hold a share (0 to 1) of the harm of all."""
    harms = sorted((one.harm for one in ranked), reverse=True)
    wanted = share * sum(harms)
    return next((place for place, held in enumerate(accumulate(harms), 1) if held >= wanted), 0)


def _plain(borough: str) -> str:
    """A borough's name without what files write differently."""
    return district_called(borough).casefold()


def _measure(score: WardScore, by: Order) -> float | None:
    """What a ward is ranked by; None where that is not known."""
    if by == "count":
        return float(score.count)
    return score.harm if by == "harm" else score.rate_per_1000


def _ranked(scores: Sequence[WardScore], by: Order) -> Iterable[WardScore]:
    """The wards in their order, equal ones with one rank: 0 where it is not known, and where none has any."""
    values = {id(score): _measure(score, by) for score in scores}
    nothing = not any(values.values())
    ordered = sorted(scores, key=lambda s: (-(values[id(s)] or 0.0), -s.antisocial if nothing else 0, s.ward_code))
    ordered.sort(key=lambda score: values[id(score)] is None)
    rank, before = 0, None
    for position, score in enumerate(ordered, 1):
        value = values[id(score)]
        if value != before:
            rank, before = position, value
        yield replace(score, rank=0 if nothing or value is None else rank)


def why_no_rank(table: WardTable, by: Order) -> str:
    """Why wards have no rank, in a sentence; empty where each has one."""
    without = [one for one in table.entries if not one.rank]
    if not without:
        return ""
    unknown = sum(one.rate_per_1000 is None for one in without) if by == "rate" else 0
    if unknown:
        every = f"{unknown:,} of {counted(len(table.entries), 'ward')}"
        return f"Residents are not known of {every}: no rate and no rank there. A 'wards' file tells them."
    if table.antisocial and not any(one.count for one in table.entries):
        return "Only anti-social behaviour is counted, which is no offence: no ward is ranked; most incidents first."
    return f"No ward has anything to be ranked by ({by}): none has a rank."
