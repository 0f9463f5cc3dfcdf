"""Formats of dates as profile files name them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.date_formats import date_format, month_named
from core.days import NoDate, day_of, parse_day
from core.errors import Refused

FORMATS = {
    "mm/dd/yyyy": "%m/%d/%Y", "dd.mm.yyyy": "%d.%m.%Y", "yyyymmdd": "%Y%m%d", "d mmm yyyy": "%d %b %Y",
    "mmmm d, yyyy": "%B %d, %Y", "ddd dd-mmm-yyyy": "%a %d-%b-%Y", "yyyy.mm.dd": "%Y.%m.%d",
}  # fmt: skip
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, st.sampled_from(sorted(FORMATS)))
def test_a_date_is_read_as_its_format_writes_it_and_as_iso(day: date, named: str) -> None:
    form = date_format(named, "Profile")
    assert form.read(day.strftime(FORMATS[named])) == form.read(day.isoformat()) == day_of(day)


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_years_of_two_digits_turn_at_the_pivot(day: date) -> None:
    assert date_format("dd/mm/yy", "Profile").read(day.strftime("%d/%m/%y")) == day_of(day)


@pytest.mark.parametrize("named", ["", "mm/dd", "yyyy", "dd/dd/yyyy", "mm/mm/yyyy", "dd/mm/yyyy x", "%d/%m/%Y"])
def test_what_is_no_format_is_refused(named: str) -> None:
    with pytest.raises(Refused, match="is no format of dates"):
        date_format(named, "Profile")


@pytest.mark.parametrize("text", ["27/05/2025", "2/30/2025", "0/1/2025", "5-6-2025", "", "5/6/25", "x"])
def test_what_does_not_fit_the_format_is_no_date(text: str) -> None:
    with pytest.raises(NoDate, match="the profile names mm/dd/yyyy"):
        date_format("mm/dd/yyyy", "Profile").read(text)


def test_a_date_with_other_marks_than_the_format_is_told_of_them() -> None:
    for text, marks in (("13-Oct-26", True), ("13 Oct 2026", True), ("31 Nov 26", False), ("N/A", False)):
        with pytest.raises(NoDate) as told:
            date_format("d mmm yy", "Profile").read(text)
        assert ("is to have its marks and as many digits of the year" in str(told.value)) is marks
    assert date_format("d-mmm-yy", "Profile").read("13-Oct-26") == day_of(date(2026, 10, 13))


def test_months_by_name_or_its_beginning() -> None:
    assert [month_named(word) for word in ("Jan", "SEPT.", "Mai", "März", "mrz", "Dezember", "october")] == [
        1, 9, 5, 3, 3, 12, 10,
    ]  # fmt: skip
    others = ("févr.", "août", "juil.", "ene", "gennaio", "mrt", "października", "março", "okt", "set")
    assert [month_named(word) for word in others] == [2, 8, 7, 1, 1, 3, 10, 3, 10, 9]
    for word in ("ja", "x", "junimond", "jui"):
        with pytest.raises(NoDate):
            month_named(word)


def test_a_month_word_that_is_not_known_is_named() -> None:
    with pytest.raises(NoDate, match="no month is known as 'tammikuu'; months in words are read in English, German"):
        date_format("d mmmm yyyy", "Profile").read("5 tammikuu 2024")
    with pytest.raises(NoDate, match="a month in words is read only where a profile file names the format"):
        parse_day("5 janvier 2024")
    assert parse_day("2024/1/5") == parse_day("2024-01-05")
