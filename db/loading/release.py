"""What the loaders of ward counts share: a release gets its name, its totals by month and its notes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import text

from core.releases import span
from db.loading.load import Load


def add_release(
    load: Load,
    months: Sequence[str],
    totals: Sequence[int],
    *,
    forces: Sequence[str] = (),
    notes: Sequence[str] = (),
    ending: str = "",
) -> int:
    """Add a release and give its number. ending: what stands behind its months in the name, to tell forces apart."""
    release_id = load.writing.insert(
        "release",
        batch_id=load.batch_id,
        name=_free(load, span(months) + ending),
        profile=load.mapping.kind,
        months=json.dumps(months),
    )
    load.writing.connection.execute(
        text("INSERT INTO release_facts (release_id, totals, forces, notes) VALUES (:id, :totals, :forces, :notes)"),
        {"id": release_id, "totals": json.dumps(totals), "forces": json.dumps(forces), "notes": json.dumps(notes)},
    )
    return release_id


def _free(load: Load, name: str) -> str:
    """A name that no release has: another file for the same months gets a number behind."""
    query = text("SELECT COUNT(*) FROM release WHERE name = :name OR name LIKE :like")
    others = load.writing.connection.execute(query, {"name": name, "like": f"{name}.%"}).scalar_one()
    return f"{name}.{others + 1}" if others else name
