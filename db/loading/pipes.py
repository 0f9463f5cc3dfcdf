"""A pipe as a file: read to its end before it is looked at, as a file is looked through more than once."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import Refused


def is_pipe(file: Path) -> bool:
    """Whether a file can be read once only: a pipe, or what a shell hands over as one."""
    try:
        mode = file.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """What a pipe gives, as a file of its own name, until the ``with`` is left; waits until all of it was written.

    Raises Refused where it cannot be read.
    """
    with TemporaryDirectory() as folder:
        kept = Path(folder) / file.name
        try:
            with file.open("rb") as source, kept.open("wb") as target:
                shutil.copyfileobj(source, target)
        except OSError as error:
            raise Refused(f"{file} cannot be read: {error.strerror}. Check the name and try again.") from error
        yield kept
