"""Small files that a room keeps beside its store: in the clear beside a plain store, encrypted beside an encrypted one.

They hold what was typed and where the cursor was, so names too. Each is written whole under another name and then put
in its place. Beside an encrypted store each is a small SQLCipher file of the store's own key.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from db.store import driver

_MOST = 1 << 20
"""Bytes; a file that is larger was not written by a room."""
_PLAIN = b"{"
"""What such a file in the clear begins with; one encrypted file in 256 does so too."""


def read(path: Path, store: Path) -> bytes | None:
    """What such a file of a store holds; None where it cannot be known. One left in the clear is read as it is.

    Raises OSError where it cannot be read.
    """
    with path.open("rb") as stream:
        content = stream.read(_MOST + 1)
    if len(content) > _MOST:
        return None
    if _is_plain(content) or driver.salt_of(store) is None:
        return content
    driver.bind_like(path, store)
    try:
        with closing(driver.connect(path, "mode=ro")) as connection:
            kept = connection.execute("SELECT content FROM kept").fetchone()
    except driver.errors():
        return None
    return bytes(kept[0]) if kept else None


def write(path: Path, content: bytes, store: Path) -> None:
    """Put a whole new file in the place of the old one: whoever reads meanwhile reads one or the other.

    Raises OSError where it cannot be written.
    """
    number, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)  # mode 0600
    fresh = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            if driver.salt_of(store) is None:
                stream.write(content)
        if driver.salt_of(store) is not None:
            _encrypted(fresh, content, store)
        fresh.replace(path)
    except BaseException:
        with suppress(OSError):
            fresh.unlink()
        raise


def _encrypted(fresh: Path, content: bytes, store: Path) -> None:
    driver.bind_like(fresh, store)
    try:
        with closing(driver.connect(fresh)) as connection:
            for statement in ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "CREATE TABLE kept (content BLOB)"):
                connection.execute(statement)
            connection.execute("INSERT INTO kept (content) VALUES (?)", (content,))
    except driver.errors() as error:
        raise OSError(str(error)) from error
    finally:
        driver.forget(fresh)


def kept_of(store: Path) -> dict[Path, bytes]:
    """Every such file of a store with what it holds, None left out: before its key changes."""
    found = {}
    for path in store.parent.glob(f"{_escaped(store.name)}.room*"):
        with suppress(OSError):
            if (content := read(path, store)) is not None:
                found[path] = content
    return found


def settle(store: Path) -> None:
    """Encrypt what a program that was killed left in the clear beside an encrypted store."""
    if driver.salt_of(store) is None:
        return
    for path in store.parent.glob(f"{_escaped(store.name)}.room*"):
        with suppress(OSError):
            with path.open("rb") as stream:
                content = stream.read(_MOST + 1)
            if len(content) <= _MOST and _is_plain(content):
                write(path, content, store)


def _is_plain(content: bytes) -> bool:
    """Whether this was written in the clear: ASCII throughout, as JSON is written, which no encrypted page is."""
    return content.startswith(_PLAIN) and content.isascii()


def _escaped(name: str) -> str:
    from glob import escape

    return escape(name)
