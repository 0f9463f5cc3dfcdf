"""Crime reports that came in after a ranking was made: a meeting looks at one ranking from its opening to its seal."""

from __future__ import annotations

from core.text import counted
from db.store import Store


def newer_reports(store: Store, run_id: int | None) -> str:
    """A sentence on the reports that a ranking cannot know, and when they count; empty where there are none.

    run_id: the ranking that is looked at, None where there is none. What only repeats a report that is held is not
    counted, and a file that was withdrawn is not.
    """
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
