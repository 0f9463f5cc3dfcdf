"""The row of a batch: opened before its file is read, closed with what became of its rows."""

from __future__ import annotations

from core.column_map import ColumnMap
from core.text import plain
from db.loading.load import Load
from db.loading.textfile import TextFile
from db.store.journal import Writing


def open_batch(writing: Writing, file: TextFile, mapping: ColumnMap) -> int:
    """Add the batch of a file and give its number; it is journaled when it is closed, with its counts."""
    batch_id = writing.insert(
        "batch",
        file=plain(file.path.name),
        sha256=file.sha256,
        profile=mapping.name,
        imported_at=writing.now,
        imported_by=writing.who,
        rows_read=0,
        taken=0,
        unchanged=0,
        revised=0,
        quarantined=0,
        withdrawn=False,
        repeated=0,
    )
    writing.changes.clear()
    return batch_id


def close_batch(load: Load) -> None:
    """Write the counts of a load to its batch, and the batch to the journal."""
    from sqlalchemy import text

    counts = {
        "rows_read": load.read,
        "taken": load.taken,
        "unchanged": load.unchanged,
        "revised": load.revised,
        "quarantined": load.quarantine.count,
        "repeated": load.repeated,
    }
    load.writing.connection.execute(
        text(
            "UPDATE batch SET rows_read = :rows_read, taken = :taken, unchanged = :unchanged, revised = :revised, "
            "quarantined = :quarantined, repeated = :repeated WHERE id = :id"
        ),
        {**counts, "id": load.batch_id},
    )
    for note in load.notes:
        load.writing.connection.execute(
            text("INSERT INTO batch_note (batch_id, note) VALUES (:batch, :note)"),
            {"batch": load.batch_id, "note": note},
        )
    row = load.writing.row("batch", load.batch_id)
    load.writing.note("batch", load.batch_id, row or {})
