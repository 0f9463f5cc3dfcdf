"""How solid a rank is: the band it moves in under the alternatives to what was asked, and who stands near the line.

Different indexes and methods give materially different priorities for the same data (DOMAIN.md section 1), a code
with several weights must be given one, and a window of 365 days is a choice: a rank that holds under all of these
says more than one that turns on a single choice. 100 is a capacity, not a threshold (DOMAIN.md section 2), so those
around the line are shown with how little parts them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from core.harm import Split
from core.ranking import CAPACITY, near_cut
from core.text import counted

TOPS = (10, 20, 50, 100)
"""The heads of the list that a band is told by."""

WINDOW_STEP = 30
"""By how many days the window is made shorter and longer: project default."""

SPLITS: tuple[Split, ...] = ("default", "lowest", "highest")
"""The choices for a code with several weights."""


@dataclass(frozen=True)
class Variant:
    """One way to rank: what the offences weigh by, in words, and the window in days."""

    weights: str
    window: int

    @property
    def name(self) -> str:
        """As a list of variants shows it: ``CCHI 2020, lowest split, 335 d``."""
        return f"{self.weights}, {self.window} d"


@dataclass(frozen=True)
class Band:
    """The ranks of one person, by the name of the variant; ``rank`` is the one that was asked for.

    A rank is None where too few reports make one. ``best``, ``worst`` and ``median`` are over the variants that rank
    the person at all, None where none does.
    """

    person: str
    rank: int | None
    ranks: Mapping[str, int | None]

    @property
    def ranked(self) -> list[int]:
        """The ranks there are, the best first."""
        return sorted(rank for rank in self.ranks.values() if rank is not None)

    @property
    def best(self) -> int | None:
        """The highest place in any variant."""
        return min(self.ranked, default=None)

    @property
    def worst(self) -> int | None:
        """The lowest place in any variant that ranks the person."""
        return max(self.ranked, default=None)

    @property
    def median(self) -> float | None:
        """The middle of the ranks there are."""
        ranked = self.ranked
        return median(ranked) if ranked else None

    @property
    def tops(self) -> dict[int, int]:
        """In how many variants the rank is within each of :data:`TOPS`."""
        return {top: sum(rank <= top for rank in self.ranked) for top in TOPS}

    @property
    def lowest_in(self) -> str:
        """The first variant that puts the person lowest, one that does not rank them before all; empty if none does."""
        if len(set(self.ranks.values())) < 2:
            return ""
        return max(self.ranks, key=lambda name: (self.ranks[name] is None, self.ranks[name] or 0))

    @property
    def sentence(self) -> str:
        """The band in words: ``top 10 in 11 of 12 variants, 4-19``.

        The top is the smallest that holds the rank asked for (the best one where that is none), or the last of TOPS.
        """
        ranked, every = self.ranked, len(self.ranks)
        if not ranked:
            return f"not ranked in any of {counted(every, 'variant')}"
        held = ranked[0] if self.rank is None else self.rank
        top = next((top for top in TOPS if held <= top), TOPS[-1])
        span = f"{ranked[0]}" if ranked[0] == ranked[-1] else f"{ranked[0]}-{ranked[-1]}"
        without = every - len(ranked)
        missing = f"; not ranked in {without} of {every}" if without else ""
        return f"top {top} in {self.tops[top]} of {counted(every, 'variant')}, {span}{missing}"


def windows(asked: int) -> tuple[int, ...]:
    """The windows that are tried beside the one asked for, in days; one of no days is left out."""
    return tuple(days for days in (asked - WINDOW_STEP, asked, asked + WINDOW_STEP) if days > 0)


def bands(ranks: Mapping[str, Mapping[str, int]], asked: str) -> dict[str, Band]:
    """The band of everyone ranked in any variant, from variant to person to rank; *asked* is the variant asked for."""
    people = dict.fromkeys(person for found in ranks.values() for person in found)
    return {
        person: Band(person, ranks[asked].get(person), {name: found.get(person) for name, found in ranks.items()})
        for person in people
    }


class Listed(NamedTuple):
    """One place of the ranked list; the score is in the unit of the method."""

    rank: int
    person: str
    score: float


@dataclass(frozen=True)
class Near:
    """Someone near the line. ``gap`` is how far the score is above it; ``tied``: another has exactly this score."""

    rank: int
    person: str
    score: float
    gap: float
    tied: bool


@dataclass(frozen=True)
class Cut:
    """The line at the capacity: the score there, None where fewer are ranked, and those near it in order."""

    score: float | None
    near: tuple[Near, ...]


def cut(listed: Iterable[Listed]) -> Cut:
    """Who stands near the line: ranks 95 to 110 (``core.ranking.near_cut``), and all who share the score of the line.

    listed: the ranked people in order, at least as far as those. Where fewer than the capacity are ranked nobody is
    cut off, so nobody is near.
    """
    places = list(listed)
    if len(places) < CAPACITY:
        return Cut(None, ())
    line = places[CAPACITY - 1].score
    near = [one for one in places if near_cut(one.rank, CAPACITY) or one.score == line]
    shared = Counter(one.score for one in near)
    return Cut(line, tuple(Near(*one, round(one.score - line, 2), shared[one.score] > 1) for one in near))
