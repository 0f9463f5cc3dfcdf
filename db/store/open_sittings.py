"""Which rooms are open on a store: each holds a lock on a small file beside it, which says what it is open for.

The operating system lets go of a lock when its program ends, however it ends: a file that can be locked was left by a
program that is gone, and is taken away. Nothing here stops a room: where no such file can be made or locked (a folder
that is only read, some network drives), the room is open all the same, and others do not know of it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NUMBERS = re.compile(r"\d+-\d+")
_TRIES = 100
"""Rooms of one program, as in tests, and moments at which another was just looking at the file."""


class _Held(Exception):
    """Someone holds the lock."""


if sys.platform == "win32":
    import msvcrt

    def _lock(number: int) -> None:
        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise _Held from error
else:
    import fcntl

    def _lock(number: int) -> None:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise _Held from error


@contextmanager
def announced(store: Path, says: str = "") -> Iterator[Path | None]:
    """Say that a room is open on the store at *store*, until the ``with`` is left; gives the file, None without one.

    says: what other rooms are to know of it.
    """
    path, number = _announce(store)
    try:
        if number is not None:
            os.write(number, says.encode())
        yield path
    finally:
        if path is not None and number is not None:
            _end(path, number)


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold the lock of a file of this name until the ``with`` is left, then take it away; False where another has it.

    Where no such file can be made or locked there is nothing to go by: True.
    """
    number = None
    try:
        number = _lock_of_own(path)
    except _Held:
        yield False
        return
    try:
        yield True
    finally:
        if number is not None:
            _end(path, number)


def _lock_of_own(path: Path) -> int | None:
    for _ in range(_TRIES):
        try:
            return _locked(path, os.O_CREAT)
        except FileNotFoundError:
            continue  # whoever had it took it away between making and locking it
        except OSError:
            break
    return None


def others(store: Path, mine: Path | None) -> int:
    """How many other rooms are open on the store; files of rooms that have ended are taken away."""
    return len(open_beside(store, mine))


def open_beside(store: Path, mine: Path | None) -> dict[Path, str]:
    """The files of other rooms that are open on the store, each with what it says; what cannot be read says nothing.

    Files of rooms that have ended are taken away.
    """
    with suppress(OSError):
        there = [path for path in store.parent.iterdir() if _NUMBERS.fullmatch(path.name.removeprefix(_prefix(store)))]
        return {path: _text_of(path) for path in there if path != mine and _is_open(path)}
    return {}


def _text_of(path: Path) -> str:
    with suppress(OSError):  # on Windows a file that is locked cannot be read
        return path.read_text(encoding="utf-8", errors="replace")
    return ""


def _prefix(store: Path) -> str:
    return f"{store.name}.sitting-"


def _announce(store: Path) -> tuple[Path | None, int | None]:
    for attempt in range(_TRIES):
        path = store.with_name(f"{_prefix(store)}{os.getpid()}-{attempt}")
        with suppress(_Held):
            try:
                return path, _locked(path, os.O_CREAT)
            except FileNotFoundError:
                continue  # it was taken away by a room that looked between making and locking it
            except OSError:
                break
    return None, None


def _locked(path: Path, flags: int) -> int:
    """Open a file and lock it; gives its number. Raises _Held, FileNotFoundError where it is gone, or OSError."""
    number = os.open(path, os.O_RDWR | flags, 0o600)
    try:
        _lock(number)
        if not os.path.samestat(path.stat(), os.fstat(number)):
            raise FileNotFoundError(path)
    except BaseException:
        os.close(number)
        raise
    return number


def _is_open(path: Path) -> bool:
    """Whether a room holds the lock of a file; where none does, the file is taken away."""
    try:
        number = _locked(path, 0)
    except _Held:
        return True
    except OSError:
        return False
    _end(path, number)
    return False


def _end(path: Path, number: int) -> None:
    """Take a locked file away and let go of it."""
    if sys.platform == "win32":  # an open file cannot be taken away there
        os.close(number)
    with suppress(OSError):
        path.unlink()
    if sys.platform != "win32":  # only now: who locks it next sees that it is gone
        os.close(number)
