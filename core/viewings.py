"""What was shown, to whom, when and how: the entry, its chain, and the page that counts a month (DPA 2018 s62).

Since 2025 no reason need be given for a look-up or a disclosure (DUAA 2025 s82); time, user and recipient must.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from core.journal import START, canonical

SORTS = ("opening", "command", "list", "person", "paper", "export")
"""What can be shown: a store opened in the room, a command that printed, a list, a person, a paper, a file written."""


class Viewing(NamedTuple):
    """One entry of the record of what was shown; ``at`` is a stamp, ``rows`` -1 where it is not known.

    ref: whom or which, empty for a list. how: the command or the view, with what it was asked for. recipient: to whom
    an export went, empty for none.
    """

    id: int
    at: str
    login: str
    sort: str
    what: str
    ref: str
    how: str
    recipient: str
    rows: int
    previous: str


def chained(entry: Viewing) -> str:
    """The SHA-256 of an entry, the hash of the one before it included."""
    return hashlib.sha256(canonical(entry._asdict()).encode()).hexdigest()


def broken(entries: Iterable[tuple[Viewing, str]]) -> str:
    """What is wrong with the first entry that does not hold, given each with its stored hash; empty where all do."""
    previous, expected = START, 1
    for entry, stored in entries:
        if entry.id != expected:
            return f"view entry {expected} is missing"
        if entry.previous != previous or chained(entry) != stored:
            return f"view entry {entry.id} is not what was written"
        previous, expected = stored, expected + 1
    return ""


class Counted(NamedTuple):
    """What one user was shown in a month: how many of each sort, and the people far from their work, by reference."""

    login: str
    by_sort: Mapping[str, int]
    far: Mapping[str, int]


def counted_by_user(entries: Iterable[Viewing], near: Iterable[str]) -> list[Counted]:
    """Count what each user was shown.

    near: the people that the meetings' work is about; a look-up of anyone else is far from it, and is named. That is
    no fault: someone answers for asking.
    """
    known = frozenset(near)
    sorts: dict[str, Counter[str]] = {}
    far: dict[str, Counter[str]] = {}
    for entry in entries:
        sorts.setdefault(entry.login, Counter())[entry.sort] += 1
        if entry.ref and entry.sort in ("person", "command") and entry.ref not in known:
            far.setdefault(entry.login, Counter())[entry.ref] += 1
    return [Counted(login, dict(sorts[login]), dict(far.get(login, {}))) for login in sorted(sorts)]
