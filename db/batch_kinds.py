"""Which files brought reports, incidents, deployments of cameras, 24-hour returns: by profile or what they brought.

A file that was read by a profile file of a user is known by the name of that, which may map to any profile; so it is
one of those that brought rows into the table of a kind.
"""

from __future__ import annotations

from typing import NamedTuple

from db.store import Store
from db.store.batches import batches_version


class BatchKind(NamedTuple):
    """A profile, and the table of its rows."""

    profile: str
    table: str


REPORTS, INCIDENTS = BatchKind("extract", "report_row"), BatchKind("incidents", "incident")
LFR, ACTIVITY = BatchKind("lfr", "lfr_deployment"), BatchKind("activity", "activity")


def batches_that_brought(store: Store, kind: BatchKind) -> frozenset[int]:
    """The numbers of the batches of a kind, withdrawn ones among them; remembered until a file comes in."""
    return store.remember(("brought", kind.table), batches_version(store), lambda: _read(store, kind))


def _read(store: Store, kind: BatchKind) -> frozenset[int]:
    rows = store.read.rows("SELECT id, profile FROM batch")
    found = {row["id"] for row in rows if row["profile"] == kind.profile}
    if own := {row["id"] for row in rows if row["profile"].endswith(".toml")}:
        query = f"SELECT DISTINCT batch_id FROM {kind.table}"  # noqa: S608 - our own names
        found |= own.intersection(row["batch_id"] for row in store.read.rows(query))
    return frozenset(found)
