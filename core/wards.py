"""Ward harm from published counts, and the ranking of wards.

Rule: a published category weighs the expected days of one recorded offence, with a low and a high beside it
(``core/data/category_weights.csv``; DOMAIN.md sections 1 and 5). Series that police work finds are shown apart and
are not in the harm; so are the categories that are doubtful locally, unless asked for. A category that held
another before the two were split takes the weight of both in a release that does not have the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from core.geography import bcu_of, wards
from core.tables import table

Order = Literal["harm", "count", "rate"]
SCHEMES = {"mps-ward": "MPS ward file 2023 on"}
FEW_RESIDENTS = 5000
"""Below this many residents a rate per 1,000 says little (town centres; DOMAIN.md section 5)."""


@dataclass(frozen=True)
class CategoryWeight:
    """Days per recorded offence of a category: expected, low, high, and the part that is doubtful locally."""

    category: str
    days: float
    low: float
    high: float
    doubtful: float
    confidence: str
    police_detected: bool

    def without_doubt(self) -> CategoryWeight:
        """The same weight with its doubtful part left out."""
        if not self.doubtful:
            return self
        days = round(self.days - self.doubtful, 4)
        return CategoryWeight(self.category, days, min(self.low, days), days, 0.0, self.confidence, False)


@dataclass(frozen=True)
class Series:
    """Offences of one category in one ward, one count per month of the release."""

    ward_code: str
    ward: str
    borough: str
    category: str
    counts: Sequence[int]


@dataclass(frozen=True)
class WardScore:
    """One ward over the months asked for. Harm in days; rates per 1,000 residents, None where unknown.

    ``count`` is every recorded offence; ``police_detected`` and ``doubtful`` are those of them outside the harm.
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


@dataclass(frozen=True)
class WardTable:
    """A ranking of wards, and what could not be weighed: category to number of offences."""

    entries: tuple[WardScore, ...]
    unweighted: dict[str, int]
    police_detected: dict[str, int]
    doubtful: dict[str, int]


@cache
def category_weights(scheme: str) -> dict[tuple[str, str], CategoryWeight]:
    """The weights of a scheme by category and by the other category it also holds ('' where it holds no other)."""
    return {
        (row["category"].casefold(), row["holds_also"].casefold()): CategoryWeight(
            row["category"],
            float(row["days"]),
            float(row["low"]),
            float(row["high"]),
            float(row["doubtful"] or 0),
            row["confidence"],
            row["police_detected"] == "yes",
        )
        for row in table("category_weights")
        if row["scheme"] == scheme
    }


def weights_for(scheme: str, categories: Iterable[str]) -> dict[str, CategoryWeight]:
    """The weight of each category of one release; a category without one is left out."""
    there = {name.casefold() for name in categories}
    found: dict[str, CategoryWeight] = {}
    for (category, holds_also), weight in category_weights(scheme).items():
        if category in there and not holds_also:
            found.setdefault(category, weight)
        elif category in there and holds_also not in there:
            found[category] = weight
    return found


def rank_wards(
    series: Iterable[Series],
    weights: dict[str, CategoryWeight],
    months: slice,
    by: Order = "harm",
    *,
    with_doubtful: bool = False,
) -> WardTable:
    """Rank wards over some months of one release.

    months: which of each series' counts. by: harm in days, all recorded offences, or offences per 1,000 residents.
    A ward that stands under two boroughs is one ward; its borough is the one on the ward map.
    """
    tally: dict[str, _Tally] = {}
    apart = _Apart()
    for one in series:
        count = sum(one.counts[months])
        ward = tally.setdefault(one.ward_code, _Tally(one.ward, one.borough))
        ward.add(count, weights.get(one.category.casefold()), one.category, apart, with_doubtful)
    scores = [_score(code, ward) for code, ward in tally.items()]
    return WardTable(tuple(_ranked(scores, by)), apart.unweighted, apart.police_detected, apart.doubtful)


class _Apart:
    """What stands outside the harm, over all wards."""

    def __init__(self) -> None:
        self.unweighted: dict[str, int] = {}
        self.police_detected: dict[str, int] = {}
        self.doubtful: dict[str, int] = {}


class _Tally:
    """One ward while it is being added up."""

    def __init__(self, ward: str, borough: str) -> None:
        self.ward = ward
        self.borough = borough
        self.count = self.police_detected = self.doubtful = 0
        self.harm = self.low = self.high = 0.0

    def add(self, count: int, weight: CategoryWeight | None, name: str, apart: _Apart, with_doubtful: bool) -> None:
        self.count += count
        if weight is None:
            apart.unweighted[name] = apart.unweighted.get(name, 0) + count
            return
        if weight.police_detected:
            self.police_detected += count
            apart.police_detected[name] = apart.police_detected.get(name, 0) + count
            return
        if weight.doubtful and not with_doubtful:
            weight = weight.without_doubt()
            self.doubtful += count
            apart.doubtful[name] = apart.doubtful.get(name, 0) + count
        self.harm += count * weight.days
        self.low += count * weight.low
        self.high += count * weight.high


def _score(code: str, tally: _Tally) -> WardScore:
    known = wards().get(code)
    borough = known.borough if known else tally.borough
    population = known.population if known else 0
    return WardScore(
        rank=0,
        ward_code=code,
        ward=known.name if known else tally.ward,
        borough=borough,
        bcu=known.bcu if known else bcu_of(borough),
        population=population,
        count=tally.count,
        police_detected=tally.police_detected,
        doubtful=tally.doubtful,
        harm=round(tally.harm, 1),
        harm_low=round(tally.low, 1),
        harm_high=round(tally.high, 1),
        rate_per_1000=round(1000 * tally.count / population, 1) if population else None,
    )


def _measure(score: WardScore, by: Order) -> float:
    if by == "count":
        return float(score.count)
    return score.harm if by == "harm" else score.rate_per_1000 or 0.0


def _ranked(scores: list[WardScore], by: Order) -> Iterable[WardScore]:
    ordered = sorted(scores, key=lambda s: (-_measure(s, by), s.ward_code))
    rank, before = 0, None
    for position, score in enumerate(ordered, 1):
        value = _measure(score, by)
        if value != before:
            rank, before = position, value
        yield WardScore(**{**score.__dict__, "rank": rank})
