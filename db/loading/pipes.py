"""A pipe as a file: read to its end before it is looked at, as a file is looked through more than once."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import TypeVar

from core.errors import Refused

T = TypeVar("T")
_LOOK = 0.2
"""Seconds after which a wait looks whether it is to be left."""


def is_pipe(file: Path) -> bool:
    """Whether a file can be read once only: a pipe, or what a shell hands over as one."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def awaited(read: Callable[[], T]) -> T:
    """What *read* gives, which may wait for a pipe for ever; Ctrl+C leaves it at any moment.

    To open a pipe is one wait of the system: a signal that comes just before it would be seen when it is over, so that
    is done beside, by a thread that ends with the program.
    """
    done, result = Event(), Future[T]()

    def work() -> None:
        try:
            result.set_result(read())
        except (OSError, UnicodeDecodeError) as error:
            result.set_exception(error)
        finally:
            done.set()

    Thread(target=work, daemon=True).start()
    while not done.wait(_LOOK):
        pass
    return result.result(0)


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """What a pipe gives, as a file of its own name, until the ``with`` is left; waits until all of it was written.

    Raises Refused where it cannot be read.
    """
    with TemporaryDirectory() as folder:
        kept = Path(folder) / file.name
        try:
            awaited(lambda: _copy(file, kept))
        except OSError as error:
            raise Refused(f"{file} cannot be read: {error.strerror}. Check the name and try again.") from error
        yield kept


def _copy(file: Path, to: Path) -> None:
    with file.open("rb") as source, to.open("wb") as target:
        shutil.copyfileobj(source, target)
