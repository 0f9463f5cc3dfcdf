"""What a meeting decided about places besides actions and decisions: priority wards, the focus ward's agreed items.

A ward adopted during the meeting belongs to it; dropping one carries a day only, so it belongs to the meetings of that
day. Items of the focus ward belong to the meeting that agreed their week; weekly tasking reads back everything that is
agreed for its week and later ones, as it may have agreed more of a week.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.days import day_of, moment_of, monday_of, uk
from core.focus import AGREED
from db import focus, priority_wards
from db.actions import Subject
from db.meetings import MeetingView
from db.store import Store


@dataclass(frozen=True)
class PlaceChange:
    """One change: ``adopted``, ``dropped`` or ``agreed``; what in words; the ward; who decided, and why."""

    what: str
    words: str
    ward: Subject
    by: str
    why: str


def place_changes(store: Store, meeting: MeetingView) -> list[PlaceChange]:
    """What a meeting changed about places, in the order it was entered."""
    return [*_adopted(store, meeting), *_dropped(store, meeting), *_agreed(store, meeting)]


def _adopted(store: Store, meeting: MeetingView) -> list[PlaceChange]:
    return [
        PlaceChange(
            "adopted",
            f"Priority ward until review on {uk(one.review_on)}",
            Subject("ward", one.ward_code, one.ward),
            one.adopted_by,
            one.reason,
        )
        for one in priority_wards.priority_wards(store)
        if meeting.opened_at <= moment_of(one.adopted_at) <= (meeting.sealed_at or moment_of(one.adopted_at))
    ]


def _dropped(store: Store, meeting: MeetingView) -> list[PlaceChange]:
    return [
        PlaceChange(
            "dropped",
            f"No priority ward any longer; it was one since {uk(one.since)}",
            Subject("ward", one.ward_code, one.ward),
            one.ended_by,
            one.ended_reason,
        )
        for one in priority_wards.dropped_on(store, day_of(meeting.as_of))
    ]


def _agreed(store: Store, meeting: MeetingView) -> list[PlaceChange]:
    monday = monday_of(day_of(meeting.as_of))
    return [
        PlaceChange(
            "agreed",
            f"{item.words}: {item.planned:,} in the week of {uk(week.monday)}",
            Subject("ward", week.ward_code, week.ward),
            week.agreed_by,
            week.chosen_because,
        )
        for week in focus.weeks(store)
        if week.meeting_id == meeting.id or (meeting.kind == "weekly" and week.monday >= monday)
        for item in week.items
        if item.state == AGREED
    ]
