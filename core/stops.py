"""Stop and search as data.police.uk publishes it, by month and force: one row, one stop.

Rules: every row is a stop, as the files have no reference that would tell a copy from a second stop; exact repeats
count, and how many there are is said. The day is London's: stamps are published in UTC or with an offset, so that the
last hour of a month in summer belongs to the next day. A stop has a positive outcome unless nothing was found, no
further action was taken, or no outcome is stated (``core/data/stop_outcomes.toml``). Self-defined ethnicity is the
person's own answer, officer-defined the officer's view; neither stands for the other.

Source: data.police.uk, About (columns of the CSV files); DOMAIN2.md section 7.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from sys import intern
from typing import Literal, NamedTuple

from core import coordinates, nearest
from core.days import LONDON, parse_day
from core.extract import BadValue, ReadDay, day
from core.shipped import shipped

COLUMNS = ("date", "object of search", "outcome")
"""What a file cannot do without: together no other kind of file has them. A column that is missing states nothing."""
OPTIONAL = (
    "type",
    "part of a policing operation",
    "policing operation",
    "latitude",
    "longitude",
    "gender",
    "age range",
    "self-defined ethnicity",
    "officer-defined ethnicity",
    "legislation",
    "outcome linked to object of search",
    "removal of more than just outer clothing",
)
READ = (
    "date",
    "type",
    "part of a policing operation",
    "policing operation",
    "latitude",
    "longitude",
    "gender",
    "age range",
    "self-defined ethnicity",
    "officer-defined ethnicity",
    "legislation",
    "object of search",
    "outcome",
    "outcome linked to object of search",
    "removal of more than just outer clothing",
)
"""Every column as it is read, in this order."""

_AT = READ.index("latitude") - 1
"""Where the latitude stands behind the stamp; the longitude follows."""

By = Literal["day", "borough", "self-defined", "officer-defined", "outcome", "object"]
"""What stops are counted by."""
NOT_STATED = "not stated"
"""The key of stops whose cell is blank."""
NOT_KNOWN = "not known"
"""The borough of stops without coordinates, and of those that no street-level point is near."""
REACH = 500.0
"""Metres from a stop to the nearest street-level point that still tells its borough."""

_NAMED = re.compile(r"(20\d{2})-(0[1-9]|1[0-2])-(.+)-stop-and-search(?: ?\(\d+\))?", re.IGNORECASE)


class Stop(NamedTuple):
    """One row, checked. ``day`` is the day number in London; every other value is as it was written."""

    day: int
    stamp: str
    type: str
    part_of_operation: str
    operation: str
    latitude: str
    longitude: str
    gender: str
    age_range: str
    self_defined: str
    officer_defined: str
    legislation: str
    object: str
    outcome: str
    linked: str
    clothing: str

    @property
    def placed(self) -> bool:
        """Whether it has coordinates in Great Britain."""
        return nearest.latitude(self.latitude) is not None and nearest.longitude(self.longitude) is not None

    @property
    def content(self) -> Stop:
        """What another row of the same record says, too, however a program has saved it.

        Coordinates are compared as numbers, a stamp as its moment, and words of a spreadsheet in any capitals.
        """
        return self._replace(
            stamp=_moment(self.stamp) or self.stamp,
            latitude=str(coordinates.value(self.latitude, nearest.latitude(self.latitude))),
            longitude=str(coordinates.value(self.longitude, nearest.longitude(self.longitude))),
            part_of_operation=self.part_of_operation.casefold(),
            linked=self.linked.casefold(),
            clothing=self.clothing.casefold(),
        )


class Source(NamedTuple):
    """Which force's month a file is by its name. ``month`` is ``YYYYMM``, empty where the name does not say."""

    force: str
    month: str


class Tally(NamedTuple):
    """How many stops, arrests among them, and positive outcomes among them (an arrest is one)."""

    stops: int
    arrests: int
    positive: int


def source(stem: str) -> Source:
    """The force and month that a file is named after: ``2024-01-metropolitan-stop-and-search`` (no ending).

    A file with another name does not say its force: its own name stands for it, and its months are those of its rows.
    """
    match = _NAMED.fullmatch(stem.strip())
    return Source(match[3].casefold(), match[1] + match[2]) if match else Source(stem.strip(), "")


def checked(fields: Sequence[str], today: int, read: ReadDay = parse_day) -> Stop:
    """Check one row: its values in the order of :data:`READ`; today: the latest day it may be of.

    read: what gives the day of a stamp that is not ISO 8601 with an offset, as the file writes its dates.

    Raises BadValue for a day that cannot be. Blank cells stay blank; coordinates get a decimal point, and are kept as
    written where they cannot be.
    """
    stamp, *others = (field.strip() for field in fields)
    others[_AT : _AT + 2] = map(coordinates.plain, others[_AT : _AT + 2])
    # A few words fill most cells: kept once, a file of half a million stops takes a third of the memory.
    return Stop(london_day(stamp, today, read), stamp, *map(intern, others))


def london_day(stamp: str, today: int, read: ReadDay = parse_day) -> int:
    """The day number in London of a stamp with an offset; of a date, or a time without an offset, the day written.

    today: the latest day it may be. read: as :func:`checked` has it. Raises BadValue.
    """
    found = _in_london(stamp)
    if found is None:
        return day("Date", stamp, today, read)
    if found > today:
        raise BadValue("Date", stamp, "the date lies in the future")
    return found


def _moment(stamp: str) -> str:
    """A stamp with an offset as it is in UTC; nothing for another."""
    try:
        moment = datetime.fromisoformat(stamp)
        return "" if moment.tzinfo is None else moment.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""


def _in_london(stamp: str) -> int | None:
    try:
        moment = datetime.fromisoformat(stamp)
        return None if moment.tzinfo is None else moment.astimezone(LONDON).toordinal()
    except (ValueError, OverflowError):
        return None


def month_of(on: int) -> str:
    """The month of a day number as ``YYYYMM``."""
    found = date.fromordinal(on)
    return f"{found.year:04d}{found.month:02d}"


def days_of(month: str) -> tuple[int, int]:
    """The first and the last day of a month (``YYYYMM``) as day numbers."""
    first = date(int(month[:4]), int(month[4:]), 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first.toordinal(), following.toordinal() - 1


def months_of(days: Iterable[int]) -> dict[int, str]:
    """The month that every day of a file belongs to, where its name names none.

    A month of which the file has only the first day, beside the month before, is the end of that month as UTC counts:
    what was stopped in the first hour of 1 July in London stands on 30 June in UTC.
    """
    months = defaultdict(set)
    for on in days:
        months[month_of(on)].add(on)
    found = {}
    for month, held in months.items():
        first, _ = days_of(month)
        before = month_of(first - 1) if first > 1 else ""  # there is no month before the first of year 1
        for on in held:
            found[on] = before if held == {first} and before in months else month
    return found


def is_of(month: str, days: Iterable[int]) -> bool:
    """Whether any day is of a month (``YYYYMM``), or of the day after it, which UTC may still count to it."""
    first, last = days_of(month)
    return any(first <= on <= last + 1 for on in days)


def tallied(counted: Iterable[tuple[str, str, int]]) -> dict[str, Tally]:
    """Stops by key, from rows of key, outcome as written, and how many stops have both; a blank key is not stated."""
    stops: Counter[str] = Counter()
    arrests: Counter[str] = Counter()
    positive: Counter[str] = Counter()
    for key, outcome, number in counted:
        name = key or NOT_STATED
        stops[name] += number
        arrests[name] += number if is_arrest(outcome) else 0
        positive[name] += number if is_positive(outcome) else 0
    return {name: Tally(number, arrests[name], positive[name]) for name, number in stops.items()}


def is_arrest(outcome: str) -> bool:
    """Whether an outcome is an arrest."""
    return _word(outcome) in _outcomes()["arrest"]


def is_positive(outcome: str) -> bool:
    """Whether something came of a stop: not where nothing was found, no further action was taken, or none is stated."""
    word = _word(outcome)
    return bool(word) and word not in _outcomes()["nothing"]


@cache
def _outcomes() -> Mapping[str, frozenset[str]]:
    stated = tomllib.loads(shipped("stop_outcomes.toml"))
    return {name: frozenset(map(_word, words)) for name, words in stated.items()}


def _word(outcome: str) -> str:
    return " ".join(outcome.casefold().split())
