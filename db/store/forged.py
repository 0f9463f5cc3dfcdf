"""What a check of the store finds beside the chain: rows put in by hand, refusals dropped, views taken out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from core.text import counted
from core.viewings import broken
from db.store import digests, kept_rows, viewings
from db.store.engine import APPEND_ONLY, Reader

OTHERWISE = {"journal", "viewing", *kept_rows.TABLES, *digests.CHANGING, "weighing"}
"""Tables whose rows are under hashes or digests; every row of another is named by the entry of what wrote it."""

UNFOUND: Mapping[str, str] = {
    "journal": "entries cut off its end, where every row that they named is put back as well; all of it made anew, "
    "by who knows the rule of the chain. Found where its head is signed and the key is at hand, and by a sealed paper "
    "(`--against`), as far as that was sealed",
    "viewing": "entries cut off its end; all of it made anew. Found where its head is signed and the key is at hand; "
    "no paper tells of the record of views",
}
"""What of a table no check of the file alone can find, and what does, in words."""


def fault(reader: Reader, unnamed: Mapping[str, int]) -> str | None:
    """The first of it, in words. unnamed: table to how many of its rows no entry of the journal names."""
    for table, rows in unnamed.items():
        if rows and table not in OTHERWISE:
            return f"{table} has {counted(rows, 'row')} that no journal entry names."
    there = {row["name"] for row in reader.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            if f"{table}_no_{verb}" not in there:
                return f"The trigger {table}_no_{verb}, which keeps {table} from being changed, is gone."
    for row in reader.rows("SELECT id, digest, weights FROM weighing ORDER BY id"):
        if hashlib.sha256(row["weights"].encode()).hexdigest() != row["digest"]:
            return f"weighing {row['id']} is not as it was written."
    stray = "SELECT id FROM weighing WHERE id NOT IN (SELECT weighing_id FROM run WHERE weighing_id IS NOT NULL)"
    for row in reader.rows(stray):
        return f"weighing {row['id']} belongs to no run."
    missing = "SELECT id FROM run WHERE weighing_id IS NOT NULL AND weighing_id NOT IN (SELECT id FROM weighing)"
    for row in reader.rows(missing):
        return f"The weighing of run {row['id']} is gone."
    wrong = broken(viewings.entries(reader))
    return f"The record of what was shown: {wrong}." if wrong else None
