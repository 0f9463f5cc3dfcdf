"""Runs the command line with the meeting room's clock put to a given time, from which it runs on.

``python clocked.py 2026-11-21T09:30 open --store FILE``: whatever day it is here, what is due there is due.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from functools import partial
from unittest.mock import patch

from core.days import LONDON
from db.store import open_store
from tui.cli import open as opening
from tui.main import run


def main() -> None:
    """Take the time off the arguments and run the rest as ``tasking`` would."""
    began = datetime.fromisoformat(sys.argv.pop(1)).replace(tzinfo=LONDON)
    first = time.monotonic()

    def now() -> datetime:
        return began + timedelta(seconds=time.monotonic() - first)

    with patch.object(opening, "open_store", partial(open_store, now=now)):
        run()


if __name__ == "__main__":
    main()
