"""The cohorts that are restricted to some users of a store, and those that whoever is at the keyboard may know of."""

from __future__ import annotations

from collections.abc import Sequence

from core.cohorts import COHORTS, Cohort, cohort_named
from core.days import stamp
from core.errors import Conflict, NotFound, Refused
from db.store.store import Store
from db.users import current, login_of, require_owner


def restrict(store: Store, cohort: str, logins: Sequence[str]) -> tuple[str, ...]:
    """Let only some users see a cohort, whoever restricts it among them; none: everyone sees it again. Gives who do.

    Raises Refused for no such cohort, or who is no owner; NotFound for no such user.
    """
    key = cohort_of(store, cohort).key
    require_owner(store, "Restricting a cohort")
    if store.rights is None:
        raise Conflict("The store has no users, so that everyone sees everything. Add users first: tasking users add.")
    wanted = {login_of(login) for login in logins} | ({store.rights.login} if logins else set())
    for login in sorted(wanted):
        if current(store, login) is None:
            raise NotFound(f"{login} is no user of this store. 'tasking users list' names them.", "No such user")
    held = store.read.rows("SELECT id, login FROM restriction WHERE cohort = :key AND ended_at IS NULL", key=key)
    now = stamp(store.now())
    what = f"Restrict cohort {key} to {', '.join(sorted(wanted))}" if wanted else f"Open cohort {key} to all users"
    with store.change(what, meeting=None, kind="users") as writing:
        for row in held:
            if row["login"] not in wanted:
                writing.update("restriction", row["id"], ended_at=now, ended_by=writing.who)
        for login in sorted(wanted - {row["login"] for row in held}):
            writing.insert("restriction", cohort=key, login=login, set_at=now, set_by=writing.who)
    return tuple(sorted(wanted))


def cohorts_seen(store: Store) -> dict[str, Cohort]:
    """The cohorts that whoever is at the keyboard may know of."""
    kept_from = store.rights.kept_from if store.rights else frozenset[str]()
    return {key: cohort for key, cohort in COHORTS.items() if key not in kept_from}


def cohort_of(store: Store, text: str) -> Cohort:
    """The cohort of a name among those. Raises Refused for none, in the same words as for one that does not exist."""
    seen = cohorts_seen(store)
    try:
        found = cohort_named(text)
    except Refused:
        found = None
    if found is None or found.key not in seen:
        raise Refused(f"There is no cohort '{text}'. Use one of: {', '.join(seen)}.", title="No such cohort")
    return found
