"""What the loaders of ward counts share: a release gets its name, its totals by month and its notes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

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
    facts: Mapping[str, Sequence[int]] | None = None,
    ending: str = "",
) -> int:
    """Add a release and give its number.

    facts: further counts by month, by their column of the facts of a release. ending: what stands behind its months in
    the name, to tell forces apart.
    """
    release_id = load.writing.insert(
        "release",
        batch_id=load.batch_id,
        name=_free(load, span(months) + ending),
        profile=load.mapping.kind,
        months=json.dumps(months),
    )
    every = {"totals": totals, "forces": forces, "notes": notes, **(facts or {})}
    load.writing.connection.execute(
        text(
            f"INSERT INTO release_facts (release_id, {', '.join(every)}) "  # noqa: S608 - our own names
            f"VALUES (:id, {', '.join(f':{name}' for name in every)})"
        ),
        {"id": release_id, **{name: json.dumps(value) for name, value in every.items()}},
    )
    return release_id


def _free(load: Load, name: str) -> str:
    """A name that no release has: another file for the same months gets a number behind."""
    query = text("SELECT COUNT(*) FROM release WHERE name = :name OR name LIKE :like")
    others = load.writing.connection.execute(query, {"name": name, "like": f"{name}.%"}).scalar_one()
    return f"{name}.{others + 1}" if others else name
