"""Bank holidays of England and Wales, computed; the hours of a court clock, which does not run on them nor on Sundays.

Source: DOMAIN2.md section 10 (Easter and bank holidays are computed) and section 3 (a notice is before the court within
48 hours of service, Sundays and bank holidays not counted). A holiday that was given once only is not known here.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from core.days import LONDON, UTC

_DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar, by the usual computation (Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, short = divmod(century, 4)
    moved = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moved + 15) % 30
    quarter, left = divmod(rest, 4)
    weekday = (32 + 2 * short + 2 * quarter - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of a year, with the weekdays that stand for those that fall on a weekend; Good Friday, too."""
    sunday = easter(year)
    moving = (sunday - 2 * _DAY, sunday + _DAY, _monday(date(year, 5, 1)), _monday(date(year, 5, 25)))
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    found = {*moving, _monday(date(year, 8, 25)), *fixed}
    for day in fixed:
        if day.weekday() >= 5:
            instead = day
            while instead.weekday() >= 5 or instead in found:
                instead += _DAY
            found.add(instead)
    return frozenset(found)


def _monday(first: date) -> date:
    """The first Monday on a day or after it; of the last week of a month: its last Monday."""
    return first + (-first.weekday() % 7) * _DAY


def counts(day: date) -> bool:
    """Whether a court clock runs on a day."""
    return day.weekday() < 6 and day not in bank_holidays(day.year)


def court_deadline(served: datetime, hours: int = 48) -> datetime:
    """When the hours of a court clock that begins at a moment have run; an aware moment in London's time."""
    moment, left = served.astimezone(UTC), timedelta(hours=hours)
    while True:
        here = moment.astimezone(LONDON)
        midnight = datetime.combine(here.date() + _DAY, datetime.min.time(), LONDON).astimezone(UTC)
        if counts(here.date()):
            if moment + left <= midnight:
                return (moment + left).astimezone(LONDON)
            left -= midnight - moment
        moment = midnight
