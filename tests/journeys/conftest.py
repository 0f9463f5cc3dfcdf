"""A synthetic London small enough to build for every run of the tests, and the command line as others call it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.begun import environment
from tui import main

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Json = Callable[..., Any]


@pytest.fixture(scope="session")
def built(demo_store: Path) -> Path:
    """The demo's store, for reading only."""
    return demo_store


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A copy of the demo's store, to write to."""
    return Path(shutil.copy(built, tmp_path / "tasking.db"))


@pytest.fixture
def tasking(tmp_path: Path) -> Run:
    """Runs ``tasking`` with some words, as a pipe would; gives its exit code and what it printed."""

    def run(*words: object, **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui.main", *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            env={**environment(), "PYTHONIOENCODING": "utf-8", **extra},
            cwd=tmp_path,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The same as :func:`tasking` without a process of its own, a second sooner: a fault is raised, not printed."""

    def run(*words: object, **extra: str) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        with monkeypatch.context() as here, patch.dict(os.environ, {**environment(), **extra}, clear=True):
            here.chdir(tmp_path)
            here.setattr(sys, "argv", ["tasking", *map(str, words)])
            here.setattr(sys, "excepthook", sys.excepthook)
            here.delattr(signal, "SIGPIPE", raising=False)  # it would end the tests, not only the command
            with pytest.raises(SystemExit) as ended:
                main.run()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return subprocess.CompletedProcess(list(map(str, words)), code or 0, *capsys.readouterr())

    return run


@pytest.fixture
def as_json(tasking: Run) -> Json:
    """Runs ``tasking ... --json`` and reads what it printed; *code* is the exit code it must end with."""
    return partial(_read, tasking)


@pytest.fixture
def called_json(called: Run) -> Json:
    """The same as :func:`as_json` without a process of its own."""
    return partial(_read, called)


def _read(run: Run, *words: object, code: int = 0) -> Any:
    done = run(*words, "--json")
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)
