"""Copies of a store by SQLite's online backup: whole, and as of one moment, whoever writes meanwhile.

A copy is made beside its place, checked, put on the disk and only then given its name, so that a program that is killed
leaves either all of it or none. A file that is there is never written over.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from core.days import LONDON
from core.errors import Conflict, Damaged, NotFound, Problem
from db.store import driver
from db.store.damage import damaged, is_malformed, is_no_database
from db.store.engine import readable, refuse_folder
from db.store.open_sittings import others
from db.store.owned import make_folder

if TYPE_CHECKING:
    from sqlite3 import Connection

_OURS_ALONE = 0o600
_WAIT = 1.0
"""Seconds to wait for who is writing."""


@dataclass(frozen=True)
class Copied:
    """A copy of a store: where it is, how many journal entries it has, and the hash of the last (empty for none)."""

    path: Path
    entries: int
    last_hash: str


@dataclass(frozen=True)
class Restored:
    """A store that was put back: how many journal entries it has, and what the store before it is kept as."""

    entries: int
    kept: Path | None


def back_up(store: Path, target: Path) -> Copied:
    """Copy a store to a new file. Raises Problem where that is there or cannot be written, Damaged for a bad store."""
    if target.exists():
        raise _is_there(target)
    part = target.with_name(f"{target.name}.part")
    with written(target), unnamed(part):
        found = _copied(store, part)
        _named(part, target)
    return Copied(target, *found)


def restore(file: Path, store: Path, now: datetime) -> Restored:
    """Put a copy in the place of a store; the store that is there is kept beside it under another name.

    Raises NotFound where there is no such file or a folder is named for the store, Conflict where the store is in use,
    Damaged where the copy is.
    """
    refuse_folder(store)
    if not file.is_file():
        raise NotFound(f"There is no file {file}. Name a copy that 'tasking backup' made.")
    if store.exists() and file.samefile(store):
        raise Conflict(f"{file} is the store itself. Name a copy of it.")
    part = store.with_name(f"{store.name}.part")
    with written(store), unnamed(part):
        make_folder(store.parent)
        entries, _ = _copied(file, part)
        if not store.exists():
            _named(part, store)
            return Restored(entries, None)
        with alone(store):
            kept = _set_aside(store, now)
            part.replace(store)
            to_disk(store.parent)
    return Restored(entries, kept)


def free_name(store: Path, what: str, now: datetime) -> Path:
    """A name beside a store that no file has: its own with what the file is and when it was made, in London."""
    stem = f"{store.stem}-{what}-{now.astimezone(LONDON):%Y-%m-%d-%H%M%S}"
    names = (store.with_name(f"{stem}{f'-{number}' if number else ''}{store.suffix}") for number in count())
    return next(name for name in names if not name.exists())


def _is_there(target: Path) -> Problem:
    return Problem(f"{target} is there already. Name another file.")


@contextmanager
def written(target: Path) -> Iterator[None]:
    """Turn what a disk or SQLite raises into a sentence."""
    try:
        yield
    except OSError as error:
        raise Problem(f"{target} cannot be written: {error.strerror}. Name another place.") from error
    except driver.errors() as error:
        if is_malformed(error):
            raise damaged() from error
        raise Damaged(f"{target} could not be made: {error}. Nothing was changed.", "No copy made") from error


@contextmanager
def unnamed(part: Path) -> Iterator[None]:
    """Leave no half-made copy behind, nor one that a program left which was killed.

    A journal or log of such a copy goes first: SQLite would take it for that of the copy which is made now.
    """
    _unlink(part)
    try:
        yield
    finally:
        with suppress(OSError):
            _unlink(part)


def _unlink(part: Path) -> None:
    for end in ("-journal", "-wal", "-shm", ""):
        part.with_name(f"{part.name}{end}").unlink(missing_ok=True)


def _copied(source: Path, part: Path) -> tuple[int, str]:
    """Copy a store into a new file, one alone; gives its number of entries and the last hash."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OURS_ALONE))
    driver.bind_like(part, source)
    held, _ = readable(source, "mode=ro", _WAIT)
    with closing(held), closing(_writable(part)) as copy:
        held.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        [(found,)] = copy.execute("PRAGMA integrity_check(1)").fetchall()
        if found != "ok":
            raise damaged(f"SQLite's own check finds {source.name} malformed")
        last = copy.execute("SELECT COUNT(*), COALESCE(MAX(id), 0) FROM journal").fetchone()
        hashes = copy.execute("SELECT hash FROM journal WHERE id = ?", (last[1],)).fetchall()
    to_disk(part)
    return int(last[0]), str(hashes[0][0]) if hashes else ""


def _writable(path: Path) -> Connection:
    return driver.connect(path, "mode=rw", _WAIT)


def _named(part: Path, target: Path) -> None:
    """Give a finished copy its name, unless a file has come to have it meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise _is_there(target) from None
    except OSError:  # a file system without links
        if target.exists():
            raise _is_there(target) from None
        part.rename(target)
    to_disk(target.parent)


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if sys.platform == "win32" and path.is_dir():
        return
    number = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def alone(store: Path) -> Iterator[Connection]:
    """Hold a store so that nobody else works with it, all of it in its one file; one that is damaged as it is.

    Gives the connection that holds it, in a transaction.

    Raises Conflict where someone does.
    """
    if rooms := others(store, None):
        raise _in_use(store, f"{rooms} meeting room{'s are' if rooms > 1 else ' is'} open on it")
    with closing(_writable(store)) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            connection.execute("BEGIN EXCLUSIVE")
        except driver.errors("DatabaseError") as error:
            if not (is_malformed(error) or is_no_database(error)):
                raise _in_use(store, "another program works with it") from error
        yield connection


def _in_use(store: Path, why: str) -> Conflict:
    return Conflict(f"{store} stays as it is: {why}. End that first.")


def _set_aside(store: Path, now: datetime) -> Path:
    """Give a store a second name; what is left of its log goes with it, and does not stay beside the one to come."""
    kept = free_name(store, "before-restore", now)
    os.link(store, kept)
    log = store.with_name(f"{store.name}-wal")
    if log.exists():
        os.link(log, kept.with_name(f"{kept.name}-wal"))
        to_disk(store.parent)
        log.unlink()
    store.with_name(f"{store.name}-shm").unlink(missing_ok=True)
    return kept
