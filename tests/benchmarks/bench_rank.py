"""How long ranking takes, as ratios to a raw scan of the same store.

``python -m tests.benchmarks.bench_rank [--rows 1000000] [--people 35000] [--rounds 5]`` makes a synthetic store in a
temporary folder, runs everything in turn for some rounds and prints the medians as a Markdown table.
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
from db.demo import build
from db.imports import import_file
from db.people import explain
from db.runs import make_run
from db.scoring import Asked, recipe_of, scored, standings, values
from db.store import Store, make_store

AS_OF = date(2026, 11, 21)
RAW = "SELECT COUNT(*), SUM(days) FROM report_row WHERE reported_on > :after"
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


def measured(steps: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Run all steps in turn, again and again; gives the median seconds of each."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            began = perf_counter()
            step()
            times[name].append(perf_counter() - began)
    return {name: median(found) for name, found in times.items()}


def main() -> None:
    """Make the stores, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--people", type=int, default=35_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    reported, committed = Asked(AS_OF.toordinal()), Asked(AS_OF.toordinal(), "committed")
    with tempfile.TemporaryDirectory() as name:
        store = synthetic(Path(name), asked.rows, asked.people)
        began = perf_counter()
        demo = build(Path(name) / "demo.db", AS_OF, lambda _what, _share: None)
        building = perf_counter() - began
        query = scored(recipe_of(store, reported), reported, {})
        steps: dict[str, Callable[[], object]] = {
            "raw scan of three years: count and sum": lambda: store.read.rows(RAW, after=reported.as_of - 1095),
            "V100 score of everyone, in the database": lambda: store.read.rows(query, **values(reported)),
            "V100 score of everyone, as values": lambda: standings(store, reported),
            "the same by day committed": lambda: standings(store, committed),
            "a whole run: score, place, movement, kept": lambda: make_run(store, reported),
            "why one person stands where they stand": lambda: explain(store, "P000001", reported),
            "a whole run on the demo store": lambda: make_run(demo, reported),
        }
        found = measured(steps, asked.rounds)
        base = next(iter(found.values()))
        print(f"{asked.rows:,} allegations, {asked.people:,} people, medians of {asked.rounds} rounds\n")
        print("| what | ms | ratio |\n|---|---|---|")
        for what, seconds in found.items():
            print(f"| {what} | {seconds * 1000:,.1f} | {seconds / base:.2f} |")
        print(f"| building the demo store, once | {building * 1000:,.1f} | {building / base:.0f} |")
        demo.close()
        store.close()


if __name__ == "__main__":
    main()
