"""Exit codes of the command line, by name."""

from __future__ import annotations

OK = 0
"""All done; every row taken."""
REFUSED = 1
"""Nothing was done: a file refused, a record not found, a change not possible."""
USAGE = 2
"""The command was not written as it must be."""
QUARANTINED = 3
"""Done, but some rows are in quarantine."""
INTERRUPTED = 130
"""Stopped with ctrl+c; nothing half-done."""
