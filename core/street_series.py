"""Street-level files of one force as one series of months: from which file each is counted, what is told of it.

Rule: of the files that hold a month the one imported last is its newest edition and is counted; the others are earlier
editions. Source: data.police.uk, Changelog (months are published anew when a force corrects them).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.releases import dashed
from core.street import OUTSIDE, WITHOUT_LOCATION
from core.text import counted

_NAMED = 3


@dataclass(frozen=True)
class Edition:
    """A month (``YYYYMM``) of which there are several editions: which is counted, of how many, from which release."""

    month: str
    number: int
    of: int
    release: str

    @property
    def words(self) -> str:
        """The month and the edition, in words."""
        return f"{dashed(self.month)} is edition {self.number} of {self.of} ({self.release})"


@dataclass(frozen=True)
class Facts:
    """What is told of the months that are counted, as sums; None where a file of them does not tell.

    without_location, outside: incidents in no small area, and why. repeats: rows that repeat a crime, not counted.
    conflicts: rows with a Crime ID that stands on another row with another month, type or place.
    """

    without_location: int | None = 0
    outside: int | None = 0
    repeats: int | None = 0
    conflicts: int | None = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, in sentences; nothing of what there is none of."""
        told = []
        nowhere = [(self.without_location, WITHOUT_LOCATION), (self.outside, OUTSIDE)]
        if parts := [f"{number:,} {where}" for number, where in nowhere if number]:
            told.append(f"{', '.join(parts)}: counted all the same.")
        if self.conflicts:
            rows = counted(self.conflicts, "row has", "rows have")
            told.append(
                f"{rows} a Crime ID that stands on an earlier row of the same file with another month, type or place: "
                "each is counted, as the file does not say which is right. "
                "Crime IDs of different files are not compared."
            )
        if self.repeats:
            rows = counted(self.repeats, "row repeats", "rows repeat")
            told.append(f"{rows} a Crime ID with the same month, type and place: counted once.")
        return tuple(told)


def over(told: Sequence[Facts]) -> Facts:
    """What is told of several months together; None where one of them does not tell."""
    return Facts(
        *(None if None in column else sum(filter(None, column)) for column in zip(*map(_four, told), strict=True))
    )


def _four(one: Facts) -> tuple[int | None, int | None, int | None, int | None]:
    return one.without_location, one.outside, one.repeats, one.conflicts


def newest(files: Sequence[tuple[int, Sequence[str]]]) -> dict[str, list[int]]:
    """Every month with the files that hold it, the one that is counted last.

    files: number and months of each; a higher number was imported later.
    """
    found: dict[str, list[int]] = {}
    for number, months in sorted(files):
        for month in months:
            found.setdefault(month, []).append(number)
    return dict(sorted(found.items()))


def summed(lists: Sequence[Mapping[str, int] | None], months: Sequence[Sequence[str]]) -> int | None:
    """The sum over the months counted of each file; None where one of the files does not tell."""
    if any(by_month is None for by_month in lists):
        return None
    return sum(by_month[month] for by_month, held in zip(lists, months, strict=True) if by_month for month in held)


def editions_words(editions: Sequence[Edition]) -> str:
    """Which editions are counted: each month's where they are few, else how many months have several."""
    if len(editions) > _NAMED:
        return f"{len(editions)} months have several editions, of which the newest are counted"
    return "; ".join(edition.words for edition in editions)
