"""A published release of ward counts: its name, its months, and the months of it that are only fragments.

Rule (DOMAIN.md section 5 asks for comparisons of like with like): a month is a fragment where its total is below half
the median of the full months around it, three on either side at the most and two at the least, and further below than
chance would explain (two and a half times the root of that median). Months are judged again without the fragments
until none is found. More than three in a row are a change of level and no fragments, unless they hold nothing at all.
A fragment stays in the store and out of comparisons and of the last twelve months. A month that a release does not
hold is unknown; only a pair of ward and category without a row is zero.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from statistics import median

from core.text import counted

YEAR = 12
_AROUND = 3
_CHANCE = 2.5
_LONGEST = 3


@dataclass(frozen=True)
class Flag:
    """A month (``YYYYMM``) that is not like the others, and why."""

    month: str
    reason: str


def dashed(month: str) -> str:
    """``202405`` as ``2024-05``."""
    return f"{month[:4]}-{month[4:]}"


def span(months: Sequence[str]) -> str:
    """What a release is called: its first month and its last."""
    return f"{months[0]}-{months[-1]}"


def unknown(months: Sequence[str]) -> tuple[str, ...]:
    """The months between the first and the last that are not held."""
    numbers = [_number(month) for month in months]
    held = set(numbers)
    return tuple(f"{n // 12}{n % 12 + 1:02d}" for n in range(numbers[0], numbers[-1]) if n not in held)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[4:]) - 1


def fragments(months: Sequence[str], totals: Sequence[int]) -> tuple[Flag, ...]:
    """The months that are fragments, with the reason in words. totals: all offences of each month."""
    full = list(range(len(totals)))
    found: dict[int, float] = {}
    while far := {place: usual for place, usual in _usual(full, totals) if _is_far_below(totals[place], usual)}:
        worst = min(far, key=lambda place: (totals[place] / far[place], place))
        found[worst] = far[worst]
        full.remove(worst)
    kept = [place for run in _runs(sorted(found)) if len(run) <= _LONGEST for place in run]
    kept += [place for place in found if not totals[place] and place not in kept]
    return tuple(Flag(months[place], _reason(totals[place], found[place])) for place in sorted(kept))


def _usual(full: Sequence[int], totals: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Every full month with the median of those around it, where there are enough."""
    for at, place in enumerate(full):
        around = [totals[other] for other in (*full[max(0, at - _AROUND) : at], *full[at + 1 : at + 1 + _AROUND])]
        if len(around) > 1:
            yield place, median(around)


def _is_far_below(total: int, usual: float) -> bool:
    return total < usual / 2 and usual - total > _CHANCE * sqrt(usual)


def _runs(places: Sequence[int]) -> list[list[int]]:
    return [[place for _, place in run] for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])]


def _reason(total: int, usual: float) -> str:
    return (
        f"a fragment: {counted(total, 'offence')}, less than half of the {usual:,.0f} that the full months around it "
        "have; kept out of comparisons and of the last twelve months"
    )


def last_year(months: Sequence[str], flags: Iterable[Flag]) -> tuple[int, ...]:
    """The places of the last twelve months that are no fragments; of all months if there are fewer."""
    flagged = {flag.month for flag in flags}
    return tuple(place for place, month in enumerate(months) if month not in flagged)[-YEAR:]


def within(months: Sequence[str], flags: Iterable[Flag], places: range, named: Collection[int]) -> tuple[int, ...]:
    """The places of some months without the fragments among them, but for those that were asked for by name."""
    flagged = {flag.month for flag in flags}
    return tuple(place for place in places if place in named or months[place] not in flagged)


def left_out(months: Sequence[str], flags: Iterable[Flag], taken: Collection[int]) -> tuple[Flag, ...]:
    """The fragments that were passed over: those after the first month that was taken."""
    first = min(taken, default=0)
    return tuple(flag for flag in flags if (place := months.index(flag.month)) > first and place not in taken)


_WORDS = re.compile(r"\b(police|service|constabulary|force)\b|[^a-z0-9]+")


def slug(force: str) -> str:
    """A force in the short form of data.police.uk: ``City of London Police`` is ``city-of-london``."""
    return "-".join(_WORDS.sub(" ", force.casefold()).split()) or "unknown-force"
