"""Stores that many tests copy, made once for all workers, and kept for the next run of the same sources.

To build the synthetic London takes longer than any test. What it is made from decides its folder: other sources,
another Python or another library, another store. A run copies what is kept, so that no test can change it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import core
import db

_PATIENCE = 240
"""Seconds to wait for another worker that makes the same store."""
_LIBRARIES = ("alembic", "sqlalchemy", "sqlmodel")
_UNUSED = 2 * 3600
"""Seconds after which the stores of sources that nobody tries any more are thrown away."""


def kept(name: str, folder: Path, make: Callable[[Path], object]) -> Path:
    """A copy, in a folder of this run, of a store that is made where it is not kept yet. *make* is given its path."""
    path = folder / f"{name}.db"
    with _alone(folder / f"{name}.making"):
        if not path.exists():
            shutil.copy(_made(name, make), path)
    return path


def _made(name: str, make: Callable[[Path], object]) -> Path:
    folder = _folder()
    path = folder / f"{name}.db"
    with _alone(folder / f"{name}.making"):
        if not path.exists():
            half = folder / f"{name}.half.db"
            for left in folder.glob(f"{name}.half.db*"):  # by a run that was killed
                left.unlink()
            make(half)
            leftover = half.with_name(f"{half.name}-wal")
            assert not leftover.exists() or leftover.stat().st_size == 0, "closing a store puts all of it into one file"
            half.rename(path)
    os.utime(folder)
    return path


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes from the same block; the lock of one that was killed is gone with it."""
    with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


@cache
def _folder() -> Path:
    """Where the stores of these sources are kept: for the user who runs the tests alone, as every store is."""
    home = Path(tempfile.gettempdir()) / f"tasking-tests-{os.getuid() if sys.platform != 'win32' else os.getlogin()}"
    home.mkdir(mode=0o700, exist_ok=True)
    for other in home.iterdir():
        with suppress(FileNotFoundError):  # another worker throws it away, too
            if other.stat().st_mtime < time.time() - _UNUSED:
                shutil.rmtree(other, ignore_errors=True)
    folder = home / digest()
    folder.mkdir(exist_ok=True)
    return folder


def digest() -> str:
    """Of all that a store of the tests is made from: rules, records, what the tests do, Python and libraries."""
    made_from = hashlib.sha256(repr((sys.version_info, sqlite3.sqlite_version)).encode())
    for library in _LIBRARIES:
        made_from.update(version(library).encode())
    for path in sorted(_sources()):
        made_from.update(str(path.relative_to(_ROOT)).encode() + b"\0")
        made_from.update(path.read_bytes())
    return made_from.hexdigest()[:24]


_ROOT = Path(__file__).resolve().parents[1]


def _sources() -> Iterator[Path]:
    for package in (core, db):
        root = Path(str(package.__file__)).resolve().parent
        yield from (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    yield from Path(__file__).parent.rglob("conftest.py")
