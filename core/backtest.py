"""Whether a ranking was right: how much of what followed its first places held.

Rule (DOMAIN2.md section 6): capture is the share of the next period's harm that the first n of a list held. It stands
beside the best that n could have held, known afterwards, and beside chance, n of all. Calibration is the harm a head
that followed in each band of ranks, the Gini coefficient how unequally the harm fell.

The interval is a bootstrap of 95 per cent over wards or people. Two spreads are taken, and the wider end of each: the
first n drawn anew among themselves, with one of all among them, and any n of all, moved from chance to what was
captured. The first alone is too narrow where ten hold a few heavy reports, and has no width where they hold none; the
second holds chance at its rate whatever the harm is like, where a list says nothing.
"""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from random import Random

from core.errors import Problem

BANDS = ((1, 10), (11, 50), (51, 100), (101, 500))
"""The bands of ranks that harm a head is told of."""
SEED = 20_171
"""Every interval is drawn from this, so that the same records give the same interval."""
ROUNDS = 500
_TAIL = 0.025
_FEW = 250
"""More draws than this are taken as one from the normal curve that their sum follows."""


@dataclass(frozen=True)
class Followed:
    """What followed a ranking: days of harm in the next period, of each place of the list, then of those not on it.

    listed: in the order of the list, as far down as anything asks for it. others: of those who were not on it and had
    harm, in any order.
    """

    ranking: str
    listed: tuple[float, ...]
    others: tuple[float, ...] = ()

    @cached_property
    def every(self) -> tuple[float, ...]:
        """The harm of all, on the list or not."""
        return self.listed + self.others

    @property
    def pool(self) -> int:
        """How many there are in all."""
        return len(self.every)

    @cached_property
    def total(self) -> float:
        """Days of harm of all."""
        return math.fsum(self.every)

    @cached_property
    def captured(self) -> tuple[float, ...]:
        """The share of the harm that the first n held, 0 to 1; the first of them for n = 1."""
        return _shares(self.listed, self.total)

    @cached_property
    def best(self) -> tuple[float, ...]:
        """The most that n could have held, as known afterwards."""
        return _shares(sorted(self.every, reverse=True), self.total)


@dataclass(frozen=True)
class Entry:
    """One ranking at one n. Shares are 0 to 1; low and high are the ends of the interval of 95 per cent."""

    ranking: str
    pool: int
    first: int
    captured: float
    best: float
    chance: float
    low: float
    high: float

    @property
    def of_best(self) -> float:
        """What was captured as a share of the best (the PEI of DOMAIN2.md section 6)."""
        return self.captured / self.best if self.best else 0.0

    @property
    def beats_chance(self) -> bool:
        """Whether the whole interval lies above chance."""
        return self.low > self.chance

    def as_json(self) -> dict[str, object]:
        """The same for JSON, shares to six places."""
        shares = ("captured", "best", "chance", "low", "high")
        whole: dict[str, object] = {"ranking": self.ranking, "pool": self.pool, "first": self.first}
        return whole | {name: round(getattr(self, name), 6) for name in shares}


@dataclass(frozen=True)
class Calibrated:
    """What followed in a band of ranks: how many stood there, and the days of harm a head."""

    ranking: str
    first: int
    last: int
    heads: int
    per_head: float


class Everyone:
    """The harm of all: asked once for every ranking of the same wards or people, as who is first changes nothing."""

    def __init__(self, every: Sequence[float]) -> None:
        self.many = len(every)
        self.total = math.fsum(every)
        self.spread = _Spread(tuple(sorted(every)))
        self._ends: dict[int, tuple[float, float]] = {}

    def ends(self, first: int) -> tuple[float, float]:
        """The ends of what any n of all hold."""
        if first not in self._ends:
            random, left = _drawing(f"any {first} of {self.many}"), self.many - first
            drawn = [_share(self.spread.drawn(random, first), self.spread, left, random) for _ in range(ROUNDS)]
            self._ends[first] = _ends(drawn)
        return self._ends[first]

    def best(self, first: int) -> float:
        """The most that n could have held."""
        return min(1.0, math.fsum(self.spread.values[-first:]) / self.total)


def entries(followed: Followed, firsts: Sequence[int], everyone: Everyone | None = None) -> tuple[Entry, ...]:
    """A ranking at each n. everyone: of the same wards or people, where several rankings are asked for.

    Raises Problem where n is above the list, or where no harm followed at all.
    """
    of_all = everyone or Everyone(followed.every)
    if of_all.total <= 0:
        raise Problem("No harm followed in this span, so no list can have held any of it. Choose a longer span.")
    return tuple(_entry(followed, first, of_all) for first in firsts)


def _entry(followed: Followed, first: int, everyone: Everyone) -> Entry:
    if not 1 <= first <= len(followed.listed):
        raise Problem(f"--first {first:,} is not on the list, which has {len(followed.listed):,}. Choose fewer.")
    held = followed.listed[:first]
    captured = min(1.0, math.fsum(held) / everyone.total)
    low, high = interval(held, everyone)
    return Entry(
        followed.ranking, everyone.many, first, captured, everyone.best(first), first / everyone.many, low, high,
    )  # fmt: skip


def interval(held: Sequence[float], everyone: Everyone) -> tuple[float, float]:
    """The ends, 0 to 1, of the interval of the share of all harm that the first n held.

    held: days of harm of the first n. everyone: of all, these among them.
    """
    first, left = len(held), everyone.many - len(held)
    if not left:
        return 1.0, 1.0
    random = _drawing(f"{first} of {everyone.many}")
    captured, chance = math.fsum(held) / everyone.total, first / everyone.many
    own, others = _Spread(held), everyone.spread.without(held)
    strangers, mine = _one_in(first), []
    for _ in range(ROUNDS):
        strange = bisect(strangers, random.random())
        drawn = own.drawn(random, first - strange) + everyone.spread.drawn(random, strange)
        mine.append(_share(drawn, others, left, random))
    (low, high), (least, most) = _ends(mine), everyone.ends(first)
    return (
        max(0.0, min(low, captured, captured - (most - chance))),
        min(1.0, max(high, captured, captured + (chance - least))),
    )


def _drawing(what: str) -> Random:
    return Random(f"{SEED}, {what}")  # noqa: S311 - a drawing that can be made again, no secret


@lru_cache(maxsize=64)
def _one_in(first: int) -> tuple[float, ...]:
    """The chances that none, one at the most, two at the most and so on of n draws are of all: one in n + 1 is."""
    if first > _FEW:
        return (0.0,)  # always one
    chance = 1 / (first + 1)
    terms = (math.comb(first, k) * chance**k * (1 - chance) ** (first - k) for k in range(min(first, 8)))
    return tuple(accumulate(terms))


class _Spread:
    """Days of harm to draw from, with their mean and spread."""

    def __init__(self, values: Sequence[float], many: int = 0, sums: tuple[float, float] | None = None) -> None:
        self.values = values
        self._many = many or len(values)
        self._sums = sums or (math.fsum(values), math.fsum([value * value for value in values]))
        one, two = (each / self._many if self._many else 0.0 for each in self._sums)
        self._mean, self._spread = one, math.sqrt(max(0.0, two - one * one))

    def without(self, held: Sequence[float]) -> _Spread:
        """All but the first n: never drawn one by one, so their sums will do."""
        one, two = math.fsum(held), math.fsum([value * value for value in held])
        left = max(0.0, self._sums[0] - one), max(0.0, self._sums[1] - two)
        return _Spread((), self._many - len(held), left)

    def drawn(self, random: Random, many: int) -> float:
        """The sum of so many, drawn one by one where they are few."""
        if not many:
            return 0.0
        return math.fsum(random.choices(self.values, k=many)) if many <= _FEW else self.summed(random, many)

    def summed(self, random: Random, many: int) -> float:
        """The sum of so many, drawn at once."""
        return max(0.0, random.gauss(many * self._mean, math.sqrt(many) * self._spread))


def _share(held: float, others: _Spread, left: int, random: Random) -> float:
    every = held + others.summed(random, left)
    return held / every if every else 0.0


def _ends(shares: list[float]) -> tuple[float, float]:
    shares.sort()
    return shares[int(_TAIL * len(shares))], shares[-1 - int(_TAIL * len(shares))]


def _shares(harms: Sequence[float], total: float) -> tuple[float, ...]:
    return tuple(min(1.0, held / total) if total else 0.0 for held in accumulate(harms))


def calibration(followed: Followed) -> tuple[Calibrated, ...]:
    """The harm a head that followed in each of :data:`BANDS` that the list reaches, in days."""
    found = []
    for first, last in BANDS:
        held = followed.listed[first - 1 : last]
        if held:
            to = first + len(held) - 1
            found.append(Calibrated(followed.ranking, first, to, len(held), math.fsum(held) / len(held)))
    return tuple(found)


def gini(harms: Sequence[float]) -> float:
    """How unequally harm fell: 0 where everyone has the same, towards 1 where one has it all."""
    ordered, total = sorted(harms), math.fsum(harms)
    if not total:
        return 0.0
    weighed = math.fsum(place * harm for place, harm in enumerate(ordered, 1))
    return 2 * weighed / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)
