"""The users of a store: who they are, since and until when."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from core.days import moment_of, stamp, uk_moment
from core.errors import Conflict, NotFound, Problem, Refused
from core.roles import OWNER, May, Role, role_named
from db.store import access
from db.store.access import called
from db.store.engine import Row
from db.store.store import Store

_LONGEST = 64


class User(NamedTuple):
    """One user: login of the machine, what records call them, role, from when and, once ended, until when."""

    login: str
    name: str
    role: str
    starts: str
    added_by: str
    ended_at: str | None
    ended_by: str
    cohorts: tuple[str, ...]


def users(store: Store) -> list[User]:
    """Every user there is and was, in the order they were added; none where the store has no users."""
    named: dict[str, list[str]] = {}
    for row in store.read.rows("SELECT cohort, login FROM restriction WHERE ended_at IS NULL ORDER BY cohort"):
        named.setdefault(row["login"], []).append(row["cohort"])
    columns = ("login", "name", "role", "starts", "added_by", "ended_at", "ended_by")
    rows = store.read.rows(f"SELECT {', '.join(columns)} FROM account ORDER BY id")  # noqa: S608 - names from the code
    return [
        User(**{column: row[column] for column in columns}, cohorts=tuple(named.get(row["login"], ()))) for row in rows
    ]


def add(store: Store, login: str, role: str, name: str = "", starts: datetime | None = None) -> Role:
    """Add a user; the first to do so is the owner of the store, in the same entry. Gives the role.

    Raises Refused for no such role, or who is no owner; Problem for a login that is none; Conflict for one who is a
    user already.
    """
    wanted, who = role_named(role), login_of(login)
    require_owner(store, "Adding a user")
    now = store.now()
    begins = stamp(starts or now)
    me = access.machine_user()
    with store.change(f"Add user {who} as {wanted.key}", meeting=None, kind="users") as writing:
        if store.rights is None and me != who:
            writing.insert("account", **_row(me, "", OWNER.key, stamp(now), writing.who))
            writing.says(f"{me} owns the store; add user {who} as {wanted.key}")
        elif store.rights is None and wanted is not OWNER:
            raise Problem(f"{who} made the first user, and so owns the store. Add the others; yourself as owner.")
        if (row := current(store, who)) is not None:
            raise Conflict(
                f"{who} is a user of this store already, as {row['role']}. End that first: tasking users end {who}.",
                "User already",
            )
        writing.insert("account", **_row(who, name.strip(), wanted.key, begins, writing.who))
    return wanted


def end(store: Store, login: str, at: datetime | None = None) -> None:
    """End a user: from now on the store shows them nothing; the record keeps that they were one.

    One who is to begin later never does, where no end is named: the end is then the start.

    Raises NotFound for none; Problem for an end before the start or to come; Conflict for the last owner.
    """
    who = login_of(login)
    require_owner(store, "Ending a user")
    row = current(store, who)
    if row is None:
        raise NotFound(f"{who} is no user of this store. 'tasking users list' names them.", "No such user")
    now = store.now()
    to_come = at is None and row["starts"] > stamp(now)
    ended = moment_of(row["starts"]) if to_come else at or now
    if stamp(ended) < row["starts"]:
        raise Problem(
            f"{who} is a user from {uk_moment(row['starts'])}; an end at {uk_moment(ended)} lies before the start. "
            "Nothing was changed: name a later one."
        )
    if ended > now and not to_come:
        raise Problem("An end to come is not kept: end the user on the day. Nothing was changed.")
    if row["role"] == OWNER.key and not _owners(store) - {who}:
        raise Conflict(
            f"{who} is the only owner. Add another first: tasking users add LOGIN --role owner.", "Last owner"
        )
    with store.change(f"End user {who}, {row['role']}", meeting=None, kind="users") as writing:
        writing.update("account", row["id"], ended_at=stamp(ended), ended_by=writing.who)
        for held in store.read.rows("SELECT id FROM restriction WHERE login = :who AND ended_at IS NULL", who=who):
            writing.update("restriction", held["id"], ended_at=stamp(ended), ended_by=writing.who)


def chairs(store: Store) -> list[str]:
    """What records call the users who may chair, in the order they were added; none where the store has no users."""
    return [called(user.login, user.name) for user in _now(store) if May.CHAIR in role_named(user.role).may]


def take_chair(store: Store, name: str) -> str:
    """What records call the user who is named, by login or name, as the chair. In a store without users, the name.

    Raises Refused where they, or whoever is at the keyboard, may not chair.
    """
    if store.rights is None:
        return name
    store.rights.require(May.CHAIR, "Handing the chair over")
    for user in _now(store):
        if name.casefold() in {
            user.login.casefold(), user.name.casefold(), called(user.login, user.name).casefold()
        } - {""}:  # fmt: skip
            if May.CHAIR in role_named(user.role).may:
                return called(user.login, user.name)
            raise Refused(
                f"{user.login} is {user.role} of this store and may not chair. Name someone who may.", "Chair"
            )
    raise Refused(f"{name} is no user of this store, so cannot chair. Name a user: tasking users list.", "Chair")


def require_owner(store: Store, doing: str) -> None:
    """Raise Refused for whoever is no owner of a store with users. doing: what, at the start of a sentence."""
    if store.rights is not None:
        store.rights.require(May.OWN, doing)


def _owners(store: Store) -> set[str]:
    """Who owns the store now: an owner to come cannot mend it today."""
    return {user.login for user in _now(store) if user.role == OWNER.key}


def _now(store: Store) -> list[User]:
    """Who is a user now: has begun, and not ended."""
    now = stamp(store.now())
    return [user for user in users(store) if user.ended_at is None and user.starts <= now]


def current(store: Store, login: str) -> Row | None:
    """The row of who is a user now, or is to be; None where they are not."""
    rows = store.read.rows("SELECT * FROM account WHERE login = :login AND ended_at IS NULL", login=login)
    return rows[-1] if rows else None


def _row(login: str, name: str, role: str, starts: str, by: str) -> dict[str, str]:
    return {"login": login, "name": name, "role": role, "starts": starts, "added_by": by}


def login_of(text: str) -> str:
    """A login as it was typed. Raises Problem for what can be none."""
    login = text.strip()
    if (
        not login
        or len(login) > _LONGEST
        or any(character.isspace() or not character.isprintable() for character in login)
    ):
        raise Problem("A user is named by the login of this machine, one word: tasking users add LOGIN --role ROLE.")
    return login
