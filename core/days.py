"""Dates as day numbers, money of the rules: one integer per calendar day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
UTC = ZoneInfo("UTC")

_UK = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")


def parse_day(text: str) -> int:
    """Give the day number of a UK (``dd/mm/yyyy``) or ISO (``yyyy-mm-dd``) date; a time after it is ignored.

    Raises ValueError where the text is no date, or names a day that does not exist.
    """
    text = text.strip()
    if match := _UK.fullmatch(text):
        return date(int(match[3]), int(match[2]), int(match[1])).toordinal()
    if match := _ISO.fullmatch(text):
        return date(int(match[1]), int(match[2]), int(match[3])).toordinal()
    raise ValueError("not a date")


def day_of(value: date) -> int:
    """The day number of a date."""
    return value.toordinal()


def iso(day: int | None) -> str | None:
    """The ISO date of a day number, or None."""
    return None if day is None else date.fromordinal(day).isoformat()


def uk(day: int | None) -> str:
    """The UK date of a day number as it is read aloud, ``21/11/2026``; empty for None."""
    return "" if day is None else date.fromordinal(day).strftime("%d/%m/%Y")


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def named_day(day: int, seen_from: int) -> str:
    """A day number as a meeting says it, ``Fri 20/11``; with the year where that is not the year it is seen from."""
    then = date.fromordinal(day)
    year = "" if then.year == date.fromordinal(seen_from).year else f"/{then.year}"
    return f"{_WEEKDAYS[then.weekday()]} {then.day:02d}/{then.month:02d}{year}"


def stamp(moment: datetime) -> str:
    """Give an aware moment as stored text: ISO, in UTC, to the second."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()


def moment_of(text: str) -> datetime:
    """Read a stored stamp back as an aware moment in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def london(moment: datetime | str) -> datetime:
    """Give a moment, or a stored stamp, in the time of the meeting room."""
    return (moment_of(moment) if isinstance(moment, str) else moment).astimezone(LONDON)


def in_london_time(words: str) -> str:
    """Words with every stored stamp in them as a time of the meeting room; earlier versions wrote stamps into words."""
    return _STAMP.sub(lambda match: _in_london(match[0]), words)


def _in_london(stamped: str) -> str:
    try:
        return f"{london(stamped):%d/%m/%Y %H:%M}"
    except ValueError:  # it only looks like a stamp
        return stamped


_STAMP = re.compile(r"\b\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\+00:00", re.ASCII)


def at_clock(day: date, hours: int, minutes: int = 0) -> datetime:
    """The aware moment at a London clock time on a day."""
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=LONDON)


def monday_of(day: int) -> int:
    """The Monday of the week of a day; both are day numbers."""
    return day - (day - 1) % 7  # day 1 was a Monday


def next_working_day(day: date) -> date:
    """The day after, weekends left out."""
    following = day + timedelta(days=1)
    while following.weekday() >= 5:
        following += timedelta(days=1)
    return following


def years_before(day: int, years: int) -> int:
    """The same calendar day some years earlier, as a day number; from 29 February, 28 February where there is none."""
    then = date.fromordinal(day)
    try:
        return then.replace(year=then.year - years).toordinal()
    except ValueError:
        return then.replace(year=then.year - years, day=28).toordinal()


def clock_words(moment: datetime, now: datetime) -> str:
    """A moment as it is said in the room, in London's time: the time of day alone where it is today."""
    there = london(moment)
    return f"{there:%H:%M}" if there.date() == london(now).date() else f"{there:%d/%m %H:%M}"
