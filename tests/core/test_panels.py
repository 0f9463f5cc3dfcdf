from __future__ import annotations

from datetime import date

import pytest

from core.extract import BadValue
from core.panels import Asked, checked

TODAY = date(2026, 11, 21).toordinal()
WARD = "E05013806"
ROW = [WARD, "Knife crime", "01/11/2026", ""]


def _check(*fields: str) -> Asked:
    return checked(fields, TODAY, {WARD})


def test_a_row_and_what_makes_another_the_same_priority() -> None:
    one = _check(*ROW)
    assert tuple(one) == (WARD, "Knife crime", TODAY - 20, None)
    assert one.key == _check(WARD, " KNIFE \n crime", "2026-11-01", "05/12/2026").key
    assert one.key != _check(WARD, "Knife crime", "02/11/2026", "").key


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (["E05999999", *ROW[1:]], "ward_code", "unknown ward code; write one"),
        (["", *ROW[1:]], "ward_code", "unknown ward code; write one"),
        ([WARD, " ", *ROW[2:]], "priority", "what the panel asks for is missing"),
        ([WARD, "Knives", "22/11/2026", ""], "set_on", "the date lies in the future"),
        ([WARD, "Knives", "", ""], "set_on", "a date is needed here and there is none"),
        ([WARD, "Knives", "31/02/2026", ""], "set_on", "no such date"),
        ([WARD, "Knives", "02/11/2026", "01/11/2026"], "ends_on", "it ends before it was set"),
        ([WARD, "Knives", "02/11/2026", "soon"], "ends_on", "no such date"),
    ],
)
def test_rows_that_are_kept_out(row: list[str], column: str, reason: str) -> None:
    with pytest.raises(BadValue) as bad:
        _check(*row)
    assert bad.value.column == column
    assert bad.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("ends_on", "day", "expected"),
    [(None, 9, False), (None, 10, True), (None, 9999, True), (12, 10, True), (12, 12, True), (12, 13, False)],
)
def test_it_stands_from_its_first_day_to_its_last(ends_on: int | None, day: int, expected: bool) -> None:
    assert Asked(WARD, "Knives", 10, ends_on).stands(day) is expected
