"""``tasking batches``: every import, what became of its rows, and how its file was read."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from core.days import london
from core.text import plain
from db.loading.batches import batches
from tui.cli.common import existing, print_json, print_table, say

_HEADS = ("batch", "file", "profile", "when", "by", "read", "taken", "unchanged", "revised", "repeated", "quarantined")


def run(path: Path | None, *, json: bool) -> None:
    """List the imports, the earliest first, with the notes on each."""
    with existing(path) as store:
        found = batches(store)
    if json:
        print_json([{**asdict(one), "notes": list(one.notes)} for one in found])
        return
    if not found:
        say("No file was imported. Take one in: tasking import FILE.")
        return
    rows = [
        (
            one.batch,
            one.file,
            f"{one.profile} (withdrawn)" if one.withdrawn else one.profile,
            f"{london(one.imported_at):%d/%m/%Y %H:%M}",
            one.imported_by,
            *(f"{count:,}" for count in (one.rows_read, one.taken, one.unchanged, one.revised, one.repeated)),
            f"{one.quarantined:,}",
        )
        for one in found
    ]
    print_table(_HEADS, rows, right=(0, *range(5, len(_HEADS))))
    for one in found:
        for note in one.notes:
            say(f"Batch {one.batch}: {plain(note)}")
