"""What a sealed paper says of the journal: the entry it was sealed at, and the hash of that entry.

On paper, or in another's hands, it is out of reach of who changes the store: the entry that the paper names must be in
the journal with that hash, and all entries before it with it, as each carries the hash of the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.errors import Refused

_ANCHOR = re.compile(r"Journal at entry ([\d,]{1,13}),\s+([0-9a-f]{64})")


@dataclass(frozen=True)
class Anchor:
    """The number of an entry of the journal, and its hash."""

    entry: int
    hash: str


def anchor_of(paper: str, name: str) -> Anchor:
    """What a paper, as Markdown or HTML, says of the journal. Raises Refused for one that says nothing of it."""
    found = {Anchor(int(number.replace(",", "")), hashed) for number, hashed in _ANCHOR.findall(paper)}
    if len(found) != 1:
        says = "no entry of a journal with its hash" if not found else "several entries of a journal"
        raise Refused(
            f"{name} names {says}. Name the minutes or the report of a sealed meeting; a report that was sealed by an "
            "earlier version of the program names none, its minutes do.",
            "No sealed paper",
        )
    return found.pop()
