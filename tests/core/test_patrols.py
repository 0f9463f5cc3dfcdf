from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.extract import BadValue
from core.patrols import Delivered, checked, delivered

TODAY = date(2026, 11, 21).toordinal()
START = datetime(2026, 11, 20, 18, tzinfo=UTC)
WARD = "E05013806"
ROW = ["20/11/2026", WARD, "North 1", "2", "16", ""]


def _check(*fields: str) -> Delivered:
    return checked(fields, TODAY, {WARD})


def test_a_row() -> None:
    assert _check(*ROW) == (TODAY - 1, WARD, "North 1", "", 2, 16.0)
    assert _check(*ROW[:4], "7.25", " Knife  arch ")[3:] == ("Knife arch", 2, 7.25)
    assert _check(*ROW[:4], "48", "").hours == 48
    assert _check(*ROW[:3], "0", "0", "").hours == 0


@pytest.mark.parametrize(
    ("at", "value", "column"),
    [
        (0, "22/11/2026", "day"),
        (0, "", "day"),
        (1, "E05999999", "ward_code"),
        (2, "  ", "unit"),
        (3, "two", "officers"),
        (3, "-2", "officers"),
        *((4, hours, "hours") for hours in ("", "-1", "48.01", "nan", "inf", "1e1", "7,5", "٧", "9" * 400, "1_6")),
    ],
)
def test_rows_that_are_kept_out(at: int, value: str, column: str) -> None:
    with pytest.raises(BadValue) as bad:
        _check(*ROW[:at], value, *ROW[at + 1 :])
    assert (bad.value.column, bad.value.value) == (column, value.strip())


def test_more_than_the_officers_have_in_a_day_says_how_many_they_have() -> None:
    with pytest.raises(BadValue, match=r"^more than 2 officers have in a day; 48 is the most$"):
        _check(*ROW[:4], "50", "")


def test_what_a_unit_has_delivered_ends_when_it_was_to_end() -> None:
    ends = START + timedelta(hours=8)
    assert delivered(4, START, ends, START + timedelta(hours=3)) == 12
    assert delivered(4, START, ends, START + timedelta(hours=30)) == 32
    assert delivered(4, START, None, START + timedelta(minutes=90)) == 6
    assert delivered(4, START, ends, START) == 0
    assert delivered(4, START, ends, START - timedelta(hours=1)) == 0
    assert delivered(4, START, START - timedelta(hours=1), START + timedelta(hours=1)) == 0


@given(st.integers(0, 400), st.integers(-5000, 5000), st.none() | st.integers(-5000, 5000))
def test_hours_are_never_below_nothing_nor_above_the_time_that_passed(
    officers: int, now: int, ends: int | None
) -> None:
    end = None if ends is None else START + timedelta(minutes=ends)
    hours = delivered(officers, START, end, START + timedelta(minutes=now))
    assert 0 <= hours <= officers * max(0, now) / 60 + 0.005
