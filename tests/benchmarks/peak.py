"""The most memory that this program has held."""

from __future__ import annotations

import resource
from pathlib import Path


def peak() -> int:
    """KiB. What the operating system tells of a process by itself counts what its parent held when it was begun."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = status.read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
