"""Every connection that was made to a store, and whether it was closed: on every Python, whoever made it.

Python 3.13 says so itself when it throws a connection away that nobody closed, but in a test that has nothing to do
with it, and earlier ones say nothing. What is noted here is held, so that throwing it away does not pass for closing.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any

_PROJECT = f"{Path(__file__).resolve().parents[1]}{os.sep}"
_made: list[tuple[sqlite3.Connection, str, list[tuple[str, int]]]] = []
"""Each connection, the test that runs, and the lines of the project that led to it, the last one first."""


def watch() -> None:
    """Note every connection from now on, whoever asks for it by the library's name. There is no way back.

    Not by a hook for audits: that is asked millions of times, as every ``id()`` is told to it.
    """
    for library in (sqlite3, sqlite3.dbapi2):
        library.connect = _noted(library.connect)  # type: ignore[attr-defined]


def left_open() -> list[str]:
    """Where each connection came from that is open now; forgets those that were closed."""
    _made[:] = [made for made in _made if _is_open(made[0])]
    return [f"{test} {' < '.join(f'{file}:{line}' for file, line in lines)}" for _, test, lines in _made]


def close_left_open() -> list[str]:
    """The same, and closes them, so that one that was forgotten is told of once."""
    found = left_open()
    for connection, *_ in _made:
        connection.close()
    _made.clear()
    return found


def _noted(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    @wraps(connect)
    def noting(*where: Any, **how: Any) -> sqlite3.Connection:
        made = connect(*where, **how)
        _made.append((made, os.environ.get("PYTEST_CURRENT_TEST", ""), list(_callers(sys._getframe(1)))))
        return made

    return noting


def _callers(frame: FrameType | None) -> Iterator[tuple[str, int]]:
    """The files and lines of the project that led here, the last one first. Most are never told: they are not words."""
    while frame is not None:
        file = frame.f_code.co_filename
        if file.startswith(_PROJECT) and "site-packages" not in file:
            yield file.removeprefix(_PROJECT), frame.f_lineno
        frame = frame.f_back


def _is_open(connection: sqlite3.Connection) -> bool:
    try:
        return connection.total_changes >= 0
    except sqlite3.ProgrammingError:
        return False
