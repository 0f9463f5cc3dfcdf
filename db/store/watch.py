"""Whether anyone else has written to a store: SQLite's data version, and who wrote the entries that are new."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING

from db.store.engine import reader
from db.store.store import Store

if TYPE_CHECKING:
    from typing import Self

_SHOWN_NOWHERE_ELSE = ("clock",)
"""Kinds of entries that change nothing which another window shows: the time that a meeting spent on an item."""


class Watch:
    """Looks at a store through a connection of its own; leaving its ``with`` closes it. For one thread alone."""

    def __init__(self, store: Store) -> None:
        """*store*: what this program writes with, so that its own entries are told from those of others."""
        self._store = store
        self._reader = reader(store.path)
        self._version = self._data_version()
        self._entry = self._last_entry()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def changed_by_another(self) -> bool:
        """Whether another program has changed records since the last look. Raises Damaged where it cannot be read.

        The data version says cheaply that someone has written; the new entries of the journal say who. The very first
        command of this program may pass for another's: its sitting is numbered as it is written.
        """
        version = self._data_version()
        if version == self._version:
            return False
        rows = self._reader.rows("SELECT id, sitting, kind FROM journal WHERE id > :last ORDER BY id", last=self._entry)
        self._version, self._entry = version, rows[-1]["id"] if rows else self._entry
        mine = self._store.sitting
        return any(row["sitting"] != mine and row["kind"] not in _SHOWN_NOWHERE_ELSE for row in rows)

    def _data_version(self) -> int:
        """A number that changes with every commit of any other connection, in this program or another."""
        return int(self._reader.rows("PRAGMA data_version")[0][0])

    def _last_entry(self) -> int:
        return int(self._reader.rows("SELECT COALESCE(MAX(id), 0) FROM journal")[0][0])
