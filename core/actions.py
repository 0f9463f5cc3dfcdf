"""Actions: when one is red, amber or green, and how late it is. Due times as they are typed: :mod:`core.due_times`.

No published rule was found; this is the project's default (DOMAIN.md section 7): red when overdue, amber when due
within 24 hours (daily) or 3 days (weekly) or when a whole meeting went by without an update, green when on time, blue
when complete. Letters stand beside colours.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from core.errors import Conflict


class Rag(StrEnum):
    """The state of an action in one letter."""

    RED = "R"
    AMBER = "A"
    GREEN = "G"
    BLUE = "B"


def undone(number: int | str) -> Conflict:
    """What is said of an action that is not there: undone, as in another window, since it was looked at, or never."""
    never = "it was undone, or never raised"
    return Conflict(f"Action {number} is not in the store: {never}. Refresh with ctrl+r; 'tasking actions' lists them.")


SOON = {"daily": timedelta(hours=24)} | dict.fromkeys(
    ("weekly", "bcu-weekly", "council-focus", "v100-monthly"), timedelta(days=3)
)
"""How long before its time an action is amber, by the kind of meeting it belongs to."""
OWNERS = (
    "VCTF command",
    "BCU duty inspector",
    "Ward team",
    "Predatory Offender Unit",
    "Intelligence",
    "Public protection",
    "Custody and courts",
)


def is_stale(touched: datetime, last_meeting: datetime | None) -> bool:
    """Whether an open action had no update since the last meeting: that began after anything was said of it.

    touched: when it was raised or last updated. last_meeting: when the last meeting of its kind and scope that was
    sealed began, None where there was none. What was raised in that meeting is not stale yet (DOMAIN.md section 7).
    """
    return last_meeting is not None and touched < last_meeting


def rag(status: str, due: datetime, now: datetime, kind: str, *, stale: bool = False) -> Rag:
    """The letter of an action. kind: the meeting it belongs to, daily or weekly. stale: see :func:`is_stale`."""
    if status == "done" or status == "withdrawn":
        return Rag.BLUE
    if due < now:
        return Rag.RED
    return Rag.AMBER if stale or is_due(due, now, kind) else Rag.GREEN


def is_due(due: datetime, now: datetime, kind: str) -> bool:
    """Whether an action that is not overdue is due soon, by the kind of meeting that it belongs to."""
    return due <= now + SOON.get(kind, SOON["daily"])


def lateness(due: datetime, now: datetime) -> str:
    """How late something is, in whole days, hours or minutes: ``15 d late``, ``3 h late``; empty where it is not."""
    late = now - due
    if late <= timedelta(0):
        return ""
    if late >= timedelta(days=1):
        return f"{late.days:,} d late"
    minutes = int(late.total_seconds() // 60)
    return f"{minutes // 60} h late" if minutes >= 60 else f"{minutes} min late"
