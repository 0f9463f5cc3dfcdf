"""Which files brought reports, markers, units, patrols and the like: by profile or what they brought.

A file that was read by a profile file of a user is known by the name of that, which may map to any profile; so it is
one of those that brought rows into the table of a kind.
"""

from __future__ import annotations

from typing import NamedTuple

from db.store import Store
from db.store.batches import batches_version


class BatchKind(NamedTuple):
    """A profile, the table of its rows, and what these are called where several kinds stand below each other."""

    profile: str
    table: str
    title: str


REPORTS = BatchKind("extract", "report_row", "Crime reports")
INCIDENTS = BatchKind("incidents", "incident", "Incidents")
LFR = BatchKind("lfr", "lfr_deployment", "Facial recognition")
ACTIVITY = BatchKind("activity", "activity", "24-hour returns")
MARKERS = BatchKind("markers", "marker", "Markers")
UNITS = BatchKind("deployments", "deployment", "Units")
PATROLS = BatchKind("patrols", "patrol", "Patrols")
FLY_TIPS = BatchKind("fly-tip-sites", "fly_tip_site", "Fly-tip sites")
FLAGGED = BatchKind("unsafe-places", "unsafe_place", "Flagged places")
PANELS = BatchKind("ward-panel", "panel_priority", "Panel priorities")
OF_EVERY_DAY = (REPORTS, MARKERS, UNITS, PATROLS, FLY_TIPS, FLAGGED, PANELS)
"""Kinds whose rows count whatever period is looked at, so that any of them that is kept out is missing today."""


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
