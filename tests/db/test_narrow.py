"""Whole numbers are held in as few bytes as they fit into, and stay what they are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.narrow import Narrow, narrow


@pytest.mark.parametrize(
    ("numbers", "size"),
    [((), 1), ((0, 255), 1), ((256,), 2), ((65_535, 1), 2), ((65_536,), 4), ((-1, 3), 4), ((2**31,), 8)],
)
def test_each_takes_as_many_bytes_as_the_widest(numbers: Sequence[int], size: int) -> None:
    assert narrow(numbers).itemsize == size


@given(st.lists(st.lists(st.integers(-3, 2**33), min_size=1), min_size=1))
def test_what_is_put_in_part_by_part_is_held_as_narrow_as_all_of_it(parts: list[list[int]]) -> None:
    whole = [number for part in parts for number in part]
    held = Narrow(len(whole))
    place = 0
    for part in parts:
        held.put(slice(place, place := place + len(part)), part)
    assert held.numbers.tolist() == whole
    assert held.numbers.itemsize == narrow(whole).itemsize


@given(st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_none_is_another_afterwards(numbers: list[int]) -> None:
    assert narrow(numbers).tolist() == numbers
