"""The reports of a ranking that have no weight: how many of how many, and whether any has one at all."""

from __future__ import annotations

from core.not_counted import NotCounted, no_weight
from db.kept_state import state_of
from db.rankings import RunHead
from db.store import Store


def unweighed(store: Store, head: RunHead) -> NotCounted | None:
    """What a run could not weigh; None where every report has a weight."""
    if not head.unweighted:
        return None
    state = state_of(store, head.id)
    query = f"SELECT SUM(crimes) AS reports FROM ({state.everyone('crimes')})"  # noqa: S608 - the state's own
    [(reports,)] = store.read.rows(query, **state.values)
    return no_weight(head.unweighted, int(reports or 0), of_what="report")


def no_ranking(store: Store, head: RunHead) -> str:
    """Why a run by harm ranks no one: no counted report has a weight. Empty where it does."""
    missing = None if head.how.measures else unweighed(store, head)
    return missing.sentence if missing is not None and missing.share == 1 else ""
