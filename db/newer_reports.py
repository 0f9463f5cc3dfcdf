"""Crime reports that came in, or went, after a ranking was made: a meeting looks at one ranking until it is sealed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from core.text import counted
from db.run_records import LOST_NONE
from db.store import Store

if TYPE_CHECKING:
    from db.store.engine import Row

RANKED_BY = frozenset(("extract", "markers", "edition"))
"""The profiles of files that a ranking of people goes by: crime reports, what is known of people, weights."""


def newer_reports(store: Store, run_id: int | None) -> str:
    """What a ranking cannot know, in words, and when it will: reports that came in since, a file withdrawn since.

    run_id: the ranking that is looked at, None where there is none. What only repeats a report that is held is not
    counted, and a file that was withdrawn is not. Empty where there is nothing to say.
    """
    return " ".join(filter(None, (_withdrawn(store, run_id), _came(store, run_id))))


def _withdrawn(store: Store, run_id: int | None) -> str:
    query = f"SELECT 1 FROM run WHERE id = :run AND NOT {LOST_NONE}"  # noqa: S608 - from the code
    if not store.read.rows(query, run=run_id) or not _counted_ones(store, run_id):
        return ""
    return "A file that this ranking counts was withdrawn since: it is out at the next meeting, or now with m."


def _counted_ones(store: Store, run_id: int | None) -> list[Row]:
    """The files that a ranking counts and that were withdrawn since it was made, by the journal.

    A profile of a user's own may have brought crime reports; of those that ship it is known which do.
    """
    from db.loading.profiles import profiles  # hardly ever needed, and the first paint does not wait for it

    others = json.dumps(sorted(set(profiles()) - RANKED_BY))
    query = (
        "SELECT b.id FROM run r JOIN batch b ON b.id <= r.batch_id AND b.withdrawn = :yes "
        "AND b.profile NOT IN (SELECT value FROM json_each(:others)) WHERE r.id = :run AND EXISTS ("
        "SELECT 1 FROM journal j WHERE j.kind = 'import' AND j.entered_at >= r.made_at "
        "AND j.what LIKE 'Withdraw batch ' || b.id || ':%')"
    )
    return store.read.rows(query, yes=True, others=others, run=run_id)


def _came(store: Store, run_id: int | None) -> str:
    query = (
        "SELECT COALESCE(SUM(b.taken + b.revised), 0) AS came FROM batch b JOIN run r ON b.id > r.batch_id "
        "WHERE r.id = :run AND b.profile = 'extract' AND b.withdrawn = :no"
    )
    [(came,)] = store.read.rows(query, run=run_id, no=False)
    if not came:
        return ""
    they, count = ("it", "counts") if came == 1 else ("they", "count")
    reports = counted(int(came), "report")
    return f"{reports} came in since this ranking was made: {they} {count} at the next meeting, or now with m."
