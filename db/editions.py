"""The editions of harm indexes that a store knows: those that ship and those that were imported."""

from __future__ import annotations

import json

from core import editions
from core.editions import Edition
from db.store import Store


def known(store: Store) -> dict[str, Edition]:
    """Every edition by its name; an imported one stands in the place of an earlier import of the same name."""
    query = (
        "SELECT e.name, e.weights, b.file FROM edition_file e JOIN batch b ON b.id = e.batch_id "
        "WHERE b.withdrawn = :no ORDER BY e.id"
    )
    found = dict(editions.built_in())
    for name, weights, file in store.read.rows(query, no=False):
        found[name] = editions.read([(number, row) for number, row in enumerate(json.loads(weights), 2)], file)
    return found


def named(store: Store, text: str) -> Edition:
    """An edition by its name. Raises Refused where there is none."""
    return editions.edition_named(text, known(store))


def imported(store: Store, name: str) -> bool:
    """Whether an edition came from a file of the user's, and not with the program."""
    query = "SELECT 1 FROM edition_file e JOIN batch b ON b.id = e.batch_id WHERE e.name = :name AND b.withdrawn = :no"
    return bool(store.read.rows(query, name=name, no=False))
