"""How fast the ranked list feels, against VisiData on the same people as a CSV, each in a real pseudo-terminal.

Run as ``python -m tests.benchmarks.bench_screen [--rows N] [--rounds N] [--store FILE]``. The two take turns; the
table shows medians and ratios (below 1.0 the meeting room is quicker or smaller). VisiData has no live filter: what
stands for it is selecting the rows with a word in one column, which is less than the meeting room does.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from core.days import day_of, iso
from db import rankings
from db.loading.importing import import_file
from db.rankings import Ranked
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import make_store, open_store
from tests.benchmarks.bench_import import write
from tests.benchmarks.terminal import COLUMNS, LINES, LONG_QUIET, QUIET, Terminal

STEPS = 40
"""Cursor moves and pages in a round."""
BURST, _BURSTS = 20, 5
"""Keys in one write: a practised hand, a key held down, a slow line."""
_PAGE_DOWN = "\x1b[6~"
OPEN = "import sys; from tui.launch import run; sys.argv[0] = 'tasking'; run()"
"""What Python is given to start the room as ``tasking`` does."""


@dataclass
class Program:
    """One of the two: how it is started, what shows that it is there, and its keys for sort and filter."""

    name: str
    command: list[str]
    before_sort: str
    sort: str
    before_filter: str
    filter: str
    taken: dict[str, list[float]] = field(default_factory=dict)

    def note(self, what: str, *values: float) -> None:
        """Keep what was measured."""
        self.taken.setdefault(what, []).extend(values)

    def round(self, names: Sequence[str], home: Path) -> None:
        """Start it three times: for the first paint, for the first key, and to work with. *names* of all, in order."""
        self.note("first person on the screen", self._first(names, home))
        self.note("first key answered", self._first(names, home, answered=True))
        worked = Terminal(self.command, home)
        worked.until(names[0])
        worked.settle(2.0)
        self._timed(worked, "cursor down", "j", STEPS)
        self._timed(worked, "page down", _PAGE_DOWN, STEPS)
        self._timed(worked, f"{BURST} keys in one burst", "j" * BURST, _BURSTS)
        worked.settle(QUIET, "G")
        self.note(f"{BURST} keys up from the end", worked.settle(QUIET, "k" * BURST) * 1000)
        self._keys(worked, self.before_sort)
        self._timed(worked, "sort by name", self.sort, 1, LONG_QUIET)
        self._keys(worked, self.before_filter)
        self.note("filter", worked.settle(LONG_QUIET, self.filter) * 1000)
        resident, private = worked.memory()
        self.note("resident memory, MiB", resident)
        self.note("private memory, MiB", private)
        self.note("processor time of all that, s", worked.processor())
        worked.end()

    def _timed(self, worked: Terminal, what: str, keys: str, times: int, quiet: float = QUIET) -> None:
        """Press keys so many times; note the milliseconds of each repaint, and the processor time that each took."""
        before = worked.processor()
        self.note(what, *(worked.settle(quiet, keys) * 1000 for _ in range(times)))
        self.note(f"{what}, processor", (worked.processor() - before) / times * 1000)

    def _first(self, names: Sequence[str], home: Path, *, answered: bool = False) -> float:
        """Milliseconds from the start to the first person; with *answered* to the first repaint after a page down then.

        A program may write of a row only the letters that differ, so no name tells that a page has come. Where it still
        reads its sheet that repaint may be of what was read meanwhile.
        """
        begun = Terminal(self.command, home)
        taken = begun.until(names[0])
        if answered:
            taken = begun.answered(_PAGE_DOWN)
        begun.end()
        return taken * 1000

    def _keys(self, terminal: Terminal, keys: str) -> None:
        for key in keys:
            terminal.settle(LONG_QUIET, key)


def build(path: Path, rows: int, as_of: date) -> None:
    """Make a store of *rows* synthetic allegations and rank it."""
    extract = path.with_suffix(".csv")
    write(extract, rows)
    store = make_store(path, "bench")
    import_file(store, extract)
    make_run(store, RankingRequest(day_of(as_of)))
    store.close()
    extract.unlink()


def people(path: Path, as_of: date) -> list[Ranked]:
    """Everyone ranked in the store's run of that day, which is made if it is not there."""
    store = open_store(path, "bench")
    run = rankings.latest_run(store)
    if run is None or run.as_of != day_of(as_of):
        run = make_run(store, RankingRequest(day_of(as_of)))
    found = rankings.entries(store, run.id)
    store.close()
    return found


def write_people(path: Path, found: list[Ranked]) -> None:
    """Write the list as a CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("rank", "name", "ref", "score", "crimes", "victims", "last", "status", "borough"))
        writer.writerows(
            (one.rank, one.name, one.person, one.score, one.crimes, one.victims, iso(one.last_allegation), one.status,
             one.borough)
            for one in found
        )  # fmt: skip


def table(room: Program, peer: Program) -> str:
    """The medians side by side."""
    lines = [f"| median, ms | {room.name} | {peer.name} | ratio |", "| --- | ---: | ---: | ---: |"]
    rows: list[tuple[str, str, Callable[[list[float]], float]]] = []
    for name in room.taken:
        rows.append((name, name, median))
        if len(room.taken[name]) >= STEPS:
            rows.append((f"{name}, p95", name, lambda taken: quantiles(taken, n=20)[-1]))
    for title, what, of in rows:
        ours, theirs = of(room.taken[what]), of(peer.taken[what])
        ratio = f"{ours / theirs:.2f}" if ours and theirs else "not known"
        lines.append(f"| {title} | {ours:,.1f} | {theirs:,.1f} | {ratio} |")
    return "\n".join(lines)


@dataclass
class Started:
    """A program that is only started, and what shows that it is there."""

    name: str
    command: list[str]
    shows: str
    taken: list[float] = field(default_factory=list)

    def round(self, home: Path) -> None:
        """Start it once, with a home that it has used before; where it does not come up, that is said."""
        begun = Terminal(self.command, home)
        try:
            self.taken.append(begun.until(self.shows) * 1000)
        except TimeoutError as problem:
            print(f"{self.name} does not start here: {problem}")
        begun.end()


def others(folder: Path) -> list[Started]:
    """Other programs of the same toolkit that are installed; ``POSTING`` and ``HARLEQUIN`` say where."""
    found = []
    for name, shows, options in (
        ("posting", "Collection", ["default", "--collection", str(folder)]),
        ("harlequin", "Data Catalog", []),
    ):
        where = os.environ.get(name.upper()) or shutil.which(name)
        if where is not None:
            found.append(Started(name, [where, *options], shows))
    return found


def visidata() -> str | None:
    """Where VisiData is installed; None where it is not."""
    return shutil.which("vd") or shutil.which("vd", path=str(Path(sys.executable).parent))


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--store", type=Path, help="a store to look at instead of one made for this; it is copied")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    asked = parser.parse_args()
    peer_program = visidata()
    if peer_program is None:
        print("VisiData is not installed, so there is nothing to compare with: pip install visidata")
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store, sheet = home / "tasking.db", home / "people.csv"
        if asked.store:
            shutil.copy(asked.store, store)
        else:
            build(store, asked.rows, asked.as_of)
        found = people(store, asked.as_of)
        write_people(sheet, found)
        options = ["--store", str(store), "--view", "suspects", "--as-of", asked.as_of.isoformat(), "--chair", "bench"]
        room = Program("tasking", [sys.executable, "-c", OPEN, "open", *options], ">>", ">", "/surname9", "6")
        peer = Program("VisiData", [peer_program, str(sheet)], "l", "[", "|urname96", "\r")
        beside = others(home)
        for _ in range(asked.rounds):
            for program in (room, peer):
                program.round([one.name for one in found], home)
            for other in beside:
                other.round(home)
    print(f"{len(found):,} people, {COLUMNS}×{LINES}, {asked.rounds} rounds by turns\n\n{table(room, peer)}")
    for other in (one for one in beside if one.taken):
        first, of = median(peer.taken["first person on the screen"]), median(other.taken)
        print(f"| first paint of {other.name} | {of:,.1f} | {first:,.1f} | {of / first:.2f} |")


if __name__ == "__main__":
    main()
