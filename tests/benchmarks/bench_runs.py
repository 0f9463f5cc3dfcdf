"""What a kept run costs and takes: made, made for one more day, by a further method, and read back.

Processor time of this process, SQLite's in it, so that what else the machine does tells less; the base is the same raw
scan as in ``bench_rank``, taken by turns with what is measured.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import process_time

from db import rankings
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store
from db.store.store import Store as Opened
from tests.benchmarks.bench_rank import AS_OF, RAW, a_day_later

BASE = "raw scan of three years: count and sum"
FIRST = range(1, 101)


def taken(step: Callable[[], object]) -> float:
    """Processor seconds that a step takes."""
    began = process_time()
    step()
    return process_time() - began


def scan(store: Store) -> float:
    """The base: a raw scan of the store."""
    return taken(lambda: store.read.rows(RAW, after=AS_OF.toordinal() - 1095))


def figures(folder: Path, store: Store, rows: int, people: int, days: int) -> dict[str, float]:
    """Seconds by what was measured, the base first, over so many days; and kB a day and series."""
    path, request = store.path, RankingRequest(AS_OF.toordinal())
    scan(store)
    base, found = [scan(store)], dict[str, list[float]]()

    def note(what: str, step: Callable[[], object]) -> None:
        found.setdefault(what, []).append(taken(step))
        base.append(scan(store))

    note("a run from nothing", lambda: make_run(store, request))
    size = path.stat().st_size - _beside_runs(store)
    for ahead in range(1, days + 1):
        a_day_later(folder, store, rows, people, ahead)
        later = replace(request, as_of=request.as_of + ahead)
        note("one more day, its run kept", lambda later=later: make_run(store, later))  # type: ignore[misc]
        again = replace(later, method="rfgv")
        note("a further method of that day", lambda again=again: make_run(store, again))  # type: ignore[misc]
    grown = (path.stat().st_size - _beside_runs(store) - size) / days
    heads = [head for head in rankings.runs(store) if head.method == "v100"]
    banded = next(head for head in rankings.runs(store) if head.method == "rfgv")
    for what, run in (
        ("the first 100 of the newest run", heads[0].id),
        ("the first 100 of the newest run, banded", banded.id),
        (f"the first 100 of a run {days} days old", heads[-1].id),
    ):
        for _ in range(3):
            with Opened(path, "benchmark") as fresh:
                fresh.read.rows("SELECT 1 FROM run")
                rankings.entries_at(fresh, run, [1])
                step = lambda fresh=fresh, run=run: rankings.entries_at(fresh, run, FIRST)  # noqa: E731
                note(what, step)
    from db.placing import placing

    for what, run in (
        ("everyone in order, the newest run", heads[0].id),
        (f"everyone in order, a run {days} days old", heads[-1].id),
    ):
        for _ in range(3):
            with Opened(path, "benchmark") as fresh:
                fresh.read.rows("SELECT 1 FROM run")
                note(what, lambda fresh=fresh, run=run: placing(fresh, run))  # type: ignore[misc]
    return {
        BASE: median(base),
        **{what: median(times) for what, times in found.items()},
        "kB a day and series": grown / 1000,
    }


def _beside_runs(store: Store) -> int:
    """The bytes of a store that hold no kept runs."""
    tables = ("kept_measure", "kept_closed", "kept_measure_oldest", "kept_measure_harm", "kept_closed_person")
    marks = ", ".join(f"'{table}'" for table in tables)
    query = f"SELECT COALESCE(SUM(pgsize), 0) FROM dbstat WHERE name NOT IN ({marks})"  # noqa: S608 - our own names
    pages = store.read.rows(
        "SELECT (SELECT freelist_count FROM pragma_freelist_count()) * page_size FROM pragma_page_size()"
    )
    return int(store.read.rows(query)[0][0]) + int(pages[0][0])
