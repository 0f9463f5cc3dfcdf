"""The files that were taken in, as what is read and kept in memory depends on them."""

from __future__ import annotations

from db.store.store import Store

_NOT_OF_PEOPLE = ("activity", "deployments", "incidents")
"""The profiles of the files of every morning that tell nothing of anyone who is ranked."""


def batches_version(store: Store) -> tuple[int, int]:
    """Numbers that change when anything is imported or withdrawn: the latest batch, how many were withdrawn."""
    [(latest, withdrawn)] = store.read.rows("SELECT COALESCE(MAX(id), 0), COALESCE(SUM(withdrawn), 0) FROM batch")
    return int(latest), int(withdrawn)


def people_version(store: Store) -> tuple[int, int]:
    """The same but for files that tell nothing of people: what was made of reports alone holds through a quiet day."""
    query = (
        f"SELECT COALESCE(MAX(CASE WHEN profile IN {_NOT_OF_PEOPLE} THEN 0 ELSE id END), 0), "  # noqa: S608
        "COALESCE(SUM(withdrawn), 0) FROM batch"
    )
    [(latest, withdrawn)] = store.read.rows(query)
    return int(latest), int(withdrawn)
