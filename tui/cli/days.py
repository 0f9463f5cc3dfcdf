"""Days as they are typed into options."""

from __future__ import annotations

from datetime import date, datetime

from core.days import LONDON, parse_day

_YEARS = range(1900, 2100)


def day_of_option(text: str | None, option: str = "--as-of") -> date:
    """The day that was typed for an option, or today in London. Raises a usage error where it is no date."""
    if text is None:
        return datetime.now(LONDON).date()
    try:
        day = date.fromordinal(parse_day(text))
    except ValueError:
        import typer  # the meeting room opens without it

        raise typer.BadParameter(f"'{text}' is no date; write yyyy-mm-dd or dd/mm/yyyy", param_hint=option) from None
    if day.year not in _YEARS:
        import typer

        raise typer.BadParameter(f"'{text}' is not from {_YEARS[0]} to {_YEARS[-1]}", param_hint=option)
    return day
