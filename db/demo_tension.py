"""What the BCUs' meetings of the demo note of tension, and end when it has been looked at again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.days import day_of
from core.demo.tension import EVERY, noted_on
from core.scope import scope_of
from db import tension
from db.meetings import MeetingView
from db.store import Store
from db.uncovered import wanted
from db.ward_map import ward_map

_AMONG = 5
"""Tension is noted in one of so many wards of most harm."""


def note_tension(store: Store, meeting: MeetingView, day: date, turn: int, now: datetime) -> None:
    """End what was to be looked at again by now, and note what a BCU notes on a day. turn: which BCU it is."""
    scope = scope_of(meeting.scope)
    for note in tension.notes(store, now, scope):
        if note.review_at <= now:
            tension.end_tension(
                store, note.id, "looked at again: quiet since, the ward team agrees", meeting_id=meeting.id
            )
    if (noted := noted_on(day, turn)) is None:
        return
    known = ward_map(store)
    wards = [code for code in wanted(store).ranked if known[code].bcu == scope.bcu][:_AMONG]
    tension.raise_tension(
        store, ward_code=wards[day_of(day) // EVERY % len(wards)], community="", sort=noted.sort, level=noted.level,
        reason=noted.reason, review_at=now + timedelta(days=noted.days) - timedelta(minutes=30), meeting_id=meeting.id,
    )  # fmt: skip
