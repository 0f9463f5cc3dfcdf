"""The curves of a backtest in letters, for a screen: share of harm held against n, beside best and chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.backtest_picture import shown_to
from core.backtest_words import Backtest, percent

BEST, CHANCE = "*", "."
_AXIS = 8
"""Columns for the shares at the left."""
_KEY = 22
"""Columns for what the letters stand for."""
_LEAST_WIDTH, _LEAST_HEIGHT = 20, 4


def letters(rankings: Sequence[str]) -> dict[str, str]:
    """A letter of its own for each ranking, out of its name; a figure where all of its letters are taken."""
    found: dict[str, str] = {}
    for at, name in enumerate(rankings, 1):
        free = [one for one in name if one.isalpha() and one not in found.values()]
        found[name] = free[0] if free else str(at)
    return found


def plot(found: Backtest, width: int, height: int) -> list[str]:
    """The picture in lines of so many columns and rows: curves, the axis of n, and what each letter stands for."""
    to, marks = shown_to(found), letters([one.ranking for one in found.followed])
    columns, rows = max(_LEAST_WIDTH, width - _AXIS - _KEY), max(_LEAST_HEIGHT, height - 2)
    best, pool = found.followed[0].best, found.followed[0].pool
    most = best[to - 1] or 1.0
    grid = [[" "] * columns for _ in range(rows)]
    curves: list[tuple[str, Sequence[float]]] = [(CHANCE, [n / pool for n in range(1, to + 1)]), (BEST, best)]
    # The ranking that is told of is drawn last, so that nothing hides it.
    curves += [(marks[one.ranking], one.captured) for one in reversed(found.followed)]
    for mark, shares in curves:
        for column, n in enumerate(_ns(columns, to)):
            share = shares[min(n, len(shares)) - 1]
            grid[rows - 1 - min(rows - 1, int(share / most * (rows - 1) + 0.5))][column] = mark
    lines = [f"{_share(at, rows, most):>{_AXIS - 1}}|{''.join(row)}" for at, row in enumerate(grid)]
    for at, words in enumerate(_key(found, marks)):
        if at < rows:
            lines[at] += f"  {words}"
    foot = f"first n of {pool:,} {found.of}"
    return [*lines, f"{'':>{_AXIS - 1}}+{'-' * columns}", f"{'':>{_AXIS}}1{foot:^{columns - len(f'{to:,}') - 1}}{to:,}"]


def _ns(columns: int, to: int) -> Iterator[int]:
    """The n of each column."""
    for column in range(columns):
        yield 1 + round((to - 1) * column / (columns - 1))


def _share(row: int, rows: int, most: float) -> str:
    """The share at the first, the middle and the last row."""
    return percent(most * (rows - 1 - row) / (rows - 1)) if row in (0, rows // 2, rows - 1) else ""


def _key(found: Backtest, marks: dict[str, str]) -> list[str]:
    first = found.firsts[0]
    entries = found.at(first)
    return [
        f"at {first:,}:",
        f"{BEST} {'best':<11}{percent(entries[0].best):>6}",
        *(f"{marks[one.ranking]} {one.ranking:<11}{percent(one.captured):>6}" for one in entries),
        f"{CHANCE} {'chance':<11}{percent(entries[0].chance):>6}",
    ]
