"""What the night and a backtest of people take, in processor time, as ratios to the raw scan of ``bench_rank``.

``python -m tests.benchmarks.bench_night [--rows 1000000] [--people 35000]`` makes a synthetic store and prints a table.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

from core.nights import Night, end_of
from core.scope import WHOLE_FORCE, scope_of
from db import night
from db.backtest_people import Asked, backtest
from db.store import Store
from db.store.store import Store as Opened
from tests.benchmarks.bench_rank import AS_OF, synthetic
from tests.benchmarks.bench_runs import BASE, scan, taken

ROUNDS = 3


def figures(store: Store, rounds: int = ROUNDS) -> dict[str, float]:
    """Seconds by what was measured, the base first: medians of rounds by turns, each on a store opened anew."""
    until = end_of(AS_OF)
    span = Night(until - timedelta(days=1), until)
    asked = Asked(AS_OF.toordinal() - 365, 365)
    found: dict[str, list[float]] = {}
    base = []

    def note(what: str, step: Callable[[], object]) -> None:
        found.setdefault(what, []).append(taken(step))
        base.append(scan(store))

    scan(store)
    for _ in range(rounds):
        with Opened(store.path, "benchmark") as fresh:
            fresh.read.rows("SELECT 1 FROM run")
            note("the night of the force", lambda fresh=fresh: night.seen(fresh, span, WHOLE_FORCE))  # type: ignore[misc]
            note("the same night of a BCU", lambda fresh=fresh: night.seen(fresh, span, scope_of("CE")))  # type: ignore[misc]
            note("backtest of people, every method", lambda fresh=fresh: backtest(fresh, asked))  # type: ignore[misc]
    return {BASE: median(base), **{what: median(times) for what, times in found.items()}}


def main() -> None:
    """Make the store, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=35_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        store = synthetic(Path(name), given.rows, given.people)
        found = figures(store)
        store.close()
    print(f"| {given.rows:,} rows | processor time | ratio |\n| --- | --- | --- |")
    for what, seconds in found.items():
        print(f"| {what} | {1000 * seconds:,.0f} ms | {seconds / found[BASE]:.2f} |")


if __name__ == "__main__":
    main()
