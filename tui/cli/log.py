"""``tasking log``: who looked at what, when and how, and a page that counts a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from core.days import LONDON, london
from core.text import counted, plain
from core.viewings import SORTS, Counted, Viewing
from db import viewings
from tui.cli.common import existing, print_json, print_table, say
from tui.cli.moments import begin_of

NO_USERS = (
    "This store has no users, so that nothing of what is looked at is written down. "
    "'tasking users add LOGIN --role ROLE' begins."
)


@dataclass(frozen=True)
class Asked:
    """What is looked for: a person, a user, from when on; or the first day of a month to count."""

    person: str
    login: str
    since: date | datetime | None
    month: date | None


def run(path: Path | None, asked: Asked, *, json: bool) -> None:
    """List what was shown, the earliest first, or count a month of it."""
    with existing(path) as store:
        has_users = store.rights is not None
        if asked.month is not None:
            begin = datetime(asked.month.year, asked.month.month, 1, tzinfo=LONDON)
            after = (begin.year + begin.month // 12, begin.month % 12 + 1)
            by_user = viewings.month(store, begin, datetime(*after, 1, tzinfo=LONDON))
        else:
            found = viewings.viewings(store, asked.person, asked.login, begin_of(asked.since))
    if not has_users and not json:
        say(NO_USERS)
        return
    if asked.month is not None:
        _month(begin, by_user, json=json)
    elif json:
        print_json([_as_json(one) for one in found])
    else:
        _print(found, asked)


def _print(found: list[Viewing], asked: Asked) -> None:
    if not found:
        say("Nothing that was shown is of that.")
    else:
        rows = [
            (
                one.id,
                f"{london(one.at):%d/%m/%Y %H:%M:%S}",
                one.login,
                one.sort,
                one.what,
                one.ref,
                one.how,
                one.recipient,
            )
            for one in found
        ]
        print_table(("entry", "when", "user", "sort", "what", "ref", "how", "to"), rows, right=(0,))
        say(counted(len(found), "entry", "entries"))
    if asked.person:
        say(f"Lists, which may have {plain(asked.person)} in them too, are an entry each and name nobody.")


def _month(begin: datetime, by_user: list[Counted], *, json: bool) -> None:
    if json:
        print_json(
            {
                "month": f"{begin:%Y-%m}",
                "users": [{"user": one.login, "counts": dict(one.by_sort), "far": dict(one.far)} for one in by_user],
            }
        )
        return
    say(f"What was shown in {begin:%m/%Y}. Far: people in no cohort, action, decision or the first 110 of the list.")
    rows = [
        (
            one.login,
            *(one.by_sort.get(sort, 0) for sort in SORTS),
            ", ".join(f"{ref} ({times})" for ref, times in one.far.items()),
        )
        for one in by_user
    ]
    print_table(("user", *SORTS, "far from the work of meetings"), rows, right=tuple(range(1, len(SORTS) + 1)))


def _as_json(one: Viewing) -> dict[str, Any]:
    return {
        "entry": one.id,
        "at": one.at,
        "user": one.login,
        "sort": one.sort,
        "what": one.what,
        "ref": one.ref or None,
        "how": one.how,
        "recipient": one.recipient or None,
        "rows": None if one.rows < 0 else one.rows,
    }
