"""Owners as the records know them: who holds which role, what each has open, and who is in the room."""

from __future__ import annotations

from datetime import datetime

from core.actions import Rag
from core.owners import IN_THE_ROOM, Load, Owner, roles
from db.action_views import open_actions
from db.store import Store
from db.store.rows import lookup

_KNOWN = (
    "SELECT role, name FROM attendance a WHERE name <> '' AND role <> 'Chair' "
    "GROUP BY role, name ORDER BY MAX(meeting_id) DESC, role, name"
)
_HERE = "SELECT role, name, state FROM attendance WHERE meeting_id = :meeting ORDER BY id"
_PLACES = {"present": IN_THE_ROOM, "deputy": "a deputy is in the room", "absent": "absent", "": "not called"}
_ELSEWHERE = "not of this meeting"


def known_owners(store: Store) -> list[Owner]:
    """Who held which role at a roll-call, the latest first."""
    return [Owner(row["role"], row["name"]) for row in store.read.rows(_KNOWN)]


def loads(store: Store, now: datetime, meeting_id: int | None = None) -> list[Load]:
    """Every owner there can be with what they have: first who is in the room, then the other roles, then names.

    meeting_id: the meeting whose room it is; where None, or before anyone is called, nothing is said of where they are.
    """
    owned: dict[Owner, list[Rag]] = {}
    for action in open_actions(store, now):
        owned.setdefault(Owner(action.owner, action.owner_name), []).append(action.rag)
    here = _places(store, meeting_id)
    holders = known_owners(store)
    latest = list({owner.role: owner for owner in reversed(holders)}.values())
    every = dict.fromkeys((*latest, *(Owner(role) for role in roles())))
    found = [
        Load(owner, len(letters), letters.count(Rag.RED), _place(owner, here))
        for owner in every
        for letters in [owned.get(owner, [])]
    ]
    return sorted(found, key=lambda load: load.place not in ("", IN_THE_ROOM))


def load_of(store: Store, owner: Owner, now: datetime, meeting_id: int | None) -> Load:
    """What one owner has, and whether they are in the room."""
    letters = [a.rag for a in open_actions(store, now) if (a.owner, a.owner_name) == (owner.role, owner.name)]
    place = _place(owner, _places(store, meeting_id))
    return Load(owner, len(letters), letters.count(Rag.RED), place)


def _places(store: Store, meeting_id: int | None) -> dict[str, tuple[str, str]]:
    """Who was called for each role of a meeting, and the state of the role."""
    rows = store.read.rows(_HERE, meeting=meeting_id) if meeting_id is not None else []
    if not any(row["state"] for row in rows if row["role"] != "Chair"):
        return {}  # nobody was called yet: who is there is not known
    return {row["role"]: (row["name"], row["state"]) for row in rows}


def _place(owner: Owner, here: dict[str, tuple[str, str]]) -> str:
    if not here:
        return ""
    if owner.role not in here:
        return _ELSEWHERE
    name, state = here[owner.role]
    if owner.name and name.casefold() != owner.name.casefold() and state in ("present", "deputy"):
        return f"{name or 'someone else'} is there"
    return IN_THE_ROOM if owner.name and state == "deputy" and name == owner.name else _PLACES.get(state, state)


def last_names(store: Store, kind: str, scope: str) -> dict[str, str]:
    """Who was there for each role the last time, by role: whoever is called need not be named again."""
    query = (
        "SELECT a.role, a.name FROM attendance a JOIN meeting m ON m.id = a.meeting_id "
        "WHERE m.kind = :kind AND m.scope = :scope AND a.name <> '' AND a.state <> 'deputy' ORDER BY m.as_of, m.id"
    )
    return lookup(store.read.rows(query, kind=kind, scope=scope))
