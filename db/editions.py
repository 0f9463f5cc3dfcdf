"""The editions of harm indexes that a store knows: those that ship and those that were imported."""

from __future__ import annotations

import json
from collections.abc import Mapping

from core import editions
from core.editions import Edition
from core.harm import weights as shipped
from core.methods import Recipe
from core.text import counted, plain
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


def lacking(store: Store, made: Recipe, missing: Mapping[str, int]) -> str:
    """What is wrong with an imported edition that lacks codes which the index that ships weighs; empty if nothing is.

    missing: Home Office codes of counted reports without a weight, and how many reports each.
    """
    own = [edition.name for edition in made.editions if imported(store, edition.name)]
    codes = [f"{code} ({counted(number, 'report')})" for code, number in missing.items() if code in shipped()]
    if not own or not codes:
        return ""
    return (
        f"Edition '{plain(own[0])}' has no weight for codes that occur: {', '.join(codes[:5])}"
        f"{' …' if len(codes) > 5 else ''}. Add them to its file and import it again, or rank by another edition."
    )
