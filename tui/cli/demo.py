"""``tasking demo``: a synthetic London, built and opened."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from core.errors import Conflict, Problem
from core.text import plain
from db.demo import CHAIR, Step, build
from db.store import default_path
from db.store.engine import refuse_folder
from db.store.open_sittings import alone
from tui.cli.common import say
from tui.printing import bar_of, draws_bars


def run(path: Path | None, as_of: date, *, open_: bool, projector: bool | None = None) -> None:
    """Build the demo's store unless today's is there already, then open the daily meeting on it."""
    named = path is not None
    target = path or default_path().with_name(f"demo-{as_of.isoformat()}.db")
    refuse_folder(target)
    if named:
        _refuse_there(target)
    if not target.exists():
        half = target.with_name(f".{target.name}.building")
        with alone(half.with_name(f"{half.name}.lock")) as is_alone:
            if not is_alone:
                raise Conflict(f"Another program is building {target}. Wait until it is there, or name another place.")
            if named:
                _refuse_there(target)
            if not target.exists():  # another may have built it a moment ago
                with _progress() as step:
                    _build(target, half, as_of, step)
    if open_ and sys.stdin.isatty() and sys.stdout.isatty():
        from tui.cli import open as opening

        opening.run(target, "daily", None, as_of, CHAIR, projector)
        return
    say(f"A synthetic London as of {as_of:%d/%m/%Y} stands in {target}")
    say(f"Open its meeting:  tasking open --store {target} --as-of {as_of.isoformat()}")
    say(f"Rank its suspects: tasking rank --store {target} --as-of {as_of.isoformat()} --top 10")


def _refuse_there(target: Path) -> None:
    if target.exists():
        raise Conflict(f"{target} is there already. Open it with 'tasking open --store {target}', or name another.")


def _build(target: Path, half: Path, as_of: date, step: Step) -> None:
    """Build beside the place and move it there when it is whole, so that a half-built store never stands."""
    try:
        _remove(half)
    except OSError as error:
        raise Problem(f"{target} cannot be written: {error.strerror}. Name another place with --store.") from error
    try:
        build(half, as_of, step, beside=True).close()
        _write_through(half)
        half.replace(target)
    finally:
        _remove(half)


def _write_through(path: Path) -> None:
    """Wait until the disk has all of a file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


@contextmanager
def _progress() -> Iterator[Step]:
    """A progress bar on a terminal; a line per step in a pipe would be noise, so nothing there."""
    if not draws_bars():
        yield lambda _what, _share: None
        return
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn

    with bar_of(BarColumn(), TaskProgressColumn(), TextColumn("{task.description}", markup=False)) as bar:
        task = bar.add_task("Building a synthetic London", total=1.0)
        yield lambda what, share: bar.update(task, description=plain(what), completed=share)
