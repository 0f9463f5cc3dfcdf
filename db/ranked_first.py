"""The first of a ranking who are of a scope, with the ranks that they have in the force."""

from __future__ import annotations

from typing import NamedTuple

from core.scope import Scope
from db.rankings import Ranked, entries, entries_at, order
from db.store import Store

_AT_ONCE = 500
"""Entries asked for at once."""


def first_ranked(
    store: Store, run_id: int, scope: Scope, limit: int | None = None, since: int | None = None
) -> list[Ranked]:
    """The first *limit* ranked people of a scope, all if None; of the force those of the first *limit* ranks.

    since: as in :func:`db.rankings.entries`.
    """
    if scope.is_force:
        return entries(store, run_id, limit, since)
    places = order(store, run_id, within=scope.name, limit=limit)
    first: list[Ranked] = []
    for start in range(0, len(places), _AT_ONCE):
        page = places[start : start + _AT_ONCE]
        known = entries_at(store, run_id, page, since)
        first += [known[place] for place in page if known[place].rank is not None]
    return first


class Shared(NamedTuple):
    """A rank that so many people share that they are not named, with their number and the score of each."""

    rank: int
    people: int
    score: float


def named_first(
    store: Store, run_id: int, scope: Scope, limit: int, most: int, since: int | None = None
) -> tuple[list[Ranked], Shared | None]:
    """The people who lead a scope, rank by rank until *limit* are named: whoever shares the last rank is one of them.

    Where that makes more than *most*, the last rank is told apart, without names. since: as in
    :func:`db.rankings.entries`.
    """
    found = first_ranked(store, run_id, scope, limit if scope.is_force else most + 1, since)
    if len(found) <= limit:
        return found, None
    last = found[limit - 1].rank or 0
    if len(found) > most and found[-1].rank == last and not scope.is_force:  # whoever shares it may be further down
        found = first_ranked(store, run_id, scope, None, since)
    led = [one for one in found if (one.rank or 0) <= last]
    if len(led) <= most:
        return led, None
    named = [one for one in led if one.rank != last]
    return named, Shared(last, len(led) - len(named), led[-1].score)
