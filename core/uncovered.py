"""Wards that are high or unusual and have no unit named: none is there, and none is planned.

Rule (the project's own): a ward is high where it is among the ten of most harm of those looked at, or is adopted as a
priority; the rank that is told of it is that among all wards, whichever are looked at. It is unusual where its hot
violence of the latest month stands apart from its mean month of the year before, by 2 (root of now - root of mean)
above 3, the action limit of a control chart (DOMAIN2.md section 2); under 20 in the year before nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

HIGH = 10
_LIMIT = 3.0
_LEAST = 20


class Uncovered(NamedTuple):
    """A ward without a unit. rank: by harm among all wards, None where it is not known. why: each reason for one."""

    ward_code: str
    rank: int | None
    why: tuple[str, ...]


class Month(NamedTuple):
    """Hot violence of the latest month, and of all months of the year before it that are counted."""

    now: int
    before: Sequence[int]

    @property
    def words(self) -> str:
        """What is unusual of it; empty where nothing is."""
        if not self.before or sum(self.before) < _LEAST:
            return ""
        mean = sum(self.before) / len(self.before)
        if 2 * (sqrt(self.now) - sqrt(mean)) <= _LIMIT:
            return ""
        return f"unusual: {self.now} hot violence in the latest month, {mean:.0f} a month before"


def uncovered(
    ranked: Sequence[str],
    priorities: Collection[str],
    months: Mapping[str, Month],
    covered: Collection[str],
    ranks: Mapping[str, int],
) -> list[Uncovered]:
    """The wards that want a unit and have none, by harm; those without a rank last.

    ranked: ward codes by harm, the most first, of the wards looked at. priorities: those adopted. months: their hot
    violence. covered: the wards that have a unit, or one planned. ranks: ward to its rank by harm among all.
    """
    high, looked_at = {*ranked[:HIGH]}, {*ranked}
    wanted = {*high, *priorities, *(code for code in months if code in looked_at and months[code].words)}
    found = [
        Uncovered(code, ranks.get(code), _why(code, ranks[code] if code in high else None, priorities, months))
        for code in wanted - set(covered)
    ]
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0, one.ward_code))


def _why(code: str, high: int | None, priorities: Collection[str], months: Mapping[str, Month]) -> tuple[str, ...]:
    """Each reason. high: the rank of a ward that is among the first of those looked at, None of another."""
    parts = [f"{high} in harm"] if high is not None else []
    parts += ["priority ward"] if code in priorities else []
    parts += [months[code].words] if code in months and months[code].words else []
    return tuple(parts)
