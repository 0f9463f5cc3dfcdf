"""The import of an extract with all its checks, against ``sqlite3 .import`` of the same file without any.

Run as ``python -m tests.benchmarks.bench_import [--rows N]``. The two take turns; medians of three rounds are shown.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from core.extract import COLUMNS

ROUNDS = 3
_OFFENCES = (
    ("008/06", "Assault occasioning actual bodily harm"),
    ("105/01", "Common assault"),
    ("008/66", "Stalking"),
    ("005/01", "Wounding with intent"),
)
_IMPORT = (
    "import sys; from pathlib import Path; from db.loading.importing import import_file; "
    "from db.store import make_store; from tests.benchmarks.peak import peak; "
    "import_file(make_store(Path(sys.argv[2]), 'bench'), Path(sys.argv[1])); print(peak())"
)


def write(path: Path, rows: int) -> None:
    """Write a synthetic extract of *rows* rows: 35,000 suspects, 600,000 victims, three years."""
    chance = random.Random(1)
    latest = date.today()
    people = [
        (
            f"P{n:06d}",
            f"Surname{n % 97}",
            "Al",
            (date(1960, 1, 1) + timedelta(chance.randrange(15_000))).strftime("%d/%m/%Y"),
        )
        for n in range(35_000)
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for n in range(rows):
            reported = latest - timedelta(chance.randrange(1095))
            committed = reported - timedelta(chance.randrange(30))
            writer.writerow(
                (
                    f"{reported:%y}{n:08d}", *chance.choice(_OFFENCES), f"{committed:%d/%m/%Y}", "",
                    f"{reported:%d/%m/%Y}",
                    f"E0500{chance.randrange(679):04d}", "Hackney", "yes" if n % 2 else "no", "yes", "public",
                    "under investigation", *chance.choice(people), "M", "", "at large", "named suspect",
                    chance.choice(("victim", "witness", "police")), f"V{chance.randrange(600_000):06d}",
                )
            )  # fmt: skip


def timed(command: list[str]) -> tuple[float, float, str]:
    """Processor seconds (user and system), seconds by the clock, and what a command printed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter() - start
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, wall, printed


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    program = shutil.which("sqlite3")
    if program is None:
        print("The sqlite3 program is not installed, so there is nothing to compare with.")
        return
    plain, ours, peak = [], [], 0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "extract.csv"
        write(file, rows)
        for turn in range(ROUNDS):
            base = Path(folder) / f"{turn}"
            plain.append(timed([program, f"{base}.raw", ".mode csv", f".import {file} t"]))
            ours.append(timed([sys.executable, "-c", _IMPORT, str(file), f"{base}.db"]))
            peak = max(peak, int(ours[-1][2]))
            for made in Path(folder).glob(f"{turn}.*"):
                made.unlink()
    print(f"| {rows:,} rows, median of {ROUNDS} | processor s | clock s |\n| --- | --- | --- |")
    for name, taken in (("sqlite3 .import, no checks", plain), ("tasking import", ours)):
        print(f"| {name} | {median(t[0] for t in taken):.2f} | {median(t[1] for t in taken):.2f} |")
    cpu = median(t[0] for t in ours) / median(t[0] for t in plain)
    wall = median(t[1] for t in ours) / median(t[1] for t in plain)
    print(f"| ratio | {cpu:.2f} | {wall:.2f} |\n\nPeak memory {peak / 1024:.0f} MiB.")


if __name__ == "__main__":
    main()
