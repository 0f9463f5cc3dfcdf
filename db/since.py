"""What the moves of a ranking are told against: the ranking that the last meeting of the same kind looked at."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import NamedTuple

from core.days import day_of, iso, named_day
from db import rankings
from db.earlier_runs import earlier_run, run_of_meeting
from db.meetings import Held, MeetingView, last_held
from db.rankings import RunHead
from db.store import Store


class From(Enum):
    """What the earlier ranking is: the last meeting's, the last one made though there was a meeting, or none was."""

    MEETING = "meeting"
    RANKING = "ranking"
    NO_MEETING = "no earlier meeting"


class Since(NamedTuple):
    """The ranking that moves are told against; *run* is None where there is none of the kind.

    day: the day that ranking looks from, a day number: a meeting may have looked at one of a day before its own.
    """

    run: int | None
    day: int | None
    source: From
    as_of: int

    @property
    def words(self) -> str:
        """Since when, as heads say it: ``moves since Fri 20/11``."""
        if self.day is None:
            return "first ranking of its kind: no moves"
        day = named_day(self.day, self.as_of)
        if self.source is From.NO_MEETING:
            return f"no earlier meeting: moves since the ranking of {day}"
        return f"moves since {day}"

    def as_json(self) -> dict[str, object] | None:
        """The day and the ranking for JSON; None where there is nothing to move from."""
        return None if self.run is None else {"day": iso(self.day), "run": self.run, "words": self.words}


def since(store: Store, head: RunHead, meeting: MeetingView | None) -> Since:
    """What the moves of a run are told against.

    In a meeting it is the run that the last sealed meeting of its kind and scope looked at. Where that meeting looked
    at a ranking of another kind, it is the last ranking of this kind for that day, else the one that the run was
    compared with when it was made, as it is without a meeting. A run of an earlier day, as was shown with a decision,
    is told against a meeting before that day: nobody moves from what came later.
    """
    held = None if meeting is None else _held_before(store, head, meeting)
    if held is not None:
        looked_at = run_of_meeting(store, head, day_of(held.as_of), held.run_id)
        if looked_at is not None and looked_at != head.id:
            return Since(looked_at, rankings.run(store, looked_at).as_of, From.MEETING, head.as_of)
    source = From.NO_MEETING if meeting is not None and held is None else From.RANKING
    number = head.earlier or earlier_run(store, head.request)
    return Since(number, None if number is None else rankings.run(store, number).as_of, source, head.as_of)


def _held_before(store: Store, head: RunHead, meeting: MeetingView) -> Held | None:
    held = last_held(store, meeting.kind, meeting.as_of, meeting.scope)
    if held is None or day_of(held.as_of) <= head.as_of:
        return held
    return last_held(store, meeting.kind, date.fromordinal(head.as_of), meeting.scope)
