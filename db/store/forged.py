"""What a check of the store finds beside the chain: rows put in by hand, refusals dropped, views taken out."""

from __future__ import annotations

from collections.abc import Mapping

from core.text import counted
from core.viewings import broken
from db.store import viewings
from db.store.engine import APPEND_ONLY, Reader

ROW_BY_ROW = (
    "account", "action", "action_update", "attendance", "bid", "decision", "deployment_record", "deployment_unit",
    "meeting", "meeting_note", "membership", "priority_ward", "restriction", "review", "setting", "uplift",
)  # fmt: skip
"""Tables whose rows commands alone write, each named by its entry: a row that no entry names was put in otherwise."""


def fault(reader: Reader, unnamed: Mapping[str, int]) -> str | None:
    """The first of it, in words. unnamed: table to how many of its rows no entry of the journal names."""
    for table in ROW_BY_ROW:
        if rows := unnamed.get(table):
            return f"{table} has {counted(rows, 'row')} that no journal entry names."
    there = {row["name"] for row in reader.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            if f"{table}_no_{verb}" not in there:
                return f"The trigger {table}_no_{verb}, which keeps {table} from being changed, is gone."
    wrong = broken(viewings.entries(reader))
    return f"The record of what was shown: {wrong}." if wrong else None
