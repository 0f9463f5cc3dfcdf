"""Encrypting a store, and giving an encrypted one another passphrase: the whole of it written anew under another key.

The new file is made beside the store, checked, put on the disk and only then given the store's name in one step, so
that a program that is killed leaves either the store as it was or the new one, whole.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import Conflict
from db.store import beside, driver, heads
from db.store.backup import alone, to_disk, unnamed, written
from db.store.damage import damaged
from db.store.keys import KEYS, Key, derived, fresh

if TYPE_CHECKING:
    from sqlite3 import Connection

_BLOCK = 1 << 20
_UNTIL_NAMED = ("PRAGMA fresh.journal_mode=OFF", "PRAGMA fresh.synchronous=OFF")
"""How the new file is written. It is nothing until it has the store's name, and is put on the disk before: to wait for
the disk after every table, and to be able to take a table back, would be for nobody."""


@dataclass(frozen=True)
class Encrypted:
    """A store under its new key: how many journal entries it has, and which copies beside it are still in the clear."""

    entries: int
    in_the_clear: Sequence[Path]


def begin(path: Path, passphrase: str) -> None:
    """Let a store that is to be made at *path* be an encrypted one."""
    driver.bind(path, KEYS.hold(fresh(passphrase)).salt)


def prepare(path: Path) -> None:
    """Open a plain store by SQLCipher alone, from the first look at it on, as it is to be encrypted.

    Raises Conflict where it is encrypted already, Refused where SQLCipher is not installed.
    """
    driver.cipher_library()
    if driver.salt_of(path) is not None:
        raise Conflict(
            f"{path} is encrypted already. 'tasking rekey' gives it another passphrase.", "Encrypted already"
        )
    if path.is_file() and path.stat().st_size:
        driver.bind(path, None)


def refuse_plain(path: Path) -> None:
    """Raise Conflict where a store is not encrypted, so that it has no passphrase to change."""
    if path.is_file() and driver.salt_of(path) is None:
        raise Conflict(
            f"{path} is not encrypted, so that it has no passphrase. 'tasking encrypt' encrypts it.", "Not encrypted"
        )


def rewrite(store: Path, passphrase: str) -> Encrypted:
    """Write a store anew under the key of a passphrase, in its place.

    Raises Conflict where someone works with it or the passphrase is the one in force, Damaged where it is not whole,
    Problem where the disk does not take it.
    """
    salt = driver.salt_of(store)
    if salt is not None and derived(passphrase, salt) == KEYS.held(salt):
        raise Conflict(f"That is the passphrase of {store} already. Nothing was changed: give another one.", "The same")
    key = fresh(passphrase)
    part = store.with_name(f"{store.name}.part")
    was_plain = salt is None
    with written(store), unnamed(part):
        kept = beside.kept_of(store)
        with alone(store) as held:
            counted = _counts(held)
            _exported(held, part, key)
            _checked(part, key, counted, store.name)
            _signed(part, None if salt is None else KEYS.held(salt), key)
            to_disk(part)
            old = _held(store) if was_plain else None
            part.replace(store)
            to_disk(store.parent)
        driver.forget(store)
        if old is not None:
            _blotted_out(old)
        for path, content in kept.items():
            with suppress(OSError):
                beside.write(path, content, store)
    return Encrypted(counted.get("journal", 0), _plain_copies(store))


def _checked(part: Path, key: Key, counted: dict[str, int], name: str) -> None:
    """Open the new file by its key, and find that it holds what the store holds. Raises Damaged where it does not."""
    driver.bind(part, KEYS.hold(key).salt)
    with closing(driver.connect(part, "mode=rw")) as copy:
        [(found,)] = copy.execute("PRAGMA integrity_check(1)").fetchall()
        if found != "ok" or _counts(copy) != counted:
            raise damaged(f"what was written of {name} is not what it holds")


def _signed(part: Path, before: Key | None, after: Key) -> None:
    """Sign the heads of the chains anew. Raises Damaged where one was not what the key before had signed."""
    with closing(driver.connect(part, "mode=rw")) as copy:
        copy.execute("BEGIN")
        if not heads.rekeyed(copy, before, after):
            raise damaged("a chain of the store is not the one that was signed: 'tasking verify' names it")
        copy.execute("COMMIT")


def _counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    query = 'SELECT COUNT(*) FROM "{}"'
    return {table: int(connection.execute(query.format(table.replace('"', '""'))).fetchone()[0]) for table in tables}


def _exported(held: Connection, part: Path, key: Key) -> None:
    """Write everything of a store into a new file, encrypted."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    held.execute("COMMIT")  # the lock stays, as it is asked for until the connection is closed
    held.execute("ATTACH DATABASE ? AS fresh KEY ?", (str(part), key.literal))
    for statement in _UNTIL_NAMED:
        held.execute(statement).fetchall()
    held.execute("SELECT sqlcipher_export('fresh')").fetchall()
    held.execute("DETACH DATABASE fresh")


def _held(store: Path) -> int | None:
    """A way to the file of a plain store once its name is another's; Windows would not let go of the name then."""
    return None if sys.platform == "win32" else os.open(store, os.O_RDWR)


def _blotted_out(number: int) -> None:
    """Write over what a file held, as far as a program can: a disk may have put the old blocks elsewhere."""
    with suppress(OSError), os.fdopen(number, "r+b") as file:
        size = os.fstat(file.fileno()).st_size
        for start in range(0, size, _BLOCK):
            file.write(bytes(min(_BLOCK, size - start)))
        file.flush()
        os.fsync(file.fileno())


def _plain_copies(store: Path) -> list[Path]:
    """The stores beside this one that are not encrypted, whatever they are called: a copy has the name it was given."""
    found = []
    for path in sorted(store.parent.iterdir()):
        with suppress(OSError):
            if path.is_file() and driver.in_the_clear(path):
                found.append(path)
    return found


def refuse_unencrypted_copy(file: Path, store: Path) -> None:
    """Raise Conflict where a copy in the clear would take the place of an encrypted store."""
    if store.is_file() and driver.salt_of(store) is not None and driver.salt_of(file) is None:
        raise Conflict(
            f"{store} is encrypted and {file} is not: put back, it would lie there in the clear. Nothing was changed. "
            f"Encrypt the copy first: tasking encrypt --store {file}.",
            "Not encrypted",
        )
