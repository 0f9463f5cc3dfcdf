"""The one module that sets up SQLite, the database behind the store: pragmas, triggers, many rows at once.

Everything else in ``db`` writes SQL with ``:name`` parameters. What is read comes through a light connection without
the object mapper, its rows by the names of their columns.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from core.errors import Conflict, Damaged, NotFound, Problem
from core.roles import Rights
from db.store import driver
from db.store.damage import damaged, is_malformed, is_no_database
from db.store.driver import connect
from db.store.driver import place_of as place_of
from db.store.lens import statements
from db.store.refusals import NO_ROOM, other_key, refusal, why_read_only
from db.store.waiting import Waiting

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection, Engine

Row: TypeAlias = "sqlite3.Row"
"""One row as the driver gives it: values by the names of the columns, a short one also unpacked in their order."""

NO_STORE = "Not a store"
"""The title of what is said of a file that is another program's, or no database at all."""
_PRAGMAS: tuple[str, ...] = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-16384",
)
_BREAKS_OFF = 0.01
"""How often a query that holds up the closing of a store is broken off, in seconds."""
_READER_PRAGMAS = ("PRAGMA busy_timeout=5000", "PRAGMA query_only=ON", "PRAGMA mmap_size=0")
"""The file is not mapped: every thread that reads would map it anew, and the room would be as large as its store."""
_PART = 1000
"""Rows that are given at a time."""
_FEW_PAGES = "PRAGMA cache_size=-256"
"""Every thread that reads a file in the clear keeps a quarter of a MiB of it: the system keeps the whole. Pages of an
encrypted one are dear to read again."""


class Reader(Protocol):
    """Reads rows from the store; parameters are written ``:name``.

    ``only_read``: why nothing may be written to the store while this reads it, in a few words; empty where it may.
    """

    only_read: str

    def rows(self, sql: str, **values: object) -> list[Row]:
        """Every row of a query."""

    def picked(self, names: Sequence[str], sql: str, **values: object) -> list[tuple[Any, ...]]:
        """The columns of these names, in this order, of every row: for many rows, where a Row each takes far longer."""

    def parts(self, names: Sequence[str], sql: str, **values: object) -> Generator[list[tuple[Any, ...]], None, None]:
        """The same, some rows at a time: for everyone there is. Nothing else may be asked until the last is given."""

    def snapshot(self) -> AbstractContextManager[Reader]:
        """Read several times from the store as it was at the first of them, whoever writes meanwhile.

        Inside another snapshot it is the same one.
        """

    def close(self) -> None:
        """Let go of the store; a query that another thread still waits for is broken off there with a Conflict."""


class _LightReader:
    """Reads SQLite without importing the object mapper: the first paint cannot wait for it."""

    def __init__(self, path: Path, rights: Rights | None) -> None:
        self._path = path
        self._connection, self.only_read = readable(path)
        if rights is not None:
            self._lay(rights)
        self._connection.row_factory = driver.row_of(self._connection)
        self._asking = threading.Lock()
        self._closed = False

    def _lay(self, rights: Rights) -> None:
        """Lay what whoever reads may not see over the tables, before anything is read."""
        self._connection.execute("PRAGMA query_only=OFF")
        for statement in list(statements(self._connection, rights)):
            self._connection.execute(statement)
        self._connection.execute("PRAGMA query_only=ON")

    def rows(self, sql: str, **values: object) -> list[Row]:
        with self._open():
            return self._connection.execute(sql, values).fetchall()

    def picked(self, names: Sequence[str], sql: str, **values: object) -> list[tuple[Any, ...]]:
        with self._open(), closing(self._connection.cursor()) as cursor:
            cursor.row_factory = None
            rows: list[tuple[Any, ...]] = cursor.execute(sql, values).fetchall()
            return _in_order(names, cursor, rows)

    def parts(self, names: Sequence[str], sql: str, **values: object) -> Generator[list[tuple[Any, ...]], None, None]:
        with self._open(), closing(self._connection.cursor()) as cursor:
            cursor.row_factory = None
            cursor.execute(sql, values)
            while rows := cursor.fetchmany(_PART):
                yield _in_order(names, cursor, rows)

    @contextmanager
    def snapshot(self) -> Iterator[Reader]:
        if self._connection.in_transaction:
            yield self
            return
        self.rows("BEGIN")
        try:
            yield self
        finally:
            if not self._closed and self._connection.in_transaction:
                self.rows("COMMIT")

    def close(self) -> None:
        self._closed = True
        while not self._asking.acquire(timeout=_BREAKS_OFF):
            self._connection.interrupt()
        self._connection.close()
        self._asking.release()

    @contextmanager
    def _open(self) -> Iterator[None]:
        """While it lasts the connection is not closed: SQLite crashes where it is closed under a query."""
        with self._asking:
            if self._closed:
                raise _closed()
            try:
                yield
            except driver.errors("ProgrammingError"):
                raise
            except driver.errors("DatabaseError", UnicodeDecodeError) as error:
                raise (_closed() if self._closed else _told(error, self._path)) from error


def _in_order(names: Sequence[str], cursor: sqlite3.Cursor, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The columns of some names out of rows that a cursor has given."""
    columns = [column for column, *_ in cursor.description]
    if columns == list(names):
        return rows
    places = [columns.index(name) for name in names]
    if len(places) == 1:
        return [(row[places[0]],) for row in rows]
    return list(map(itemgetter(*places), rows))


def _closed() -> Conflict:
    return Conflict("The store is closed: nothing more is read from it.")


def readable(path: Path, how: str = "", timeout: float = 5.0) -> tuple[sqlite3.Connection, str]:
    """A connection that reads, and why nothing may be written beside it; empty where that is not so.

    Beside a store that can only be read, or whose disk is full, SQLite may not make its log, so it is told so. Whoever
    reads like this never sees what is written later. how: what a URI says of it, as ``mode=ro``. timeout: seconds to
    wait for a lock.
    """
    try:
        return _connected(path, how, timeout), ""
    except driver.errors("OperationalError") as error:
        why = NO_ROOM if driver.has_no_room(error) else why_read_only(path)
        if not _log_missing(error) or not why:
            raise
    with suppress(*driver.errors("OperationalError")):
        return _connected(path, "mode=ro", timeout), ""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:  # it may hold what was committed last: without it an older state is read
        copy = "Copy both files to a folder of your own and open the copy with --store."
        raise Damaged(
            f"The store at {path} can only be read: {why}, and the log beside it, {log.name}, may hold its latest "
            f"changes. {'Make room on it and open it again.' if why == NO_ROOM else copy}",
            "Store not readable",
        )
    return _connected(path, "immutable=1", timeout), why


def _log_missing(error: BaseException) -> bool:
    """Whether SQLite reads nothing because it could not make its log or the index of it."""
    return driver.code_of(error) in (driver.CANTOPEN, driver.READONLY) or driver.has_no_room(error)


def _connected(path: Path, how: str = "", timeout: float = 5.0) -> sqlite3.Connection:
    """A connection that reads, tried once. Raises what SQLite raises where it cannot be."""
    connection = connect(path, how, timeout)
    with ExitStack() as unless_readable:
        unless_readable.callback(connection.close)
        _set_up(connection, _READER_PRAGMAS)
        try:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
            if driver.salt_of(path) is None:
                connection.execute(_FEW_PAGES)
        except UnicodeDecodeError:  # SQLite names what is malformed, and the name is malformed: said by who reads
            pass
        except driver.errors("DatabaseError") as error:  # anything else is said by who reads, too
            if _log_missing(error):
                raise
        unless_readable.pop_all()
    return connection


def _told(error: Exception, path: Path) -> Problem:
    """What went wrong while something was read, in words."""
    if isinstance(error, UnicodeDecodeError) or is_malformed(error):  # SQLite names what is malformed as it stands
        return damaged()
    if is_no_database(error):
        if driver.salt_of(path) is not None:
            return other_key(path)
        return Damaged("The file is no database.", NO_STORE)
    return Damaged(f"The store could not be read: {error}. Try again.", "Store not readable")


_FIRST_PAGE = 4096
"""What SQLite writes of a database before its first table, in bytes."""


def is_blank(path: Path) -> bool:
    """Whether a file is a store that was begun and not made: empty, or a database without a single table."""
    if not path.is_file() or path.stat().st_size > _FIRST_PAGE:
        return False
    if path.stat().st_size == 0:
        return True
    try:
        with closing(connect(path)) as connection:
            return not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
    except driver.errors("Error", UnicodeDecodeError):
        return False


def refuse_folder(path: Path) -> None:
    """Raise NotFound where a folder is named for a store."""
    if path.is_dir():
        raise NotFound(f"{path} is a folder. Name the file of the store with --store.", "No store")


def reader(path: Path, rights: Rights | None = None) -> Reader:
    """Open an existing store for reading, as someone may. Raises NotFound where there is none, Damaged for no store."""
    refuse_folder(path)
    if not path.is_file() or is_blank(path):
        empty = " The file there is empty." if path.is_file() else ""
        do = "Run 'tasking demo' or 'tasking import FILE' first"
        back = f"{do}, or put a copy there: tasking restore FILE." if empty else f"{do}."
        raise NotFound(f"There is no store at {path}.{empty} {back}", "No store")
    with ExitStack() as unless_sound:
        found = _LightReader(path, rights)
        unless_sound.callback(found.close)
        try:
            ours = found.rows("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        except Damaged as error:
            if error.title != NO_STORE:
                raise
            if driver.was_ours(path):
                raise damaged(f"the first page of {path} is not what a store begins with") from error
            raise no_store(path, "no SQLite file at all") from error
        if not ours:
            raise no_store(path)
        unless_sound.pop_all()
    return found


def no_store(path: Path, kind: str = "a SQLite file of another program") -> Damaged:
    """The problem that a file is which no store ever was; *kind*: what it is in place of one."""
    return Damaged(f"{path} is not a tasking store: it is {kind}. Name another.", NO_STORE)


def engine(path: Path, *, synced: bool = True, waiting: Waiting | None = None) -> Engine:
    """Give the engine that writes to the store at *path*, every connection set up for safety.

    synced: whether a change waits until the disk has it, so that a power cut loses nothing. waiting: how long a change
    waits for who is writing, a command's patience if None.
    """
    from sqlalchemy import URL, create_engine, event

    patience = waiting or Waiting()

    made = create_engine(
        URL.create("sqlite", database=place_of(path)),
        hide_parameters=True,
        module=driver.library_of(path),
        creator=lambda: connect(path),
    )

    @event.listens_for(made, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        _set_up(connection, _PRAGMAS if synced else (*_PRAGMAS, "PRAGMA synchronous=OFF"))

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        if (held := connection.connection.driver_connection) is not None:
            patience.begin(held)

    return made


def whole_in_its_file(writer: Engine) -> bool:
    """Move what was committed from the log into the store's own file, so that a copy of that file alone has it.

    Nobody is waited for: what a reader still needs as it was stays in the log. What is committed is on the disk
    already, so that a failure here loses nothing and is none of the command's. Gives whether all of it was moved.
    """
    with suppress(*driver.errors()), closing(writer.raw_connection()) as connection:
        busy, in_log, moved = connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return not busy and in_log == moved
    return False


def _set_up(connection: sqlite3.Connection, pragmas: Sequence[str]) -> None:
    """Set a new connection up; one that will not be is closed, as nobody has it yet who could."""
    with ExitStack() as unless_set_up:
        unless_set_up.callback(connection.close)
        for pragma in pragmas:
            connection.execute(pragma)
        unless_set_up.pop_all()


def insert_many(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert many rows at the speed of the driver. *table* and *columns* are names from the code, never data."""
    batch = rows if isinstance(rows, list) else list(rows)
    if not batch:
        return
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "  # noqa: S608
    values = f"({', '.join(['?'] * len(columns))})"
    cursor = connection.connection.cursor()
    at_once = _MOST_VALUES // len(columns)
    several = statement + ", ".join([values] * at_once)
    whole = len(batch) - len(batch) % at_once
    for start in range(0, whole, at_once):
        cursor.execute(several, list(chain.from_iterable(batch[start : start + at_once])))
    cursor.executemany(statement + values, batch[whole:])


_MOST_VALUES = 999
"""What every SQLite takes in one statement (SQLITE_MAX_VARIABLE_NUMBER was 999 before version 3.32).

Many rows at once go in a third faster than one by one.
"""


APPEND_ONLY = ("journal", "addendum", "kept_closed", "viewing")
"""Tables whose rows the database itself refuses to change or delete."""


def append_only(connection: Connection, table: str) -> None:
    """Make the database itself refuse to change or delete a row of *table*."""
    for verb in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what a broken, locked or full disk raises into a sentence for the person at the keyboard."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except driver.errors("Error", DBAPIError) as error:
        raise refusal(getattr(error, "orig", None) or error, path) from error
