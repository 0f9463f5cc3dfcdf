"""The first ranks of a list, as a command prints them.

Rule: ranks 1 to N are printed. Equal scores share a rank, so there can be more rows than N: those tied at the last rank
are printed up to 2N rows, and then it is said how many more share that rank. All that is cut off shares one rank, as
fewer than N rows stand before those of the last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_ROWS = 2
"""How many times the ranks asked for the rows may be."""


@dataclass(frozen=True)
class Shown(Generic[T]):
    """The rows that are printed; ``more`` tells how many others share a rank with some of them, rank by rank."""

    rows: tuple[T, ...]
    more: tuple[tuple[int, int], ...] = ()

    @property
    def words(self) -> str:
        """How many more share which rank: ``6 more share rank 1``; empty where none do."""
        return "; ".join(
            f"{many:,} more {'shares' if many == 1 else 'share'} rank {rank:,}" for rank, many in self.more
        )

    @property
    def as_json(self) -> list[dict[str, Any]]:
        """The same for JSON."""
        return [{"rank": rank, "count": many} for rank, many in self.more]


def first_ranks(
    rows: Sequence[T], limit: int | None, *ranks: Callable[[T], int | None], order: Callable[[T], Any] | None = None
) -> Shown[T]:
    """The rows of ranks 1 to *limit*, all of them if None.

    ranks: what gives the rank of a row; of several, a row is shown that is within the limit by one of them, and each is
    cut by itself. order: what ties are cut by; the order of the rows if None. The rows stay in their order.
    """
    if limit is None:
        return Shown(tuple(rows))
    shown: set[int] = set()
    more: list[tuple[int, int]] = []
    for rank_of in ranks:
        within = [(rank, at) for at, row in enumerate(rows) if (rank := rank_of(row)) is not None and rank <= limit]
        within.sort(key=lambda one: (one[0], order(rows[one[1]]) if order else 0, one[1]))
        shown.update(at for _, at in within[: _ROWS * limit])
        if cut := within[_ROWS * limit :]:
            more.append((cut[-1][0], len(cut)))
    return Shown(tuple(row for at, row in enumerate(rows) if at in shown), tuple(more))
