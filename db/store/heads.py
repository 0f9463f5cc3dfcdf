"""The keyed heads of a store's chains: signed with every entry, by each key that is at hand.

A key is derived from the passphrase of an encrypted store, or kept in the keyring of the machine, which knows it by its
name and by the place of the store. A head stands beside the digests of what files bring: a row of its own for each
chain and key, which no entry names.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from core.errors import Conflict, Problem
from core.heads import KEY_BYTES, Head, name_of
from core.journal import START
from core.text import counted
from db.store import driver, keyrings
from db.store.keys import KEYS, Key
from db.store.refusals import refusal

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection

    from db.store.engine import Reader

CHAINS: Mapping[str, str] = {"journal": "the journal", "viewing": "the record of views"}
"""The tables that are chains, with what they are called."""
SORT = "head"
"""What tells a head from a digest of rows."""
PASSPHRASE, KEYRING = "passphrase", "keyring"
_SERVICE = "tasking head"
_USE = "heads of chains"
_NOTED = "SELECT id, generation, of, first, last, rows, digest FROM row_digest WHERE sort = 'head' ORDER BY id"


class Cursor(Protocol):
    """What carries statements out."""

    def execute(self, query: str, values: Sequence[object] = (), /) -> Any:
        """Carry one out."""


class Held(NamedTuple):
    """One head as it is found: of which chain, how many entries it is of, how many came since, whose key signed it.

    key: passphrase or keyring, empty for one that is not at hand, so that the head cannot be checked.
    """

    of: str
    entries: int
    since: int
    key: str


def _of_passphrase(key: Key) -> bytes:
    return key.secret(_USE)


def _mine(path: Path) -> bytes | None:
    """The key that comes of the passphrase; None for a store that is not encrypted."""
    salt = driver.salt_of(path)
    key = None if salt is None else KEYS.held(salt)
    return None if key is None else _of_passphrase(key)


@cache
def _in_keyring(name: str) -> bytes | None:
    """The key of a name that the keyring has. Asked for once: it may take a tenth of a second."""
    return _bytes(keyrings.kept(_SERVICE, name))


def _bytes(words: str) -> bytes | None:
    try:
        return bytes.fromhex(words) or None
    except ValueError:
        return None


def prepare(path: Path) -> None:
    """Ask the keyring for what the heads of a store are signed with, so that no change waits for it.

    What cannot be read is told by whoever reads the store.
    """
    with suppress(Problem, *driver.errors()), closing(driver.connect(path)) as connection:
        for row in connection.execute(_NOTED).fetchall():
            _in_keyring(_named(row[6]))


def _named(signed: str) -> str:
    return signed.partition(":")[0]


def sign(connection: Connection, path: Path) -> None:
    """Sign the end of the journal, as :func:`sign_end` does."""
    with closing(connection.connection.cursor()) as cursor:
        sign_end(cursor, path, "journal")


def sign_end(cursor: Cursor, path: Path, of: str) -> None:
    """Sign the end of a chain that has just grown, in the transaction that it grew in.

    A head that does not hold is left as it is, so that whoever checks finds it: what was made anew before is not to be
    signed for the sake of one entry more.
    """
    noted = cursor.execute("SELECT id, last, digest FROM row_digest WHERE of = ? AND sort = 'head'", (of,)).fetchall()
    mine = _mine(path)
    if not noted and mine is None:
        return
    heads = {_named(signed): (number, last, signed) for number, last, signed in noted}
    now = _head(cursor, of)
    for name in {*heads, *([name_of(mine)] if mine else [])}:
        key = mine if mine is not None and name_of(mine) == name else _in_keyring(name)
        if key is None:
            continue
        if name not in heads:
            _add(cursor, now, key)
            continue
        number, last, signed = heads[name]
        before = _head(cursor, of, last)
        if before is not None and before.holds(key, signed) and now is not None:
            cursor.execute(
                "UPDATE row_digest SET last = ?, rows = ?, digest = ? WHERE id = ?",
                (now.entries, now.entries, now.signed(key), number),
            )


def _head(cursor: Cursor, of: str, entries: int | None = None) -> Head | None:
    """The end of a chain as it is, or as it was after so many entries; None where it has not so many."""
    if entries == 0:
        return Head(of, 0, START)
    which = "ORDER BY id DESC LIMIT 1" if entries is None else "WHERE id = ?"
    query = f"SELECT id, hash FROM {of} {which}"  # noqa: S608 - one of our chains
    row = cursor.execute(query, () if entries is None else (entries,)).fetchone()
    if row is None:
        return Head(of, 0, START) if entries is None else None
    return Head(of, int(row[0]), str(row[1]))


def _add(cursor: Cursor, head: Head | None, key: bytes) -> None:
    if head is not None:
        cursor.execute(
            "INSERT INTO row_digest (generation, of, sort, first, last, rows, digest) VALUES (0, ?, ?, 1, ?, ?, ?)",
            (head.of, SORT, head.entries, head.entries, head.signed(key)),
        )


def begin(path: Path, entries: int, last_hash: str) -> None:
    """Sign the heads of a store with a new key of the keyring, from now on; the journal was checked up to an entry.

    Raises Conflict where the journal is another now, Refused where there is no keyring or it does not take the key.
    """
    key = os.urandom(KEY_BYTES)
    keyrings.keep(_SERVICE, name_of(key), key.hex())
    try:
        with closing(driver.connect(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            checked = _head(connection, "journal", entries)
            if checked is None or checked.hash != last_hash:
                raise Conflict("The journal is not the one that was checked. Nothing was signed: check it again.")
            for of in CHAINS:
                _add(connection, _head(connection, of), key)
            connection.execute("COMMIT")
    except driver.errors() as error:
        raise refusal(error, path) from error
    keyrings.keep(_SERVICE, driver.place_of(path), name_of(key))
    _in_keyring.cache_clear()


def rekeyed(connection: sqlite3.Connection, before: Key | None, after: Key) -> bool:
    """Sign anew what was signed with the key of a passphrase that is no longer; gives whether all of it held."""
    old = None if before is None else _of_passphrase(before)
    for number, _, of, _, last, _, signed in connection.execute(_NOTED).fetchall():
        if old is None or _named(signed) != name_of(old):
            continue
        head = _head(connection, of, last) if of in CHAINS else None
        if head is None or not head.holds(old, signed):
            return False
        connection.execute(
            "UPDATE row_digest SET digest = ? WHERE id = ?", (head.signed(_of_passphrase(after)), number)
        )
    return True


class _Asked:
    """A reader as a cursor."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._rows: list[Any] = []

    def execute(self, query: str, values: Sequence[object] = (), /) -> _Asked:
        named = {f"v{place}": value for place, value in enumerate(values)}
        self._rows = list(self._reader.rows(query.replace("?", ":v0"), **named))
        return self

    def fetchone(self) -> Any:
        return self._rows[0] if self._rows else None


def there(reader: Reader) -> int:
    """How many heads there are."""
    return len(reader.rows(_NOTED))


def check(reader: Reader, path: Path) -> tuple[str | None, list[Held]]:
    """The first head that is not what its key signed, in words; and the heads that there are."""
    found: list[Held] = []
    for one in _found(reader, path):
        if isinstance(one, str):
            return one, found
        found.append(one)
    return None, found


def _found(reader: Reader, path: Path) -> Iterator[Held | str]:
    mine = _mine(path)
    asked = _Asked(reader)
    for row in reader.rows(_NOTED):
        of, last, signed = row["of"], row["last"], str(row["digest"])
        if of not in CHAINS or (row["generation"], row["first"], row["rows"]) != (0, 1, last):
            yield f"row_digest {row['id']} is no head that was signed."
            return
        name, now = _named(signed), _head(asked, of)
        key = mine if mine is not None and name_of(mine) == name else _in_keyring(name)
        head = _head(asked, of, last)
        if now is None or head is None:
            has = counted(now.entries if now else 0, "entry", "entries")
            yield f"The head of {CHAINS[of]} was signed at entry {last:,}; it has {has}: its end is cut off."
        elif key is not None and not head.holds(key, signed):
            yield f"The head of {CHAINS[of]} is not what was signed: it was made anew, or the head was changed."
        else:
            whose = "" if key is None else PASSPHRASE if key == mine else KEYRING
            yield Held(of, last, now.entries - last, whose)


def gone(reader: Reader, path: Path) -> str | None:
    """The chain that the keyring has a key for, by the place of the store, and that has no head by it; in words."""
    kept = keyrings.kept(_SERVICE, driver.place_of(path))
    seen = {(row["of"], _named(str(row["digest"]))) for row in reader.rows(_NOTED)}
    for of, words in CHAINS.items():
        if kept and (of, kept) not in seen:
            return (
                f"The keyring of this machine has the key that {words} is signed with, and there is no head by it: it "
                "was taken out, or this is another store in the place of that one."
            )
    return None
