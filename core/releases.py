"""A published release of ward counts: its name, its months, and the months of it that are only fragments.

Rule (DOMAIN.md section 5 asks for comparisons of like with like): a month is a fragment where its total is below half
the median of the full months around it, three on either side at the most and two at the least, none of them more than a
year away, and further below than
chance would explain (two and a half times the root of that median). Months are judged again without the fragments
until none is found. More than three in a row are a change of level and no fragments, unless they hold nothing at all.
A fragment stays in the store and out of comparisons and of the last twelve months. The last twelve months are twelve
months of the calendar that end with the last month which is no fragment, whether they are held or not. A month that a
release does not hold is unknown; only a pair of ward and category without a row is zero.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import sqrt
from statistics import median

from core.text import counted

YEAR = 12
_AROUND = 3
_CHANCE = 2.5
LONGEST = 3
"""The most months in a row that are fragments; more are a change of level."""


@dataclass(frozen=True)
class Flag:
    """A month (``YYYYMM``) that is not like the others, and why; short: the same as it ends a heading."""

    month: str
    reason: str
    short: str = "as a fragment"


def dashed(month: str) -> str:
    """``202405`` as ``2024-05``."""
    return f"{month[:4]}-{month[4:]}"


def span(months: Sequence[str]) -> str:
    """What a release is called: its first month and its last."""
    return f"{months[0]}-{months[-1]}"


def unknown(months: Sequence[str]) -> tuple[str, ...]:
    """The months between the first and the last that are not held."""
    return missing(months, months[0], months[-1])


def missing(months: Collection[str], first: str, last: str) -> tuple[str, ...]:
    """The months of the calendar from *first* to *last* that are not among *months*."""
    held = {_number(month) for month in months}
    return tuple(_named(n) for n in range(_number(first), _number(last) + 1) if n not in held)


def months_to(last: str, many: int) -> str:
    """The first of so many months of the calendar that end with *last*."""
    return _named(_number(last) - many + 1)


def year_to(last: str) -> str:
    """The first of the twelve months of the calendar that end with *last*."""
    return months_to(last, YEAR)


def held_of(months: Collection[str], first: str, last: str) -> tuple[int, int]:
    """How many months of the calendar from *first* to *last* are among *months*, and how many there are."""
    every = _number(last) - _number(first) + 1
    return every - len(missing(months, first, last)), every


def held_words(held: int, every: int) -> list[str]:
    """How many months are held, in words; nothing where all of them are."""
    return [f"{held} of {every} months held"] if held < every else []


def _named(number: int) -> str:
    return f"{number // 12}{number % 12 + 1:02d}"


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[4:]) - 1


def fragments(months: Sequence[str], totals: Sequence[int]) -> tuple[Flag, ...]:
    """The months that are fragments, with the reason in words. totals: all offences of each month."""
    full = list(range(len(totals)))
    found: dict[int, float] = {}
    while far := {place: usual for place, usual in _usual(full, months, totals) if is_far_below(totals[place], usual)}:
        worst = min(far, key=lambda place: (totals[place] / far[place], place))
        found[worst] = far[worst]
        full.remove(worst)
    kept = [place for run in _runs(sorted(found)) if len(run) <= LONGEST for place in run]
    kept += [place for place in found if not totals[place] and place not in kept]
    return tuple(Flag(months[place], _reason(totals[place], found[place])) for place in sorted(kept))


def _usual(full: Sequence[int], months: Sequence[str], totals: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Every full month with the median of those around it, where there are enough within a year of it."""
    for at, place in enumerate(full):
        near = (*full[max(0, at - _AROUND) : at], *full[at + 1 : at + 1 + _AROUND])
        around = [totals[other] for other in near if months_between(months[place], months[other]) <= YEAR]
        if len(around) > 1:
            yield place, median(around)


def months_between(one: str, other: str) -> int:
    """How many months of the calendar lie from one month to another, whichever comes first."""
    return abs(_number(one) - _number(other))


def is_far_below(total: int, usual: float) -> bool:
    """Whether a month has less than half of what is usual, by more than chance explains."""
    return total < usual / 2 and usual - total > _CHANCE * sqrt(usual)


def not_over(last_day: date) -> Flag | None:
    """The month of the last day that is held, where it goes on after that day; None where it is whole."""
    if (last_day + timedelta(days=1)).day == 1:
        return None
    reason = f"it is not over in what is held, which ends on {last_day:%d/%m/%Y}; kept out of the last twelve months"
    return Flag(f"{last_day:%Y%m}", reason, "as it is not over")


def _runs(places: Sequence[int]) -> list[list[int]]:
    return [[place for _, place in run] for _, run in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0])]


def _reason(total: int, usual: float) -> str:
    return (
        f"a fragment: {counted(total, 'offence')}, less than half of the {usual:,.0f} that the full months around it "
        "have; kept out of comparisons and of the last twelve months"
    )


def last_year(months: Sequence[str], flags: Iterable[Flag]) -> tuple[int, ...]:
    """The places of what is held of the last twelve months of the calendar, without fragments.

    The twelve end with the last month that is no fragment.
    """
    flagged = {flag.month for flag in flags}
    whole = [place for place, month in enumerate(months) if month not in flagged]
    return tuple(place for place in whole if months[place] >= year_to(months[whole[-1]]))


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
