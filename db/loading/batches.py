"""The imports there were: one batch a file, with what became of its rows and how it was read."""

from __future__ import annotations

from dataclasses import dataclass

from db.store import Store
from db.store.rows import from_row


@dataclass(frozen=True)
class BatchView:
    """One import. Counts are rows of its file; ``imported_at`` is a stored moment in UTC; ``notes`` are sentences."""

    batch: int
    file: str
    profile: str
    imported_at: str
    imported_by: str
    rows_read: int
    taken: int
    unchanged: int
    revised: int
    repeated: int
    quarantined: int
    withdrawn: bool
    notes: tuple[str, ...] = ()


def batches(store: Store) -> list[BatchView]:
    """Every import, the earliest first."""
    notes: dict[int, list[str]] = {}
    for batch, note in store.read.rows("SELECT batch_id, note FROM batch_note ORDER BY id"):
        notes.setdefault(batch, []).append(note)
    rows = store.read.rows(
        "SELECT id AS batch, file, profile, imported_at, imported_by, rows_read, taken, unchanged, revised, repeated, "
        "quarantined, withdrawn FROM batch ORDER BY id"
    )
    return [
        from_row(BatchView, row, withdrawn=bool(row["withdrawn"]), notes=tuple(notes.get(row["batch"], ())))
        for row in rows
    ]
