"""Ranks from scores: ties are ties, and the order inside a tie is stated.

Order: score, then the later last allegation, then the person's reference (DOMAIN.md section 2: 100 is a capacity
line, not a threshold, so equal scores must not be told apart by chance).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

CAPACITY = 100
"""How many the list is worked down to; the line is the score of the one in this place."""
MOVES_AMONG = 300
"""By the size of a move, who is or was within so many ranks comes first: at the foot of a list thousands of places are
a single report, and would drown the moves that a meeting acts on."""
ORDER = "score, then the latest allegation, then the reference"


class Standing(NamedTuple):
    """What one person's counted reports add up to in a window, and their score in the unit of the method.

    allegations: reports that carry a weight. crimes: reports in the pool, with or without one. last: day number of
    the latest of them. recency: days since. gravity and harm: the heaviest and all together, in days. historic:
    reports made more than a year after the offence.
    """

    person: int
    ref: str
    score: float
    allegations: int
    crimes: int
    last: int
    recency: int = 0
    gravity: float | None = None
    harm: float = 0.0
    victims: int = 0
    historic: int = 0


class Placed(NamedTuple):
    """A standing with its place in the list (from 1) and its rank; None where too few reports make a rank."""

    position: int
    rank: int | None
    standing: Standing


def place(standings: Iterable[Standing], min_crimes: int, first: Collection[int] = ()) -> list[Placed]:
    """Put everyone in order: first those with at least *min_crimes* reports, ranked, then the rest, unranked.

    Equal scores share a rank and the next rank is skipped (1, 2, 2, 4). first: the numbers of those who stand before
    the others, as a pool may say (``core.pools.Entry``).
    """
    ordered = sorted(standings, key=attrgetter("ref"))
    ordered.sort(key=attrgetter("last"), reverse=True)
    ordered.sort(key=attrgetter("score"), reverse=True)
    ordered.sort(key=lambda standing: standing.person not in first)
    ranked = [standing for standing in ordered if standing.crimes >= min_crimes]
    placed: list[Placed] = []
    rank, level = 0, None
    for position, standing in enumerate(ranked, 1):
        if (standing.person in first, standing.score) != level:
            rank, level = position, (standing.person in first, standing.score)
        placed.append(Placed(position, rank, standing))
    rest = (standing for standing in ordered if standing.crimes < min_crimes)
    placed += [Placed(position, None, standing) for position, standing in enumerate(rest, len(placed) + 1)]
    return placed


Level = tuple[bool, float]
"""What a rank goes by: whether the person stands first, as a pool may say, then the score."""


def would_be(ranked: Sequence[Level], left_out: Sequence[Level], within: int = CAPACITY) -> list[int]:
    """The ranks that people whom the least number of reports leaves out would hold, were there no such rule.

    ranked, left_out: the levels of both, each in order, the highest first. A rank is one more than how many of both
    stand higher, so equal levels share it, as in :func:`place`. Gives those up to *within*, in order; the rest are
    left off, as are all after them.
    """
    found: list[int] = []
    higher, above, level = 0, 0, None
    for place_among, one in enumerate(left_out):
        if one != level:
            above, level = place_among, one
        while higher < len(ranked) and ranked[higher] > one:
            higher += 1
        rank = 1 + higher + above
        if rank > within:
            break
        found.append(rank)
    return found


def movement(rank: int | None, previous: int | None, *, first: bool = False) -> str:
    """Say a move in one short word: ``new``, ``out``, ``+3`` up, ``-2`` down, ``=`` no move, else empty.

    first: there is no earlier run at all. ``out``: ranked before and not now.
    """
    if first or rank is None:
        return "" if first or previous is None else "out"
    if previous is None:
        return "new"
    return moved(previous, rank)


def moved(before: int, after: int) -> str:
    """A move between two ranks in a word: ``+3`` up, ``-2`` down, ``=`` no move."""
    return "=" if before == after else f"{before - after:+d}"


def near_cut(rank: int | None, capacity: int = 100, margin: int = 5) -> bool:
    """Whether a rank stands around the capacity line (95 to 110 by default): 100 is a capacity, not a threshold."""
    return rank is not None and capacity - margin <= rank <= capacity + 2 * margin
