"""A disk that is full, a store that another holds, a store and a folder that may only be read.

Whatever writes must say so in a sentence, leave the store sound and as it was or as it was to be, and a command that
prints must print where nothing but reading is needed.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.strain import checks, programs
from tests.strain.covered import READING, words_for
from tests.strain.rounds import Kind, Outcome, Round
from tests.strain.works import DEMO, Work, reference, works

_NOBODY = 65534
"""The user who may only read, where this one may do anything."""
_KINDS_OF_DISK = 8
_LINES = [(name, line) for name, lines in READING.items() for line in lines]
_WORKS = [work for work in works() if work is not DEMO]
_MAY_REFUSE = re.compile(r"^(rank|explain|stability)\b|\{hostile\}")
"""Commands that keep what they work out: where nothing can be written they may refuse, in a sentence. And odd words."""


def play(one: Round) -> Outcome:
    """Starve one command of disk, lock it out, or let it do no more than read."""
    turn, number = one.number % _KINDS_OF_DISK, one.number // _KINDS_OF_DISK
    if turn == 0:
        return locked_out(_WORKS[number % len(_WORKS)], one)
    if turn == 1:
        return beside_a_lock(one, *_LINES[number % len(_LINES)])
    if turn == 2:
        return only_to_be_read(one, *_LINES[number % len(_LINES)])
    return starved(_starved_in(one.number), one)


def _starved_in(number: int) -> Work:
    """The work whose turn it is to be starved, in rounds of that sort."""
    return _WORKS[(number // _KINDS_OF_DISK * 5 + number % _KINDS_OF_DISK) % len(_WORKS)]


def _first_round_of(name: str) -> int:
    """The first round in which a work is starved."""
    return next(n for n in range(10_000) if n % _KINDS_OF_DISK > 2 and _starved_in(n).name == name)


def starved(work: Work, one: Round) -> Outcome:
    """Let no file grow beyond a limit that the work must meet, as a disk does that is full."""
    outcome = Outcome("full disk", reached=set(work.reaches))
    usual = reference(work, one.bases)
    words = work.lay(one.bases, one.place)
    store = one.place / "tasking.db"
    least = store.stat().st_size if store.exists() else 0
    limit = int(one.chance.uniform(least * 0.3, max(usual.size, least) * 1.1))
    ended = programs.run(words, one.place, largest=limit)
    outcome.steps = [f"tasking {' '.join(words)}", f"no file may grow beyond {limit:,} bytes: {ended.code}"]
    _judge(work, usual.before, usual.after, ended, one.place, outcome)
    return outcome


def locked_out(work: Work, one: Round) -> Outcome:
    """Hold the write lock of the store for as long as the work tries."""
    outcome = Outcome("write lock held by another", reached=set(work.reaches))
    usual = reference(work, one.bases)
    words = work.lay(one.bases, one.place)
    store = one.place / "tasking.db"
    outcome.steps = [f"BEGIN IMMEDIATE on {store}", f"tasking {' '.join(words)}"]
    if not store.exists():
        return starved(work, one)
    with closing(sqlite3.connect(store, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        ended = programs.run(words, one.place)
        another.execute("ROLLBACK")
    _judge(work, usual.before, usual.after, ended, one.place, outcome)
    return outcome


def _judge(
    work: Work,
    before: dict[str, int],
    after: dict[str, int],
    ended: programs.Ended,
    place: Path,
    outcome: Outcome,
) -> None:
    outcome.counts = Counter({"refused writes": int(ended.code not in (0, 3)), "gone through": int(ended.code == 0)})
    if crash := checks.crash_in(ended.code, ended.printed):
        outcome.crashed.append(f"{work.name}: {crash}")
    if ended.writing > programs.LONGEST - 1:
        outcome.crashed.append(f"{work.name} hangs")
    store = place / "tasking.db"
    stands = checks.filled_tables(store)
    if not stands:
        outcome.lost += ["the store is gone"] if before else []
        return
    outcome.lost += checks.unsound(store)
    stands = checks.filled_tables(store)
    if work.whole and stands not in (before, after):
        outcome.lost.append(f"{work.name} is half done: {stands}, before {before}")
    if ended.code in (0, 3) and work.says in ended.printed and work.whole and stands != after:
        outcome.lost.append(f"{work.name} said it is done and it is not")


def beside_a_lock(one: Round, name: str, line: str) -> Outcome:
    """Read a store of which another holds the write lock: reading waits for nobody."""
    outcome = Outcome("reading beside a write lock", counts=Counter({"reads": 1}), reached={f"command {name}"})
    store = one.bases.copy(one.bases.london, one.place)
    words = words_for(line, store, "x")
    with closing(sqlite3.connect(store, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        printed = programs.called(store, name, *words)
        another.execute("ROLLBACK")
    outcome.steps = ["BEGIN IMMEDIATE by another", f"tasking {name} {' '.join(words)}"]
    _judge_reading(one, name, line, printed, outcome)
    return outcome


def only_to_be_read(one: Round, name: str, line: str) -> Outcome:
    """Read a store in a folder where this user may do nothing but read."""
    outcome = Outcome("store and folder that may only be read", counts=Counter({"reads": 1}))
    outcome.reached = {f"command {name}"}
    store = one.bases.copy(one.bases.london, one.place)
    words = words_for(line, store, "x")
    programs.called(one.bases.copy(one.bases.london, _beside(one.place)), name, *words)  # loads what nobody may load
    outcome.steps = ["store 0444, folder 0555", f"tasking {name} {' '.join(words)}"]
    store.chmod(0o444)
    one.place.chmod(0o555)
    try:
        with _as_nobody(one.place):
            printed = programs.called(store, name, *words)
    finally:
        one.place.chmod(0o755)
    _judge_reading(one, name, line, printed, outcome)
    outcome.lost += checks.unsound(store)
    return outcome


def _beside(place: Path) -> Path:
    folder = place / "papers"
    folder.mkdir()
    return folder


@contextmanager
def _as_nobody(place: Path) -> Iterator[None]:
    """As a user who may only read; root may write whatever the modes say, so it is nobody meanwhile."""
    if os.geteuid() != 0:
        yield
        return
    for folder in place.parents:
        if folder.name.startswith("strain-"):
            folder.chmod(0o755)
    os.setresuid(_NOBODY, _NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


def _judge_reading(one: Round, name: str, line: str, printed: programs.Printed, outcome: Outcome) -> None:
    what = f"{name} {line}"
    if crash := checks.crash_in(printed.code, printed.text):
        outcome.crashed.append(f"{what}: {crash}")
    elif printed.code not in (0, 3) and not _MAY_REFUSE.search(what) and not _refused_anyway(one, name, line, printed):
        outcome.crashed.append(f"{what} does not read: {printed.text.strip()[-300:]}")


def _refused_anyway(one: Round, name: str, line: str, printed: programs.Printed) -> bool:
    """Whether the same store, which nobody holds, has the same answer: a backtest of a release that is not there."""
    free = one.place / "free"
    free.mkdir()
    store = one.bases.copy(one.bases.london, free)
    usual = programs.called(store, name, *words_for(line, store, "x"))
    return (usual.code, usual.text) == (printed.code, printed.text)


KIND = Kind(
    "disk", play, share=0.07, aim={"refused writes": 100}, handful=(_first_round_of("first import, lsoa-ward"),)
)
