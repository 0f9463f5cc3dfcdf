"""The step of revision 0011 that makes series of steps out of the people that every run kept for itself.

A run whose people, scores, order and ranks the steps tell to the letter is read from them from then on. Any other is
kept as it was, and the journal says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection, text

from core import bands as band_tables
from core.errors import Problem
from core.harm import EDITION
from core.methods import METHODS
from core.methods.base import as_indexed
from core.pools import POOLS
from db.kept_state import score_sql
from db.measure_cache import exchange, make_room
from db.scoring import ROW
from db.store.engine import append_only
from db.store.kept_rows import COLUMNS, digest, entries_digest

Step = Callable[[str, float], None]
_HEAVIEST = 80_000
"""Days of harm that a packed value has room for (``db.scoring.ROW``)."""


def runs(step: Step) -> None:
    """Make the tables anew, then bring every run over. step: told what is being done and the share done so far."""
    connection = op.get_bind()
    for column in (
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("ahead", sa.String(), server_default="[]", nullable=False),
        sa.Column("digest", sa.String(), server_default="", nullable=False),
    ):
        op.add_column("run", column)
    for table in ("kept_measure", "kept"):
        op.drop_table(table)
    _tables()
    append_only(connection, "kept_closed")
    _bring_over(connection, step)


def _tables() -> None:
    op.create_table(
        "kept",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pool", sa.Integer(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("weights", "by")),
        sa.Column("line", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    figures = ("seq", "as_of", "last_row", "batch_id", "upsets", "known_to")
    op.create_table(
        "kept_step",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "kept_id", *figures)),
        sa.Column("rules", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("came", "went")),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["kept_id"], ["kept.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kept_id", "seq", name="kept_step_seq"),
    )
    for table, first, key in (
        ("kept_measure", ("kept_id", "person_id", "since"), ("kept_id", "person_id")),
        ("kept_closed", ("kept_id", "until", "person_id", "since"), ("kept_id", "until", "person_id")),
    ):
        op.create_table(
            table,
            *(sa.Column(name, sa.Integer(), nullable=False) for name in first),
            *map(_measure, COLUMNS),
            sa.PrimaryKeyConstraint(*key),
            sqlite_with_rowid=False,
        )
    op.create_index("kept_measure_oldest", "kept_measure", ["kept_id", "oldest"])
    op.create_index("kept_measure_harm", "kept_measure", ["kept_id", "harm", "crimes", "since"])
    op.create_index("kept_closed_person", "kept_closed", ["person_id", "kept_id", "since"])


def _measure(name: str) -> sa.Column[Any]:
    kinds: Mapping[str, Any] = {
        "gravity": sa.Float(), "harm": sa.Float(), "heaviest": sa.BigInteger(), "latest": sa.BigInteger(),
    }  # fmt: skip
    return sa.Column(name, kinds.get(name, sa.Integer()), nullable=name == "gravity")


_Run = Mapping[str, Any]


def _bring_over(connection: Connection, step: Step) -> None:
    """Bring every run over, a series at a time, and leave those whom no step tells where they are."""
    every = [dict(row) for row in connection.execute(text("SELECT * FROM run ORDER BY as_of, id")).mappings()]
    make_room(connection)
    done, as_they_were = 0, []
    for key, members in groupby(sorted(every, key=_series), key=_series):
        series = _Series(connection, key)
        for run in sorted(members, key=itemgetter("as_of", "id")):
            step(f"Bringing over run {run['id']}", done / len(every))
            done += 1
            if _told(connection, run):
                series.add(run)
            else:
                as_they_were.append(int(run["id"]))
    _leave(connection, as_they_were)
    step("Ready", 1.0)


def _series(run: _Run) -> tuple[Any, ...]:
    """What runs share a series by. One of some statuses alone, or that no day goes on from, has its own."""
    line = run["by"] == "reported" and run["statuses"] == "[]"
    pool = int(POOLS[run["pool"]]) if run["pool"] in POOLS else 0
    return pool, run["window_days"], _weights(run), run["by"], line, 0 if line else run["id"]


def _weights(run: _Run) -> str:
    """What makes the weights of a run, in the words of :mod:`db.measure_cache`; a guess at worst costs room alone."""
    method = METHODS.get(run["method"])
    if method is None:
        return str(run["method"])
    if method.combine is as_indexed and run["split"] == "default" and run["edition"] == EDITION:
        return ""
    floor = f", floor {_bands(run).precursor_floor:g}" if method.measures else ""
    return f"{method.key} {method.version}: {run['edition']}, {run['split']} split{floor}"


def _bands(run: _Run) -> band_tables.Bands:
    try:
        return band_tables.read(run["bands"], f"run {run['id']}") if run["bands"] else band_tables.default()
    except Problem:
        return band_tables.default()


class _Series:
    """A series that runs are added to in the order of their days, one step for each that brings something else."""

    def __init__(self, connection: Connection, key: tuple[Any, ...]) -> None:
        self._connection = connection
        self._pool, self._window, self._weights, self._by, self._line, _ = key
        self._kept = 0
        self._seq = 0
        self._step: tuple[int, _Run] | None = None

    def add(self, run: _Run) -> None:
        """Write what a run has others than the one before, and point it at its step."""
        connection, number = self._connection, run["id"]
        if not self._kept:
            self._begin(run)
        connection.exec_driver_sql("DELETE FROM touched")
        connection.exec_driver_sql("DELETE FROM fresh")
        connection.execute(text(_FRESH), {"run": number, "as_of": run["as_of"], "kept": self._kept})
        came, went = exchange(connection, self._kept, self._seq + 1, everyone=True)
        before = self._step
        same = before and (before[1]["as_of"], before[1]["batch_id"]) == (run["as_of"], run["batch_id"])
        if before and same and not came and not went:
            point = before[0]
        else:
            point = self._note(run, came, went)
            self._step = point, run
        connection.execute(text("UPDATE run SET step_id = :step WHERE id = :run"), {"step": point, "run": number})

    def _begin(self, run: _Run) -> None:
        made = self._connection.execute(
            text(
                "INSERT INTO kept (pool, window_days, weights, by, line) VALUES (:pool, :window, :weights, :by, :line) "
                "RETURNING id"
            ),
            {
                "pool": self._pool, "window": self._window, "weights": self._weights, "by": self._by,
                "line": self._line,
            },
        )  # fmt: skip
        self._kept = int(made.scalar_one())
        self._connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS firsts (person_id INTEGER PRIMARY KEY, day)")
        self._connection.exec_driver_sql("DELETE FROM firsts")
        last = self._connection.execute(text(_LAST), {"pool": run["pool"], "window": self._window}).scalar_one()
        given = {"pool": self._pool, "after": last - self._window, "as_of": last}
        self._connection.execute(text(_FIRSTS), given)

    def _note(self, run: _Run, came: int, went: int) -> int:
        self._seq += 1
        given = {
            "kept": self._kept, "seq": self._seq, "as_of": run["as_of"], "batch": run["batch_id"],
            "came": came, "went": went, "digest": digest(_asking(self._connection), self._kept, self._seq),
        }  # fmt: skip
        return int(self._connection.execute(text(_NOTE), given).scalar_one())


_LAST = "SELECT MAX(as_of) FROM run WHERE pool = :pool AND window_days = :window"
_FIRSTS = (
    "INSERT INTO firsts SELECT person_id, MIN(reported_on) FROM report_row WHERE person_id > 0 "
    "AND reported_on > :after AND reported_on <= :as_of AND (admitted & :pool) <> 0 GROUP BY person_id"
)
"""Whose oldest report leaves the window next, of the last run: what days go on from. No earlier step is asked it."""
_FRESH = (
    "INSERT INTO fresh (person_id, version_id, oldest, newest, last, gravity, harm, allegations, crimes, victims, "  # noqa: S608
    "historic, heaviest, latest) SELECT e.person_id, e.person_version_id, COALESCE(f.day, 0), :as_of - e.recency, "
    "e.last_allegation, e.gravity, e.harm, e.allegations, e.crimes, e.victims, e.historic, "
    f"CAST(COALESCE(e.gravity, 0) * 100 AS INTEGER) * {ROW} + e.largest_row_id, "
    f"e.last_allegation * {ROW} + e.last_row_id "
    "FROM run_entry e LEFT JOIN firsts f ON f.person_id = e.person_id WHERE e.run_id = :run"
)
_NOTE = (
    "INSERT INTO kept_step (kept_id, seq, as_of, last_row, batch_id, upsets, known_to, rules, came, went, digest) "
    "VALUES (:kept, :seq, :as_of, 0, :batch, -1, 0, '', :came, :went, :digest) RETURNING id"
)
"""By no rules and no upsets that there are: the next day measures everyone anew, and writes who comes to other."""


def _asking(connection: Connection) -> Callable[[str], Iterable[Sequence[Any]]]:
    def rows(query: str) -> Iterable[Sequence[Any]]:
        found: list[tuple[Any, ...]] = connection.connection.cursor().execute(query).fetchall()
        return found

    return rows


def _told(connection: Connection, run: _Run) -> bool:
    """Whether everything that a run kept reads back the same from the measures alone."""
    if run["method"] not in METHODS or run["pool"] not in POOLS:
        return False
    try:
        score = score_sql(run["method"], run["bands"], run["as_of"], run["id"])
    except Problem:
        return False
    given = {"run": run["id"], "as_of": run["as_of"], "earlier": run["earlier_id"] or 0}
    if connection.execute(text(_UNTOLD), given).scalar_one() or _otherwise_described(connection, run):
        return False
    rows = connection.execute(text(_ORDER.format(score=score)), given).all()
    return len(rows) == run["people"] and _in_order(rows, run["min_crimes"], run["ranked"])


_UNTOLD = (
    f"SELECT COUNT(*) FROM run_entry WHERE run_id = :run AND (COALESCE(largest_row_id, 0) NOT BETWEEN 1 AND {ROW - 1} "  # noqa: S608
    f"OR COALESCE(last_row_id, 0) NOT BETWEEN 1 AND {ROW - 1} OR gravity > {_HEAVIEST} OR crimes < 1)"
)
"""Entries that a packed value has no room for, or that name no report."""
_ORDER = (
    "SELECT m.position, COALESCE(m.rank, 0), m.score, {score}, m.crimes, m.last_allegation, p.ref, "
    "COALESCE(m.previous_rank, 0), COALESCE(b.rank, 0) FROM (SELECT e.*, :as_of - e.recency AS newest "
    "FROM run_entry e WHERE e.run_id = :run) m LEFT JOIN person p ON p.id = m.person_id "
    "LEFT JOIN run_entry b ON b.run_id = :earlier AND b.person_id = m.person_id ORDER BY m.position"
)


def _in_order(rows: Sequence[Any], least: int, ranked: int) -> bool:
    """Whether the people of a run stand in the order that their scores give, with the ranks of it."""
    before: tuple[bool, float, int, str] | None = None
    rank = 0
    for place, (position, stood, score, again, crimes, last, ref, previous, earlier) in enumerate(rows, 1):
        enough = crimes >= least
        if position != place or score != again or previous != earlier or enough is not (place <= ranked):
            return False
        if before is not None and not _after(before, (enough, score, last, ref)):
            return False
        if before is None or before[:2] != (enough, score):
            rank = place
        if stood != (rank if enough else 0):
            return False
        before = (enough, score, last, ref)
    return True


def _after(first: tuple[bool, float, int, str], second: tuple[bool, float, int, str]) -> bool:
    """Whether the second of two people stands behind the first."""
    if first[:3] != second[:3]:
        return first[:3] > second[:3]
    return first[3] < second[3]


def _otherwise_described(connection: Connection, run: _Run) -> bool:
    """Whether a run of some statuses has someone of another: it is told by how people were described."""
    statuses = {f"s{number}": str(one).casefold() for number, one in enumerate(json.loads(run["statuses"]))}
    if not statuses:
        return False
    query = (
        "SELECT COUNT(*) FROM run_entry e JOIN person_version v ON v.id = e.person_version_id "  # noqa: S608 - names
        f"WHERE e.run_id = :run AND LOWER(v.status) NOT IN ({', '.join(f':{name}' for name in statuses)})"
    )
    return bool(connection.execute(text(query), {"run": run["id"], **statuses}).scalar_one())


def _leave(connection: Connection, as_they_were: Sequence[int]) -> None:
    """Leave in their table only the people of runs that are kept as they were, each run under a digest of them."""
    marks = ", ".join(map(str, as_they_were)) or "NULL"
    names = [column for _, column, *_ in connection.exec_driver_sql("PRAGMA table_info(run_entry)")]
    listed = ", ".join(names)
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.left_as_it_was")
    kept = f"CREATE TEMP TABLE left_as_it_was AS SELECT {listed} FROM run_entry WHERE run_id IN ({marks})"  # noqa: S608
    connection.exec_driver_sql(kept)
    [(made, indexed)] = connection.exec_driver_sql(
        "SELECT (SELECT sql FROM sqlite_master WHERE name = 'run_entry'), "
        "(SELECT sql FROM sqlite_master WHERE name = 'run_entry_person')"
    )
    connection.exec_driver_sql("DROP TABLE run_entry")
    connection.exec_driver_sql(made)
    connection.exec_driver_sql(indexed)
    connection.exec_driver_sql(f"INSERT INTO run_entry ({listed}) SELECT {listed} FROM left_as_it_was")  # noqa: S608
    connection.exec_driver_sql("DROP TABLE temp.left_as_it_was")
    for number in as_they_were:
        given = {"digest": entries_digest(_asking(connection), number), "run": number}
        connection.execute(text("UPDATE run SET digest = :digest WHERE id = :run"), given)
