"""What a note of tension may say: what it is about, how sure it is, how high it stands.

Source: DOMAIN2.md section 1 (experienced, evidenced, potential; levels 1 to 6; their names were not found).
"""

from __future__ import annotations

from typing import NamedTuple

from core.errors import Problem

SORTS = ("experienced", "evidenced", "potential")
"""How sure it is: somebody was hurt or threatened, there is evidence of it, or it may come."""
LEVELS = range(1, 7)


def about(ward: str, community: str) -> str:
    """What a note is about, in words: the ward, the community, or both."""
    return ", ".join(words for words in (ward, community) if words)


class WrittenNote(NamedTuple):
    """A note as it was written, checked."""

    community: str
    sort: str
    level: int


def checked(ward_code: str, community: str, sort: str, level: str) -> WrittenNote:
    """What was written, checked. Raises Problem, which says what to write."""
    group, word, number = community.strip(), sort.strip().casefold(), level.strip()
    if not ward_code and not group:
        raise Problem("Tension is about a ward or a community. Name one of the two.")
    if word not in SORTS:
        raise Problem(f"'{sort.strip()}' is no sort of tension. Use one of: {', '.join(SORTS)}.")
    if not (number.isascii() and number.isdigit() and int(number) in LEVELS):
        raise Problem(f"'{number}' is no level of tension. Write {LEVELS[0]} to {LEVELS[-1]}.")
    return WrittenNote(group, word, int(number))
