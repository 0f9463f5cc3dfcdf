"""Bank holidays, and the court clock that does not run on them (DOMAIN2.md sections 3 and 10)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.bank_holidays import bank_holidays, counts, court_deadline, easter
from core.days import LONDON
from core.due_times import parse_due


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "01/01 03/04 06/04 04/05 25/05 31/08 25/12 26/12 28/12"),
        (2027, "01/01 26/03 29/03 03/05 31/05 30/08 25/12 26/12 27/12 28/12"),
        (2028, "01/01 03/01 14/04 17/04 01/05 29/05 28/08 25/12 26/12"),
    ],
)
def test_the_holidays_of_a_year(year: int, days: str) -> None:
    assert [f"{day:%d/%m}" for day in sorted(bank_holidays(year))] == days.split()


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("served", "before"),
    [
        (datetime(2026, 11, 23, 14), datetime(2026, 11, 25, 14)),
        (datetime(2026, 11, 27, 14), datetime(2026, 11, 30, 14)),  # over a Sunday
        (datetime(2026, 11, 29, 10), datetime(2026, 12, 2)),  # served on one: from its end on
        (datetime(2026, 12, 24, 10), datetime(2026, 12, 30, 10)),  # over Christmas and what stands for Boxing Day
        (datetime(2026, 3, 27, 10), datetime(2026, 3, 30, 10)),  # the clocks go forward on the Sunday
    ],
)
def test_the_court_clock(served: datetime, before: datetime) -> None:
    assert court_deadline(served.replace(tzinfo=LONDON)) == before.replace(tzinfo=LONDON)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)))
def test_a_court_clock_runs_48_hours_of_days_that_count(served: datetime) -> None:
    at = served.replace(tzinfo=LONDON)
    before = court_deadline(at)
    assert before - at >= timedelta(hours=48)
    assert counts((before - timedelta(microseconds=1)).date())


def test_it_is_typed_as_court() -> None:
    now = datetime(2026, 11, 27, 14, 5, tzinfo=LONDON)
    assert parse_due("court", now) == datetime(2026, 11, 30, 14, 5, tzinfo=LONDON)
    assert parse_due("Court 26/11/2026 20:00", now) == datetime(2026, 11, 28, 20, tzinfo=LONDON)
