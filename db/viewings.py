"""Who looked at what: the record of what was shown, as it is asked for."""

from __future__ import annotations

from datetime import datetime

from core.days import stamp
from core.viewings import Counted, Viewing, counted_by_user
from db import rankings
from db.store import Store
from db.store.viewings import entries

_NEAR = (
    "SELECT person_ref AS ref FROM membership WHERE left_on IS NULL "
    "UNION SELECT subject_ref FROM action WHERE subject_kind = 'person' "
    "UNION SELECT subject_ref FROM decision WHERE subject_kind = 'person'"
)
"""Whom the work of meetings is about, beside the top of the list: members of cohorts, subjects of what was decided."""
_TOP = 110


def viewings(
    store: Store, person: str = "", login: str = "", since: datetime | None = None, until: datetime | None = None
) -> list[Viewing]:
    """What was shown: of a person, to a user, from a moment on, before another; all of it where none is given."""
    found = entries(
        store.read,
        "(:person = '' OR ref = :person) AND (:login = '' OR login = :login) AND at >= :since AND at < :until",
        person=person,
        login=login,
        since="" if since is None else stamp(since),
        until="9" if until is None else stamp(until),
    )
    return [entry for entry, _ in found]


def month(store: Store, since: datetime, until: datetime) -> list[Counted]:
    """What each user was shown in a month, and which people far from the work of meetings they looked up."""
    near = [row["ref"] for row in store.read.rows(_NEAR)]
    if latest := rankings.runs(store):
        near += [entry.person for entry in rankings.entries(store, latest[0].id, _TOP)]
    return counted_by_user(viewings(store, since=since, until=until), near)
