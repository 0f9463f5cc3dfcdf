"""Files that are their owner's alone: stores, papers and exports hold names of people."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

_OWNERS_ALONE = 0o600
_GROUPS_TOO = 0o660
_OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FOLDER = 0o700


@dataclass(frozen=True)
class OnRecord:
    """That a file may be written. ``viewings.export`` alone gives it, which asks to whom the file goes.

    recipient: to whom, as it is on the record; empty in a store without users, which has none.
    """

    recipient: str


def create(path: Path, _allowed: OnRecord, encoding: str = "utf-8", newline: str = "\n") -> TextIO:
    """Make a new text file that nobody but its owner can read. Raises FileExistsError where it is there, OSError."""
    return open(path, "x", encoding=encoding, newline=newline, opener=_opened)


def write_new(path: Path, text: str, allowed: OnRecord) -> None:
    """Write a new text file that nobody but its owner can read. Raises as :func:`create`."""
    with create(path, allowed) as stream:
        stream.write(text)


def make_room(path: Path) -> None:
    """Make an empty file that nobody but its owner can read; one that is there becomes so. Raises OSError."""
    os.close(_opened(str(path), os.O_RDWR | os.O_CREAT))
    path.chmod(_OWNERS_ALONE)


def take_back(store: Path, *, with_group: bool) -> str:
    """Make a store its owner's alone that other accounts can read; gives what is said of it, empty for nothing.

    with_group: whether a group that may write the file keeps it: by that the users of a store who are different
    accounts share it. Whose file it is not cannot change it, and a disk without modes keeps none: nothing is said.
    """
    found = stat.S_IMODE(store.stat().st_mode)
    wanted = _GROUPS_TOO if with_group and found & stat.S_IWGRP else _OWNERS_ALONE
    if not found & ~wanted & _OF_OTHERS:
        return ""
    for end in ("", "-wal", "-shm"):
        with suppress(OSError):
            store.with_name(f"{store.name}{end}").chmod(wanted)
    if stat.S_IMODE(store.stat().st_mode) != wanted:
        return ""
    whose = "its owner and its group" if wanted == _GROUPS_TOO else "its owner"
    return (
        f"Other accounts of this machine could open the file {store} (mode {found:04o}). It is now for {whose} alone "
        f"({wanted:04o}); copies that were made of it are as they were."
    )


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, that nobody but their owner can look into; one that is there stays as it is.

    Raises OSError.
    """
    if not path.is_dir():
        if path.parent != path:
            make_folder(path.parent)
        path.mkdir(mode=_FOLDER, exist_ok=True)


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNERS_ALONE)
