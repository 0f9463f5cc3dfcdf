"""Repeatable chance: the same seed gives the same London on every machine and every version of Python.

Fractions are added with `math.fsum` where their sum decides anything: `sum` rounds them differently since 3.12.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from math import exp
from random import Random
from typing import TypeVar

T = TypeVar("T")
_RING = 10_000_000
_STRIDE = 7_368_787


def stream(seed: int, subject: str, as_of: date | None = None) -> Random:
    """Give the random stream of one *subject*, fixed by *seed* and, where it is given, *as_of*."""
    return Random(f"{seed}:{subject}:{as_of.isoformat() if as_of else ''}")


def spread(*shares: tuple[T, int]) -> tuple[T, ...]:
    """Repeat every item by its share, so that `pick` draws it that often. Shares are whole numbers."""
    return tuple(item for item, share in shares for _ in range(share))


def pick(rng: Random, items: Sequence[T]) -> T:
    """Draw one of *items*, all equally likely; *items* must not be empty."""
    return items[int(rng.random() * len(items))]


def references(rng: Random, letter: str) -> Iterator[str]:
    """Give references such as ``N0000123`` without end; the first ten million all differ.

    The order tells nothing: a low number says nothing about when or why a record was made.
    """
    number = rng.randrange(_RING)
    while True:
        number = (number + _STRIDE) % _RING
        yield f"{letter}{number:07d}"


@cache
def uk_day(ordinal: int) -> str:
    """Write the proleptic ordinal of a day as dd/mm/yyyy."""
    day = date.fromordinal(ordinal)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def small_count(rng: Random, mean: float) -> int:
    """Draw a count with this *mean* whose variance equals it."""
    floor = exp(-mean)
    product = rng.random()
    count = 0
    while product > floor:
        product *= rng.random()
        count += 1
    return count
