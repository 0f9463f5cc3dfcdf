"""The program as a process that begins where others have loaded it: it can be killed a moment after it was asked for.

To load the program takes longer than most of what it then does. One process that has done nothing but load it
(the mother) is copied for every round; each copy has an environment, a folder and a print of its own, as if a shell had
started it. Where that is not asked for (``load_first``), a copy loads what it needs by itself.
"""

from __future__ import annotations

import importlib
import io
import multiprocessing
import os
import sys
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.journeys.terminal import environment

_MOTHERS = multiprocessing.get_context("forkserver") if sys.platform != "win32" else multiprocessing.get_context()


def load_first() -> None:
    """Load everything before the first is begun, which pays where many are."""
    _MOTHERS.set_forkserver_preload([__name__, "tests.strain.clerk", "tests.strain.loaded"])


def begin(module: str, words: Sequence[str], folder: Path, printed: Path) -> BaseProcess:
    """Begin a module with the words of its command line in a folder; all that it prints goes into a file.

    module: one with a ``run`` that reads ``sys.argv``, as ``tui.main``.
    """
    program = _MOTHERS.Process(target=_run, args=(module, tuple(words), folder, printed))
    program.start()
    return program


def _run(module: str, words: tuple[str, ...], folder: Path, printed: Path) -> None:
    os.environ.clear()
    os.environ.update(environment())
    os.chdir(folder)
    _print_into(printed)
    sys.argv = [module, *words]
    from tests.strain.programs import durable

    durable()
    importlib.import_module(module).run()


def _print_into(path: Path) -> None:
    """Send both streams into a file, each word at once, as a program without a terminal is asked to."""
    stream = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, source in ((0, nothing), (1, stream), (2, stream)):
        os.dup2(source, number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(open(number, "wb", 0, closefd=False), "utf-8", write_through=True)  # noqa: SIM115
        for number in (1, 2)
    )
