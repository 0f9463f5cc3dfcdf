"""What of a night may be shown to whoever sees no names: no victim's age, and no small count of people.

With hour and ward an age tells those who live there who the victim is, and so does which stabbings are of under 25.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from core.incidents import OF_PEOPLE, YOUNG
from core.particulars import UNKNOWN
from db.incidents import Incident
from db.night import Seen
from tui.small_counts import HIDDEN, SMALL_COUNTS, in_figure


def age_of(one: Incident) -> int | str | None:
    """The victim's age: None where it is not told, ``hidden`` where it is not shown."""
    return None if one.victim_age == UNKNOWN else HIDDEN if SMALL_COUNTS.hidden else one.victim_age


def age_in_cell(one: Incident) -> str:
    """The same in a cell; ``?`` where it is not told."""
    age = age_of(one)
    return "?" if age is None else str(age)


def aged(one: Incident) -> str:
    """The same in a sentence."""
    age = age_of(one)
    return "age not told" if age is None else f"age {HIDDEN}" if age == HIDDEN else f"aged {age}"


def observed(kind: str, many: int) -> int | str:
    """So many of what a night counts, for JSON; ``under 5`` where that counts people."""
    return in_figure(many) if kind in OF_PEOPLE else many


def how_many_of(kind: str, many: int) -> str:
    """The same in words and cells."""
    told = observed(kind, many)
    return told if isinstance(told, str) else f"{told:,}"


def who_is_hidden(kind: str) -> bool:
    """Whether it is not shown which incidents a count is made of: those of under 25, as it would tell an age."""
    return kind == YOUNG and SMALL_COUNTS.hidden


def behind(seen: Seen, kind: str) -> Sequence[Incident]:
    """The incidents that a count is made of, as far as they may be shown."""
    return () if who_is_hidden(kind) else seen.counted_as(kind)


def counts_as(one: Incident) -> Collection[str]:
    """What an incident counts as, as far as it may be shown."""
    return one.counts - {YOUNG} if SMALL_COUNTS.hidden else one.counts
