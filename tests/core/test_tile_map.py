"""The grid of tiles: every borough once, every place once, every tile within reach; steps at their borders."""

from __future__ import annotations

import pytest

from core.geography import boroughs
from core.tile_map import STEPS, beside, fifths, quarters, step_of, tiles

WAYS = ("left", "right", "up", "down")
BY_CODE = {tile.code: tile for tile in tiles()}


def test_every_borough_has_one_tile_and_the_city_too() -> None:
    assert sorted(tile.borough for tile in tiles()) == sorted(boroughs())
    assert len(tiles()) == 33


def test_no_two_stand_at_one_place_or_share_a_code() -> None:
    assert len({(tile.column, tile.row) for tile in tiles()}) == len(tiles())
    assert len(BY_CODE) == len(tiles())
    assert all(len(code) == 3 and code.isupper() for code in BY_CODE)
    assert all(0 < len(tile.label) <= 13 for tile in tiles())


@pytest.mark.parametrize("start", BY_CODE)
def test_every_tile_is_within_reach_of_every_other(start: str) -> None:
    reached, edge = {BY_CODE[start]}, [BY_CODE[start]]
    while edge:
        for way in WAYS:
            found = beside(edge[0], way)
            if found not in reached:
                reached.add(found)
                edge.append(found)
        edge.pop(0)
    assert len(reached) == 33


@pytest.mark.parametrize(
    ("start", "way", "end"),
    [
        ("ISL", "right", "HCK"),
        ("ISL", "up", "HGY"),
        ("ISL", "down", "CTY"),
        ("HVG", "right", "HVG"),
        ("ENF", "left", "BNT"),
        ("STN", "up", "MRT"),
        ("HNS", "down", "RCH"),
        ("ENF", "up", "ENF"),
    ],
)
def test_keys_go_to_the_neighbour_straight_on_before_aslant(start: str, way: str, end: str) -> None:
    assert beside(BY_CODE[start], way).code == end


def test_fifths_part_32_boroughs_as_evenly_as_can_be() -> None:
    borders = fifths(float(n) for n in range(1, 33))
    steps = [step_of(n, borders) for n in range(1, 33)]
    assert [steps.count(step) for step in range(1, STEPS + 1)] == [7, 6, 7, 6, 6]
    assert steps == sorted(steps)


def test_equal_figures_are_in_one_step() -> None:
    borders = fifths([5.0] * 20)
    assert {step_of(5.0, borders)} == {1}
    assert fifths([]) == ()


@pytest.mark.parametrize(("officers", "step"), [(0, 1), (1, 2), (9, 2), (10, 3), (19, 3), (20, 4), (29, 4), (30, 5)])
def test_nothing_is_a_step_of_its_own(officers: int, step: int) -> None:
    assert step_of(officers, quarters([39, 0, 12])) == step
