"""Totals with returns missing, what is compared, and the days that a daily looks at (DOMAIN.md sections 6 and 7)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activity import Compared, Period, Returns, Total, checked, compared, period
from core.extract import BadValue

FRIDAY = date(2026, 11, 20).toordinal()
MONDAY = FRIDAY + 3


@pytest.mark.parametrize(
    ("returns", "words"),
    [
        ({"CE": [90], "SW": [6]}, "96"),
        ({"CE": [96], "SW": [None]}, "96+ (SW missing)"),
        ({"CE": [0], "NE": [None], "SW": [None]}, "0+ (NE, SW missing)"),
        ({"CE": [None], "SW": [None]}, "?"),
        ({"CE": [1200, 1], "SW": [None, 3]}, "1,204+ (SW 1 of 2 days missing)"),
        ({"CE": [1, 1], "SW": [None, None]}, "2+ (SW missing)"),
        ({**dict.fromkeys(["CE", "CN", "CW", "EA"], (None,)), "SW": [1]}, "1+ (4 of 5 missing)"),
        (dict.fromkeys(["CE", "CN", "CW", "EA", "SW"], (None, 1)), "5+ (5 of 5 incomplete)"),
    ],
)
def test_a_total_says_what_is_missing_from_it(returns: Returns, words: str) -> None:
    assert Total.of(returns).words == words


def test_only_those_who_returned_on_both_days_are_compared() -> None:
    """96 of eleven BCUs against 78 of twelve is no comparison."""
    today: Returns = {"CE": [90], "NE": [6], "SW": [None]}
    before: Returns = {"CE": [60], "NE": [None], "SW": [18]}
    assert compared(today, before) == Compared(90, 60, 1)
    assert Compared(90, 60, 1).change == 30
    assert compared({"SW": [None]}, {"SW": [18]}) is None
    assert compared({"CE": [1, None], "SW": [2, 3]}, {"CE": [1, 1], "SW": [1, 1]}) == Compared(5, 2, 1)


_RETURNS = st.dictionaries(
    st.sampled_from(["CE", "NE", "SW"]), st.lists(st.none() | st.integers(0, 99), min_size=2, max_size=2)
)


@given(_RETURNS, _RETURNS)
def test_what_is_compared_is_never_more_than_what_is_known(now: Returns, before: Returns) -> None:
    both, total = compared(now, before), Total.of(now)
    assert (total.known is None) == all(number is None for days in now.values() for number in days)
    assert total.words == "?" or bool(total.missing) == ("+" in total.words)
    if both is not None:
        assert both.now <= (total.known or 0)
        assert 0 < both.over <= len(now)


def test_a_daily_looks_at_every_day_since_the_last_one() -> None:
    assert period(MONDAY, None) == Period(MONDAY - 1, MONDAY - 1)
    assert period(MONDAY, MONDAY - 1).title == "Last 24 hours"
    weekend = period(MONDAY, FRIDAY)
    assert (weekend.first, weekend.last, weekend.days, weekend.title) == (FRIDAY, MONDAY - 1, 3, "Since Fri 20/11")
    assert weekend.before == Period(FRIDAY - 3, FRIDAY - 1)


def test_a_count_names_its_bcu_by_code_or_name() -> None:
    for bcu in ("CE", "ce", "Central East", "Central East BCU"):
        row = checked(["20/11/2026", bcu, " Stops  and searches", "3"], MONDAY)
        assert tuple(row) == (FRIDAY, "CE", "stops and searches", 3)
    with pytest.raises(BadValue, match="unknown BCU; use one of CE, CN"):
        checked(["20/11/2026", "Hackney", "arrests", "3"], MONDAY)
