"""After a load: lines that say the same thing twice are dropped, and each report leads once per suspect."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, text

from core.allegations import Pool, leads

_GROUPS = (
    "SELECT r.crime_ref, r.person_id FROM report_row r WHERE r.replaced_by IS NULL {only} "
    "GROUP BY r.crime_ref, r.person_id HAVING COUNT(*) > 1"
)
_ONLY = "AND r.crime_ref IN (SELECT crime_ref FROM report_row WHERE batch_id = :batch)"
_ROWS = (
    "SELECT r.id, r.batch_id, r.crime_ref, r.person_id, r.admitted, r.leading, r.days, r.victim_ref, r.offence_id, "
    "r.place_id, r.committed_from, r.committed_to, r.reported_on, r.domestic_abuse, r.vawg, r.detected_by, "
    "r.outcome_id, r.person_version_id, r.role, r.named_by FROM report_row r JOIN ({groups}) g "
    "ON g.crime_ref = r.crime_ref AND COALESCE(g.person_id, 0) = COALESCE(r.person_id, 0) "
    "WHERE r.replaced_by IS NULL ORDER BY r.crime_ref, r.person_id, r.id"
)


def settle(connection: Connection, batch_id: int, *, whole: bool) -> int:
    """Settle the reports that a batch touched.

    whole: the batch is all there is, so every report is looked at. Gives how many rows were dropped because
    another line of the same file says exactly the same.
    """
    groups = _GROUPS.format(only="" if whole else _ONLY)
    rows = connection.execute(text(_ROWS.format(groups=groups)), {} if whole else {"batch": batch_id})
    dropped: list[dict[str, int]] = []
    changed: list[dict[str, int]] = []
    for group in _reports(rows):
        kept = list(_without_repeats(group, batch_id, dropped))
        lead = leads((row[0], Pool(row[4]), row[6]) for row in kept)
        changed += [{"id": row[0], "pools": int(lead[row[0]])} for row in kept if int(lead[row[0]]) != row[5]]
    if dropped:
        connection.execute(text("DELETE FROM report_row WHERE id = :id"), dropped)
    if changed:
        connection.execute(text("UPDATE report_row SET leading = :pools WHERE id = :id"), changed)
    return len(dropped)


def _reports(rows: Any) -> Iterator[list[Any]]:
    for _, group in groupby(rows, key=itemgetter(2, 3)):
        yield list(group)


def _without_repeats(rows: list[Any], batch_id: int, dropped: list[dict[str, int]]) -> Iterator[Any]:
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        content = tuple(row[6:])
        if row[1] == batch_id and content in seen:
            dropped.append({"id": row[0]})
            continue
        seen.add(content)
        yield row
