"""``tasking quarantine``: the rows that were not taken."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from core.text import counted
from db.loading.quarantined import quarantined
from db.store import viewings
from tui.cli.common import existing, print_json, print_table, say, write_csv

_HEADS = ("batch", "file", "line", "column", "value", "reason")


def run(path: Path | None, batch: int | None, export: Path | None, recipient: str, *, json: bool) -> None:
    """List the rows in quarantine, print them as JSON, or write them to a CSV with every value as it stood."""
    with existing(path) as store:
        rows = quarantined(store, batch)
        allowed = None if export is None else viewings.export(store, "the quarantine", "", export, recipient)
    if export is not None and allowed is not None:
        body = [(r.batch, r.file, r.line, r.column, r.value, r.reason, *r.fields) for r in rows]
        write_csv(export, [(*_HEADS, "row as it stood"), *body], allowed)
        say(f"{counted(len(rows), 'row')} written to {export}")
    elif json:
        print_json([{**asdict(row), "fields": list(row.fields)} for row in rows])
    elif not rows:
        say("Nothing is in quarantine.")
    else:
        print_table(_HEADS, [(r.batch, r.file, r.line, r.column, r.value, r.reason) for r in rows], right=(0, 2))
        them = "it" if len(rows) == 1 else "them"
        say(f"{counted(len(rows), 'row')}. Mend {them} in the source and import the file again.")
