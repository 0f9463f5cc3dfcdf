"""Every change past the program is found: each table and each column of the schema, a row put in, a row taken out.

The kept store of the latest revision has something of every table. A table or column that is new is tried by itself.
What cannot be found without key and paper is in ``UNFOUND`` of ``db/store/forged.py``, with the reason.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import UniqueConstraint

from db.store import forged
from db.store import verify as verifying
from db.store.store import Store
from db.store.verify import verify
from db.tables import METADATA
from tests.conftest import NOW
from tests.tui.cli.printed import kept_store

TABLES = sorted(METADATA.tables)
Values = dict[str, Any]
EMPTY = {"run_entry"}
"""Tables that only stores of before 0011 fill: their digests are tried in ``test_kept.py``."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with something of every table; what is changed in it is taken back."""
    store = Store(kept_store(tmp_path_factory.mktemp("tamper") / "tasking.db"), "tester", lambda: NOW)
    yield store
    store.close()


def connection_of(store: Store) -> sqlite3.Connection:
    """The connection that the check reads by, made to write, so that nothing needs to be copied."""
    found: sqlite3.Connection = store.read._connection  # type: ignore[attr-defined]
    found.execute("PRAGMA query_only=OFF")
    return found


@contextmanager
def past_the_program(store: Store, table: str) -> Iterator[sqlite3.Connection]:
    """Change a table as its triggers would not let; all of it is as it was when the ``with`` is left."""
    connection = connection_of(store)
    connection.execute("BEGIN")
    for guard in guards_of(store, table):
        connection.execute(f'DROP TRIGGER "{guard["name"]}"')
    try:
        yield connection
    finally:
        connection.execute("ROLLBACK")


def put_guards_back(connection: sqlite3.Connection, before: list[Any]) -> None:
    for guard in before:
        connection.execute(guard["sql"])


def other(value: object, by: int = 1) -> object:
    """A value that differs little, of the same kind."""
    if value is None:
        return by
    return value + by if isinstance(value, int | float) else f"{value}x"


def quickly(monkeypatch: pytest.MonkeyPatch, store: Store, table: str) -> Callable[[], bool]:
    """Leave out of a check what a change of this one table cannot bear on, or what finds none: SQLite's own check.

    Gives whether a change is found: by what is compared with the journal, else by the check as it is.
    """
    drift = verifying._drift
    left = verifying.left_by(entry for entry, _ in verifying._entries(store.read))
    mine = {key: row for key, row in left.items() if key[0] == table}
    monkeypatch.setattr(verifying, "_pages_fault", lambda _: None)
    monkeypatch.setattr(verifying, "_rows_fault", lambda _: None)
    monkeypatch.setattr(verifying, "_drift", lambda reader, _, step: drift(reader, mine, step))
    if table != "journal":
        entries = list(verifying._entries(store.read))
        monkeypatch.setattr(verifying, "_entries", lambda _: entries)
        monkeypatch.setattr(verifying, "first_break", lambda _: None)
        monkeypatch.setattr(verifying, "left_by", lambda _: left)
    return lambda: drift(store.read, mine, verifying._untold) is not None or verify(store).fault is not None


def guards_of(store: Store, table: str) -> list[Any]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    return connection_of(store).execute(query, (table,)).fetchall()


def test_every_table_holds_something(kept: Store) -> None:
    counts = {table: kept.read.rows(f'SELECT COUNT(*) AS n FROM "{table}"')[0]["n"] for table in TABLES}
    assert {table for table, rows in counts.items() if not rows} <= EMPTY, "give it something in tests/stores/fill.py"


@pytest.mark.parametrize("table", TABLES)
def test_no_change_of_a_table_is_called_sound(kept: Store, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if table in EMPTY:
        pytest.skip("it is filled by stores of before 0011 alone")
    is_found = quickly(monkeypatch, kept, table)
    assert not is_found()
    guards = guards_of(kept, table)
    missed = []
    for name, change in changes(kept, table):
        with past_the_program(kept, table) as connection:
            try:
                connection.execute(*change)
            except sqlite3.IntegrityError:
                continue  # the database itself keeps two rows from being alike
            put_guards_back(connection, guards)
            if not is_found():
                missed.append(name)
    assert [name for name in missed if not (table in forged.UNFOUND and name.startswith("taken out"))] == []


def test_what_is_said_not_to_be_found_is_not_found_by_the_chain_alone(kept: Store) -> None:
    assert set(forged.UNFOUND) == {"journal", "viewing"}


def changes(store: Store, table: str) -> Iterator[tuple[str, tuple[str, Values]]]:
    """Every column changed, a row put in, the first and the last row taken out; each as a statement."""
    known = METADATA.tables[table]
    keys = [column.name for column in known.primary_key]
    rows = [_values(row) for row in store.read.rows(f'SELECT * FROM "{table}" ORDER BY {", ".join(keys)}')]
    this = " AND ".join(f'"{key}" = :k{place}' for place, key in enumerate(keys))

    def which(row: Values) -> Values:
        return {f"k{place}": row[key] for place, key in enumerate(keys)}

    middle = rows[len(rows) // 2]
    for column, value in middle.items():
        new = other(value, 99 if column in keys else 1)
        yield column, (f'UPDATE "{table}" SET "{column}" = :new WHERE {this}', {"new": new, **which(middle)})
    single = {column.name for column in known.columns if column.unique or column.primary_key}
    several = {c.name for one in known.constraints if isinstance(one, UniqueConstraint) for c in one.columns}
    indexed = {c.name for one in known.indexes if one.unique for c in one.columns}
    for one in _rows_put_in(rows, {*single, *several, *indexed}):
        names = ", ".join(f'"{column}"' for column in one)
        values = {f"v{place}": value for place, value in enumerate(one.values())}
        yield "put in", (f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(f":{name}" for name in values)})', values)
    for row in rows[:1] + rows[-1:]:
        yield f"taken out {which(row)}", (f'DELETE FROM "{table}" WHERE {this}', which(row))


def _rows_put_in(rows: list[Values], unique: set[str]) -> Iterator[Values]:
    """The last row again, under values of its own where it must have them."""
    yield {column: other(value, 99) if column in unique else value for column, value in rows[-1].items()}


def _values(row: Any) -> Values:
    return dict(zip(row.keys(), row, strict=True))
