"""Moments as they are typed into options."""

from __future__ import annotations

from datetime import date, datetime

import typer

from core.days import LONDON, UTC, NoDate, at_clock, clock_in_london, date_and_clock, parse_day
from core.nights import end_of
from tui.cli.days import day_of_option

_YEARS = range(1900, 2100)


def moment_of_option(text: str | None, now: datetime, option: str = "--as-of") -> datetime:
    """The moment that was typed for an option, *now* where none was; a time without a zone is London's.

    A bare day is its end, as everywhere what is asked as of a day counts the whole of it. Raises a usage error where it
    is no moment, or one that the clocks leave out.
    """
    found = day_or_moment_of_option(text, option)
    if found is None:
        return now
    return found if isinstance(found, datetime) else end_of(found)


def day_or_moment_of_option(text: str | None, option: str) -> date | datetime | None:
    """The day or the moment that was typed for an option, None where nothing was; the same errors."""
    if text is None:
        return None
    found = _moment(text)
    if found is None:
        return _day(text, option)
    if found.year not in _YEARS:
        raise typer.BadParameter(f"'{text}' is not from {_YEARS[0]} to {_YEARS[-1]}", param_hint=option)
    if found.astimezone(UTC).astimezone(LONDON) != found:
        raise typer.BadParameter(f"'{text}' does not exist: the clocks go forward then", param_hint=option)
    return found


def begin_of(when: date | datetime | None) -> datetime | None:
    """The moment that was typed, or the beginning of the day in London; None where nothing was."""
    return when if when is None or isinstance(when, datetime) else at_clock(when, 0)


def _moment(text: str) -> datetime | None:
    """A day with a time of day, in London; None for another text."""
    parts = date_and_clock(text)
    if parts is None:
        return None
    day, clock, half, zone = parts
    seconds = clock.split(":")[2:]
    try:
        then = clock_in_london(parse_day(day), clock, half, zone)
        return then.replace(second=int(float(seconds[0]))) if seconds else then
    except ValueError:
        return None


def _day(text: str, option: str) -> date:
    try:
        if ":" in text:  # a time of day that there is not
            raise NoDate
        parse_day(text)
    except NoDate:
        raise typer.BadParameter(
            f"'{text}' is no time; write yyyy-mm-ddThh:mm, dd/mm/yyyy hh:mm or a day", param_hint=option
        ) from None
    return day_of_option(text, option)
