"""``tasking users``: who may see and do what, since when, and which cohorts are kept to some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.days import london, stamp, uk_moment
from core.nights import end_of
from core.roles import ROLES
from core.text import counted, plain
from db import restrictions, users
from db.store import Store
from db.users import User
from tui.cli.common import existing, print_json, print_table, say
from tui.cli.moments import begin_of

NONE = (
    "This store has no users: whoever can read its file sees all of it, and nothing of what they look at is written "
    "down. 'tasking users add LOGIN --role ROLE' begins; whoever adds the first owns the store."
)
_HOW = "write add LOGIN --role ROLE, end LOGIN, restrict COHORT LOGIN..., or list"


@dataclass(frozen=True)
class Asked:
    """What was typed: the words, and the options that go with add and end."""

    words: Sequence[str]
    role: str | None
    name: str
    since: date | datetime | None
    until: date | datetime | None


def run(path: Path | None, asked: Asked, *, json: bool) -> None:
    """Add, end or list users, or restrict a cohort to some of them."""
    import typer

    verb, *rest = asked.words or ["list"]
    if asked.since is not None and verb != "add":
        raise typer.BadParameter("goes with add", param_hint="--from")
    if asked.until is not None and verb != "end":
        raise typer.BadParameter("goes with end", param_hint="--on")
    if (asked.role is not None or asked.name) and verb != "add":
        raise typer.BadParameter("goes with add", param_hint="--role" if asked.role is not None else "--name")
    with existing(path) as store:
        said = _done(store, verb, rest, asked)
        found = users.users(store)
        login = store.rights.login if store.rights else ""
    if json:
        print_json([_as_json(user, login) for user in found])
        return
    for sentence in said:
        say(sentence)
    if verb == "list":
        _print(found)


def _done(store: Store, verb: str, rest: Sequence[str], asked: Asked) -> list[str]:
    """Carry out what is asked; gives what is said of it."""
    import typer

    if verb == "list" and not rest:
        return []
    if verb == "add" and len(rest) in (1, 2):
        return _added(store, rest, asked)
    if verb == "end" and len(rest) == 1:
        users.end(store, rest[0], _ended(store, asked.until))
        return [f"{plain(rest[0])} is no user of this store any more: it shows them nothing."]
    if verb == "restrict" and rest:
        among = restrictions.restrict(store, rest[0], rest[1:])
        return [
            f"Cohort {plain(rest[0])} is seen by {', '.join(among)} alone."
            if among
            else f"Cohort {plain(rest[0])} is seen by every user."
        ]
    raise typer.BadParameter(f"'{' '.join(asked.words)}'; {_HOW}", param_hint="users")


def _added(store: Store, rest: Sequence[str], asked: Asked) -> list[str]:
    import typer

    role = rest[1] if len(rest) > 1 else asked.role
    if role is None or (len(rest) > 1 and asked.role is not None):
        raise typer.BadParameter(f"give one role: {', '.join(ROLES)}", param_hint="--role")
    first = store.rights is None
    added = users.add(store, rest[0], role, asked.name, begin_of(asked.since))
    start = users.users(store)[-1].starts
    since = f" from {uk_moment(start)} on" if start > stamp(store.now()) else ""
    said = [f"{plain(rest[0])} is {added.key} of this store{since}: {added.sentence}."]
    if first:
        owner = users.users(store)[0]
        said.insert(0, f"{owner.login} owns this store. From now on it opens for its users alone.")
        said.append("Without encryption a role binds this program, not someone who reads the file with another one.")
    return said


def _ended(store: Store, when: date | datetime | None) -> datetime | None:
    """The moment that was named, or the end of the day; of today, now."""
    if when is None or isinstance(when, datetime):
        return when
    return None if when == london(store.now()).date() else end_of(when)


def _print(found: Sequence[User]) -> None:
    if not found:
        say(NONE)
        return
    rows = [
        (
            user.login,
            user.name,
            user.role,
            uk_moment(user.starts),
            uk_moment(user.ended_at) if user.ended_at else "",
            user.added_by,
            ", ".join(user.cohorts),
        )
        for user in found
    ]
    print_table(("user", "name", "role", "from", "ended", "added by", "restricted cohorts"), rows)
    say(counted(sum(user.ended_at is None for user in found), "user"))


def _as_json(user: User, login: str) -> dict[str, Any]:
    return {
        "user": user.login,
        "name": user.name,
        "role": user.role,
        "from": user.starts,
        "added_by": user.added_by,
        "ended_at": user.ended_at,
        "ended_by": user.ended_by or None,
        "cohorts": list(user.cohorts),
        "you": user.login == login and user.ended_at is None,
    }
