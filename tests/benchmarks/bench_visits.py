"""How long a first visit takes in a meeting, against VisiData's first row of a sheet, taking turns.

``python -m tests.benchmarks.bench_visits --store FILE --sheet CSV --first NAME [--rounds N]``: the store holds a demo
(``tasking demo``), which is copied; the sheet is one of people, as ``bench_screen`` writes it, NAME stands in its first
row. Each visit is timed from the key to the last byte of its repaint; the head, whose clock goes on each second, is not
one. What is found out beside and comes after more than eight tenths of a second, as how solid a rank is, is not waited
for.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median

from tests.benchmarks.bench_screen import OPEN, visidata
from tests.benchmarks.terminal import Terminal

_QUIET = 0.8
_HEAD = 1_000
"""Bytes: what is shorter is the head, which is painted each second."""
_VISITS = (("actions", "2"), ("ranked people", "4"), ("person page", "\r"), ("wards", "5"), ("actions again", "2"))
_BACK = "\x1b"


def visited(store: Path, home: Path, as_of: str, pause: float) -> dict[str, float]:
    """Open the daily meeting, and go through it; milliseconds by what was visited."""
    room = Terminal(
        [sys.executable, "-c", OPEN, "open", "--store", str(store), "--as-of", as_of, "--chair", "bench"], home
    )
    room.until("1/6")
    room.settle(pause, least=_HEAD)
    taken = {}
    for name, key in _VISITS:
        taken[name] = room.settle(_QUIET, key, _HEAD) * 1000
        if name == "person page":
            room.settle(_QUIET, _BACK, _HEAD)
    room.end()
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--sheet", type=Path, required=True)
    parser.add_argument("--first", required=True)
    parser.add_argument("--as-of", default=date.today().isoformat())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pause", type=float, default=_QUIET, help="seconds before the first visit")
    asked = parser.parse_args()
    peer_program = visidata()
    if peer_program is None:
        print("VisiData is not installed, so there is nothing to compare with: pip install visidata")
        return
    taken: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for number in range(asked.rounds):
            # Of a name of its own, for a meeting opens where that of the same store was left.
            store = Path(shutil.copy(asked.store, home / f"tasking-{number}.db"))
            for name, milliseconds in visited(store, home, asked.as_of, asked.pause).items():
                taken.setdefault(name, []).append(milliseconds)
            peer = Terminal([peer_program, str(asked.sheet)], home)
            taken.setdefault("VisiData's first row", []).append(peer.until(asked.first) * 1000)
            peer.end()
    row = median(taken["VisiData's first row"])
    print("| median, ms | | of VisiData's first row |\n| --- | ---: | ---: |")
    for name, found in taken.items():
        print(f"| {name} | {median(found):,.0f} | {median(found) / row:.2f} |")


if __name__ == "__main__":
    main()
