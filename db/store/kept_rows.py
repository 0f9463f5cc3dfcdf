"""The rows that runs are read from, and the digest of what began and what ended at each step of a series.

A row keeps the step that it began at when it is closed, so that the digest of any step can be made again at any time.
The digests stand in the journal with their steps: a row that was changed, added or taken away shows.
"""

from __future__ import annotations

import hashlib
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from sqlalchemy import Connection

Ask: TypeAlias = Callable[[str], Iterable[Sequence[Any]]]
"""What gives the rows of a query."""
COLUMNS = (
    "version_id", "oldest", "newest", "last", "gravity", "harm", "allegations", "crimes", "victims", "historic",
    "heaviest", "latest",
)  # fmt: skip
"""What stands of a person at a step, beside their number."""
_TOLD = ", ".join("gravity IS NULL, COALESCE(gravity, 0.0)" if name == "gravity" else name for name in COLUMNS)
_BEGAN = struct.Struct("<q4q?d" + "d6q")
_ENDED = struct.Struct("<q")
_BLANK = ("rank", "gravity", "largest_row_id", "last_row_id", "previous_rank")
_ENTRY = (
    "SELECT position, person_id, person_version_id, score, recency, harm, allegations, crimes, victims, historic, "  # noqa: S608
    f"last_allegation, {', '.join(f'{name} IS NULL, COALESCE({name}, 0)' for name in _BLANK)} FROM run_entry "
    "WHERE run_id = {run} ORDER BY position"
)
_OF_AN_ENTRY = struct.Struct("<3qdqd5q" + "?q?d?q?q?q")
_AT_ONCE = 16
"""Steps whose rows are read at once: enough that a series is not walked through for each, few enough to hold."""


def columns(of: str = "") -> str:
    """The columns as a query names them; *of*: the table's name in it."""
    return ", ".join(f"{of}.{name}" if of else name for name in COLUMNS)


def digest(rows: Ask, kept: int, seq: int, among: str = "") -> str:
    """SHA-256 over whoever began at a step, with their figures, and whoever ended at it, both by person.

    A figure is its eight bytes, so that nothing is rounded and no program writes it otherwise. among: the query for
    whom the step touches, where it is the newest: nobody else can have begun at it. Raises struct.error where a cell is
    no figure.
    """
    return next(_digests(rows, kept, seq, seq, among))


def _digests(rows: Ask, kept: int, first: int, last: int, among: str = "") -> Iterator[str]:
    """The digests of the steps from *first* to *last*."""
    where = f"WHERE kept_id = {int(kept)} AND since BETWEEN {int(first)} AND {int(last)}"
    where += f" AND person_id IN ({among})" if among else ""
    of = _OF_STEPS[:1] if among else _OF_STEPS
    tables = " UNION ALL ".join(f"SELECT since, person_id, {_TOLD} FROM {table} {where}" for table in of)  # noqa: S608
    ended = f"SELECT person_id FROM kept_closed WHERE kept_id = {int(kept)} AND until = {{}} ORDER BY 1"  # noqa: S608
    pack = _BEGAN.pack
    packed: dict[int, list[bytes]] = {seq: [] for seq in range(first, last + 1)}
    for seq, *row in rows(f"{tables} ORDER BY 1, 2"):
        packed[seq].append(pack(*row))
    for seq, began in packed.items():
        found = hashlib.sha256(b"".join(began))
        found.update(b"ended")
        found.update(b"".join([_ENDED.pack(*row) for row in rows(ended.format(seq))]))
        yield found.hexdigest()


def entries_digest(rows: Ask, run: int) -> str:
    """SHA-256 over the people of a run of before that is kept as it was. Raises struct.error as :func:`digest`."""
    pack = _OF_AN_ENTRY.pack
    return hashlib.sha256(b"".join([pack(*row) for row in rows(_ENTRY.format(run=int(run)))])).hexdigest()


_OF_STEPS = ("kept_measure", "kept_closed")
TABLES = (*_OF_STEPS, "run_entry")
"""The tables whose rows are under such digests; no entry of the journal names them one by one."""


def as_they_were(connection: Connection) -> str:
    """What the entry of an upgrade says of runs whose people no step tells; empty where every run is told by one."""
    runs = [int(run) for (run,) in connection.exec_driver_sql("SELECT id FROM run WHERE step_id IS NULL ORDER BY id")]
    if not runs:
        return ""
    which = f"run {runs[0]} is" if len(runs) == 1 else f"runs {', '.join(map(str, runs[:20]))} are"
    more = f" and {len(runs) - 20} more" if len(runs) > 20 else ""
    return f"; {which.replace(' are', f'{more} are')} kept as they were made"


def fault(rows: Ask) -> tuple[str | None, Counter[str]]:
    """The first step or run whose people are not as they were written, in words; and how many rows are covered.

    rows: what gives the rows of a query in one snapshot.
    """
    try:
        for wrong in _faults(rows):
            return wrong, Counter()
    except struct.error:
        return "The kept figures of a run hold what is no figure.", Counter()
    covered = Counter({table: int(next(iter(rows(f"SELECT COUNT(*) FROM {table}")))[0]) for table in TABLES})  # noqa: S608
    return None, covered


def _faults(rows: Ask) -> Iterator[str]:
    query = "SELECT kept_id, COUNT(*) FROM kept_step GROUP BY kept_id"
    known = {int(number): int(steps) for number, steps in rows(query)}
    yield from _beyond(rows, known)
    for number, steps in known.items():
        yield from _other_steps(rows, number, steps)
    query = "SELECT run_id FROM run_entry WHERE run_id NOT IN (SELECT id FROM run WHERE step_id IS NULL) LIMIT 1"
    for (run,) in rows(query):
        yield f"run_entry holds people of run {run}, which keeps none there."
    for run, written in list(rows("SELECT id, digest FROM run WHERE step_id IS NULL ORDER BY id")):
        if entries_digest(rows, int(run)) != written:
            yield f"The people of run {run} are not as they were written."


def _beyond(rows: Ask, known: Mapping[int, int]) -> Iterator[str]:
    """Figures of steps that there are not. known: series to how many steps it has."""
    for table in _OF_STEPS:
        ends = "since" if table == "kept_measure" else "until"
        query = f"SELECT kept_id, MIN(since), MAX({ends}) FROM {table} GROUP BY kept_id"  # noqa: S608 - own names
        for number, first, last in rows(query):
            if number not in known or not 1 <= first <= last <= known[number]:
                yield f"{table} holds figures of series {number} that no step of it wrote."


def _other_steps(rows: Ask, number: int, steps: int) -> Iterator[str]:
    """Steps of a series whose figures are not under their digest."""
    query = f"SELECT digest FROM kept_step WHERE kept_id = {number} ORDER BY seq"  # noqa: S608 - a number
    stood = [str(one) for (one,) in rows(query)]
    for first in range(1, steps + 1, _AT_ONCE):
        for seq, found in enumerate(_digests(rows, number, first, min(steps, first + _AT_ONCE - 1)), first):
            if found != stood[seq - 1]:
                yield f"The figures that began or ended at step {seq} of series {number} are not as written."
