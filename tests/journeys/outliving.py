"""A meeting room that was started to outlive its terminal, as ``nohup`` starts it."""

from __future__ import annotations

import signal

from tests.journeys import clocked


def run() -> None:
    """Open the room as if by ``nohup``."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    clocked.run()
