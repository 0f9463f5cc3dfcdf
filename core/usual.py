"""What is usual for a span: a range beside each count of a night, and where it comes from.

Rule: from the store's own rows where they reach back: the same hours of the same weekdays in the thirteen weeks before,
and in the seven weeks about the same time last year, at least eight of them. Their mean gives the range in which 95 of
100 such spans lie, wider where they vary more than chance alone, and for so few spans; where none of them had any,
half of one in all of them is taken, so that thirteen quiet weeks make no first one unusual. Otherwise the published
table stands in, by the length of the span: a basic command unit (BCU) is taken as a twelfth of the force, a borough as
a part of 32. Where fewer than 20 are expected in 28 days, no range is given below a BCU: the BCU is to be compared.

Source: DOMAIN2.md section 1 (the table: 2017-18 / 365, Poisson 95 %); the numbers of weeks and spans, and the wider
range and the half, are ours: the table itself says that the true spread is wider.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log

from core.incidents import GUN_CRIME, HOMICIDE, KNIFE_CRIME, ROBBERY, SHOOTING, STABBING
from core.scope import Scope
from core.text import counted

WEEKS = 13
"""So many weeks back the same weekdays are looked at: a quarter of a year, the season."""
SEASON = range(49, 56)
"""The weeks about the same time of the year before."""
LEAST = 8
"""Fewer like spans than this are no basis."""
COMPARED_BELOW = 20
"""Fewer expected in 28 days than this are compared by BCU and not below."""
A_YEAR: Mapping[str, int] = {
    HOMICIDE: 157,
    SHOOTING: 386,
    STABBING: 4_700,
    GUN_CRIME: 2_435,
    KNIFE_CRIME: 14_680,
    ROBBERY: 90 * 365,
}
"""How many the whole force had in 2017-18 (DOMAIN2.md sections 1 and 2); of robbery 90 a day is published."""
_PARTS = {"force": 1, "bcu": 12, "borough": 32}
_TAIL = 0.025
NOT_TOLD = "no file tells of this span"
"""Why nothing is usual where nothing is known: none counted is not zero then."""
_HALF = 0.5
"""What is taken to have happened in all of some spans in which nothing did (Jeffreys' prior of a Poisson mean)."""
_FOUR_WEEKS = 28 * 24


@dataclass(frozen=True)
class Usual:
    """One count of a night with what is usual. low and high are None where there is no basis; ``basis`` says why.

    basis: ``store: …`` or ``table: …`` with what it is made of; words that say what lacks where there is no range.
    """

    kind: str
    observed: int
    low: int | None
    high: int | None
    basis: str

    @property
    def words(self) -> str:
        """As it is shown: ``14 (usual 6-20)``; the count alone where nothing is known."""
        return self.told(str(self.observed))

    def told(self, many: str) -> str:
        """The same with the count as it may be told."""
        return many if self.low is None else f"{many} (usual {self.low}-{self.high})"

    @property
    def outside(self) -> str:
        """``above``, ``below`` or empty."""
        if self.low is None or self.high is None:
            return ""
        return "below" if self.observed < self.low else "above" if self.observed > self.high else ""


def usual(kind: str, observed: int, hours: float, scope: Scope, like: Sequence[int]) -> Usual:
    """What is usual beside a count.

    hours: the length of the span. like: the counts of the spans that are like it.
    """
    if hours <= 0:
        return Usual(kind, observed, None, None, NOT_TOLD)
    if len(like) >= LEAST:
        mean = (sum(like) or _HALF) / len(like)
        made_of = f"store: {counted(len(like), 'like span')}, mean {sum(like) / len(like):.1f}"
    elif kind in A_YEAR:
        mean = A_YEAR[kind] / 365 * hours / 24 / _PARTS[scope.kind]
        share = {"force": "", "bcu": ", a twelfth", "borough": ", a thirty-second"}[scope.kind]
        made_of = f"table: London 2017-18, {A_YEAR[kind] / 365:.3g} a day{share}"
    else:
        reach = f"own reports have {counted(len(like), 'like span')}, {LEAST} are needed"
        return Usual(kind, observed, None, None, f"no basis: {reach}, and no table has it")
    if scope.kind == "borough" and mean / hours * _FOUR_WEEKS < COMPARED_BELOW:
        few = f"under {COMPARED_BELOW} expected in 28 days"
        return Usual(kind, observed, None, None, f"no basis: {few}, compare by BCU ({scope.bcu or 'none'})")
    low, high = interval(mean, spread(like) if len(like) >= LEAST else 1.0)
    return Usual(kind, observed, low, high, made_of)


def spread(like: Sequence[int]) -> float:
    """How many times wider than chance alone some counts vary, for one more of them: 1 where it is chance alone."""
    mean = sum(like) / len(like)
    if not mean:
        return 1.0
    variance = sum((count - mean) ** 2 for count in like) / (len(like) - 1)
    return max(1.0, variance / mean) * (1 + 1 / len(like))


def interval(mean: float, wider: float = 1.0) -> tuple[int, int]:
    """The counts between which 95 of 100 lie: Poisson, or wider than that by a negative binomial distribution.

    wider: variance over mean.
    """
    if mean <= 0:
        return 0, 0
    low, total, count = None, 0.0, 0
    while True:
        total += _chance(count, mean, wider)
        if low is None and total >= _TAIL:
            low = count
        if total >= 1 - _TAIL:
            return low or 0, count
        count += 1


def _chance(count: int, mean: float, wider: float) -> float:
    if wider <= 1.001:
        return exp(count * log(mean) - mean - lgamma(count + 1))
    size = mean / (wider - 1)
    return exp(lgamma(count + size) - lgamma(size) - lgamma(count + 1) - size * log(wider) + count * log(1 - 1 / wider))
