"""Proportionality: the make-up of a list beside that of the people it was drawn from and of the residents.

Source: DOMAIN.md section 9, Equality Act 2010 s149: report the list's make-up against the suspect pool and the
resident population; publish nothing below small-number limits; protected traits are never inputs. Counts come in,
shares and ratios with their uncertainty go out; nothing here reaches a score.

Formulas, for *a* of *m* in the list and *b* of *n* beside it, z = 1.96 (95 %):

- share: Wilson 1927, p = a/m, (p + z²/2m ± z √(p(1-p)/m + z²/4m²)) / (1 + z²/m);
- ratio: Katz et al. 1978, r = (a/m)/(b/n), r · exp(± z √(1/a - 1/m + 1/b - 1/n)).

The second takes the two sides as drawn apart. A list is a part of its pool, so its interval is somewhat too wide
against the pool, and never too narrow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, sqrt

SMALL = 5
"""Counts below this are not shown. Project default; the source asks for a limit and names none."""

_Z = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """A share or a ratio with its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def excludes_one(self) -> bool:
        """Of a ratio: whether chance alone would seldom make the two sides so different."""
        return self.low > 1 or self.high < 1


@dataclass(frozen=True)
class Side:
    """How many of a group, and their share of everyone on this side; None where it is suppressed."""

    count: int | None
    share: Estimate | None

    @property
    def suppressed(self) -> bool:
        """Whether the count is not shown."""
        return self.count is None


@dataclass(frozen=True)
class Group:
    """One group of a characteristic in the list, in the pool and among residents (their share, None where unknown)."""

    characteristic: str
    name: str
    listed: Side
    pool: Side
    residents: float | None
    to_pool: Estimate | None
    to_residents: Estimate | None


def wilson(count: int, size: int) -> Estimate | None:
    """The share of *count* in *size* with Wilson's interval; None where there is no one."""
    if not size:
        return None
    share, spread = count / size, _Z * _Z / size
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / size + spread / (4 * size)) / (1 + spread)
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half))


def katz(count: int, size: int, other: int, other_size: int) -> Estimate | None:
    """The ratio of two shares with Katz's interval on the log scale; None where either count is nought."""
    if not (count and other):
        return None
    ratio = (count / size) / (other / other_size)
    spread = _Z * sqrt(1 / count - 1 / size + 1 / other - 1 / other_size)
    return Estimate(ratio, ratio * exp(-spread), ratio * exp(spread))


def suppressed(counts: Mapping[str, int]) -> frozenset[str]:
    """The groups whose counts are not shown beside a total that is known.

    All below :data:`SMALL`, then the smallest of the others until those hidden are together at least SMALL, and so at
    least two: a hidden count is then neither the rest of the total nor held down by it. Nought counts as small, since
    to show it says that nobody in a group was listed.
    """
    hidden: list[str] = []
    together = 0
    for group in sorted(counts, key=lambda name: (counts[name], name)):
        if counts[group] >= SMALL and (not hidden or together >= SMALL):
            break
        hidden.append(group)
        together += counts[group]
    return frozenset(hidden)


def proportions(
    characteristic: str,
    listed: Mapping[str, int],
    pool: Mapping[str, int],
    residents: Mapping[str, int] | None = None,
) -> list[Group]:
    """Set the groups of one characteristic side by side, in the order of *listed*.

    Shares are of everyone on a side, those not recorded included: leaving these out would give away how many they
    are where that is suppressed. A ratio stands where both of its counts are shown.
    """
    hidden, hidden_in_pool = suppressed(listed), suppressed(pool)
    size, pool_size = sum(listed.values()), sum(pool.values())
    everyone = sum(residents.values()) if residents else 0
    found = []
    for name, count in listed.items():
        shown, shown_in_pool = name not in hidden, name not in hidden_in_pool
        living = residents.get(name) if residents and everyone else None
        found.append(
            Group(
                characteristic,
                name,
                _side(count, size, shown),
                _side(pool[name], pool_size, shown_in_pool),
                None if living is None else living / everyone,
                katz(count, size, pool[name], pool_size) if shown and shown_in_pool else None,
                katz(count, size, living, everyone) if shown and living else None,
            )
        )
    return found


def _side(count: int, size: int, shown: bool) -> Side:
    return Side(count, wilson(count, size)) if shown else Side(None, None)
