"""Where the synthetic London's harm falls: wards weighted by people and by a heavy-tailed factor."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import sqrt
from random import Random
from typing import Protocol

from core.demo.chance import pick, stream


class DemoWard(Protocol):
    """What the demo needs to know of a ward: code, name, borough, BCU code and residents."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def borough(self) -> str: ...  # noqa: D102
    @property
    def bcu(self) -> str: ...  # noqa: D102
    @property
    def population(self) -> int: ...  # noqa: D102


def by_code(wards: Sequence[DemoWard]) -> list[DemoWard]:
    """Sort *wards* by code, so that the order they come in changes nothing. Raises ValueError on none."""
    if not wards:
        raise ValueError("the demo needs at least one ward")
    return sorted(wards, key=lambda ward: ward.code)


def ward_pull(wards: Sequence[DemoWard], seed: int) -> list[float]:
    """Give, for every ward of `by_code` order, its share-free pull on crime: residents times a factor.

    The factor belongs to the seed, not to the day, so a ward keeps its character. Its spread follows the
    published ward file: the worst tenth starts at about twice the median, a few centres at far more.
    """
    rng = stream(seed, "ward factor")
    return [max(ward.population, 500) * _factor(rng.random()) for ward in by_code(wards)]


def _factor(chance: float) -> float:
    rest = 1.0 - chance
    return (0.5 + 0.5 * chance) / sqrt(sqrt(rest)) + min(0.02 / rest, 14.0)


class Places:
    """Draws wards: anywhere in London, or near a person's home."""

    def __init__(self, wards: Sequence[DemoWard], seed: int) -> None:
        self.wards = by_code(wards)
        self._sums = list(accumulate(ward_pull(self.wards, seed)))
        self._last = len(self.wards) - 1
        self._boroughs: dict[str, list[int]] = {}
        for index, ward in enumerate(self.wards):
            self._boroughs.setdefault(ward.borough, []).append(index)

    def anywhere(self, rng: Random) -> int:
        """Draw the index of a ward of London by its pull."""
        return min(bisect_right(self._sums, rng.random() * self._sums[-1]), self._last)

    def near(self, rng: Random, home: int) -> int:
        """Draw the home ward most often, then its borough, seldom another part of London."""
        chance = rng.random()
        if chance < 0.62:
            return home
        if chance < 0.9:
            return pick(rng, self._boroughs[self.wards[home].borough])
        return self.anywhere(rng)
