"""The record of what was shown: one entry a list, page, paper or file, appended by a connection of its own.

A command writes its entry before it prints; where that fails nothing is shown. The room writes from a thread, so that
no key waits for the disk. A store without users has no such record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from core.days import stamp
from core.errors import Refused
from core.journal import START
from core.roles import May
from core.viewings import Viewing, chained
from db.store import driver, heads
from db.store.engine import Reader
from db.store.owned import OnRecord
from db.store.refusals import refusal, why_read_only
from db.store.store import Store

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_COLUMNS = Viewing._fields
_INSERT = f"INSERT INTO viewing ({', '.join(_COLUMNS)}, hash) VALUES ({', '.join('?' * (len(_COLUMNS) + 1))})"  # noqa: S608
NOT_RECORDED = "Not recorded"


class Shown(NamedTuple):
    """What is shown, before it is on the record. As in :class:`core.viewings.Viewing`."""

    sort: str
    what: str
    ref: str = ""
    how: str = ""
    recipient: str = ""
    rows: int = -1


def refuse_unrecorded(store: Store) -> None:
    """Raise Refused where a store has users and views of it cannot be recorded, as its file cannot be written."""
    if store.rights is not None and (why := why_read_only(store.path)):
        raise Refused(
            f"The store at {store.path} has users, and what they are shown is on the record; it can only be read "
            f"({why}), so that nothing can be recorded, and no list of people is shown. 'tasking verify' works.",
            NOT_RECORDED,
        )


def record(store: Store, shown: Shown) -> None:
    """Put what is shown on the record of a store with users; of one without, nothing.

    Raises Refused or what a refused write raises: then it is not to be shown.
    """
    record_all(store, [(stamp(store.now()), shown)])


def record_all(store: Store, shown: Sequence[tuple[str, Shown]]) -> None:
    """Put several on the record in one change, each with the moment when it was shown. Raises as :func:`record`."""
    with closing(Recorder(store)) as recorder:
        recorder.record_all(shown)


class Recorder:
    """Puts what is shown on the record of a store, by a connection that it keeps until it is closed.

    A new connection reads the schema of the store first, which takes four times as long as an entry.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._connection: sqlite3.Connection | None = None

    def record_all(self, shown: Sequence[tuple[str, Shown]]) -> None:
        """Put several on the record in one change, each with the moment when it was shown. Raises as :func:`record`."""
        store = self._store
        if store.rights is None or not shown:
            return
        refuse_unrecorded(store)
        store.refuse_gone()
        try:
            if self._connection is None:
                self._connection = driver.connect(store.path, timeout=_PATIENCE)
            _write(self._connection, store.path, store.rights.login, shown)
        except driver.errors() as error:
            self.close()
            raise refusal(error, store.path) from error

    def close(self) -> None:
        """Let go of the store. What is recorded later opens it anew."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _write(connection: sqlite3.Connection, path: Path, login: str, shown: Sequence[tuple[str, Shown]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for at, one in shown:
        _append(connection, at, login, one)
    heads.sign_end(connection, path, "viewing")
    connection.execute("COMMIT")


def export(store: Store, what: str, ref: str, where: object, recipient: str) -> OnRecord:
    """Put a file that is to be written on the record of a store with users, with whom it goes to (DPA 2018 s62).

    Gives what lets it be written. Raises Refused for a role that may write none, where no recipient is named, and where
    it cannot be recorded.
    """
    if store.rights is None:
        return OnRecord("")
    store.rights.require(May.EXPORT, f"Writing {what} into a file")
    if not recipient.strip():
        raise Refused(
            "What leaves a store with users is on its record with whom it goes to. Say who: --recipient, with your own "
            "name for a file that stays with you. Nothing was written.",
            "No recipient",
        )
    record(store, Shown("export", what, ref, str(where), recipient.strip()))
    return OnRecord(recipient.strip())


_PATIENCE = 5.0


def _append(connection: sqlite3.Connection, at: str, login: str, shown: Shown) -> None:
    last = connection.execute("SELECT id, hash FROM viewing ORDER BY id DESC LIMIT 1").fetchone()
    number, previous = last or (0, START)
    entry = Viewing(
        number + 1, at, login, shown.sort, shown.what, shown.ref, shown.how, shown.recipient, shown.rows, previous
    )
    connection.execute(_INSERT, [*(getattr(entry, column) for column in _COLUMNS), chained(entry)])


def entries(reader: Reader, where: str = "1", **values: object) -> Iterator[tuple[Viewing, str]]:
    """The entries that meet a condition, the earliest first, each with its stored hash."""
    query = f"SELECT {', '.join(_COLUMNS)}, hash FROM viewing WHERE {where} ORDER BY id"  # noqa: S608 - from the code
    for row in reader.rows(query, **values):
        yield Viewing(*(row[column] for column in _COLUMNS)), row["hash"]
