"""Series of incidents: proposed with a reason, and accepted by a person."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.applying import Unfit, all_or_none
from core.days import moment_of
from core.incident_series import LOOKED_BACK, Compared, Proposed, proposed
from core.nights import Night
from core.scope import Scope
from db import incidents
from db.incidents import Incident
from db.store import Store


@dataclass(frozen=True)
class Series:
    """Incidents that a person accepted as a series."""

    id: int
    refs: tuple[str, ...]
    reason: str
    accepted_by: str
    accepted_at: datetime


def accepted(store: Store) -> list[Series]:
    """Every series that was accepted, the latest first."""
    query = "SELECT id, refs, reason, accepted_by, accepted_at FROM incident_series ORDER BY id DESC"
    return [
        Series(
            row["id"],
            tuple(json.loads(row["refs"])),
            row["reason"],
            row["accepted_by"],
            moment_of(row["accepted_at"]),
        )
        for row in store.read.rows(query)
    ]


def proposals(store: Store, night: Night, scope: Scope, tonight: Sequence[Incident]) -> list[Proposed]:
    """What may be a series with an incident of the night, without what was accepted already."""
    if not tonight:
        return []
    week = Night(night.since - timedelta(days=LOOKED_BACK), night.since)
    before = incidents.of_night(store, week, scope).incidents
    known = {frozenset(one.refs) for one in accepted(store)}
    new = {one.ref for one in tonight}
    found = proposed([_compared(each) for each in tonight], [_compared(each) for each in before if each.ref not in new])
    return [one for one in found if not any(frozenset(one.refs) <= each for each in known)]


def _compared(incident: Incident) -> Compared:
    return Compared(
        incident.ref, incident.kind, incident.day, incident.ward_code, incident.weapon, incident.people, incident.linked
    )


def accept_series(
    store: Store, refs: Sequence[str], reason: str, *, accepted_by: str, meeting_id: int | None = None
) -> int:
    """Accept incidents as a series, with the reason it was proposed for; gives its number.

    Raises Conflict where it is accepted already, or the meeting is sealed.
    """
    named = sorted(set(refs))
    with store.change(f"Series accepted: {', '.join(named)}", meeting=meeting_id) as writing:
        if any(set(named) <= set(one.refs) for one in accepted(store)):
            all_or_none([Unfit(named[0], f"The series of {named[0]}", "is accepted already")])
        return writing.insert(
            "incident_series",
            meeting_id=meeting_id,
            refs=json.dumps(named),
            reason=reason,
            accepted_by=accepted_by,
            accepted_at=writing.now,
        )
