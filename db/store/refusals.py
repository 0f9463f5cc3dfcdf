"""Why a store cannot be written, as a sentence: what, where, and what to do next."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from core.errors import Conflict, Damaged, Problem
from db.store import driver
from db.store.damage import damaged, is_malformed
from db.store.waiting import busy

READ_ONLY = "Store is read only"
GONE = "Store is gone"
OTHER_KEY = "Key changed"
FULL = "Disk full"
NO_ROOM = "its disk is full"
"""Why a store can only be read while there is no room for the index of its log."""


def refusal(error: BaseException, path: Path) -> Problem:
    """What an error of SQLite, or of what works with it, means for a change of the store at *path*."""
    if is_malformed(error):
        return damaged()
    primary = driver.code_of(error)
    if primary in (driver.BUSY, driver.LOCKED):
        return busy()
    if getattr(error, "sqlite_errorcode", None) == driver.READONLY_DBMOVED:
        return gone(path, "moved or deleted")
    if primary == driver.READONLY:
        return read_only(path, "it, or its folder, cannot be written")
    if primary == driver.NOTADB and driver.salt_of(path) is not None:
        return other_key(path)
    if primary == driver.FULL:
        return _full(path)
    if primary == driver.IOERR:
        return _not_written(str(error), path)
    return Damaged(f"The store at {path} could not be used: {error}. Nothing was changed.", "Store not usable")


def not_kept(error: OSError, path: Path) -> Problem:
    """What it means that something could not be kept beside the store at *path* on its way into it."""
    return _full(path) if error.errno == errno.ENOSPC else _not_written(error.strerror or str(error), path)


def _full(path: Path) -> Damaged:
    return Damaged(f"The disk of {path.name} is full. Nothing was changed. Make room on it, then do it again.", FULL)


def _not_written(why: str, path: Path) -> Damaged:
    return Damaged(
        f"The disk of {path.name} did not take it ({why}): it may be full or gone. Nothing was changed. "
        "Make room on it, then do it again.",
        "Not written",
    )


def read_only(path: Path, why: str) -> Problem:
    """What is said where a store can only be read; *why* in a few words."""
    if why == NO_ROOM:
        return _full(path)
    return Conflict(
        f"The store at {path} can only be read: {why}. Nothing was changed. To write, copy it to a folder of your own "
        "or ask for the right to write there.",
        READ_ONLY,
    )


def why_read_only(path: Path) -> str:
    """Why a store can only be read, in a few words; empty where it can be written. Its folder takes the log beside."""
    if not os.access(path, os.W_OK):
        return "its file cannot be written"
    return "" if os.access(path.parent, os.W_OK) else "its folder cannot be written"


def other_key(path: Path) -> Conflict:
    """What is said where an encrypted store is no longer opened by the key that it was opened with."""
    return Conflict(
        f"The store {path.name} can no longer be read: its passphrase was changed while it was open, or the file is "
        "damaged. Nothing was changed. Note down what is on the screen, leave, and open it again with the new one.",
        OTHER_KEY,
    )


def gone(path: Path, what: str) -> Conflict:
    """What is said where the file that was opened is no longer at its place; *what* happened to it."""
    return Conflict(
        f"The store {path.name} was {what} while it was open. Nothing is written any more. "
        "Note down what is on the screen, leave, put the file back and open it again.",
        GONE,
    )
