"""Everyone in the pool on one day of a backtest, what each method gives them, and the head of its list."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from heapq import nlargest
from itertools import compress
from operator import add
from typing import Any

from core.bands import Bands
from core.methods import Recipe

Count = Callable[[Sequence[int]], Mapping[int, int]]
"""Gives a count for people by their numbers."""


@dataclass(frozen=True)
class Day:
    """Everyone in the pool on a day, in no order; each column has one figure for each of them.

    people: their numbers. crimes, last: reports in the window, and the day of the latest. scores: by method, without
    the points for victims. bands: of each method that has such points. victims: counts the victims of some people,
    since of all it would take as long as all else. by_ref: the place of every person of the store in the order of the
    references.
    """

    people: Sequence[int]
    crimes: Sequence[int]
    last: Sequence[int]
    scores: Mapping[str, Sequence[float]]
    bands: Mapping[str, Bands]
    victims: Count
    by_ref: Mapping[int, int]

    def order(self, key: str, least: int, first: Collection[int] = (), most: int | None = None) -> list[int]:
        """The first *most* people by one method, all where it is None, in the order of ``core.ranking.place``.

        That is: enough reports, who stands first (numbers of people), score, latest report, reference. Only those who
        can be among them are put in order, which takes longer.
        """
        most = len(self.people) if most is None else most
        near = self.near(key, least, first, most)
        crimes, last, people, by_ref = self.crimes, self.last, self.people, self.by_ref

        def standing(at: int) -> tuple[bool, bool, float, int, int]:
            person = people[at]
            return crimes[at] < least, person not in first, -near[at], -last[at], by_ref[person]

        return [people[at] for at in sorted(near, key=standing)[:most]]

    def near(self, key: str, least: int, first: Collection[int], most: int) -> dict[int, float]:
        """The scores of those who can be among the first *most*, by their place in the columns."""
        scores = self.scores[key]
        near = {at: scores[at] for at in self._from(self._bar(scores, least, most, self.crimes), scores, first)}
        if key not in self.bands:
            return near
        # With the victims of these the line is known; below it is who would not reach it with the most points.
        told = self._with_victims(key, near)
        bar = self._bar(list(told.values()), least, most, [self.crimes[at] for at in told])
        reach = bar - max(band.points for band in self.bands[key].tables["victims"])
        others = [at for at in self._from(reach, scores, first) if at not in told]
        return told | self._with_victims(key, others)

    def _with_victims(self, key: str, places: Collection[int]) -> dict[int, float]:
        victims, bands = self.victims([self.people[at] for at in places]), self.bands[key]
        return {at: self.scores[key][at] + bands.points("victims", victims[self.people[at]]) for at in places}

    @staticmethod
    def _bar(scores: Sequence[float], least: int, most: int, crimes: Sequence[int]) -> float:
        """The score of the last of the first *most* who have enough reports; none where there are not so many."""
        enough = scores if least <= 1 else compress(scores, map(least.__le__, crimes))  # all of them have one
        head = nlargest(most, enough)
        return head[-1] if len(head) == most else -math.inf

    def _from(self, bar: float, scores: Sequence[float], first: Collection[int]) -> list[int]:
        """The places of those who score so much or more, or stand first."""
        near = list(compress(range(len(scores)), map(bar.__le__, scores)))
        if first:
            near += [at for at, person in enumerate(self.people) if person in first and scores[at] < bar]
        return near


def scored(recipe: Recipe, columns: Mapping[str, Sequence[Any]]) -> Sequence[float]:
    """What a method gives everyone, a whole column at a time: days of harm, or points without those for victims.

    columns: by measure, as ``core.methods.base.Measures``.
    """
    if not recipe.method.measures:
        return columns["harm"]
    points = [_points(recipe.bands, name, columns[name]) for name in recipe.method.measures if name != "victims"]
    return reduce(lambda some, more: list(map(add, some, more)), points)


def _points(bands: Bands, measure: str, values: Sequence[float | None]) -> list[float]:
    """The points of each value, as ``Bands.points`` gives them one by one."""
    table = bands.tables[measure]
    ends, points = [band.to for band in table if band.to is not None], [band.points for band in table]
    worth = {value: 0.0 if value is None else points[bisect_left(ends, value)] for value in set(values)}
    return list(map(worth.__getitem__, values))
