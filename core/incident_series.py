"""Which incidents may be a series: proposed by a rule, with the reason; whether they are one, a person says.

Rule (ours): two incidents belong together where a suspect is named for both within 28 days, where they are of one kind
in one ward within 7 days, or where one weapon was used for both within 2 days; in each case in the same ward or in
wards that lie side by side (``core.neighbours``). A report that names another as linked belongs to it, wherever it is.
An incident of the night is compared with those of the night and with what became known in the seven days before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from core.neighbours import same_or_beside

SUSPECT_DAYS, PLACE_DAYS, WEAPON_DAYS = 28, 7, 2
LOOKED_BACK = 7
"""Incidents that became known so many days before a night are compared with its own, whenever they happened."""
_TELLING = ("knife", "firearm", "imitation")


class Compared(NamedTuple):
    """An incident as far as a series asks of it. ``day`` is a day number."""

    ref: str
    kind: str
    day: int
    ward_code: str
    weapon: str
    people: tuple[str, ...]
    linked: tuple[str, ...]


@dataclass(frozen=True)
class Proposed:
    """Incidents that may be a series, by reference in order, and why."""

    refs: tuple[str, ...]
    reason: str


def proposed(tonight: Sequence[Compared], before: Sequence[Compared]) -> list[Proposed]:
    """What may be a series, each with an incident of the night, the longest first.

    before: the incidents of the days before. Each incident is in one proposal at most.
    """
    every = [*tonight, *before]
    groups = {one.ref: {one.ref} for one in every}
    reasons: dict[str, list[str]] = {one.ref: [] for one in every}
    for one in tonight:
        for other in every:
            why = _why(one, other)
            if why:
                _join(groups, reasons, one.ref, other.ref, why)
    new = {one.ref for one in tonight}
    found = {min(group): group for group in groups.values() if len(group) > 1 and group & new}
    made = [Proposed(tuple(sorted(group)), "; ".join(dict.fromkeys(reasons[first]))) for first, group in found.items()]
    return sorted(made, key=lambda one: (-len(one.refs), one.refs))


def _join(groups: dict[str, set[str]], reasons: dict[str, list[str]], one: str, other: str, why: str) -> None:
    joined = groups[one] | groups[other]
    said = [*reasons[one], *(words for words in reasons[other] if words not in reasons[one])]
    said += [] if why in said else [why]
    for ref in joined:
        groups[ref], reasons[ref] = joined, said


def _why(one: Compared, other: Compared) -> str:
    """Why two incidents may belong together; empty where nothing says so."""
    if one.ref == other.ref:
        return ""
    if one.ref in other.linked or other.ref in one.linked:
        return "one report names the other"
    apart = abs(one.day - other.day)
    if not same_or_beside(one.ward_code, other.ward_code):
        return ""
    where = "the same ward" if one.ward_code == other.ward_code else "adjoining wards"
    if apart <= SUSPECT_DAYS and set(one.people) & set(other.people):
        return f"same suspect in {where} within {SUSPECT_DAYS} days"
    if apart <= PLACE_DAYS and one.ward_code == other.ward_code and one.kind == other.kind:
        return f"{one.kind} in the same ward within {PLACE_DAYS} days"
    if apart <= WEAPON_DAYS and one.weapon == other.weapon and one.weapon in _TELLING:
        return f"same weapon ({one.weapon}) in {where} within {WEAPON_DAYS} days"
    return ""
