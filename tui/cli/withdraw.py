"""``tasking withdraw``: the inverse of an import."""

from __future__ import annotations

from pathlib import Path

from core.text import plain
from db.loading.withdraw import withdraw
from tui.cli.common import existing, say


def run(path: Path | None, batch: int) -> None:
    """Take the latest batch back."""
    with existing(path) as store:
        say(f"Batch {batch} ({plain(withdraw(store, batch))}) is withdrawn; what it replaced stands again.")
