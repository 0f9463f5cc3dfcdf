"""Two methods over the same people: where each puts them. Nothing is kept."""

from __future__ import annotations

from core.disagreement import Apart, Place, apart
from core.errors import Problem
from core.methods import Measures, score
from core.ranking import place
from db.scoring import Asked, nothing_to_rank, recipe_of, standings
from db.store import Store


def places(store: Store, asked: Asked) -> dict[str, Place]:
    """Person to where one method puts them. Raises Problem where there is no one."""
    made = recipe_of(store, asked)
    found: dict[str, Place] = {}
    for _, rank, one in place(standings(store, asked), asked.at_least):
        measures = Measures(one.recency, one.crimes, one.gravity, one.harm, one.victims)
        found[one.ref] = Place(rank, one.score, score(made.method, measures, made.bands))
    if not found:
        raise Problem(nothing_to_rank(store, asked), "Nothing to rank")
    return found


def compare(store: Store, first: Asked, second: Asked, more_than: int) -> list[Apart]:
    """Everyone whose ranks differ by more than so many places, the widest first. Raises Problem for an empty pool."""
    return apart(places(store, first), places(store, second), more_than)
