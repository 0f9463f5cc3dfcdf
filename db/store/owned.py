"""Files that are their owner's alone: stores, papers and exports hold names of people."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

_OWNERS_ALONE = 0o600
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
