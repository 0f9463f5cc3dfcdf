from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.releases import fragments
from core.weak_months import touched, weak_months

MONTHS = tuple(f"{2018 + at // 12}{at % 12 + 1:02d}" for at in range(48))


def words(*totals: int) -> list[str]:
    months = MONTHS[: len(totals)]
    return [run.words for run in weak_months(months, totals, fragments(months, totals))]


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ((120,) * 8 + (40,) * 4, ["from 2018-09 a third of before"]),
        ((120,) * 8 + (40,) * 4 + (120,) * 3, ["from 2018-09 to 2018-12 a third of before"]),
        ((100,) * 6 + (20,) * 30, ["from 2018-07 a fifth of before"]),
        ((100,) * 6 + (20,) * 3, []),
        ((100,) * 6 + (60,) * 6, []),
        ((100, 100) + (45,) * 5, ["from 2018-03 half of before"]),
        ((5, 6, 2, 2, 2, 2), []),
        ((100,) * 5 + (25,) * 4 + (100,) * 4 + (10,) * 4, [
            "from 2018-06 to 2018-09 a quarter of before", "from 2019-02 a tenth of before",
        ]),
        ((), []),
    ],
)  # fmt: skip
def test_a_run_of_months_far_below_the_level_before_is_told(totals: tuple[int, ...], expected: list[str]) -> None:
    assert words(*totals) == expected


def test_a_run_is_told_where_one_of_its_months_is_used() -> None:
    totals = (120,) * 8 + (40,) * 4
    weak = weak_months(MONTHS[:12], totals, ())
    assert (touched(weak, MONTHS[:8]), touched(weak, MONTHS[6:9])) == ((), weak)


@given(st.lists(st.integers(60_000, 100_000), max_size=48))
def test_months_that_are_alike_are_never_weak(totals: list[int]) -> None:
    assert words(*totals) == []


def test_months_of_years_ago_are_no_level_to_be_below() -> None:
    months = (*MONTHS[:6], *MONTHS[40:46])
    totals = (90,) * 6 + (20,) * 6
    assert fragments(months, totals) == ()
    assert weak_months(months, totals, ()) == ()
    assert fragments((*MONTHS[:6], MONTHS[40]), (*totals[:6], 3)) == ()
