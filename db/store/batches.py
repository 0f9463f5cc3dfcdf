"""The files that were taken in, as what is read and kept in memory depends on them."""

from __future__ import annotations

from db.store.store import Store


def batches_version(store: Store) -> tuple[int, int]:
    """Numbers that change when anything is imported or withdrawn: the latest batch, how many were withdrawn."""
    [(latest, withdrawn)] = store.read.rows("SELECT COALESCE(MAX(id), 0), COALESCE(SUM(withdrawn), 0) FROM batch")
    return int(latest), int(withdrawn)
