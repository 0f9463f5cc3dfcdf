"""The chain rule of the journal: every entry carries the hash of the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

START = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One journal entry as it is hashed. Moments are stored stamps; ``changes`` is JSON text."""

    id: int
    who: str
    decided_at: str
    entered_at: str
    what: str
    kind: str
    changes: str
    undoes: int | None
    previous: str


def chain_hash(entry: Entry) -> str:
    """The SHA-256 of an entry, which includes the hash of the entry before it."""
    return hashlib.sha256(canonical(asdict(entry)).encode()).hexdigest()


def canonical(value: object) -> str:
    """Write a value as JSON in one way only: sorted keys, no spaces, plain characters."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def first_break(entries: Iterable[tuple[Entry, str]]) -> tuple[int, str] | None:
    """Walk entries with their stored hashes; give the number and the fault of the first that does not hold."""
    previous, expected = START, 1
    for entry, stored in entries:
        if entry.id != expected:
            return entry.id, f"entry {expected} is missing"
        if entry.previous != previous:
            return entry.id, "it does not follow from the entry before it"
        if chain_hash(entry) != stored:
            return entry.id, "its content is not what was written"
        previous, expected = stored, expected + 1
    return None
