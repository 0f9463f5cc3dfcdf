"""How fast the ranked list feels, against VisiData on the same people as a CSV, each in a real pseudo-terminal.

Run as ``python -m tests.benchmarks.bench_screen [--rows N] [--rounds N] [--store FILE]``. The two take turns; the
table shows medians and ratios (below 1.0 the meeting room is quicker or smaller). VisiData has no live filter: what
stands for it is selecting the rows with a word in one column, which is less than the meeting room does.
"""

from __future__ import annotations

import argparse
import csv
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable
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

COLUMNS, LINES = 120, 40
STEPS = 40
"""Cursor moves and pages in a round."""
QUIET, LONG_QUIET, LIMIT = 0.12, 0.6, 60.0
"""Seconds without output after which a repaint is over: of a key, of work on all rows; and the end of patience."""
REPAINT = 250
"""Bytes: what is shorter is a cursor that blinks or is put back, as both programs do while they wait."""
_CONTROL = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-B]|\x1b[=>]|[\x0e\x0f]"
)
_OPEN = "import sys; from tui.main import run; sys.argv[0] = 'tasking'; run()"


class Terminal:
    """A program in a pseudo-terminal of its own."""

    def __init__(self, command: list[str], home: Path) -> None:
        self.began = time.perf_counter()
        self.child, self._screen = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "PYTHONPATH")}
            os.execvpe(command[0], command, {**kept, "HOME": str(home), "TERM": "xterm-256color"})  # noqa: S606

    def _read(self, patience: float) -> bytes:
        ready, _, _ = select.select([self._screen], [], [], patience)
        return os.read(self._screen, 1 << 16) if ready else b""

    def until(self, text: str) -> float:
        """Read until *text* is on the screen; gives the seconds since the start. Raises TimeoutError."""
        seen = b""
        while text.encode() not in _CONTROL.sub(b"", seen):
            if time.perf_counter() - self.began > LIMIT:
                raise TimeoutError(f"'{text}' did not come up on the screen")
            seen += self._read(1.0)
        return time.perf_counter() - self.began

    def settle(self, quiet: float, keys: str = "") -> float:
        """Press *keys* and read until nothing is written for *quiet* seconds.

        Gives the seconds from the keys to the last byte of the last repaint.
        """
        os.write(self._screen, keys.encode())
        pressed = last = time.perf_counter()
        while (left := last + quiet - time.perf_counter()) > 0:
            if time.perf_counter() - pressed > LIMIT:
                raise TimeoutError("the screen does not come to rest")
            burst = more = self._read(left)
            came = time.perf_counter()
            while more:
                came = time.perf_counter()
                burst += (more := self._read(0.002))
            if len(burst) >= REPAINT:
                last = came
        return last - pressed

    def end(self) -> float:
        """Stop the program; gives the most memory it had, in MiB."""
        os.kill(self.child, signal.SIGKILL)
        _, _, used = os.wait4(self.child, 0)
        os.close(self._screen)
        return used.ru_maxrss / 1024


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

    def round(self, first: str, home: Path) -> None:
        """Start it twice: once for the first paint alone, once to work with."""
        shown = Terminal(self.command, home)
        self.note("first person on the screen", shown.until(first) * 1000)
        shown.end()
        worked = Terminal(self.command, home)
        worked.until(first)
        worked.settle(2.0)
        self.note("cursor down", *(worked.settle(QUIET, "j") * 1000 for _ in range(STEPS)))
        self.note("page down", *(worked.settle(QUIET, "\x1b[6~") * 1000 for _ in range(STEPS)))
        self._keys(worked, self.before_sort)
        self.note("sort by name", worked.settle(LONG_QUIET, self.sort) * 1000)
        self._keys(worked, self.before_filter)
        self.note("filter", worked.settle(LONG_QUIET, self.filter) * 1000)
        self.note("memory, MiB", worked.end())

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
    rows: list[tuple[str, str, Callable[[list[float]], float]]] = [(name, name, median) for name in room.taken]
    rows.insert(2, ("cursor down, p95", "cursor down", lambda taken: quantiles(taken, n=20)[-1]))
    for title, what, of in rows:
        ours, theirs = of(room.taken[what]), of(peer.taken[what])
        ratio = f"{ours / theirs:.2f}" if ours and theirs else "no repaint seen"
        lines.append(f"| {title} | {ours:,.1f} | {theirs:,.1f} | {ratio} |")
    return "\n".join(lines)


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--store", type=Path, help="a store to look at instead of one made for this; it is copied")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    asked = parser.parse_args()
    peer_program = shutil.which("vd") or shutil.which("vd", path=str(Path(sys.executable).parent))
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
        options = ["--store", str(store), "--view", "suspects", "--as-of", asked.as_of.isoformat()]
        room = Program("tasking", [sys.executable, "-c", _OPEN, "open", *options], ">>", ">", "/surname9", "6")
        peer = Program("VisiData", [peer_program, str(sheet)], "l", "[", "|urname96", "\r")
        for _ in range(asked.rounds):
            for program in (room, peer):
                program.round(found[0].name, home)
    print(f"{len(found):,} people, {COLUMNS}×{LINES}, {asked.rounds} rounds by turns\n\n{table(room, peer)}")


if __name__ == "__main__":
    main()
