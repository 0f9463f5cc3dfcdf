"""Moments as they are typed into options."""

from __future__ import annotations

from datetime import datetime, timedelta

import typer

from core.days import LONDON, UTC, at_clock
from tui.cli.days import day_of_option

_FORMS = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M")
_YEARS = range(1900, 2100)


def moment_of_option(text: str | None, now: datetime, option: str = "--as-of") -> datetime:
    """The moment that was typed for an option, *now* where none was; a time without a zone is London's.

    A bare day is its end, as everywhere what is asked as of a day counts the whole of it. Raises a usage error where it
    is no moment, or one that the clocks leave out.
    """
    if text is None:
        return now
    words = text.strip()
    found = _zoned(words)
    if found is None:
        for form in _FORMS:
            try:
                found = datetime.strptime(words, form).replace(tzinfo=LONDON)
                break
            except ValueError:
                continue
    if found is None:
        return _end_of(words, option)
    if found.year not in _YEARS:
        raise typer.BadParameter(f"'{text}' is not from {_YEARS[0]} to {_YEARS[-1]}", param_hint=option)
    if found.tzinfo is LONDON and found.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != found.replace(
        tzinfo=None
    ):
        raise typer.BadParameter(f"'{text}' does not exist: the clocks go forward then", param_hint=option)
    return found


def _zoned(words: str) -> datetime | None:
    """A moment that says how far it is from UTC; None for another text."""
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    return found if found.tzinfo is not None and len(words) > len("2026-11-21") else None


def _end_of(words: str, option: str) -> datetime:
    try:
        if ":" in words:
            raise typer.BadParameter("a time of day that there is not")
        day = day_of_option(words, option)
    except typer.BadParameter:
        raise typer.BadParameter(
            f"'{words}' is no time; write yyyy-mm-ddThh:mm, dd/mm/yyyy hh:mm or a day", param_hint=option
        ) from None
    return at_clock(day + timedelta(days=1), 0)
