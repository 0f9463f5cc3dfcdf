"""A release of ward counts imported, against ``sqlite3 .import`` of the same file without any checks; and re-ranked.

Run as ``python -m tests.benchmarks.bench_wards [FILE]``, with a ward file as the Met publishes it; a made-up one of
18,000 rows and 24 months if left out. The two take turns; medians of seven rounds are shown. The import is timed in a
program that is running, as it is in the meeting room; what a command takes with the start of the program stands below.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from core.geography import current_wards
from db.loading.importing import import_file
from db.store import make_store
from db.wards import ranking

ROUNDS = 7
_ROWS, _MONTHS = 18_000, 24


def write(path: Path) -> None:
    """Write a made-up release."""
    chance = random.Random(1)
    months = [f"{2024 + at // 12}{at % 12 + 1:02d}" for at in range(_MONTHS)]
    rows = [",".join(("MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName", *months))]
    wards = current_wards()
    for at in range(_ROWS):
        ward = wards[at % len(wards)]
        counts = (str(chance.randrange(30)) for _ in months)
        rows.append(f'MAJOR,CATEGORY {at // len(wards)},"{ward.name}",{ward.code},{ward.borough},{",".join(counts)}')
    path.write_text("\r\n".join(rows) + "\r\n", encoding="utf-8", newline="")


def _taken(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Run the rounds and print the table."""
    program = shutil.which("sqlite3")
    if program is None:
        print("The sqlite3 program is not installed, so there is nothing to compare with.")
        return
    plain, ours, whole, ranked = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "release.csv"
        if len(sys.argv) == 1:
            write(file)
        shutil.copy(file, copied := Path(folder) / "copied.csv")
        for turn in range(ROUNDS):
            plain.append(_taken(program, f"{folder}/{turn}.raw", ".mode csv", f".import {copied} t"))
            store = make_store(Path(folder) / f"{turn}.db", "bench")
            with store.change("Get ready", meeting=None):
                pass
            start = time.perf_counter()
            import_file(store, file)
            ours.append(time.perf_counter() - start)
            ranking(store)
            start = time.perf_counter()
            ranking(store, with_doubtful=True)
            ranked.append(time.perf_counter() - start)
            store.close()
            command = (sys.executable, "-m", "tui.main", "import", str(file), "--store", f"{folder}/{turn}.cli")
            whole.append(_taken(*command))
    base = median(plain)
    print(f"| {file.name}, median of {ROUNDS} | clock ms | ratio |\n| --- | --- | --- |")
    for name, times in (
        ("sqlite3 .import, no checks", plain),
        ("the import", ours),
        ("tasking import with the start of the program", whole),
        ("ranked again under other weights", ranked),
    ):
        print(f"| {name} | {1000 * median(times):.0f} | {median(times) / base:.2f} |")


if __name__ == "__main__":
    main()
