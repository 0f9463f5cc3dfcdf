"""After a load: lines that say the same twice are dropped, each report leads once per suspect, victims are known."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, text

from core.allegations import leads
from core.pools import Pool

_EVERY = "SELECT crime_ref, person_id FROM report_row GROUP BY crime_ref, person_id HAVING COUNT(*) > 1"
_TOUCHED = (
    "SELECT crime_ref, person_id FROM report_row WHERE replaced_by IS NULL "
    "AND crime_ref IN (SELECT crime_ref FROM report_row WHERE batch_id = :batch) "
    "GROUP BY crime_ref, person_id HAVING COUNT(*) > 1"
)
_ROWS = (
    "SELECT r.id, r.batch_id, r.crime_ref, r.person_id, r.admitted, r.leading, r.days, r.victim_ref, r.offence_id, "
    "r.place_id, r.committed_from, r.committed_to, r.reported_on, r.circumstance_id, r.person_version_id "
    "FROM ({groups}) g JOIN report_row r "
    "ON g.crime_ref = r.crime_ref AND COALESCE(g.person_id, 0) = COALESCE(r.person_id, 0) "
    "WHERE r.replaced_by IS NULL ORDER BY r.crime_ref, r.person_id, r.id"
)
_AT_ONCE = 10_000
"""Rows changed by one call of the driver: the list of their parameters stays small."""


def settle(connection: Connection, batch_id: int, *, whole: bool) -> int:
    """Settle the reports that a batch touched.

    whole: the batch is all there is, so every report is looked at. Gives how many rows were dropped because
    another line of the same file says exactly the same.
    """
    query = text(_ROWS.format(groups=_EVERY if whole else _TOUCHED))
    repeated = array("q")
    leading: dict[int, array[int]] = {}
    for group in _reports(connection.execute(query, {} if whole else {"batch": batch_id})):
        kept = list(_without_repeats(group, batch_id, repeated))
        lead = leads((row[0], Pool(row[4]), row[6]) for row in kept)
        for row in kept:
            if lead[row[0]] != row[5]:
                leading.setdefault(int(lead[row[0]]), array("q")).append(row[0])
    _each(connection, "DELETE FROM report_row WHERE id = :id", repeated)
    for pools, ids in leading.items():
        _each(connection, "UPDATE report_row SET leading = :pools WHERE id = :id", ids, pools=pools)
    return len(repeated)


def flag_victims(connection: Connection) -> None:
    """Say of every person whether they are a victim, too: by their reference in a report, or by a marker."""
    flag_marked(connection)
    # CROSS JOIN makes SQLite walk the rows and look each reference up, not walk all rows again for each person.
    connection.execute(
        text(
            "UPDATE person SET victim = 1 WHERE victim = 0 AND id IN (SELECT p.id FROM report_row r "
            "CROSS JOIN person p WHERE p.ref = r.victim_ref AND r.replaced_by IS NULL)"
        )
    )


def flag_marked(connection: Connection) -> None:
    """Say of every person of whom a marker says so that they are a victim, too."""
    connection.execute(
        text(
            "UPDATE person SET victim = 1 WHERE victim = 0 "
            "AND ref IN (SELECT person_ref FROM marker WHERE kind = 'victim' AND replaced_by IS NULL)"
        )
    )


def _reports(rows: Any) -> Iterator[list[Any]]:
    for _, group in groupby(rows, key=itemgetter(2, 3)):
        yield list(group)


def _without_repeats(rows: Iterable[Any], batch_id: int, repeated: array[int]) -> Iterator[Any]:
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        content = tuple(row[6:])
        if row[1] == batch_id and content in seen:
            repeated.append(row[0])
            continue
        seen.add(content)
        yield row


def _each(connection: Connection, statement: str, ids: array[int], **values: int) -> None:
    """Run a statement for every number, a bounded lot at a time."""
    for start in range(0, len(ids), _AT_ONCE):
        lot = [{"id": row_id, **values} for row_id in ids[start : start + _AT_ONCE]]
        connection.execute(text(statement), lot)
