"""The rows that were not taken, each with the value that is wrong and the reason."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import NotFound
from db.kept_out import BETWEEN
from db.store import Store


@dataclass(frozen=True)
class BadRow:
    """One row in quarantine. ``fields`` are its values as they stood."""

    batch: int
    file: str
    line: int
    column: str
    value: str
    reason: str
    fields: tuple[str, ...]


def quarantined(store: Store, batch: int | None = None) -> list[BadRow]:
    """The rows in quarantine, of one batch or of all. Raises NotFound for a batch that is not there."""
    if batch is not None and not store.read.rows("SELECT id FROM batch WHERE id = :id", id=batch):
        raise NotFound(f"There is no batch {batch}. 'tasking quarantine' lists all of them.")
    query = (
        'SELECT q.batch_id, b.file, q.line, q."column", q.value, q.reason, q.raw FROM quarantined q '
        "JOIN batch b ON b.id = q.batch_id WHERE (:every OR q.batch_id = :batch) AND b.withdrawn = :no "
        "ORDER BY q.batch_id, q.line"
    )
    rows = store.read.rows(query, every=batch is None, batch=batch or 0, no=False)
    return [
        BadRow(number, file, line, column, value, reason, tuple(raw.split(BETWEEN)))
        for number, file, line, column, value, reason, raw in rows
    ]
