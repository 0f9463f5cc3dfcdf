"""What the board takes with 200 deployments, and whether 10,000 past ones change anything, in processor time.

``python -m tests.benchmarks.bench_board [--live 200] [--past 10000] [--rounds 9]`` builds a small demo with so many
deployments on or planned, copies it with so many past ones, and takes each step by turns in both. The rows that are
painted for a key are counted by ``tests/tui/test_board_costs.py``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from core.days import at_clock, day_of, stamp
from core.scope import WHOLE_FORCE
from db import demo, deploying, deployment_papers, deployments, localities, meetings
from db.deployment_rows import BLANK, UNASKED
from db.store import Store, open_store
from db.store.undo import undo
from db.subjects import Subject
from db.uncovered import uncovered_wards
from db.ward_map import ward_map
from tests.benchmarks.terminal import QUIET, Terminal
from tui.screens.ward_facts import ward_facts
from tui.session import Session
from tui.views.deployments import DeploymentsView

AS_OF = date(2026, 11, 21)
NOW = at_clock(AS_OF, 18)
_TACTICS = ("high-visibility patrol", "weapon sweep", "warrant", "ANPR")
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_KEYS, _ROOMS = 40, 3
"""Keys that are timed in a room, and rooms that are opened on each store: the median is taken."""


def with_live(path: Path, live: int, now: datetime = NOW) -> None:
    """Send *live* new units somewhere: every second is out at a moment, the others are planned."""
    with open_store(path, "benchmark", lambda: now - 3 * _HOUR) as store:
        codes = cycle(sorted(ward_map(store)))
        with store.change("Units of the benchmark", meeting=None) as writing:
            for nth in range(live):
                unit = writing.insert(
                    "deployment", unit=f"Test {nth:03}", base="north", officers=8, ward_code="", tactic="", starts=None,
                    ends=None, status="free",
                )  # fmt: skip
                starts = now + (4 * _HOUR if nth % 2 else -2 * _HOUR)
                _send(writing, unit, next(codes), _TACTICS[nth % 4], starts)


def with_past(path: Path, past: int) -> None:
    """Give the units of a store *past* deployments that ended, the last of them eight days before."""
    with open_store(path, "benchmark", lambda: NOW - 3 * _HOUR) as store:
        codes, units = cycle(sorted(ward_map(store))), cycle([unit.id for unit in deployments.units(store)])
        with store.change("Past deployments of the benchmark", meeting=None) as writing:
            for nth in range(past):
                starts = NOW - 8 * _DAY - (nth * 3 % 26_000) * _HOUR
                _send(writing, next(units), next(codes), _TACTICS[nth % 4], starts - 8 * _HOUR)


def _send(writing: Any, unit: int, code: str, tactic: str, starts: datetime) -> None:
    ends, decided = stamp(starts + 8 * _HOUR), stamp(starts - 4 * _DAY)
    number = writing.insert(
        "deployment_record",
        **{**BLANK, "ward_code": code, "tactic": tactic, "starts": stamp(starts), "ends": ends, "over_at": ends,
           "decided_at": decided, "entered_at": decided, "decided_by": "benchmark"},
    )  # fmt: skip
    writing.insert("deployment_unit", **{**UNASKED, "deployment_id": number, "unit_id": unit, "officers": 8})


def steps(store: Store, session: Session) -> dict[str, Callable[[], object]]:
    """What is measured of a store, by its name."""
    board = deployments.board(store, NOW)
    free = next(unit for unit in board.units if unit.is_free and not unit.whom)
    code = next(one.ward_code for one in board.live if one.ward_code)
    draft = deploying.Draft((free.id,), code, "high-visibility patrol", NOW, NOW + 8 * _HOUR)
    units = [Subject("unit", unit.unit, unit.unit) for unit in board.units]
    view = DeploymentsView(session)

    def move_and_undo() -> None:
        deploying.task(store, draft)
        undo(store)

    return {
        "the board read": lambda: deployments.board(store, NOW),
        "the rows of the board, with clashes and wards without a unit": view.read,
        "wards without a unit": lambda: uncovered_wards(store, board, WHOLE_FORCE),
        "what stands against a move": lambda: deploying.against(store, draft, NOW),
        "a move saved, and undone": move_and_undo,
        "the page of a ward": lambda: ward_facts(session, Subject("ward", code, code)),
        "officer-hours of the week, three tables": lambda: deployment_papers.hours(store, AS_OF, NOW, WHOLE_FORCE),
        "where every unit lies": lambda: localities.of_subjects(store, session.run_id, units),
    }


def of_keys(path: Path) -> dict[str, float]:
    """Processor seconds of a key in a room of its own: the cursor down, and the board read again and painted."""
    when, home = f"{NOW:%Y-%m-%dT%H:%M}", path.parent
    words = ["open", "--view", "deployments", "--store", str(path), "--as-of", AS_OF.isoformat(), "--chair", "bench"]
    room = Terminal([sys.executable, "-m", "tests.journeys.clocked", when, *words], home)
    try:
        room.until("without a unit")
        room.settle(1.0)
        return {
            "the cursor down, a key by itself": _a_key(room, "j", _KEYS),
            "the board read again and painted": _a_key(room, "\x12", _KEYS // 4),
        }
    finally:
        room.end()


def _a_key(room: Terminal, key: str, times: int) -> float:
    before = room.processor()
    for _ in range(times):
        room.settle(QUIET, key)
    return (room.processor() - before) / times


def _opened(path: Path) -> tuple[Store, Session]:
    store = open_store(path, "benchmark", lambda: NOW)
    session = Session(store, "benchmark", AS_OF, "daily", lambda: NOW, path.parent / "papers")
    session.run_id = meetings.run_for(store, day_of(AS_OF))
    return store, session


def figures(stores: dict[str, Path], rounds: int) -> dict[str, dict[str, float]]:
    """Seconds by what was measured and by store: medians of rounds, the stores by turns."""
    found: dict[str, dict[str, list[float]]] = {}
    opened = {name: _opened(path) for name, path in stores.items()}
    asked = {name: steps(store, session) for name, (store, session) in opened.items()}
    for _ in range(rounds):
        for what in next(iter(asked.values())):
            for name in stores:
                began = process_time()
                asked[name][what]()
                found.setdefault(what, {}).setdefault(name, []).append(process_time() - began)
    for store, _ in opened.values():
        store.close()
    for _ in range(_ROOMS):
        for name, path in stores.items():
            for what, seconds in of_keys(path).items():
                found.setdefault(what, {}).setdefault(name, []).append(seconds)
    return {what: {name: median(times) for name, times in by.items()} for what, by in found.items()}


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--live", type=int, default=200)
    parser.add_argument("--past", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--store", type=Path, help="a store of the demo; a small one is built where none is given")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare, live, past = (folder / f"{which}.db" for which in ("bare", "live", "past"))
        if given.store is None:
            demo.build(bare, AS_OF, step=lambda *_: None, suspects=600).close()
        else:
            shutil.copy(given.store, bare)
        shutil.copy(bare, live)
        with_live(live, given.live)
        shutil.copy(live, past)
        with_past(past, given.past)
        found = figures({"bare": bare, "live": live, "past": past}, given.rounds)
    print(f"{given.live:,} deployments on or planned; then {given.past:,} past ones; load {os.getloadavg()[0]:.1f}\n")
    print("| processor time, ms | the demo's board | with those on | with the past | ratio of the last two |")
    print("| --- | --- | --- | --- | --- |")
    for what, by in found.items():
        ms = " | ".join(f"{1000 * by[name]:.2f}" for name in ("bare", "live", "past"))
        print(f"| {what} | {ms} | {by['past'] / by['live']:.2f} |")


if __name__ == "__main__":
    main()
