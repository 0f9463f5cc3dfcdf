"""Calendar days as whole numbers, one for each day, so that a rule adds and compares them; how days are written."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
UTC = ZoneInfo("UTC")
UTC_OFFSET = timezone(timedelta(0))

_CLOCK = (
    r"(?:[ T,]+(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)\s*(?P<half>[AP]\.?M\.?)?"
    r"\s*(?P<zone>Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)"
)
CLOCK = f"{_CLOCK}?"
"""The pattern of a time of day behind a date, its half of the day and how far it is from UTC; all may be missing."""
_UK_DAY = r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}"
_ISO_DAY = r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}"
_UK = re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})" + CLOCK, re.IGNORECASE)
_ISO = re.compile(r"(?P<y>[0-9]{4})(?P<mark>[-/])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2})" + CLOCK, re.IGNORECASE)
_LONGEST = 80
"""Characters of which a date is looked for in words: a cell may hold a book, and looking takes time by its length."""
_IN_WORDS = re.compile(r"[0-9][\W_]*[^\W\d_]{3,}[\W_]*[0-9]{2}|[^\W\d_]{3,}[\W_]*[0-9]{1,2}\b[\W_]*[0-9]{4}")
_OWN_FORMAT = (
    "a month in words is read only where a profile file names the format, as d mmmm yyyy; or write dd/mm/yyyy or "
    "yyyy-mm-dd"
)
_NO_DATE = "no such date; write dd/mm/yyyy or yyyy-mm-dd"
_OTHER_FORMS = (
    (
        re.compile(r"[1-7][0-9]{4}(\.[0-9]+)?"),
        "a number that a spreadsheet keeps a day as; give the column the form of a date, dd/mm/yyyy, and save it again",
    ),
    (
        re.compile(rf"({_UK_DAY}|{_ISO_DAY})[ T,]+[0-9].*"),
        "what stands behind the date is no time; write it as hh:mm, as in 08:30, or leave it out",
    ),
    (
        re.compile(r"([0-9]{1,2}([./-])[0-9]{1,2}\2([0-9]{2}|[0-9]{4})|(19|20)[0-9]{6})([ T].*)?"),
        "read only where a profile file names the format, as dd.mm.yyyy or d/m/yy; or write dd/mm/yyyy or yyyy-mm-dd",
    ),
)
"""Forms in which other programs write days and times, and what to say of each: the first that fits."""
_AT_END = re.compile(rf"{_CLOCK}\s*$", re.IGNORECASE)
_ZONE = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})?")
_STAMPS = 4096
"""Stored stamps that are kept as they were read: a board reads six of every deployment, the same ones each time."""


class NoDate(ValueError):
    """A text is no date, or names a day that there is not; it says so in the words of a reason."""

    def __init__(self, reason: str = _NO_DATE) -> None:
        super().__init__(reason)


def parse_day(text: str) -> int:
    """Give the day number of a UK (``dd/mm/yyyy``) or ISO (``yyyy-mm-dd``) date.

    A time after it is ignored, but where it says how far it is from UTC: then the day is London's. Raises NoDate where
    the text is no date, or names a day that does not exist.
    """
    match = uk_date(text)
    return parse_iso(text) if match is None else day_written(match)


def parse_iso(text: str) -> int:
    """The day number of a date with its year first, as :func:`parse_day` gives it. Raises NoDate."""
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise NoDate(_why_no_date(text.strip()[:_LONGEST]))
    return day_written(match)


def _why_no_date(text: str) -> str:
    """Why a text is not read as a date, and what to do, where it is written as other programs write one."""
    if _IN_WORDS.search(text):
        return _OWN_FORMAT
    return next((reason for pattern, reason in _OTHER_FORMS if pattern.fullmatch(text)), _NO_DATE)


def uk_date(text: str) -> re.Match[str] | None:
    """The parts of a date that is written ``dd/mm/yyyy``, whether its figures are day and month or not; else None."""
    return _UK.fullmatch(text.strip())


def day_written(parts: re.Match[str]) -> int:
    """The day number of the parts of a date: ``y``, ``m``, ``d`` and those of :data:`CLOCK`. Raises NoDate."""
    day, month, year, clock, half, zone = parts.group("d", "m", "y", "clock", "half", "zone")
    return day_in_london(int(year), int(month), int(day), clock, half, zone)


def day_in_london(year: int, month: int, day: int, clock: str | None, half: str | None, zone: str | None) -> int:
    """The day number of a date in London. clock, half, zone: the time behind it as :data:`CLOCK` has it.

    Raises NoDate for a day or, where it moves the day, a time that there is not.
    """
    try:
        number = date(year, month, day).toordinal()
        return clock_in_london(number, clock, half, zone).date().toordinal() if zone and clock else number
    except (ValueError, OverflowError):
        raise NoDate from None


def date_and_clock(text: str) -> tuple[str, str, str | None, str | None] | None:
    """A text as the date in it, and clock, half and zone of the time behind that; None where there is no time."""
    match = _AT_END.search(text)
    return (text[: match.start()], match["clock"], match["half"], match["zone"]) if match else None


def clock_in_london(day: int, clock: str, half: str | None, zone: str | None) -> datetime:
    """The moment in London of a day number and the time behind it as :data:`CLOCK` has it. Raises NoDate."""
    try:
        hour, minute = (int(part) for part in clock.split(":")[:2])
        if half:
            hour = hour % 12 + (12 if half[0] in "pP" else 0)
        then = date.fromordinal(day)
        place = _offset(zone) if zone else LONDON
        return datetime(then.year, then.month, then.day, hour, minute, tzinfo=place).astimezone(LONDON)
    except (ValueError, OverflowError):
        raise NoDate("no such time; write dd/mm/yyyy hh:mm") from None


def _offset(zone: str) -> timezone:
    match = _ZONE.fullmatch(zone)
    if match is None:
        return UTC_OFFSET
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(ahead if match[1] == "+" else -ahead)


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


@lru_cache(_STAMPS)
def moment_of(text: str) -> datetime:
    """Read a stored stamp back as an aware moment in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def london(moment: datetime | str) -> datetime:
    """Give a moment, or a stored stamp, in the time of the meeting room."""
    return (moment_of(moment) if isinstance(moment, str) else moment).astimezone(LONDON)


def uk_moment(moment: datetime | str) -> str:
    """Write a moment, or a stored stamp, as a chair reads it, in London: ``21/11/2026 09:05``."""
    return f"{london(moment):%d/%m/%Y %H:%M}"


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
