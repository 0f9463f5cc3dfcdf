"""Between which ranks a ward lies when the weights of the categories are only known between a low and a high.

Rule: a category weighs the same in every ward, whatever it truly weighs. So a ward is surely above another where it has
more harm under every choice of weights within their bands, each category's chosen on its own. The least that the
difference of two wards can be is their difference at the middle of every band, less, over the categories, half the band
times the difference in offences. The best rank of a ward is one more than the wards surely above it, the worst leaves
only those surely below it behind. Comparing each ward's own low to high with another's would let one category weigh
differently in two wards, and call far more ranks open than are.
Source of the bands: DOMAIN.md section 5 (``core/data/category_weights.csv``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import dist, sqrt
from operator import mul, sub
from typing import NamedTuple

from core.category_weights import CategoryWeight, in_harm
from core.wards import Series, summed

Band = tuple[float, float]
"""The low and the high weight of a category, in days per offence."""
_NOTHING = 1e-6
"""Days that only rounding can put between two wards of equal harm."""


@dataclass(frozen=True)
class RankRange:
    """The best and the worst rank that the band of the weights leaves open."""

    best: int
    worst: int

    @property
    def settled(self) -> bool:
        """Whether the band leaves one rank."""
        return self.best == self.worst

    @property
    def words(self) -> str:
        """The range as lists show it: ``6-11``, or ``sure``."""
        return "sure" if self.settled else f"{self.best}-{self.worst}"


class _Ward(NamedTuple):
    """A ward as it is compared: harm at the middle of the bands, half the band by category and in all."""

    middle: float
    half: float
    halves: tuple[float, ...]
    code: str


def offences_in_harm(
    series: Iterable[Series], weights: Mapping[str, CategoryWeight], months: Sequence[int], *, with_doubtful: bool
) -> tuple[dict[str, list[int]], list[Band]]:
    """What :func:`rank_ranges` takes: offences over some months by ward and category, and the categories' bands.

    weights: of each category that has one, in small letters. months: which of each series' counts.
    """
    every = {name: in_harm(weight, with_doubtful=with_doubtful) for name, weight in weights.items()}
    counted = {name: weight for name, weight in every.items() if weight is not None}
    places = {name: place for place, name in enumerate(counted)}
    total = summed(months)
    offences: dict[str, list[int]] = {}
    for one in series:
        if one.ward_code:
            counts = offences.setdefault(one.ward_code, [0] * len(places))
            place = places.get(one.category.casefold())
            if place is not None:
                counts[place] += total(one.counts)
    return offences, [(weight.low, weight.high) for weight in counted.values()]


def rank_ranges(offences: Mapping[str, Sequence[int]], bands: Sequence[Band]) -> dict[str, RankRange]:
    """The ranges of the ranks by harm, by ward code.

    offences: ward code to how many of each category, in the order of *bands*, all as long as that.
    """
    middles = [(low + high) / 2 for low, high in bands]
    wide = [(place, (high - low) / 2) for place, (low, high) in enumerate(bands) if low != high]
    wards = sorted((_ward(code, counts, middles, wide) for code, counts in offences.items()), reverse=True)
    farthest = list(accumulate((ward.half for ward in reversed(wards)), max))[::-1]
    above, beaten_from = [0] * len(wards), [0] * (len(wards) + 1)
    below = []
    # Of n numbers the sum lies between the root of the sum of their squares and that times the root of n. Most pairs of
    # wards are decided by that, and it is a seventh of the work.
    root = sqrt(len(wide)) + _NOTHING
    for place, upper in enumerate(wards):
        surely = 0
        for other in range(place + 1, len(wards)):
            lower = wards[other]
            more = upper.middle - lower.middle - _NOTHING
            if more > upper.half + farthest[other]:  # and so are all after it, which have less
                surely += len(wards) - other
                beaten_from[other] += 1
                break
            apart = dist(upper.halves, lower.halves)
            if more > apart and (more > root * apart or more > sum(map(abs, map(sub, upper.halves, lower.halves)))):
                surely += 1
                above[other] += 1
        below.append(surely)
    every = zip(wards, above, accumulate(beaten_from), below, strict=False)
    return {ward.code: RankRange(1 + one + many, len(wards) - surely) for ward, one, many, surely in every}


def _ward(code: str, counts: Sequence[int], middles: Sequence[float], wide: Sequence[tuple[int, float]]) -> _Ward:
    halves = tuple(counts[place] * half for place, half in wide)
    return _Ward(sum(map(mul, counts, middles)), sum(halves), halves, code)
