"""Crime reports that came in, or went, after a ranking was made: a meeting looks at one ranking until it is sealed."""

from __future__ import annotations

from core.text import counted
from db.batch_kinds import REPORTS, batches_that_brought
from db.run_records import LOST_NONE
from db.store import Store

RANKED_BY = frozenset(("extract", "markers", "edition"))
"""The profiles of files that a ranking of people goes by: crime reports, what is known of people, weights.

A force's own profile may bring crime reports, too.
"""


def newer_reports(store: Store, run_id: int | None) -> str:
    """What a ranking cannot know, in words, and when it will: reports that came in since, a file withdrawn since.

    run_id: the ranking that is looked at, None where there is none. What only repeats a report that is held is not
    counted, and a file that was withdrawn is not. Empty where there is nothing to say.
    """
    found = []
    past = _is_past(store, run_id)
    if _has_lost(store, run_id):
        lost = "A file that this ranking counts was withdrawn since"
        found.append(f"{lost}." if past else f"{lost}: it is out at the next meeting, or now with m.")
    if came := _came(store, run_id):
        they, count = ("it", "counts") if came == 1 else ("they", "count")
        told = f"{counted(came, 'report')} came in since this ranking was made"
        when = f"{they} {count} in later ones" if past else f"{they} {count} at the next meeting, or now with m"
        found.append(f"{told}: {when}.")
    return " ".join(found)


def _is_past(store: Store, run_id: int | None) -> bool:
    """Whether a later day was ranked since in the same way: the meeting that was the next one is not to come."""
    query = (
        "SELECT 1 FROM run later JOIN run r ON r.id = :run AND later.as_of > r.as_of AND later.method = r.method "
        "AND later.pool = r.pool LIMIT 1"
    )
    return bool(store.read.rows(query, run=run_id))


def not_of_ranking(store: Store, run_id: int | None) -> list[str]:
    """The same for papers, which keep to their ranking: what it still counts and what it does not, a sentence each.

    run_id: as above.
    """
    found = []
    if _has_lost(store, run_id):
        found.append("The ranking counts a file that was withdrawn since it was made.")
    if came := _came(store, run_id):
        found.append(f"{counted(came, 'report')} came in since the ranking was made, which does not count them.")
    return found


def _has_lost(store: Store, run_id: int | None) -> bool:
    query = f"SELECT 1 FROM run WHERE id = :run AND NOT {LOST_NONE}"  # noqa: S608 - from the code
    return bool(store.read.rows(query, run=run_id)) and bool(_counted_ones(store, run_id))


def _counted_ones(store: Store, run_id: int | None) -> list[int]:
    """The files that a ranking counts and that were withdrawn since it was made, by the journal."""
    query = (
        "SELECT b.id, b.profile FROM run r JOIN batch b ON b.id <= r.batch_id AND b.withdrawn = :yes WHERE r.id = :run "
        "AND EXISTS (SELECT 1 FROM journal j WHERE j.kind = 'import' AND j.entered_at >= r.made_at "
        "AND j.what LIKE 'Withdraw batch ' || b.id || ':%')"
    )
    reports = batches_that_brought(store, REPORTS)
    rows = store.read.rows(query, yes=True, run=run_id)
    return [row["id"] for row in rows if row["profile"] in RANKED_BY or row["id"] in reports]


def _came(store: Store, run_id: int | None) -> int:
    query = (
        "SELECT b.id, b.taken + b.revised AS came FROM batch b JOIN run r ON b.id > r.batch_id "
        "WHERE r.id = :run AND b.withdrawn = :no"
    )
    brought = batches_that_brought(store, REPORTS)
    return sum(int(row["came"]) for row in store.read.rows(query, run=run_id, no=False) if row["id"] in brought)
