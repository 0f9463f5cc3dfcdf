"""How long a key takes while a ranking is being made beside it, against the same key with nothing going on.

``python -m tests.benchmarks.bench_keys --store FILE [--as-of DATE]`` opens a copy of a large store in a real
pseudo-terminal, moves the cursor idle, then asks for one method after the other and goes on moving until it is ranked.
A key is timed to the end of the first repaint after it, and the next is pressed once nothing is painted any more: the
list that comes and what is read beside are painted by themselves.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.bench_screen import OPEN, STEPS, people
from tests.benchmarks.terminal import QUIET, Terminal

METHODS = 5
"""How many methods further down the picker are asked for."""
_AFTER = 2.5
"""Seconds in which a ranking is still being made."""


def ranked_beside(terminal: Terminal, down: int) -> list[float]:
    """Ask for the method *down* places below the present one; gives the seconds of each key while it is ranked."""
    for key in ("m", *("j" for _ in range(down))):
        terminal.settle(QUIET, key)
    began = time.perf_counter()
    terminal.settle(0.02, "\r")
    taken = []
    while time.perf_counter() - began < _AFTER:
        taken.append(moved(terminal))
    terminal.settle(1.0)
    return taken


def moved(terminal: Terminal) -> float:
    """Move the cursor one row down; gives the seconds to the end of the first repaint."""
    began = time.perf_counter() - terminal.began
    taken = terminal.answered("j") - began
    terminal.settle(QUIET)
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = home / "tasking.db"
        shutil.copy(asked.store, store)
        first = people(store, asked.as_of)[0]
        options = ["--store", str(store), "--view", "suspects", "--as-of", asked.as_of.isoformat(), "--chair", "bench"]
        terminal = Terminal([sys.executable, "-c", OPEN, "open", *options], home)
        terminal.until(first.name)
        terminal.settle(2.0)
        idle, busy = [], []
        for _ in range(METHODS):
            idle += [moved(terminal) for _ in range(STEPS)]
            busy += ranked_beside(terminal, 1)
        terminal.end()
    print("| cursor down, ms | idle | while ranking | ratio |\n|---|---|---|---|")
    for name, of in (("p50", median), ("p95", lambda taken: quantiles(taken, n=20)[-1])):
        calm, loaded = of(idle) * 1000, of(busy) * 1000
        print(f"| {name} of {len(busy)} keys | {calm:.1f} | {loaded:.1f} | {loaded / calm:.2f} |")


if __name__ == "__main__":
    main()
