"""The reports of a ranking that have no weight: how many of how many, and whether any has one at all."""

from __future__ import annotations

from core.not_counted import NotCounted, no_weight
from db.rankings import RunHead
from db.store import Store


def unweighed(store: Store, head: RunHead) -> NotCounted | None:
    """What a run could not weigh; None where every report has a weight."""
    if not head.unweighted:
        return None
    query = "SELECT SUM(crimes) AS reports FROM run_entry WHERE run_id = :run"
    [(reports,)] = store.read.rows(query, run=head.id)
    return no_weight(head.unweighted, int(reports or 0), of_what="report")


def no_ranking(store: Store, head: RunHead) -> str:
    """Why a run by harm ranks no one: no counted report has a weight. Empty where it does."""
    missing = None if head.how.measures else unweighed(store, head)
    return missing.sentence if missing is not None and missing.share == 1 else ""
