"""The inverse of an import: a batch is taken back, and what it replaced stands again. No row is lost."""

from __future__ import annotations

from collections.abc import Iterable

from core.errors import Conflict, NotFound
from db.loading.profiles import profiles
from db.loading.ways import Way
from db.store import Store
from db.store.journal import Writing


def withdraw(store: Store, batch_id: int) -> str:
    """Take back the latest batch; gives the name of its file.

    Raises NotFound where there is no such batch, Conflict where a later one stands on it.
    """
    batches = store.read.rows("SELECT file, profile, withdrawn FROM batch WHERE id = :id", id=batch_id)
    if not batches or batches[0][2]:
        raise NotFound(f"There is no batch {batch_id} to withdraw.")
    later = store.read.rows("SELECT MAX(id) FROM batch WHERE withdrawn = :no", no=False)[0][0]
    if later != batch_id:
        raise Conflict(f"Batch {later} was imported after batch {batch_id}; withdraw that first.")
    file, profile = str(batches[0][0]), str(batches[0][1])
    with store.change(f"Withdraw batch {batch_id}: {file}", kind="import", meeting=None) as writing:
        for way in _ways(writing, batch_id, profile):
            way.take_back(writing, batch_id)
        writing.update("batch", batch_id, withdrawn=True)
    return file


def _ways(writing: Writing, batch_id: int, profile: str) -> Iterable[Way]:
    """The ways of the batch's profile; where a user's profile file read it, those of the profiles whose rows it has."""
    if known := profiles().get(profile):
        return known.withdraw
    fitting = (
        each.withdraw for each in profiles().values() if any(way.brought(writing, batch_id) for way in each.withdraw)
    )
    return dict.fromkeys(way for ways in fitting for way in ways)
