"""Who is at the keyboard, and what a store with users lets them do; decided when it is opened."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from core.days import moment_of
from core.errors import Refused
from core.roles import ROLES, May, Rights
from core.text import with_article
from db.store.engine import Row
from db.store.store import Store

UNKNOWN = "unknown user"


def machine_user() -> str:
    """The account that the program runs under, as the operating system has it, whatever the environment says.

    Only its administrator is whoever the environment names: who may become anyone need not be kept from it.
    """
    try:
        if sys.platform == "win32":
            return os.getlogin()
        import pwd

        number = os.getuid()
        return pwd.getpwuid(number).pw_name if number else getpass.getuser()
    except (OSError, KeyError):
        return UNKNOWN


def admit(store: Store) -> Store:
    """The store as who is at the keyboard may use it: without users the same one, else one with their rights.

    Raises Refused, with the store closed, where it has users and they are none of them.
    """
    with ExitStack() as unless_without:  # what it reads with here sees everything
        unless_without.callback(store.close)
        accounts = store.read.rows("SELECT login, name, role, starts, ended_at FROM account")
        if not accounts:
            unless_without.pop_all()
            return store
        restricted = store.read.rows("SELECT cohort, login FROM restriction WHERE ended_at IS NULL")
    return _as_user(whole(store), accounts, restricted)


def _as_user(store: Store, accounts: Sequence[Row], restricted: Sequence[Row]) -> Store:
    login = machine_user()
    now = store.now()
    for row in accounts:  # a time that is none is damage, and nobody is turned away for it
        for at in (row["starts"], row["ended_at"] or row["starts"]):
            moment_of(at)
    mine = [
        row for row in accounts if row["login"] == login and row["ended_at"] is None and moment_of(row["starts"]) <= now
    ]
    if not mine or mine[-1]["role"] not in ROLES:
        raise Refused(
            f"The store at {store.path} has users, and {login} is none of them. Nothing is shown. "
            "Its owner can add you: tasking users add.",
            "Not a user of this store",
        )
    among = {row["cohort"] for row in restricted if row["login"] == login}
    kept_from = frozenset(row["cohort"] for row in restricted) - among
    store.rights = Rights(login, mine[-1]["name"], ROLES[mine[-1]["role"]], kept_from)
    store.who = called(login, mine[-1]["name"])
    if not store.rights.may(May.WRITE) and not store.only_read:
        store.only_read = f"{login} is {with_article(mine[-1]['role'])} of it"
    return store


def whole(store: Store) -> Store:
    """The same store with nothing kept from whoever reads: for the check of it, which prints no record."""
    return Store(store.path, store.who, store.now)


def called(login: str, name: str) -> str:
    """What records call a user: the name, with the login that proves it where they differ."""
    return f"{name} ({login})" if name and name != login else login
