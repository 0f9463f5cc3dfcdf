"""The previous 24 hours in counts, as the Daily Violent Crime Strategic Briefing Report has them.

Source: DOMAIN.md section 6 (stops and searches, warrants, arrests, items seized; lines beside them from releases).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core import extract
from core.days import NoDate, named_day, parse_day
from core.extract import BadValue
from core.geography import bcu_called, bcus
from core.text import counted

COLUMNS = ("day", "bcu", "measure", "count")
HEADLINES = ("stops and searches", "warrants", "arrests", "items seized")

_ITEMS = (
    "knives seized",
    "firearms seized",
    "other weapons seized",
    "drugs seizures",
    "vehicles seized",
    "mopeds seized",
)


class Counted(NamedTuple):
    """One count: the day number, the BCU, what was counted and how many."""

    day: int
    bcu: str
    measure: str
    number: int


def checked(fields: Sequence[str], today: int) -> Counted:
    """Check one row: its values in the order of :data:`COLUMNS`, and the latest day it may be of. Raises BadValue."""
    day, bcu, measure, count = (value.strip() for value in fields)
    known = bcu_called(bcu)
    if not known:
        raise BadValue("bcu", bcu, f"unknown BCU; use one of {', '.join(bcus())}")
    if not measure:
        raise BadValue("measure", measure, "what was counted is missing")
    return Counted(
        extract.day("day", day, today), known, " ".join(measure.casefold().split()), extract.count("count", count)
    )


class Untold(NamedTuple):
    """A count that could not be taken: of which BCU and day number, and the words one of which is its measure."""

    bcu: str
    day: int
    words: frozenset[str]


def untold(fields: Sequence[str]) -> Untold | None:
    """What a row tells whose count could not be taken, by its values alone, in whatever order; None where BCU or day
    are not plain."""
    found = [code for code in map(bcu_called, fields) if code]
    days = [number for number in map(_day_of, fields) if number is not None]
    if len(set(found)) != 1 or len(set(days)) != 1:
        return None
    return Untold(found[0], days[0], frozenset(" ".join(field.casefold().split()) for field in fields))


def _day_of(text: str) -> int | None:
    try:
        return parse_day(text)
    except NoDate:
        return None


Returns = Mapping[str, Sequence[int | None]]
"""BCU to what it returned of one measure on each day of a period; None for a day without a return."""
UNKNOWN = "?"
"""What is shown where no return came: unknown is not zero."""
_NAMED = 3
"""So many BCUs without a return are named beside a total; more are counted, so that the line can be read aloud."""


@dataclass(frozen=True)
class Total:
    """A sum of returns, and what is missing from it.

    known: what the returns there are come to, None where there is none. missing: who made no return, each with how
    many of the days where it was not all of them (``SW``, ``SW 2 of 3 days``). asked: how many should have made one.
    in_part: whether any of those who are missing made a return of some day.
    """

    known: int | None
    missing: tuple[str, ...] = ()
    asked: int = 1
    in_part: bool = False

    @classmethod
    def of(cls, returns: Returns) -> Total:
        """Add up the returns of some BCUs."""
        known = [number for days in returns.values() for number in days if number is not None]
        if known and len(known) == sum(map(len, returns.values())):
            return cls(sum(known), (), len(returns))
        gaps = {bcu: sum(number is None for number in days) for bcu, days in returns.items()}
        missing = tuple(
            bcu if gap == len(returns[bcu]) else f"{bcu} {gap} of {counted(len(returns[bcu]), 'day')}"
            for bcu, gap in gaps.items()
            if gap
        )
        in_part = any(0 < gap < len(returns[bcu]) for bcu, gap in gaps.items())
        return cls(sum(known) if known else None, missing, len(returns), in_part)

    @property
    def figure(self) -> str:
        """The sum alone: ``96``, ``96+`` where a return is missing, ``?`` where every return is."""
        if self.known is None:
            return UNKNOWN
        return f"{self.known:,}{'+' if self.missing else ''}"

    @property
    def gap(self) -> str:
        """What is missing, in words: ``SW missing``, ``5 of 12 missing``; empty where nothing is, or all of it."""
        if self.known is None or not self.missing:
            return ""
        if len(self.missing) <= _NAMED:
            return f"{', '.join(self.missing)} missing"
        return f"{len(self.missing)} of {self.asked} {'incomplete' if self.in_part else 'missing'}"

    @property
    def words(self) -> str:
        """The total as it is said everywhere: ``96``, ``96+ (SW missing)``, ``?``."""
        return f"{self.figure} ({self.gap})" if self.gap else self.figure


class Compared(NamedTuple):
    """Two periods over the same BCUs: those that made every return in both."""

    now: int
    before: int
    over: int

    @property
    def change(self) -> int:
        """How many more than before."""
        return self.now - self.before


def compared(now: Returns, before: Returns) -> Compared | None:
    """Set two periods side by side over the BCUs that made every return in both; None where there is no such BCU."""
    pairs = [(_whole(now[bcu]), _whole(before[bcu])) for bcu in now if bcu in before]
    both = [(one, other) for one, other in pairs if one is not None and other is not None]
    return Compared(sum(one for one, _ in both), sum(other for _, other in both), len(both)) if both else None


def _whole(days: Sequence[int | None]) -> int | None:
    """What a BCU returned in a period; None where a day is missing, or the period has none."""
    known = [number for number in days if number is not None]
    return sum(known) if known and len(known) == len(days) else None


class Period(NamedTuple):
    """The days that a meeting looks at, both included, as day numbers.

    since: the day of the meeting that looked last, None where there was none.
    """

    first: int
    last: int
    since: int | None = None

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1

    @property
    def before(self) -> Period:
        """As many days, right before it."""
        return Period(self.first - self.days, self.first - 1)

    @property
    def title(self) -> str:
        """What it is called: ``Last 24 hours``, or ``Since Fri 20/11`` where it has more days than one."""
        return "Last 24 hours" if self.days == 1 else f"Since {named_day(self.first, self.last)}"


def period(as_of: int, since: int | None) -> Period:
    """The days that a daily meeting of a day looks at: all since the last one was held, else the day before.

    since: the day of the last meeting. What happened that day after it was held is not known to it, so that day is the
    first (DOMAIN.md section 7: the daily looks at what happened since the last one).
    """
    first = as_of - 1 if since is None or since >= as_of else since
    return Period(first, as_of - 1, since)


def headline(measure: str) -> str:
    """The headline a measure adds to: anything seized is an item seized; the rest stands for itself."""
    word = " ".join(measure.casefold().split())
    return "items seized" if word in _ITEMS or "seiz" in word else word
