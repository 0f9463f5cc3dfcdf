"""After a load: lines that say the same twice are dropped, each report leads once per suspect, victims are known."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from core.allegations import leads
from core.pools import Pool
from core.text import counted

_EVERY = "SELECT crime_ref, person_id FROM report_row GROUP BY crime_ref, person_id HAVING COUNT(*) > 1"
_TOUCHED = (
    "SELECT crime_ref, person_id FROM report_row WHERE replaced_by IS NULL "
    "AND crime_ref IN (SELECT crime_ref FROM report_row WHERE batch_id = :batch) "
    "GROUP BY crime_ref, person_id HAVING COUNT(*) > 1"
)
_ROWS = (
    "SELECT r.id, r.batch_id, r.crime_ref, r.person_id, r.admitted, r.leading, r.line, r.days, r.victim_ref, "
    "r.offence_id, r.place_id, r.committed_from, r.committed_to, r.reported_on, r.circumstance_id, "
    "r.person_version_id, {detail} AS detail "
    "FROM ({groups}) g JOIN report_row r "
    "ON g.crime_ref = r.crime_ref AND COALESCE(g.person_id, 0) = COALESCE(r.person_id, 0) "
    "WHERE r.replaced_by IS NULL ORDER BY r.crime_ref, r.person_id, r.id"
)
_ONCE = "each report counts once, by its heaviest row that the pool takes in, the first of equal ones"
_AT_ONCE = 10_000
"""Rows changed by one call of the driver: the list of their parameters stays small."""


class Settled(NamedTuple):
    """What became of the rows of a file that are of the same report, suspect and victim.

    repeated: how many were dropped because another line says exactly the same. otherwise: of how many a line says
    something else than another; both stand. line: the first of those.
    """

    repeated: int = 0
    otherwise: int = 0
    line: int = 0

    @property
    def words(self) -> str:
        """What is said of those that stand beside others; empty where there are none."""
        if not self.otherwise:
            return ""
        say = counted(self.otherwise, "row says", "rows say")
        which = "a report, suspect and victim that another row of this file tells of"
        return f"{say} otherwise of {which} (first: line {self.line:,}); {_ONCE}."


def settle(connection: Connection, batch_id: int, *, whole: bool) -> Settled:
    """Settle the reports that a batch touched.

    batch_id: 0 for none, as a migration has it: no row is dropped. whole: the batch is all there is, so every report is
    looked at.
    """
    detail = "r.detail_id" if batch_id else "NULL"  # an old store has no such column yet, and drops no row
    query = text(_ROWS.format(groups=_EVERY if whole else _TOUCHED, detail=detail))
    repeated, otherwise = array("q"), array("q")
    leading: dict[int, array[int]] = {}
    for group in _reports(connection.execute(query, {} if whole else {"batch": batch_id})):
        kept = list(_without_repeats(group, batch_id, repeated))
        otherwise.extend(_said_otherwise(kept, batch_id))
        lead = leads((row[0], Pool(row[4]), row[7]) for row in kept)
        for row in kept:
            if lead[row[0]] != row[5]:
                leading.setdefault(int(lead[row[0]]), array("q")).append(row[0])
    _each(connection, "DELETE FROM report_row WHERE id = :id", repeated)
    for pools, ids in leading.items():
        _each(connection, "UPDATE report_row SET leading = :pools WHERE id = :id", ids, pools=pools)
    return Settled(len(repeated), len(otherwise), min(otherwise, default=0))


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
        content = tuple(row[7:])
        if row[1] == batch_id and content in seen:
            repeated.append(row[0])
            continue
        seen.add(content)
        yield row


def _said_otherwise(rows: Iterable[Any], batch_id: int) -> Iterator[int]:
    """The lines of a batch that are of a suspect and a victim whom another of its lines is of in the same report.

    Where either is not told, two lines may be of two people.
    """
    seen: set[str] = set()
    for row in rows:
        _, batch, _, person, _, _, line, _, victim, *_ = row
        if batch == batch_id and person is not None and victim:
            if victim in seen:
                yield line
            seen.add(victim)


def _each(connection: Connection, statement: str, ids: array[int], **values: int) -> None:
    """Run a statement for every number, a bounded lot at a time."""
    for start in range(0, len(ids), _AT_ONCE):
        lot = [{"id": row_id, **values} for row_id in ids[start : start + _AT_ONCE]]
        connection.execute(text(statement), lot)
