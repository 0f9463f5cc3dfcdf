"""Days and moments: what is read as a date, and the clock of London in winter and summer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days import (
    LONDON,
    NoDate,
    at_clock,
    day_of,
    in_london_time,
    iso,
    london,
    moment_of,
    next_working_day,
    parse_day,
    stamp,
    uk,
)

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_both_ways_of_writing_a_date_are_read(day: date) -> None:
    number = day_of(day)
    assert parse_day(day.isoformat()) == parse_day(f"{day:%d/%m/%Y}") == number
    assert parse_day(f" {day:%d/%m/%Y} 23:59 ") == parse_day(f"{day.isoformat()}T00:00:00Z") == number
    assert (iso(number), uk(number)) == (day.isoformat(), f"{day:%d/%m/%Y}")


def test_a_date_without_leading_zeros_is_read() -> None:
    assert parse_day("1/2/2026") == day_of(date(2026, 2, 1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31/02/2026",
        "2026-13-01",
        "29/02/2025",
        "21/11/26",
        "21-11-2026",
        "11/21/2026",
        "soon",
        "٢١/١١/٢٠٢x",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_day(text)


def test_no_day_is_shown_as_nothing() -> None:
    assert (iso(None), uk(None)) == (None, "")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)))
def test_a_stored_moment_comes_back_to_the_second(moment: datetime) -> None:
    assert moment_of(stamp(moment)) == moment.replace(microsecond=0)
    assert stamp(london(moment)) == stamp(moment)
    assert london(stamp(moment)) == moment.replace(microsecond=0)


def test_london_is_an_hour_ahead_in_summer() -> None:
    assert stamp(at_clock(date(2026, 11, 21), 9)) == "2026-11-21T09:00:00+00:00"
    assert stamp(at_clock(date(2026, 7, 1), 9, 30)) == "2026-07-01T08:30:00+00:00"
    assert london(datetime(2026, 7, 1, 8, tzinfo=UTC)).hour == 9
    assert at_clock(date(2026, 7, 1), 9).tzinfo is LONDON


@given(DAYS)
def test_the_next_working_day_is_the_first_after_that_is_no_weekend(day: date) -> None:
    following = next_working_day(day)
    assert following.weekday() < 5
    between = [day + timedelta(days=n) for n in range(1, (following - day).days)]
    assert all(one.weekday() >= 5 for one in between)
    assert 1 <= (following - day).days <= 3


def test_stamps_in_words_are_said_in_the_time_of_the_room() -> None:
    words = "carried from 2026-07-05T09:05:00+00:00: not yet; since 2026-13-05T09:05:00+00:00"
    assert in_london_time(words) == "carried from 05/07/2026 10:05: not yet; since 2026-13-05T09:05:00+00:00"
    assert in_london_time("nothing 2026-07-05") == "nothing 2026-07-05"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("46354", "a number that a spreadsheet keeps a day as"),
        ("46354.35", "a number that a spreadsheet keeps a day as"),
        ("16/11/2026 2240", "what stands behind the date is no time"),
        ("2026-11-16 10.40pm", "what stands behind the date is no time"),
        ("16/11/26", "read only where a profile file names the format"),
        ("16.11.2026 22:40", "read only where a profile file names the format"),
        ("16-11-2026", "read only where a profile file names the format"),
        ("20261116", "read only where a profile file names the format"),
        ("1-Feb-26", "a month in words is read only"),
        ("31/02/2026", "no such date; write dd/mm/yyyy"),
        ("soon", "no such date; write dd/mm/yyyy"),
        ("99999", "no such date; write dd/mm/yyyy"),
    ],
)
def test_a_date_of_another_form_is_refused_with_what_to_do(text: str, reason: str) -> None:
    with pytest.raises(NoDate, match=reason):
        parse_day(text)
