"""What the registers say is due: orders and other facts that end, breaches, wanted persons not yet arrested.

Only what the records have is said. The yearly notification of a registered sex offender (DOMAIN.md section 4) is in no
extract, so its day is not known and not made up.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.cohorts.case import Case
from core.cohorts.cohort import Due, DueOf
from core.days import uk
from core.markers import Marker
from core.text import counted

SOON = 30
"""What ends within so many days is due: a project default, time to apply for another order."""


def ending(kind: str, what: str) -> DueOf:
    """What is due of a marker of a kind: that it ends soon. what: what ends, in words."""

    def due(case: Case, as_of: int) -> tuple[Due, ...]:
        return in_order_of_day(
            Due(f"{what} ends {uk(one.ends)}{days_left(one.ends, as_of)}", one.ends) for one in _soon(case, kind, as_of)
        )

    return due


def of_wanted(case: Case, as_of: int) -> tuple[Due, ...]:
    """An arrest, since the day that the person is wanted."""
    since = min((one.starts for one in case.holding("wanted", as_of)), default=None)
    return () if since is None else (Due(f"arrest: wanted for {counted(as_of - since, 'day')}", since),)


def _soon(case: Case, kind: str, as_of: int) -> list[Marker]:
    return [one for one in case.holding(kind, as_of) if one.ends is not None and one.ends - as_of <= SOON]


def days_left(ends: int | None, as_of: int) -> str:
    """``, 9 days left`` until a day number; empty where there is no end."""
    return "" if ends is None else f", {counted(ends - as_of, 'day')} left"


def in_order_of_day(due: Iterable[Due]) -> tuple[Due, ...]:
    """The first to fall due first."""
    return tuple(sorted(due, key=lambda one: (one.day is None, one.day or 0, one.what)))
