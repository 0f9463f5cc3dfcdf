"""Due times and days as they are typed: ``+24h``, ``tomorrow 10:00``, ``friday``, ``court``, a date.

No published rule was found for what is meant where a time is left out; the choices are the project's (DOMAIN.md
section 7).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from core.bank_holidays import court_deadline
from core.days import LONDON, UTC, day_of, next_working_day, parse_day
from core.errors import Problem

_AHEAD = re.compile(r"\+?\s*(\d{1,3})\s*(h|hours?|d|days?)", re.IGNORECASE)
_COURT = re.compile(r"court(?:\s+(.+))?")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")
_AT_CLOCK = re.compile(r"(.*?[a-z])(?: at)? (\d{1,2}[:.]\d{2})")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST = 3
"""Letters that a day of the week has at least."""
_FORMS = ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%d/%m %H:%M", "%d/%m/%Y", "%Y-%m-%d", "%d/%m")


def parse_due(text: str, now: datetime) -> datetime:
    """Read when something is due: ``17:00``, ``+24h``, ``+3d``, ``22/11/2026 09:00``, ``22/11``, ``tomorrow 10:00``.

    A day is named as ``today``, ``tomorrow``, ``next working day`` or ``friday``, which is never today. ``court`` is
    the court clock of 48 hours from now, ``court 28/11 14:00`` from when a notice was served: Sundays and bank holidays
    are not counted (``core.bank_holidays``).

    A clock time that has passed today means tomorrow; a date or a day of the week without a time means 17:00, tomorrow
    and the next working day 09:00. What is counted from now is due at the next full hour, for nobody is told 07:19.
    London time.

    Raises Problem where it cannot be read, has passed, or is left out when the clocks go forward.
    """
    found = parse_later(text, now)
    return _full_hour(found) if _AHEAD.fullmatch(" ".join(text.split())) else found


def _full_hour(moment: datetime) -> datetime:
    """The moment, or the next full hour where it is none; by the clock that does not change."""
    past = timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
    return (moment.astimezone(UTC) + (timedelta(hours=1) - past)).astimezone(LONDON) if past else moment


def parse_later(text: str, now: datetime) -> datetime:
    """Read a time that lies ahead, in the same words, to the minute. Raises Problem as :func:`parse_due` does."""
    found, here = read_moment(text, now), now.astimezone(LONDON)
    if found <= now:
        raise Problem(f"'{text}' has passed; it is {here:%d/%m/%Y %H:%M}. Give a later time.")
    return found


def read_moment(text: str, now: datetime) -> datetime:
    """The same, where a time that has passed will do: the caller says what it must come after."""
    found = _read_moment(text, now.astimezone(LONDON))
    if found.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != found.replace(tzinfo=None):
        raise Problem(f"'{text}' does not exist: on {found:%d/%m/%Y} the clocks go forward from 01:00 to 02:00.")
    return found


def _read_moment(text: str, here: datetime) -> datetime:
    words = " ".join(text.split()).casefold()
    if match := _COURT.fullmatch(words):
        return court_deadline(_read_moment(match[1], here) if match[1] else here)
    if match := _AHEAD.fullmatch(words):
        number = int(match[1])
        if match[2].startswith("h"):  # an hour is an hour, also where the clocks change
            return (here.astimezone(UTC) + timedelta(hours=number)).astimezone(LONDON)
        return here + timedelta(days=number)
    if _CLOCK.fullmatch(words):
        return _at_clock(here, words, text)
    if (named := _on_a_day(words, here)) is not None:
        return named
    for form in _FORMS:
        found = _read(words, form, here)
        if found is not None:
            return found
    raise Problem(f"'{text}' is no time. Write 17:00, +24h, +3d, tomorrow 10:00 or {_written(here)}.")


def read_day(text: str, now: datetime) -> int:
    """The day number of a date, or of a day as :func:`parse_due` reads them. Raises Problem where it is neither."""
    try:
        return parse_day(text)
    except ValueError:
        pass
    here = now.astimezone(LONDON)
    try:
        return day_of(_read_moment(text, here).date())
    except Problem:
        raise Problem(f"'{text}' is no date. Write {_written(here)[:10]}, +28d, tomorrow or friday.") from None


def _on_a_day(words: str, here: datetime) -> datetime | None:
    """A day that is named, at the time behind it or the one that is meant where none is; None for other words."""
    match = _AT_CLOCK.fullmatch(words)
    name, clock = (match[1], match[2]) if match else (words, "")
    ahead, usual = _named_day(name, here)
    if ahead is None:
        return None
    day = here + timedelta(days=ahead)
    return _with_clock(day, clock or usual, words, here)


def _named_day(name: str, here: datetime) -> tuple[int | None, str]:
    """How many days ahead a named day is, None where it names none, and the time that is meant where none is said."""
    if name == "today":
        return 0, "17:00"
    if name in ("tomorrow", "next day"):
        return 1, "09:00"
    if name in ("next working day", "nwd"):
        return (next_working_day(here.date()) - here.date()).days, "09:00"
    if (match := _AHEAD.fullmatch(name)) and match[2].startswith("d"):
        return int(match[1]), "17:00"
    for number, weekday in enumerate(_WEEKDAYS):
        if len(name) >= _SHORTEST and weekday.startswith(name):
            return (number - here.weekday() - 1) % 7 + 1, "17:00"
    return None, ""


def _written(here: datetime) -> str:
    """A day and time to come as they are typed: an example that is taken as it stands."""
    return f"{next_working_day(here.date()):%d/%m/%Y} 09:00"


def _at_clock(here: datetime, clock: str, text: str) -> datetime:
    found = _with_clock(here, clock, text, here)
    return found if found > here else found + timedelta(days=1)


def _with_clock(day: datetime, clock: str, text: str, here: datetime) -> datetime:
    hour, minute = (int(part) for part in re.split("[:.]", clock))
    if hour > 23 or minute > 59:
        raise Problem(f"'{text}' is no clock time. Write 17:00, +24h, tomorrow 10:00 or {_written(here)}.")
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _read(words: str, form: str, here: datetime) -> datetime | None:
    dated = f"{words} {here.year}" if "%Y" not in form else words
    try:
        found = datetime.strptime(dated, form if "%Y" in form else f"{form} %Y").replace(tzinfo=LONDON)
    except ValueError:
        return None
    return found if "%H" in form else found.replace(hour=17)
