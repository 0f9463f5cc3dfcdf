"""Two methods over the same people: where each puts them. Nothing is kept."""

from __future__ import annotations

from core.disagreement import Disagreement, Place, apart
from core.errors import Problem
from core.methods import Measures, score
from core.ranking import place
from db.first import people_first
from db.scoring import RankingRequest, nothing_to_rank, recipe_of, standings
from db.store import Store


def places(store: Store, request: RankingRequest) -> dict[str, Place]:
    """Person to where one method puts them. Raises Problem where there is no one."""
    recipe = recipe_of(store, request)
    by_person: dict[str, Place] = {}
    for _, rank, standing in place(standings(store, request), request.at_least, people_first(store, request)):
        measures = Measures(standing.recency, standing.crimes, standing.gravity, standing.harm, standing.victims)
        by_person[standing.ref] = Place(rank, standing.score, score(recipe.method, measures, recipe.bands))
    if not by_person:
        raise Problem(nothing_to_rank(store, request), "Nothing to rank")
    return by_person


def compare(store: Store, first: RankingRequest, second: RankingRequest, more_than: int) -> list[Disagreement]:
    """Everyone whose ranks differ by more than so many places, the widest first. Raises Problem for an empty pool."""
    return apart(places(store, first), places(store, second), more_than)
