"""Officer-hours of a deployment, planned and delivered: one officer for one hour is one.

Rule: the officers of every unit by the hours from its start to its end, or to the moment it left. A deployment that is
longer than one duty (``core/data/duty.toml``) is a period in which duties take turns: each of its days counts as one
day of duty. What is delivered is by the clock, as nobody signs for an hour; what a patrol file says holds over it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from core.clashes import HOUR, duty

_DAY = timedelta(days=1)


def officer_hours(officers: int, starts: datetime, until: datetime) -> float:
    """The officer-hours of some officers between two moments; 0 where the second is not after the first."""
    return within(officers, starts, until, starts, until)


def within(officers: int, starts: datetime, until: datetime, since: datetime, before: datetime) -> float:
    """The same, of the part that lies between two other moments.

    *until* is the end of the whole: what has been given so far of a period that goes on is cut by *before*.
    """
    lasts = until - starts
    rate = 1.0 if lasts <= duty()["one_duty_hours"] * HOUR else duty()["day_hours"] * HOUR / _DAY
    part = min(until, before) - max(starts, since)
    return round(officers * rate * max(part, timedelta(0)) / HOUR, 2)
