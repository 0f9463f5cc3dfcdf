"""A synthetic London small enough to build for every run of the tests, and the command line as others call it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.demo import build
from tests.journeys.terminal import DAY, environment

SUSPECTS = 600
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Json = Callable[..., Any]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's store, for reading only."""
    path = tmp_path_factory.mktemp("london") / "tasking.db"
    build(path, DAY, step=lambda *_: None, suspects=SUSPECTS).close()
    return path


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
def as_json(tasking: Run) -> Json:
    """Runs ``tasking ... --json`` and reads what it printed; *code* is the exit code it must end with."""

    def read(*words: object, code: int = 0) -> Any:
        done = tasking(*words, "--json")
        assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    return read
