"""Which SQLite library a file is opened with: Python's own, or SQLCipher where the file is encrypted.

One file is opened by one library alone in one program, always: locks belong to a program, and two libraries that do not
know of each other let go of each other's, which lost committed changes when it was tried. So nothing else in ``db``
connects to a file; neither library is loaded before a file needs it.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from core.errors import Refused
from db.store.keys import KEYS, SALT, Key

if TYPE_CHECKING:
    import sqlite3

BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
READONLY_DBMOVED = READONLY | 4 << 8
IOERR_SHMSIZE, IOERR_SHMMAP = IOERR | 19 << 8, IOERR | 21 << 8
_PRIMARY = 0xFF
"""The lower byte of an error's code says what kind it is; the rest says where it was met."""
_PLAIN, _CIPHER = "sqlite3", "sqlcipher3.dbapi2"
_MAGIC = b"SQLite format 3\0"
_PAGE = 4096
_KINDS_OF_BYTE = 240
"""A page of SQLCipher holds every one of the 256 bytes, as random ones do; text and other files hold far fewer."""
_OF_A_STORE = (b"alembic_version", b"report_row", b"journal")
"""What stands in the schema of every plain store, and in no other program's."""
_LOOKED_THROUGH = 1 << 20
NOT_INSTALLED = "Not installed"


class _Known(NamedTuple):
    """What is known of a file: which one it is (None for one that is to be made), its salt, None for a plain one."""

    identity: tuple[int, int] | None
    salt: bytes | None
    cipher: bool


_known: dict[str, _Known] = {}
"""By place. A file is looked into once, before it is opened: to close a file lets go of the locks on it."""


def place_of(path: Path) -> str:
    """The place of a file as SQLite takes it for nothing but a path: never a URI, nor ``:memory:``."""
    return os.path.abspath(path)  # noqa: PTH100 - resolve() would follow a link that a name stands for


def bind(path: Path, salt: bytes | None) -> None:
    """Open a file by SQLCipher from now on, before it is opened or made; *salt*: of its key, None for a plain one."""
    cipher_library()
    _known[place_of(path)] = _Known(None, salt, cipher=True)


def bind_like(path: Path, other: Path) -> None:
    """Open a file that is to be made as another is."""
    known = _of(other)
    _known[place_of(path)] = _Known(None, known.salt, known.cipher)


def forget(path: Path) -> None:
    """Look at a file anew before it is opened next."""
    _known.pop(place_of(path), None)


def salt_of(path: Path) -> bytes | None:
    """What an encrypted file begins with; None for one that is not, or is not there."""
    return _of(path, asked=True).salt


def _of(path: Path, *, asked: bool = False) -> _Known:
    """What is known of a file. Raises Refused for a plain one where a passphrase was named, unless that is *asked*."""
    place = place_of(path)
    try:
        there = path.stat()
        identity = (there.st_dev, there.st_ino)
    except OSError:
        there, identity = None, None
    known = _known.get(place)
    if known is None or known.identity not in (None, identity):
        salt = _looked_at(path) if there is not None and there.st_size else None
        known = _Known(identity, salt, salt is not None)
        if there is not None and there.st_size:
            _known[place] = known
    if KEYS.named and not known.cipher and not asked:
        raise Refused(
            f"{path} is not encrypted, so that no passphrase goes with it. Nothing was changed. Leave --key-fd out; "
            "'tasking encrypt' encrypts a store, 'tasking init --encrypted' makes one.",
            "Not encrypted",
        )
    return known


def _looked_at(path: Path) -> bytes | None:
    """The salt of an encrypted file; None for any other, and for one that cannot be read, which SQLite tells."""
    try:
        with path.open("rb") as file:
            page = file.read(_PAGE)
            if len(page) < _PAGE or page.startswith(_MAGIC) or len(set(page)) < _KINDS_OF_BYTE:
                return None
            beginning = page + file.read(_LOOKED_THROUGH)
    except OSError:
        return None
    return None if _has_schema(beginning) else page[:SALT]


def was_ours(path: Path) -> bool:
    """Whether a file that SQLite does not know has the schema of a store all the same: its beginning is damaged."""
    with path.open("rb") as file:
        return _has_schema(file.read(_LOOKED_THROUGH))


def in_the_clear(path: Path) -> bool:
    """Whether a file is a store, or begins as one does, that anyone who has it reads. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC and _has_schema(file.read(_LOOKED_THROUGH))


def _has_schema(beginning: bytes) -> bool:
    return all(word in beginning for word in _OF_A_STORE)


def connect(path: Path, how: str = "", timeout: float = 5.0) -> sqlite3.Connection:
    """A connection to a file, for any thread, each statement a transaction of its own.

    how: what a URI says of it, as ``mode=ro``. timeout: seconds to wait for a lock. Raises what the library raises;
    Refused where the file is encrypted and its passphrase is not given, or SQLCipher not installed.
    """
    known = _of(path)
    if known.salt is None:
        return _opened(path, how, timeout, known.cipher)
    salt = known.salt
    key = KEYS.of(path, salt, lambda tried: _opens(path, tried))
    return _keyed(_opened(path, how, timeout, cipher=True), key)


def _opened(path: Path, how: str, timeout: float, cipher: bool) -> sqlite3.Connection:
    place = f"{Path(place_of(path)).as_uri()}?{how}" if how else place_of(path)
    made: sqlite3.Connection = (cipher_library() if cipher else import_module(_PLAIN)).connect(
        place, timeout=timeout, isolation_level=None, check_same_thread=False, uri=bool(how)
    )
    return made


def _keyed(connection: sqlite3.Connection, key: Key) -> sqlite3.Connection:
    """A new connection with its key; what SQLCipher would write to the screen of a wrong one is silenced."""
    for pragma in ("cipher_log_level=NONE", f'key="{key.literal}"', "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _opens(path: Path, key: Key) -> bool:
    """Whether a key is that of a file; a file that is being made is opened by any."""
    connection = _keyed(_opened(path, "mode=ro", 5.0, cipher=True), key)
    try:
        connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    except errors("DatabaseError") as error:
        return code_of(error) != NOTADB
    finally:
        connection.close()
    return True


def cipher_library() -> Any:
    """SQLCipher. Raises Refused where it is not installed."""
    try:
        return import_module(_CIPHER)
    except ImportError as error:
        raise Refused(
            "An encrypted store needs SQLCipher, which is not installed. Install it beside the program: "
            "pip install 'sqlcipher3>=0.6.4', or the program with it: pip install '.[encrypted]'.",
            NOT_INSTALLED,
        ) from error


def library_of(path: Path) -> Any:
    """The library that a file is opened with."""
    return cipher_library() if _of(path).cipher else import_module(_PLAIN)


def row_of(connection: sqlite3.Connection) -> Any:
    """The kind of row with columns by name that goes with a connection."""
    return sys.modules[type(connection).__module__].Row


def errors(name: str = "Error", *others: type[Exception]) -> tuple[type[Exception], ...]:
    """What the libraries that are loaded raise, the kind of this name of each; and *others*."""
    loaded = [sys.modules[library] for library in (_PLAIN, _CIPHER) if sys.modules.get(library)]
    return (*(getattr(library, name) for library in loaded), *others)


def has_no_room(error: BaseException) -> bool:
    """Whether an error of SQLite says that the disk has no room for the index of its log, which all who read need."""
    return getattr(error, "sqlite_errorcode", None) in (IOERR_SHMSIZE, IOERR_SHMMAP)


def code_of(error: BaseException) -> int | None:
    """The kind of an error of SQLite, or of what works with it; None for any other."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & _PRIMARY
