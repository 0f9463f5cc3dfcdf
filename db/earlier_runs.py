"""Runs of the same kind as a run: the one of a day, the one before a day."""

from __future__ import annotations

import json

from db.rankings import RunHead, kind_of
from db.scoring import RankingRequest
from db.store import Store

_KIND = (
    "method = :method AND pool = :pool AND by = :by AND window_days = :window AND min_crimes = :min "
    "AND statuses = :statuses"
)


def _kind(request: RankingRequest) -> dict[str, object]:
    return {**kind_of(request), "statuses": json.dumps(request.statuses)}


def run_of_meeting(store: Store, head: RunHead, day: int, looked_at: int | None) -> int | None:
    """The run of a kind that a meeting of a day looked at; if it looked at another kind, the last one as of its day."""
    rows = store.read.rows(
        f"SELECT id FROM run WHERE {_KIND} AND (id = :looked_at OR as_of = :day) "  # noqa: S608
        "ORDER BY CASE WHEN id = :looked_at THEN 0 ELSE 1 END, id DESC LIMIT 1",
        **_kind(head.request),
        day=day,
        looked_at=looked_at or 0,
    )
    return int(rows[0]["id"]) if rows else None


def earlier_run(store: Store, request: RankingRequest) -> int | None:
    """The number of the latest run of the same kind as of an earlier day."""
    rows = store.read.rows(
        f"SELECT id FROM run WHERE {_KIND} AND as_of < :as_of ORDER BY as_of DESC, id DESC LIMIT 1",  # noqa: S608
        **_kind(request),
        as_of=request.as_of,
    )
    return int(rows[0]["id"]) if rows else None
