"""Who stands first in a pool that says so: those who meet the rule of a cohort on the day of the ranking."""

from __future__ import annotations

from core.pools import entry
from db.rankings import RunHead
from db.scoring import RankingRequest, in_window, parameters
from db.store import Store


def people_first(store: Store, request: RankingRequest) -> frozenset[int]:
    """The numbers of the people of a pool who stand before all others in it; empty where the pool names no cohort."""
    cohort = entry(request.ranked_in).first
    if not cohort:
        return frozenset()
    from core.cohorts import COHORTS  # the rules of cohorts take long to load, and most pools name none
    from db.cohorts import meeting_rule

    query = (
        "SELECT DISTINCT person_id FROM report_row WHERE person_id > 0 AND (admitted & :pool) <> 0 "  # noqa: S608
        f"AND {in_window(request)}"
    )
    given = {name: value for name, value in parameters(request).items() if name != "old"}
    among = [number for (number,) in store.read.rows(query, **given)]
    return meeting_rule(store, COHORTS[cohort], request.as_of, among)


def cohort_first(head: RunHead) -> str:
    """The title, small, of the cohort whose people the pool of a run lists first. Raises KeyError where it has none."""
    from core.cohorts import COHORTS

    return COHORTS[entry(head.ranked_in).first].title.lower()


def refs_first(store: Store, head: RunHead) -> frozenset[str]:
    """The same for a run, by reference, as its day and the records as they are say; remembered."""
    if not entry(head.ranked_in).first:
        return frozenset()
    return store.remember(("first", head.id), None, lambda: _refs(store, people_first(store, head.request)))


def _refs(store: Store, numbers: frozenset[int]) -> frozenset[str]:
    marks = ", ".join(map(str, sorted(numbers))) or "NULL"
    return frozenset(ref for (ref,) in store.read.rows(f"SELECT ref FROM person WHERE id IN ({marks})"))  # noqa: S608
