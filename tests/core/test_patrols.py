from __future__ import annotations

from datetime import date

import pytest

from core.extract import BadValue
from core.patrols import Delivered, checked

TODAY = date(2026, 11, 21).toordinal()
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
        (2, "N/A", "unit"),
        (2, "Grand total", "unit"),
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
