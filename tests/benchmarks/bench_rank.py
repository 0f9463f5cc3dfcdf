"""How long ranking takes, as ratios to a raw scan of the same store.

``python -m tests.benchmarks.bench_rank [--rows 1000000] [--people 35000] [--rounds 5] [--peers]`` makes a synthetic
store in a temporary folder, runs everything in turn for some rounds and prints the medians as a Markdown table.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from core.extract import COLUMNS
from core.methods import METHODS
from core.pools import Pool
from db import measure_cache
from db.loading.importing import import_file
from db.people import explain
from db.runs import make_run
from db.scoring import RankingRequest, measured, parameters, scoring_of, standings, within
from db.stability import stability
from db.store import Store, make_store
from tests.benchmarks import peers

AS_OF = date(2026, 11, 21)
RAW = "SELECT COUNT(*), SUM(days) FROM report_row WHERE +reported_on > :after"
OFFENCES = (
    ("008/06", "Assault occasioning actual bodily harm"),
    ("105/01", "Common assault"),
    ("019/08", "Rape of a female aged 16 or over"),
    ("008/66", "Stalking"),
    ("005/01", "Wounding with intent"),
)


def rows(number: int, people: int) -> Iterator[list[str]]:
    """Three years of allegations, spread evenly over people and days; three in four were named by the public."""
    chance = random.Random(1)
    day_words = [date.fromordinal(AS_OF.toordinal() - back).strftime("%d/%m/%Y") for back in range(1130)]
    for turn in range(number):
        code, offence = chance.choice(OFFENCES)
        reported, person = chance.randrange(1095), chance.randrange(people)
        row = dict.fromkeys(COLUMNS, "")
        row |= {"crime_ref": f"{turn:08d}/26", "ho_code": code, "offence": offence, "vawg": "yes"}
        row |= {"committed_from": day_words[reported + chance.randrange(30)], "reported_on": day_words[reported]}
        row |= {"borough": "Hackney", "outcome": "under investigation", "person_ref": f"P{person:06d}"}
        row |= {"surname": f"Testcase{person % 997}", "status": "at large", "role": "named suspect"}
        row |= {"named_by": chance.choice(("victim", "victim", "witness", "police"))}
        row |= {"victim_ref": f"V{chance.randrange(number // 2 + 1):06d}"}
        yield list(row.values())


def synthetic(folder: Path, number: int, people: int) -> Store:
    """A store of that many allegations."""
    path = folder / "extract.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(rows(number, people))
    store = make_store(folder / "tasking.db", "benchmark")
    import_file(store, path, today=AS_OF)
    path.unlink()
    return store


def measured_in_turn(steps: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Run all steps in turn, again and again; gives the median seconds of each."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            began = perf_counter()
            step()
            times[name].append(perf_counter() - began)
    return {name: median(found) for name, found in times.items()}


def a_day_later(folder: Path, store: Store, number: int, people: int, ahead: int) -> None:
    """Take in what one day brings: its share of new reports, the day *ahead* days from the last in the store."""
    chance = random.Random(ahead)
    today = date.fromordinal(AS_OF.toordinal() + ahead)
    day = today.isoformat()
    path = folder / f"day{ahead}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for turn in range(max(1, number // 1095)):
            row = dict.fromkeys(COLUMNS, "")
            row |= {"crime_ref": f"D{ahead}-{turn}", "ho_code": "105/01", "offence": "Common assault", "vawg": "yes"}
            row |= {"committed_from": day, "reported_on": day, "person_ref": f"P{chance.randrange(people):06d}"}
            row |= {"surname": "Testcase", "status": "at large", "role": "named suspect", "named_by": "victim"}
            row |= {"victim_ref": f"V{turn}", "borough": "Hackney", "outcome": "under investigation"}
            writer.writerow(row.values())
    import_file(store, path, today=today)


def brought_up(store: Store, request: RankingRequest) -> None:
    """Bring the cached measures up to date, in a transaction of their own."""
    with store.change("benchmark", meeting=None) as writing:
        measure_cache.bring_up(writing, scoring_of(store, request))


def day_after_day(folder: Path, store: Store, rows: int, people: int, days: int) -> dict[str, float]:
    """One more day, again and again: the records arrive, measures are brought up to date, a run is kept."""
    times: dict[str, list[float]] = {"one more day: measures brought up to date": [], "one more day: the run kept": []}
    make_run(store, RankingRequest(AS_OF.toordinal()))
    for ahead in range(1, days + 1):
        a_day_later(folder, store, rows, people, ahead)
        request = RankingRequest(AS_OF.toordinal() + ahead)
        for name, step in zip(times, (brought_up, make_run), strict=True):
            began = perf_counter()
            step(store, request)
            times[name].append(perf_counter() - began)
    return {name: median(found) for name, found in times.items()}


def main() -> None:
    """Make the stores, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=35_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", action="store_true", help="Measure pandas, polars, DuckDB and objects, too.")
    given = parser.parse_args()
    today = AS_OF.toordinal()
    reported, committed = RankingRequest(today), RankingRequest(today, "committed")
    with tempfile.TemporaryDirectory() as name:
        store = synthetic(Path(name), given.rows, given.people)
        every = f"SELECT MAX(harm), MAX(victims), MAX(heaviest), MAX(latest) FROM ({measured(reported, {})})"  # noqa: S608
        steps: dict[str, Callable[[], object]] = {
            "raw scan of three years: count and sum": lambda: store.read.rows(RAW, after=today - 1095),
            "V100: harm and reports of everyone, top 100": lambda: store.read.rows(TOP, **parameters(reported)),
            "every measure of everyone, in the database": lambda: store.read.rows(every, **parameters(reported)),
            **{f"{key}: everyone's parts and score, as values": _standings(store, key) for key in METHODS},
            "V100 by day committed, as values": lambda: standings(store, committed),
            "stability: 12 variants, the first 20 people": lambda: stability(store, reported, 20),
            "why one person stands where they stand": lambda: explain(store, "P000001", reported),
            "a kept run from nothing": lambda: _anew(store, reported),
        }
        if given.peers:
            steps |= peers.steps(store, reported)
        found = measured_in_turn(steps, given.rounds)
        found |= day_after_day(Path(name), store, given.rows, given.people, given.rounds)
        base = next(iter(found.values()))
        print(f"{given.rows:,} allegations, {given.people:,} people, medians of {given.rounds} rounds\n")
        print("| what | ms | ratio |\n|---|---|---|")
        for what, seconds in found.items():
            print(f"| {what} | {seconds * 1000:,.1f} | {seconds / base:.2f} |")
        store.close()


TOP = (
    "SELECT person_id, SUM(days) AS score, COUNT(*) AS crimes FROM report_row WHERE person_id > 0 "  # noqa: S608
    f"AND {within('reported')} AND (leading & :pool) <> 0 GROUP BY person_id HAVING COUNT(*) >= 2 "
    "ORDER BY score DESC LIMIT 100"
)


def _standings(store: Store, method: str) -> Callable[[], object]:
    request = RankingRequest(AS_OF.toordinal(), method=method, pool=Pool.VAWG)
    return lambda: standings(store, request)


def _anew(store: Store, request: RankingRequest) -> None:
    """A run where nothing is kept yet."""
    with store.change("benchmark", meeting=None) as writing:
        writing.connection.exec_driver_sql("UPDATE kept SET line = 0, weights = 'another'")
    make_run(store, request)


if __name__ == "__main__":
    main()
