"""The file that a store was opened on, and whether it still is what this program and others wrote to it by SQLite.

A file that was deleted, moved, or replaced by another of its name is another file to the operating system. One that was
written over in its place, as ``cp`` does, is the same: SQLite does not notice, goes by what it remembers of the pages
that were there, and mixes both. So whenever the file was changed by anyone else, a connection that remembers nothing
looks for the last entry of the journal that is known here: entries are only ever added.
"""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from core.errors import Problem
from db.store import driver
from db.store.damage import damaged, is_malformed
from db.store.engine import Reader
from db.store.refusals import gone

_LAST = "SELECT id, hash FROM main.journal ORDER BY id DESC LIMIT 1"
_NOT_NOW = (
    driver.BUSY, driver.LOCKED, driver.IOERR, driver.FULL, driver.CANTOPEN, driver.READONLY,
)  # fmt: skip
"""Errors of SQLite that say nothing of what is in a file."""
_HASH = "SELECT hash FROM journal WHERE id = ?"


class _There(NamedTuple):
    """What tells a file from another of its name, and one that was written to from what it was."""

    device: int
    inode: int
    changed_ns: int
    size: int

    def is_same_file(self, other: _There) -> bool:
        """Whether it is the same file, whatever was written to it."""
        return self[:2] == other[:2]


class HeldFile:
    """One file while a store is open on it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._there = _there(path)
        self._entry: tuple[int, str] | None = None

    def begun(self, reader: Reader) -> None:
        """Note the last entry of the journal as a reader of it finds it, where none is known yet."""
        if self._entry is None:
            with suppress(Problem):  # what cannot be read is said by who reads
                self._entry = next(((row["id"], row["hash"]) for row in reader.rows(_LAST)), None)

    def wrote(self, entry: tuple[int, str]) -> None:
        """Note what this program has just written: the number of its journal entry, and its hash."""
        self._entry, self._there = entry, _there(self._path) or self._there

    def refuse_gone(self) -> None:
        """Raise Conflict where it is no longer the file that was opened: what is written there would be lost.

        Raises Damaged where it was written over and cannot be read.
        """
        before, there = self._there, _there(self._path)
        if before is None or there == before:
            return
        if there is None:
            raise gone(self._path, "moved or deleted")
        if not there.is_same_file(before) or not self._has_entry():
            raise gone(self._path, "replaced by another file")
        self._there = there

    def _has_entry(self) -> bool:
        """Whether the journal in the file has the last entry that is known. True where that cannot be asked now."""
        if self._entry is None:
            return True
        number, hashed = self._entry
        try:
            with closing(driver.connect(self._path)) as fresh:
                return bool(fresh.execute(_HASH, (number,)).fetchone() == (hashed,))
        except driver.errors() as error:
            if is_malformed(error):
                raise damaged() from error
            return driver.code_of(error) in _NOT_NOW


def _there(path: Path) -> _There | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _There(found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)
