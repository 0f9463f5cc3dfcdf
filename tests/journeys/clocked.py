"""Runs the command line with the meeting room's clock put to a given time, from which it runs on.

``python -m tests.journeys.clocked 2026-11-21T09:30 open --store FILE``: what is due
then is due, whatever day it is here. A file ``clock`` in the working folder moves the clock on: it holds the time that
it is from then on.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

from core.days import LONDON
from db.store import open_store
from tui import main
from tui.cli import open as opening

MOVED = "clock"


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def run() -> None:
    """Take the time off the arguments and run the rest as ``tasking`` would."""
    began, first, moved = _time(sys.argv.pop(1)), time.monotonic(), Path(MOVED).absolute()

    def now() -> datetime:
        if moved.exists() and (text := moved.read_text("ascii")):
            return _time(text)
        return began + timedelta(seconds=time.monotonic() - first)

    with patch.object(opening, "open_store", partial(open_store, now=now)):
        main.run()


if __name__ == "__main__":
    run()
