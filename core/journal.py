"""The chain rule of the journal: every entry carries the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from core.days import moment_of, uk_moment

START = "0" * 64


RULE = 3
"""The chain rule that new entries are hashed by. Rule 1 knew neither meeting nor sitting, rule 2 no agenda item."""
_SINCE_RULE = {"rule": 2, "meeting_id": 2, "sitting": 2, "item": 3}
"""What is hashed from a later rule on; everything else by every rule."""


@dataclass(frozen=True)
class Entry:
    """One journal entry as it is hashed. Moments are stored stamps; ``changes`` is JSON text.

    rule: the chain rule it is hashed by. meeting_id: the meeting it belongs to, None for a change outside meetings.
    sitting: the run of the program that made it, numbered by the store. An entry of rule 1 has neither.
    item: the key of the agenda item that the meeting was at; None where it was at none, and in entries before rule 3.
    """

    id: int
    who: str
    decided_at: str
    entered_at: str
    what: str
    kind: str
    changes: str
    undoes: int | None
    previous: str
    rule: int = RULE
    meeting_id: int | None = None
    sitting: int | None = None
    item: str | None = None


def chain_hash(entry: Entry) -> str:
    """The SHA-256 of an entry by its own rule; it includes the hash of the entry before it."""
    fields = {name: value for name, value in vars(entry).items() if entry.rule >= _SINCE_RULE.get(name, 1)}
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def _says_more(entry: Entry) -> bool:
    """Whether an entry says what its rule does not hash: no program has written that."""
    return any(
        entry.rule < since and vars(entry)[name] is not None for name, since in _SINCE_RULE.items() if name != "rule"
    )


def canonical(value: object) -> str:
    """Write a value as JSON in one way only: sorted keys, no spaces, plain characters."""
    return _write(value)


_write = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode
"""Made once: a store is checked by writing every entry of its journal again."""


def first_break(entries: Iterable[tuple[Entry, str]]) -> tuple[int, str] | None:
    """Walk entries with their stored hashes; give the number and the fault of the first that does not hold."""
    previous, expected, rule = START, 1, 1
    for entry, stored in entries:
        if entry.id != expected:
            return entry.id, f"entry {expected} is missing"
        if entry.previous != previous:
            return entry.id, "it does not follow from the entry before it"
        if not rule <= entry.rule <= RULE:
            return entry.id, f"it is written by chain rule {entry.rule}, which cannot follow rule {rule}"
        if chain_hash(entry) != stored or _says_more(entry):
            return entry.id, "its content is not what was written"
        previous, expected, rule = stored, expected + 1, entry.rule
    return None


SLACK = timedelta(minutes=2)
"""By so much two clocks of one office may differ; a clock that is further behind the last entry has run back."""


class RanBack(NamedTuple):
    """A clock that is behind the last entry of a store: what it says, and the moment of that entry, as stamps.

    Either the clock runs behind now, or it ran ahead then. Stamps are in UTC, so that the end of summer time is none.
    """

    says: str
    last: str

    @property
    def words(self) -> str:
        """What is said to whoever opens or writes: to be checked before more is written."""
        return (
            f"The clock of this computer says {uk_moment(self.says)}; the last entry of the store is of "
            f"{uk_moment(self.last)}. Check the clock."
        )

    @property
    def what(self) -> str:
        """What the journal says of it, in an entry before the next one."""
        return f"The clock ran back: it says {uk_moment(self.says)}, the entry before this is of {uk_moment(self.last)}"


def ran_back(now: str, last: str | None) -> RanBack | None:
    """What is to be said of a clock that stands at *now* after an entry of *last*, both stamps; None if it is right."""
    try:
        behind = last is not None and moment_of(last) - moment_of(now) > SLACK
    except (ValueError, OverflowError):  # a stamp that is none is a fault of the store, which its check tells
        return None
    return RanBack(now, last) if behind and last is not None else None


_OF_ONE_MEETING = ("attendance", "meeting_item")
"""Tables whose rows only their own meeting changes."""


def proven_meeting(changes: Iterable[Mapping[str, Any]]) -> int | None:
    """The meeting that the changes of an entry of rule 1 prove it belongs to; None where they prove none.

    A row that was added, taken out or handed on to a meeting names it; a row that was only changed names the meeting
    it came from, which may be another.
    """
    named = {number for change in changes if (number := _named(change)) is not None}
    return named.pop() if len(named) == 1 else None


def _named(change: Mapping[str, Any]) -> int | None:
    before, after = change["before"] or {}, change["after"] or {}
    if change["table"] == "meeting":
        return int(change["id"])
    stood, stands = before.get("meeting_id"), after.get("meeting_id")
    if change["table"] in _OF_ONE_MEETING or stood != stands:
        return stood if stands is None else stands
    return None
