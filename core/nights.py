"""The span a meeting looks at, from the last one to now; and when a report became known, as far as its file tells.

Rule (DOMAIN2.md section 1): since the last sealed meeting of the template and scope, counted by when it happened, late
reports apart. A span holds its first moment and not its last, so that nights add up: none is counted twice.

A report's file tells the day it was made and not the hour. So it counts as known from the hour of the crime, or from
the start of the day it was reported on where that is a later one. That is put right by what the store itself saw: a
report that an import before the last meeting could have brought, and that came only since, is new to this meeting.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from core.days import LONDON, UTC, day_of
from core.particulars import UNKNOWN

_MINUTES = 24 * 60
USUAL_HOURS = 24
"""The hours a meeting looks back where none was held before."""
LATE_DAYS = 28
"""What comes in this long after it was reported is history that was loaded, not news: it is counted apart (ours)."""


class Night(NamedTuple):
    """A span of time: from ``since`` on, up to ``until``. Both are aware.

    meeting: the number of the meeting that it begins with, None where it begins with none.
    """

    since: datetime
    until: datetime
    meeting: int | None = None

    @property
    def hours(self) -> float:
        """How long it is, by the clock that does not change in spring and autumn."""
        return (self.until.astimezone(UTC) - self.since.astimezone(UTC)).total_seconds() / 3600

    @property
    def first_day(self) -> int:
        """The day number it begins on, in London."""
        return day_of(self.since.astimezone(LONDON).date())

    @property
    def last_day(self) -> int:
        """The day number of its last moment, in London."""
        return day_of((self.until - timedelta(microseconds=1)).astimezone(LONDON).date())

    @property
    def days(self) -> range:
        """The day numbers that it touches, in London."""
        return range(self.first_day, self.last_day + 1)

    @property
    def minutes(self) -> range:
        """The minutes of London's clock that lie in it, as :func:`minute_of` numbers them."""
        return range(_minutes_to(self.since), _minutes_to(self.until))

    def weeks_before(self, weeks: int) -> Night:
        """The same hours of the same weekdays, some weeks earlier, by London's clock."""
        return Night(_same_hour(self.since, weeks), _same_hour(self.until, weeks))

    def holds(self, day: int, minute: int) -> bool:
        """Whether something happened in it; where the hour is not known, whether its day lies in it or touches it."""
        return day in self.days if minute == UNKNOWN else self.since <= moment(day, minute) < self.until

    def before(self, day: int, minute: int) -> bool:
        """Whether something happened before it began; of an unknown hour, whether its whole day lies before."""
        return day < self.first_day if minute == UNKNOWN else moment(day, minute) < self.since


def minute_of(day: int, minute: int) -> int:
    """The number of a minute of a day by London's clock, so that a later one is higher."""
    return day * _MINUTES + minute


def _minutes_to(then: datetime) -> int:
    """The number of the first whole minute from a moment on."""
    there = then.astimezone(LONDON)
    begun = there.second or there.microsecond
    return minute_of(day_of(there.date()), there.hour * 60 + there.minute) + bool(begun)


def _same_hour(then: datetime, weeks: int) -> datetime:
    there = then.astimezone(LONDON).replace(tzinfo=None) - timedelta(weeks=weeks)
    return there.replace(tzinfo=LONDON)


def moment(day: int, minute: int) -> datetime:
    """The moment of a day number and a minute of it, in London; of the hour that clocks go back over, the first."""
    then = date.fromordinal(day)
    return datetime(then.year, then.month, then.day, minute // 60, minute % 60, tzinfo=LONDON)


def end_of(day: date) -> datetime:
    """The end of a day in London, which is where the next begins."""
    return moment(day_of(day) + 1, 0)


class Came(NamedTuple):
    """How a report came to the store. ``first``: when a file first brought it; None where that is after the span.

    fed: when reports last came in before the span began; None where none did, or where that is not to be asked.
    """

    first: datetime | None
    fed: datetime | None


def became_known(night: Night, day: int, minute: int, reported: int, came: Came) -> bool:
    """Whether a crime became known in a span. day, minute: when it happened. reported: the day the report was made."""
    if reported > night.last_day or not _happened_by(night, day, minute):
        return False
    if _came_only_since(night, reported, came):
        return True
    known = moment(day, max(minute, 0)) if reported <= day else moment(reported, 0)
    if night.since <= known < night.until:
        return True
    if night.meeting is not None:  # the meeting before this one had it, by the same rule
        return False
    unknown_hour = reported > day or minute == UNKNOWN
    return unknown_hour and reported == night.first_day and known < night.until


def _happened_by(night: Night, day: int, minute: int) -> bool:
    return day <= night.last_day if minute == UNKNOWN else moment(day, minute) < night.until


def _came_only_since(night: Night, reported: int, came: Came) -> bool:
    """Whether an import before the span could have brought a report, and one within the span did."""
    if came.first is None or came.fed is None or not night.since < came.first <= night.until:
        return False
    return moment(reported, 0) <= came.fed <= night.since and reported > night.first_day - LATE_DAYS
