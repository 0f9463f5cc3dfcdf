"""What encryption and the record of views cost: the same store in the clear and encrypted, by turns.

``python -m tests.benchmarks.bench_trust [--rows 200000] [--people 10000] [--rounds 7]`` makes a synthetic store and an
encrypted copy of it, does each of a few things to both in turn, and prints the medians of processor time and of the
clock as a Markdown table. On a machine that does much else the processor time tells more.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from shutil import copy
from statistics import median

from core.days import day_of, stamp
from core.roles import ROLES, Rights
from db.runs import make_run
from db.scoring import RankingRequest
from db.store import Store, encrypting, keys, open_store
from db.store.keys import KEYS
from db.store.verify import verify
from db.store.viewings import Recorder, Shown
from tests.benchmarks.bench_rank import AS_OF, synthetic
from tui.app import TaskingApp
from tui.session import Session

SECRET, STEPS = "three random words", 40


class Taken:
    """Seconds of processor time and of the clock that things took, by what was done and to which store."""

    def __init__(self) -> None:
        self._times: dict[tuple[str, str], list[tuple[float, float]]] = {}

    def take(self, what: str, which: str, does: Callable[[], object], times: int = 1) -> None:
        """Do something; note what one of so many times took."""
        clock, processor = time.perf_counter(), time.process_time()
        does()
        took = (time.process_time() - processor) / times, (time.perf_counter() - clock) / times
        self._times.setdefault((what, which), []).append(took)

    def table(self) -> str:
        """All of it as Markdown: milliseconds of processor time, by the clock in brackets."""
        lines = ["| what | plain, ms | encrypted, ms | ratio |", "| --- | --- | --- | --- |"]
        for what in dict.fromkeys(name for name, _ in self._times):
            both = [self._of(what, which) for which in ("plain", "encrypted")]
            cells = ["" if one is None else f"{1000 * one[0]:,.1f} ({1000 * one[1]:,.1f})" for one in both]
            ratio = f"{both[1][0] / both[0][0]:.2f}" if both[0] and both[1] else ""
            lines.append(f"| {what} | {cells[0]} | {cells[1]} | {ratio} |")
        return "\n".join(lines)

    def _of(self, what: str, which: str) -> tuple[float, float] | None:
        found = self._times.get((what, which))
        return (median(one for one, _ in found), median(one for _, one in found)) if found else None


def changed(store: Store, turn: int) -> None:
    """One commit of one row."""
    with store.change("Benchmark", meeting=None) as writing:
        writing.insert("setting", name=f"benchmark {turn} {time.perf_counter_ns()}", text="x")


async def moved(store: Store, taken: Taken, which: str) -> None:
    """Move the cursor down a list of the ranked, each key painted."""
    session = Session(store, "benchmark", AS_OF, "daily", store.now, Path.cwd() / "papers")
    session.run_id = make_run(store, RankingRequest(day_of(AS_OF))).id
    async with TaskingApp(session, "suspects").run_test(size=(120, 40)) as pilot:
        await pilot.pause(1.0)
        for _ in range(3):
            clock, processor = time.perf_counter(), time.process_time()
            for _ in range(STEPS):
                await pilot.press("j")
            took = (time.process_time() - processor) / STEPS, (time.perf_counter() - clock) / STEPS
            taken._times.setdefault(("cursor down, painted", which), []).append(took)


def of_one(path: Path, which: str, taken: Taken, turn: int) -> None:
    """Everything that is done to one store in one round."""
    taken.take("opening, key known, first read", which, lambda: open_store(path, "benchmark").close())
    with closing(open_store(path, "benchmark")) as store:
        store.rights = Rights("benchmark", "", ROLES["owner"])
        shown = [(stamp(store.now()), Shown("list", "benchmark"))]
        store.read.rows("SELECT 1 FROM batch")  # as in a command: the last connection that closes empties the log
        taken.take("a view entry by itself, connection new", which, lambda: _recorded(Recorder(store), shown))
        with closing(Recorder(store)) as recorder:
            recorder.record_all(shown)
            taken.take("a view entry, as the room writes it", which, lambda: _each(recorder, shown), STEPS)
        store.rights = None
        changed(store, turn)
        taken.take("one commit", which, lambda: changed(store, turn))
        request = RankingRequest(day_of(AS_OF), window=365 + turn)
        taken.take("ranking cold", which, lambda: make_run(store, request))
    with closing(open_store(path, "benchmark")) as store:
        taken.take("verify", which, lambda: verify(store))


def _recorded(recorder: Recorder, shown: list[tuple[str, Shown]]) -> None:
    with closing(recorder):
        recorder.record_all(shown)


def _each(recorder: Recorder, shown: list[tuple[str, Shown]]) -> None:
    for _ in range(STEPS):
        recorder.record_all(shown)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    taken = Taken()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        synthetic(place, asked.rows, asked.people).close()
        stores = {"plain": place / "tasking.db", "encrypted": place / "encrypted.db"}
        copy(stores["plain"], stores["encrypted"])
        encrypting.prepare(stores["encrypted"])
        encrypting.rewrite(stores["encrypted"], SECRET)
        KEYS.begin(lambda *_: SECRET)
        open_store(stores["encrypted"], "benchmark").close()  # from here on its key is known
        for turn in range(asked.rounds):
            taken.take("stretching the passphrase", "encrypted", lambda: keys.derived(SECRET, b"0" * keys.SALT))
            for which, path in stores.items():
                of_one(path, which, taken, turn)
        for which, path in [*stores.items()] * 3:
            with closing(open_store(path, "benchmark")) as store:
                asyncio.run(moved(store, taken, which))
    print(taken.table())


if __name__ == "__main__":
    main()
