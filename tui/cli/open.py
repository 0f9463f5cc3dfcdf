"""``tasking open``: the meeting room."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from core.errors import Problem
from db.store import default_path, open_store
from tui.cli.common import choice, user

VIEWS = ("offenders", "wards", "deployments", "actions")


def run(path: Path | None, meeting: str, view: str | None, as_of: date, chair: str | None) -> None:
    """Open the meeting room on a store. Raises Problem without a terminal."""
    choice("--meeting", meeting, ("daily", "weekly"))
    if view is not None:
        choice("--view", view, VIEWS)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Problem("The meeting room needs a terminal. Run this in one, or use 'tasking rank --json'.")
    who = chair or user()
    store = open_store(path or default_path(), who)
    from tui.app import TaskingApp

    TaskingApp(store, chair=who, as_of=as_of, kind=meeting, view=view).run()
