"""What the Task Force's daily of the demo does about the night: it names owners, declares, and asks what is next."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from core.days import day_of
from core.demo.words_night import CRITICAL, OWNED_BY
from core.incidents import HOMICIDE, KINDS, SHOOTING, STABBING
from core.scope import WHOLE_FORCE
from db import night
from db.actions import Subject
from db.incident_marks import declare_critical, give_owner
from db.incidents import OUTSTANDING, Incident
from db.meetings import MeetingView
from db.store import Store

_OWNED, _GRAVE = 4, (HOMICIDE, SHOOTING, STABBING)
_DECLARES_EVERY, _ASKS_EVERY = 2, 2


def decide_night(store: Store, meeting: MeetingView, now: datetime, chair: str) -> Subject | None:
    """Give the gravest of what nobody owns an owner, and declare a homicide critical on some days.

    Gives the incident that the meeting asks something about, None on days without one.
    """
    span = night.of_meeting(store, meeting.kind, WHOLE_FORCE, meeting.as_of, now, meeting.agenda.looks_back)
    happened = [one for one in night.seen(store, span, WHOLE_FORCE).incidents if not one.late]
    takes: dict[str, list[Subject]] = defaultdict(list)
    for one in [one for one in happened if not one.owner][:_OWNED]:
        takes[_owner(one)].append(_subject(one))
    for owner, those in takes.items():
        give_owner(store, those, owner, meeting_id=meeting.id)
    day = day_of(meeting.as_of)
    killed = [one for one in happened if one.kind == HOMICIDE and not one.mark.critical_by]
    if killed and day % _DECLARES_EVERY == 0:
        declare_critical(
            store, _subject(killed[0]), CRITICAL[day // _DECLARES_EVERY % len(CRITICAL)], by=chair,
            meeting_id=meeting.id,
        )  # fmt: skip
    grave = [one for one in happened if one.kind in _GRAVE and one.suspect in (OUTSTANDING, "unknown", "")]
    return _subject(grave[day % len(grave)]) if grave and day % _ASKS_EVERY == 0 else None


def _owner(one: Incident) -> str:
    return OWNED_BY.get(one.kind, f"{one.place.bcu} duty inspector" if one.place.bcu else "VCTF command")


def _subject(one: Incident) -> Subject:
    return Subject("incident", one.ref, f"{KINDS[one.kind]} {one.ref}")
