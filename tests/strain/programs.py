"""Runs the program: as a process of its own that can be killed, or inside this one, where a second is saved."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from core.errors import Problem
from core.text import plain
from tests import begun
from tests.conftest import DURABLE
from tui import exits
from tui.faults import unforeseen
from tui.main import app

ROOT = Path(__file__).resolve().parents[2]
_LOOK = 0.005
"""Seconds between two looks at the folder of a program."""
LONGEST = 120.0
"""Seconds after which a program that has not ended is said to hang."""


@dataclass(frozen=True)
class Ended:
    """A program that has ended. code: minus the signal where one ended it. began: seconds until it first wrote.

    writing: seconds from then to its end.
    """

    code: int
    printed: str
    began: float
    writing: float

    @property
    def killed(self) -> bool:
        """Whether it was still running when it was killed."""
        return self.code < 0


TASKING = "tui.main"
"""The module that carries out a command line."""


def _states(folder: Path) -> set[tuple[str, int, int]]:
    found = set()
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            state = path.stat()
            found.add((str(path), state.st_size, state.st_mtime_ns))
    return found


def started(module: str, words: Sequence[object], folder: Path) -> BaseProcess:
    """Start a program in a folder; what it prints goes into a file beside the folder, so that it never waits."""
    beside = folder.with_name(f"{folder.name}.printed")
    beside.touch()
    return begun.begin(module, [str(word) for word in words], folder, beside)


def printed_by(folder: Path) -> str:
    """What the program of a folder has printed so far."""
    return folder.with_name(f"{folder.name}.printed").read_text("utf-8", "replace")


def run(words: Sequence[object], folder: Path, kill_after: float | None = None, largest: int | None = None) -> Ended:
    """Run a command; with *kill_after* seconds from its first write, kill it as no program can see coming.

    largest: how many bytes a file that it writes may have, as on a disk that is full.
    """
    before, start = _states(folder), time.monotonic()
    program = started(TASKING, words, folder)
    if largest is not None and program.pid is not None:
        with suppress(ProcessLookupError):
            resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (largest, largest))
    while program.is_alive() and _states(folder) == before and time.monotonic() < start + LONGEST:
        program.join(_LOOK)
    began = time.monotonic()
    program.join(LONGEST if kill_after is None else kill_after)
    return Ended(killed(program), printed_by(folder), began - start, time.monotonic() - began)


def killed(program: BaseProcess) -> int:
    """Kill a program unless it has ended; gives its exit code, minus the signal where it was killed."""
    program.kill()
    program.join()
    code = program.exitcode
    program.close()
    assert code is not None
    return code


@dataclass(frozen=True)
class Printed:
    """What a command printed inside this process, and its exit code."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        """All of it, to be looked through."""
        return (self.out + b"\n" + self.err).decode("utf-8", "surrogateescape")


def called(store: Path, *words: str, env: Mapping[str, str] | None = None) -> Printed:
    """Run a command inside this process, as ``tui.main.run`` would run and end it."""
    given = {"TASKING_STORE": str(store), "COLUMNS": "200", "TASKING_KEYS": os.devnull, **(env or {})}
    done = CliRunner().invoke(app, list(words), env=given)
    err, code = done.stderr_bytes or b"", done.exit_code
    error = done.exception
    if isinstance(error, Problem):
        return Printed(exits.REFUSED, done.stdout_bytes, err + _line(f"{plain(error.title)}: {plain(error.sentence)}"))
    if error is not None and not isinstance(error, SystemExit):
        trace = done.exc_info[2] if done.exc_info else None
        err += _line(f"{unforeseen(type(error), error, trace)} [{_path_of(trace)}]")
    return Printed(code, done.stdout_bytes, err)


def _line(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _path_of(trace: Any) -> str:
    """The lines of the program that led to a fault."""
    lines = []
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(ROOT):
            lines.append(f"{path.relative_to(ROOT)}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(lines)


def durable() -> None:
    """Let this process write as the program does for its users; tests do not wait for the disk."""
    from db.store import engine

    engine._PRAGMAS = DURABLE
