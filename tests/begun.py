"""The program as a process that begins where others have loaded it: it can be killed a moment after it was asked for.

To load the program takes longer than most of what it then does. One process that has done nothing but load it
(the mother) is copied for every program that is begun; each copy has an environment, a folder, and a print or a
terminal of its own, as if a shell had started it. What a start costs, and what it loads, other tests hold.
"""

from __future__ import annotations

import importlib
import io
import multiprocessing
import os
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

_MOTHERS = multiprocessing.get_context("forkserver") if sys.platform != "win32" else multiprocessing.get_context()
if sys.platform != "win32":
    _MOTHERS.set_forkserver_preload([__name__, "tests.loaded"])
_ANSWER = 60.0
"""Seconds within which a copy takes its terminal, on a machine that does much else."""


def environment() -> dict[str, str]:
    """What the program sees of the machine: nothing of the user's own stores, keys or colours."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR")}
    fixed = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "TEXTUAL_FPS": "30"}
    return {**kept, **fixed, "TASKING_KEYS": os.devnull}


def begin(module: str, words: Sequence[str], folder: Path, printed: Path) -> BaseProcess:
    """Begin a module with the words of its command line in a folder; all that it prints goes into a file.

    module: one with a ``run`` that reads ``sys.argv``, as ``tui.main``.
    """
    program = _MOTHERS.Process(target=_print, args=(module, tuple(words), folder, printed))
    program.start()
    return program


def begin_on(terminal: str, module: str, words: Sequence[str], folder: Path | None = None) -> BaseProcess:
    """Begin a module on a terminal, by the name of its device; the copy has it when this comes back."""
    heard, told = _MOTHERS.Pipe(duplex=False)
    program = _MOTHERS.Process(target=_show, args=(module, tuple(words), terminal, folder or Path.cwd(), told))
    program.start()
    told.close()
    assert heard.poll(_ANSWER), "the program did not take its terminal"
    heard.recv()
    heard.close()
    return program


def _print(module: str, words: tuple[str, ...], folder: Path, printed: Path) -> None:
    os.chdir(folder)
    stream = os.open(printed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
    _stand_on(os.open(os.devnull, os.O_RDONLY), stream, stream)
    from tests.strain.programs import durable

    durable()
    _run(module, words)


def _show(module: str, words: tuple[str, ...], terminal: str, folder: Path, told: Connection) -> None:
    os.chdir(folder)
    os.setsid()  # the terminal that is opened next is its own, so that it hears of a window of another size
    screen = os.open(terminal, os.O_RDWR)
    told.send(True)
    told.close()
    _stand_on(screen, screen, screen)
    _run(module, words)


def _run(module: str, words: tuple[str, ...]) -> None:
    os.environ.clear()
    os.environ.update(environment())
    sys.argv = [module, *words]
    importlib.import_module(module).run()


def _stand_on(given: int, out: int, err: int) -> None:
    """Take three files for the streams that every program has, each word sent at once."""
    for number, source in ((0, given), (1, out), (2, err)):
        os.dup2(source, number)
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(open(number, "wb", 0, closefd=False), "utf-8", write_through=True)  # noqa: SIM115
        for number in (1, 2)
    )
    sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr  # type: ignore[misc]
