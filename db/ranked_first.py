"""The first of a ranking who are of a scope, with the ranks that they have in the force."""

from __future__ import annotations

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
