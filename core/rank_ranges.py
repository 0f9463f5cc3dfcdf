"""Between which ranks a ward lies when the weights of the categories are only known between a low and a high.

Rule: a category weighs the same in every ward, whatever it truly weighs. So a ward is surely above another where it has
more harm under every choice of weights within their bands, each category's chosen on its own; the least that the
difference of two wards can be is the sum over the categories of the difference in offences times the low weight where
it is positive, times the high weight where it is negative. The best rank of a ward is one more than the wards surely
above it, the worst leaves only those surely below it behind. Comparing each ward's own low to high with another's would
let one category weigh differently in two wards, and call far more ranks open than are.
Source of the bands: DOMAIN.md section 5 (``core/data/category_weights.csv``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class _Ward:
    """A ward as it is compared: what it has for certain, its offences in the categories with a band, its own band."""

    code: str
    certain: float
    open: tuple[int, ...]
    low: float
    high: float


def rank_ranges(offences: Mapping[str, Sequence[int]], bands: Sequence[Band]) -> dict[str, RankRange]:
    """The ranges of the ranks by harm, by ward code.

    offences: ward code to how many of each category, in the order of *bands*, all as long as that.
    """
    apart = [place for place, (low, high) in enumerate(bands) if low != high]
    wide = tuple(bands[place] for place in apart)
    wards = [_ward(code, counts, bands, apart) for code, counts in offences.items()]
    wards.sort(key=lambda ward: ward.low, reverse=True)
    above = dict.fromkeys(offences, 0)
    below = dict.fromkeys(offences, 0)
    for place, upper in enumerate(wards):
        for lower in wards[place + 1 :]:
            if upper.low - lower.high > _NOTHING or _surely(upper, lower, wide):
                above[lower.code] += 1
                below[upper.code] += 1
    return {code: RankRange(1 + above[code], len(wards) - below[code]) for code in offences}


def _ward(code: str, counts: Sequence[int], bands: Sequence[Band], apart: Sequence[int]) -> _Ward:
    low = sum(count * band[0] for count, band in zip(counts, bands, strict=True))
    high = sum(count * band[1] for count, band in zip(counts, bands, strict=True))
    open_counts = tuple(counts[place] for place in apart)
    certain = low - sum(count * bands[place][0] for count, place in zip(open_counts, apart, strict=True))
    return _Ward(code, certain, open_counts, low, high)


def _surely(upper: _Ward, lower: _Ward, bands: Sequence[Band]) -> bool:
    """Whether the first has more harm than the second under every choice of weights within the bands."""
    least = upper.certain - lower.certain
    for here, there, (low, high) in zip(upper.open, lower.open, bands, strict=True):
        more = here - there
        least += more * (low if more > 0 else high)
    return least > _NOTHING
