"""Where the synthetic London's crime falls: wards weighted by their published share of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Protocol

from core.demo.shares import GROUPS, share


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


def ward_pull(wards: Sequence[DemoWard], group: str = "violence") -> list[float]:
    """Give, for every ward of `by_code` order, its pull on crime of a *group*: its published share of London's."""
    return [share(ward.code, group, ward.population) for ward in by_code(wards)]


class Places:
    """Draws wards: anywhere in London, or near a person's home, by how much of a group of crime each has."""

    def __init__(self, wards: Sequence[DemoWard]) -> None:
        self.wards = by_code(wards)
        self._last = len(self.wards) - 1
        self._sums = {group: list(accumulate(ward_pull(self.wards, group))) for group in GROUPS}
        self._boroughs: dict[str, tuple[list[int], list[float]]] = {}
        for index, (ward, pull) in enumerate(zip(self.wards, ward_pull(self.wards), strict=True)):
            places, sums = self._boroughs.setdefault(ward.borough, ([], []))
            places.append(index)
            sums.append(pull + (sums[-1] if sums else 0.0))

    def anywhere(self, rng: Random, group: str = "violence") -> int:
        """Draw the index of a ward of London by its pull on a *group*."""
        sums = self._sums[group]
        return min(bisect_right(sums, rng.random() * sums[-1]), self._last)

    def near(self, rng: Random, home: int, group: str = "violence") -> int:
        """Draw the home ward most often, then its borough, seldom another part of London."""
        chance = rng.random()
        if chance < 0.55:
            return home
        if chance < 0.85:
            places, sums = self._boroughs[self.wards[home].borough]
            return places[min(bisect_right(sums, rng.random() * sums[-1]), len(places) - 1)]
        return self.anywhere(rng, group)
