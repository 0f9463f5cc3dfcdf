"""A process that writes the files of the demo while the one that began it imports them, so that two cores are used."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from core.errors import Problem
from db.demo_files import Delivered
from db.store.gc_pause import gc_paused

_FAILED = "The files of the demo could not be written to {folder}: {why}. See that there is room, then try again."


@contextmanager
def written_beside(asked: Delivered) -> Iterator[Iterator[Path | None]]:
    """Begin to write the files at once; gives them as ``Delivered.files`` does, while the process goes on.

    Whatever ends the ``with`` ends the process. Raises Problem, from the files, where one could not be written.
    """
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_write, args=(there, asked), daemon=True)
    process.start()
    there.close()
    try:
        yield _received(here, asked)
    finally:
        here.close()
        process.terminate()
        process.join()


def _received(here: Connection, asked: Delivered) -> Iterator[Path | None]:
    while True:
        try:
            said: Path | str | None = here.recv()
        except EOFError:
            said = "what writes them came to an end"
        if isinstance(said, str):
            raise Problem(_FAILED.format(folder=asked.folder, why=said))
        yield said


def _write(there: Connection, asked: Delivered) -> None:
    """What the process does. Ctrl+C goes to both, and is answered by who began this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with there, gc_paused():
        try:
            for path in asked.files():
                there.send(path)
        except BrokenPipeError:  # nobody takes the files any more
            return
        except OSError as error:
            there.send(error.strerror or "unknown reason")
