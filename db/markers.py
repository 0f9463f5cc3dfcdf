"""Markers as the store holds them: dated facts about people, from imports."""

from __future__ import annotations

from collections.abc import Collection

from core.markers import Marker
from db.store import Store
from db.store.rows import field_names

_QUERY = (
    "SELECT m.person_ref, m.kind, m.value, m.starts, m.ends, m.note, b.file, m.line FROM {table} m "
    "JOIN batch b ON b.id = m.batch_id WHERE m.replaced_by IS NULL {who}ORDER BY m.person_ref, m.starts, m.id"
)


_NAMES = ("person_ref", *field_names(Marker))
_RULES_READ = "main.marker"
"""The table itself: the view of the same name hides values from some, and a rule would go by what it hides."""


def of_everyone(store: Store, kinds: Collection[str] = ()) -> dict[str, list[Marker]]:
    """Person to every marker about them (of some kinds), the earliest start first: for rules, whoever asks.

    What is told of them is for the caller to hide.
    """
    found: dict[str, list[Marker]] = {}
    marks = {f"kind{number}": kind for number, kind in enumerate(kinds)}
    among = f"AND m.kind IN ({', '.join(f':{mark}' for mark in marks)}) " if marks else ""
    for ref, *told in store.read.picked(_NAMES, _QUERY.format(table=_RULES_READ, who=among), **marks):
        found.setdefault(ref, []).append(Marker(*told))
    return found


def of_person(store: Store, ref: str) -> list[Marker]:
    """Every marker about one person as whoever asks is shown it, the earliest start first."""
    return _about(store, ref, "marker")


def decisive(store: Store, ref: str) -> list[Marker]:
    """The same for rules, whoever asks."""
    return _about(store, ref, _RULES_READ)


def _about(store: Store, ref: str, table: str) -> list[Marker]:
    rows = store.read.picked(_NAMES, _QUERY.format(table=table, who="AND m.person_ref = :ref "), ref=ref)
    return [Marker(*told) for _, *told in rows]
