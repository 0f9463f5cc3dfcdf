"""What due times and days mean as they are typed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from core.days import LONDON
from core.due_times import parse_due, parse_later, read_day
from core.errors import Problem

NOW = datetime(2026, 11, 21, 9, tzinfo=LONDON)
"""A Saturday."""


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("17:00", datetime(2026, 11, 21, 17)),
        ("9.30", datetime(2026, 11, 21, 9, 30)),
        ("09:00", datetime(2026, 11, 22, 9)),
        ("8:59", datetime(2026, 11, 22, 8, 59)),
        ("+24h", datetime(2026, 11, 22, 9)),
        ("24 hours", datetime(2026, 11, 22, 9)),
        ("+3d", datetime(2026, 11, 24, 9)),
        ("1 day", datetime(2026, 11, 22, 9)),
        ("Tomorrow", datetime(2026, 11, 22, 9)),
        ("  next   working day ", datetime(2026, 11, 23, 9)),
        ("nwd", datetime(2026, 11, 23, 9)),
        ("22/11/2026 09:00", datetime(2026, 11, 22, 9)),
        ("2026-11-22 09:00", datetime(2026, 11, 22, 9)),
        ("22/11 14:15", datetime(2026, 11, 22, 14, 15)),
        ("22/11/2026", datetime(2026, 11, 22, 17)),
        ("2026-12-01", datetime(2026, 12, 1, 17)),
        ("22/11", datetime(2026, 11, 22, 17)),
        ("21/11", datetime(2026, 11, 21, 17)),
        ("today", datetime(2026, 11, 21, 17)),
        ("tomorrow 10:00", datetime(2026, 11, 22, 10)),
        ("Tomorrow at 9.30", datetime(2026, 11, 22, 9, 30)),
        ("nwd 08:00", datetime(2026, 11, 23, 8)),
        ("+3d 10:00", datetime(2026, 11, 24, 10)),
        ("friday", datetime(2026, 11, 27, 17)),
        ("fri 06:00", datetime(2026, 11, 27, 6)),
        ("Saturday", datetime(2026, 11, 28, 17)),
        ("court tomorrow 10:00", datetime(2026, 11, 25, 0)),
    ],
)
def test_when_it_falls_due(text: str, due: datetime) -> None:
    assert parse_due(text, NOW) == due.replace(tzinfo=LONDON)


def test_nobody_is_told_seven_nineteen() -> None:
    early = datetime(2026, 11, 21, 7, 19, 30, tzinfo=LONDON)
    assert parse_due("+24h", early) == datetime(2026, 11, 22, 8, tzinfo=LONDON)
    assert parse_due("+1d", early) == datetime(2026, 11, 22, 8, tzinfo=LONDON)
    assert parse_due("07:20", early) == datetime(2026, 11, 21, 7, 20, tzinfo=LONDON)
    assert parse_later("+2h", early) == datetime(2026, 11, 21, 9, 19, 30, tzinfo=LONDON)


@pytest.mark.parametrize("text", ["20/11/2026", "21/11/2026 08:59", "2025-01-01", "21/11 09:00"])
def test_a_time_that_has_passed_is_refused_with_the_time_it_is(text: str) -> None:
    with pytest.raises(Problem, match="has passed; it is 21/11/2026 09:00"):
        parse_due(text, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "tomorrow soon",
        "tomorrow 25:00",
        "fr",
        "+24h 10:00",
        "fridays",
        "25:00",
        "12:60",
        "31/02/2027",
        "-3d",
        "+3w",
        "+1000d",
        "yesterday",
        "[/",
    ],
)
def test_what_is_no_time_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(Problem, match="Write 17:00, "):
        parse_due(text, NOW)


def test_a_day_alone_is_read_as_a_date_and_says_so_where_it_is_none() -> None:
    saturday = NOW.toordinal()
    for text, ahead in {"21/11/2026": 0, "2026-11-28": 7, "+28d": 28, "tomorrow": 1, "fri": 6, "22/11": 1}.items():
        assert read_day(text, NOW) == saturday + ahead, text
    for text in ("soon", "31/02/2027", "", "+3w"):
        with pytest.raises(Problem, match=rf"'{re.escape(text)}' is no date. Write 23/11/2026, \+28d, tomorrow or fri"):
            read_day(text, NOW)


def test_the_time_is_that_of_london_whatever_the_clock_is_set_to() -> None:
    summer = datetime(2026, 7, 1, 8, tzinfo=LONDON)
    assert parse_due("17:00", summer).utcoffset() == timedelta(hours=1)
    assert parse_due("17:00", datetime.fromisoformat("2026-07-01T23:30:00+00:00")).day == 2
