"""What the BCUs of the synthetic London note of tension: in which turn, of which sort and level, and why."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Noted(NamedTuple):
    """A note as a meeting makes it. level: 1 to 6, as it is typed; days: until it is looked at again."""

    sort: str
    level: str
    reason: str
    days: int


EVERY = 4
"""A BCU's daily notes tension on every so many days."""
_NOTES = (
    Noted("experienced", "4", "two groups met outside the station, one seen with a blade; nobody would say who", 3),
    Noted("evidenced", "3", "a video of a fight is passed round the school, with a place to meet again", 2),
    Noted("potential", "2", "the anniversary of a killing is near; the family asks for a quiet vigil", 5),
    Noted("evidenced", "5", "friends of a victim asked by name where the suspects live", 3),
)


def noted_on(day: date, turn: int) -> Noted | None:
    """What a BCU notes on a day, None on most. turn: which of the BCUs that meet it is, so that they differ."""
    number = day.toordinal() + 2 * turn
    return _NOTES[number // EVERY % len(_NOTES)] if number % EVERY == 0 else None
