from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from core import bands as band_tables
from core.methods import METHODS
from core.methods.base import Measures, points, recipe, score
from db.backtest_day import Day, scored

BANDS = band_tables.default()


class _People:
    """Made people with their measures; whose victims were counted is kept."""

    def __init__(self, seed: int, many: int) -> None:
        draw = random.Random(seed)
        self.measures = [
            Measures(
                recency=draw.randrange(400),
                frequency=1 + int(draw.expovariate(0.5)),
                gravity=draw.choice((None, 1.0, 10.0, 19.0, 1825.0)),
                harm=draw.choice((0.0, 5.0, round(draw.expovariate(0.001), 2))),
                victims=draw.choice((0, 1, 1, 2, 3, 7)),
            )
            for _ in range(many)
        ]
        self.first = set(draw.sample(range(100, 100 + many), 3))
        self.counted: list[int] = []

    def victims(self, people: Sequence[int]) -> Mapping[int, int]:
        self.counted += people
        return {person: self.measures[person - 100].victims for person in people}

    def day(self, key: str) -> Day:
        columns = {
            name: [getattr(one, name) for one in self.measures] for name in Measures._fields if name != "victims"
        }
        of, people = recipe(METHODS[key], bands=BANDS), range(100, 100 + len(self.measures))
        last = [-recency for recency in columns["recency"]]
        bands = {key: BANDS} if "victims" in METHODS[key].measures else {}
        by_ref = {person: -person for person in people}
        return Day(people, columns["frequency"], last, {key: scored(of, columns)}, bands, self.victims, by_ref)

    def order(self, key: str, least: int) -> list[int]:
        """Everyone, by the rule of the method for one person at a time."""

        def standing(person: int) -> tuple[bool, bool, float, int, int]:
            one = self.measures[person - 100]
            whole = points(score(METHODS[key], one, BANDS))
            return one.frequency < least, person not in self.first, -whole, one.recency, -person

        return sorted(range(100, 100 + len(self.measures)), key=standing)


@pytest.mark.parametrize("key", METHODS)
def test_the_head_of_a_list_is_that_of_the_whole_list(key: str) -> None:
    for seed in range(12):
        made = _People(seed, 150)
        for least in (1, 4):
            expected = made.order(key, least)
            for most in (1, 2, 10, 60, 149, 150, 400):
                assert made.day(key).order(key, least, made.first, most) == expected[:most], (seed, least, most)
            assert made.day(key).order(key, least, made.first) == expected


def test_victims_are_counted_only_of_those_whom_they_can_bring_into_the_head() -> None:
    made = _People(1, 3000)
    head = made.day("rfgv").order("rfgv", 1, (), 10)
    assert set(head) <= set(made.counted)
    assert len(made.counted) == len(set(made.counted)) < 1500
