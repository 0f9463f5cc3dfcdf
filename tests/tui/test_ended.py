"""How the program ends: whatever happens, no record is left where it was not asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tui.app import TaskingApp
from tui.ended import leave_no_core

NAME = "ZZYZXWORTH"
_ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core dumps there")
def test_no_core_dump_is_left() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        leave_no_core()
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


def ended(how: str, folder: Path) -> Any:
    """What a program says and leaves that has a name in hand and ends in this way."""
    run = f"def run():\n    name = {NAME!r}\n    {how}\n"
    script = f"import os\nfrom tui.ended import ended_in_words\n{run}ended_in_words(run)"
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=folder, env=environment)


@pytest.mark.parametrize("fault", ["ValueError(name)", "KeyError(name)", "RuntimeError(f'of {name}')"])
def test_a_fault_of_a_command_prints_its_kind_and_place_and_no_record(fault: str, tmp_path: Path) -> None:
    done = ended(f"raise {fault}", tmp_path)
    assert done.stderr.startswith(f"Unforeseen fault: {fault.partition('(')[0]} at <string>:5."), done.stderr
    assert NAME not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode != 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core dumps there")
def test_a_crash_prints_no_record_and_leaves_no_file(tmp_path: Path) -> None:
    done = ended("os.abort()", tmp_path)
    assert done.returncode < 0
    assert NAME not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_fault_in_the_room_prints_its_kind_and_place_and_no_record() -> None:
    said: list[Any] = []
    room: Any = SimpleNamespace(bell=lambda: None, _exit_renderables=said, _close_messages_no_wait=lambda: None)
    try:
        raise ValueError(NAME)
    except ValueError:
        TaskingApp._fatal_error(room)
    [text] = said
    assert str(text).startswith("Unforeseen fault: ValueError at test_ended.py:")
    assert NAME not in str(text)
