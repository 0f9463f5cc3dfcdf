"""Markers as the store holds them: dated facts about people, from imports."""

from __future__ import annotations

from collections.abc import Collection

from core.markers import Marker
from db.store import Store
from db.store.engine import Row
from db.store.rows import fields

_QUERY = (
    "SELECT m.person_ref, m.kind, m.value, m.starts, m.ends, m.note, b.file, m.line FROM marker m "
    "JOIN batch b ON b.id = m.batch_id WHERE m.replaced_by IS NULL {who}ORDER BY m.person_ref, m.starts, m.id"
)


def of_everyone(store: Store, kinds: Collection[str] = ()) -> dict[str, list[Marker]]:
    """Person to every marker about them (of some kinds), the earliest start first."""
    found: dict[str, list[Marker]] = {}
    marks = {f"kind{number}": kind for number, kind in enumerate(kinds)}
    among = f"AND m.kind IN ({', '.join(f':{mark}' for mark in marks)}) " if marks else ""
    for row in store.read.rows(_QUERY.format(who=among), **marks):
        found.setdefault(row["person_ref"], []).append(_marker(row))
    return found


def of_person(store: Store, ref: str) -> list[Marker]:
    """Every marker about one person, the earliest start first."""
    return [_marker(row) for row in store.read.rows(_QUERY.format(who="AND m.person_ref = :ref "), ref=ref)]


def _marker(row: Row) -> Marker:
    columns = fields(row)
    del columns["person_ref"]
    return Marker(**columns)
