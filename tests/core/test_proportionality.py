"""Intervals as worked out by hand, and counts that nobody can get back by subtraction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.proportionality import SMALL, Estimate, katz, proportions, suppressed, wilson

COUNTS = st.lists(st.integers(0, 12) | st.integers(0, 400), min_size=2, max_size=8).map(
    lambda numbers: {f"g{turn}": number for turn, number in enumerate(numbers)}
)


def _rounded(found: Estimate | None) -> tuple[float, float, float]:
    assert found is not None
    return round(found.value, 3), round(found.low, 3), round(found.high, 3)


def test_the_interval_of_a_share() -> None:
    # 10 of 100: z² = 3.8415; middle (0.1 + 0.019207)/1.038415 = 0.114797;
    # half 1.959964 · sqrt(0.0009 + 0.0000960365)/1.038415 = 0.059569
    assert _rounded(wilson(10, 100)) == (0.1, 0.055, 0.174)
    # 0 of 10: middle = half = 0.192073/1.384146, so from 0 to 0.277535
    assert _rounded(wilson(0, 10)) == (0.0, 0.0, 0.278)
    assert _rounded(wilson(10, 10)) == (1.0, 0.722, 1.0)
    assert wilson(0, 0) is None


def test_the_interval_of_a_ratio() -> None:
    # 30 of 100 beside 200 of 1,000: 1.5; spread 1.959964 · sqrt(1/30 - 1/100 + 1/200 - 1/1000) = 0.324015
    # 1.5 · exp(-0.324015) = 1.084855, 1.5 · exp(0.324015) = 2.074009
    found = katz(30, 100, 200, 1000)
    assert _rounded(found) == (1.5, 1.085, 2.074)
    assert found is not None
    assert found.excludes_one
    # 10 of 100 beside 100 of 1,000: 1; spread 1.959964 · sqrt(0.1 - 0.01 + 0.01 - 0.001) = 0.616689
    same = katz(10, 100, 100, 1000)
    assert _rounded(same) == (1.0, 0.540, 1.853)
    assert same is not None
    assert not same.excludes_one
    assert katz(0, 100, 5, 10) is None
    assert katz(5, 10, 0, 100) is None


def test_a_ratio_below_one_is_told_as_one() -> None:
    found = katz(10, 100, 500, 1000)
    assert found is not None
    assert found.high < 1
    assert found.excludes_one


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"a": 50, "b": 50}, ""),
        ({"a": 5, "b": 50}, ""),
        ({"a": 4, "b": 50}, "ab"),
        ({"a": 4, "b": 50, "c": 6}, "ac"),
        ({"a": 4, "b": 3, "c": 60}, "ab"),
        ({"a": 1, "b": 2, "c": 60, "d": 70}, "abc"),
        ({"a": 0, "b": 0, "c": 60, "d": 70}, "abc"),
        ({"a": 0, "b": 0, "c": 100}, "abc"),
        ({"a": 2}, "a"),
        ({"a": 9}, ""),
    ],
)
def test_what_is_hidden(counts: dict[str, int], hidden: str) -> None:
    assert suppressed(counts) == frozenset(hidden)


@given(COUNTS)
def test_no_hidden_count_follows_from_the_total(counts: dict[str, int]) -> None:
    hidden = suppressed(counts)
    assert {name for name, count in counts.items() if count < SMALL} <= hidden
    if not hidden:
        return
    assert len(hidden) >= 2
    # What is known of those hidden is their sum. Each could be another number, unless there is no one at all.
    rest = sum(counts.values()) - sum(count for name, count in counts.items() if name not in hidden)
    assert rest >= SMALL or hidden == set(counts)


@given(COUNTS, COUNTS)
def test_nothing_of_a_hidden_count_is_told(listed: dict[str, int], more: dict[str, int]) -> None:
    pool = {name: count + more.get(name, 0) for name, count in listed.items()}
    hidden, hidden_in_pool = suppressed(listed), suppressed(pool)
    for group in proportions("sex", listed, pool, dict.fromkeys(listed, 1000)):
        for side, names in ((group.listed, hidden), (group.pool, hidden_in_pool)):
            assert side.suppressed is (group.name in names)
            assert (side.count is None) is (side.share is None) is side.suppressed
        assert (group.to_pool is None) is (group.listed.suppressed or group.pool.suppressed)
        assert (group.to_residents is None) is group.listed.suppressed
        assert group.residents == pytest.approx(1 / len(listed))


@given(st.integers(1, 200), st.integers(1, 200), st.integers(1, 200), st.integers(1, 200))
def test_an_interval_holds_its_value(count: int, rest: int, other: int, other_rest: int) -> None:
    for found in (wilson(count, count + rest), katz(count, count + rest, other, other + other_rest)):
        assert found is not None
        assert found.low <= found.value <= found.high


def test_groups_side_by_side() -> None:
    listed, pool = {"A": 30, "B": 60, "not recorded": 10}, {"A": 200, "B": 700, "not recorded": 100}
    a, b, unknown = proportions("ethnicity", listed, pool, {"A": 250, "B": 750})
    assert (a.name, a.listed.count, a.pool.count, a.residents) == ("A", 30, 200, 0.25)
    assert _rounded(a.to_pool) == (1.5, 1.085, 2.074)
    assert a.to_residents is not None
    assert a.to_residents.value == pytest.approx(0.3 / 0.25)
    assert b.to_pool is not None
    assert (unknown.residents, unknown.to_residents) == (None, None)
    assert unknown.to_pool is not None
    without = proportions("ethnicity", listed, pool)
    assert all(group.residents is None and group.to_residents is None for group in without)


def test_a_list_with_no_one_on_it() -> None:
    found = proportions("sex", {"f": 0, "m": 0}, {"f": 10, "m": 20})
    assert all(group.listed.suppressed and group.to_pool is None for group in found)
    assert [group.pool.count for group in found] == [10, 20]
