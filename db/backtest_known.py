"""What of the reports had come in by a day, and how those rows counted then."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from core.allegations import leads
from core.days import day_of, london
from core.pools import Pool
from db.store import Store
from db.store.engine import Reader, Row


@dataclass(frozen=True)
class Known:
    """What of the store had been imported by a day.

    last_row, last_batch: the numbers of the last row and the last batch that had, 0 where none had. first_import: the
    day of the first import of reports (a day number).
    """

    last_row: int
    last_batch: int
    first_import: int

    @property
    def all_later(self) -> bool:
        """Whether the store held no report yet."""
        return self.last_row == 0


def known_on(store: Store, as_of: int) -> Known:
    """Which rows had been imported by a day, London's. Rows and batches are numbered as they came in."""
    batches = store.read.rows("SELECT id, imported_at FROM batch ORDER BY id")
    days = {int(row["id"]): day_of(london(row["imported_at"]).date()) for row in batches}
    held = "SELECT batch_id FROM report_row ORDER BY id LIMIT 1"
    first = [int(row["batch_id"]) for row in store.read.rows(held)]
    until = max((batch for batch, day in days.items() if day <= as_of), default=0)
    query = "SELECT id FROM report_row WHERE batch_id <= :until ORDER BY id DESC LIMIT 1"
    rows = store.read.rows(query, until=until) if first and first[0] <= until else []
    return Known(int(rows[0]["id"]) if rows else 0, until, days[first[0]] if first else as_of)


LATE = (
    "SELECT COUNT(*) AS late FROM report_row WHERE id > :known AND +person_id > 0 AND +reported_on > :after "
    "AND +reported_on <= :as_of AND (leading & :pool) <> 0"
)
"""How many rows of the window came in after the day."""


def as_then(read: Reader, known: Known, given: Mapping[str, int]) -> dict[int, tuple[int, int]]:
    """Rows of the window that counted otherwise in the pool on the day than now, by number.

    Each with the pools that admitted it then, and those that it led. They are rows that a later file replaced, or that
    a row of a later file leads now.
    """
    values = {name: given[name] for name in ("pool", "known")}
    reports: dict[tuple[str, int], list[Row]] = {}
    for row in read.rows(_TOUCHED, batch=known.last_batch, **values):
        reports.setdefault((row["crime_ref"], row["person_id"]), []).append(row)
    pool, inside = given["pool"], range(given["after"] + 1, given["as_of"] + 1)
    changed: dict[int, tuple[int, int]] = {}
    for group in reports.values():
        leading = leads((row["id"], Pool(row["was"]), row["days"]) for row in group)
        for row in group:
            then = row["was"], int(leading[row["id"]])
            same = all(
                was & pool == is_now & pool for was, is_now in zip(then, (row["admitted"], row["leading"]), strict=True)
            )
            if not same and row["reported_on"] in inside:
                changed[row["id"]] = then
    return changed


_TOUCHED = (
    "SELECT o.id, o.crime_ref, o.person_id, o.reported_on, o.days, o.admitted, o.leading, c.allowed & f.pools AS was "
    "FROM (SELECT DISTINCT e.crime_ref, e.person_id FROM report_row e WHERE e.id <= :known AND +e.person_id > 0 "
    "AND (e.replaced_by > :batch OR ((e.admitted & :pool) <> 0 AND (e.leading & :pool) = 0 AND EXISTS "
    "(SELECT 1 FROM report_row l WHERE l.crime_ref = e.crime_ref AND l.person_id = e.person_id AND l.id > :known)))) n "
    "CROSS JOIN report_row o JOIN circumstance c ON c.id = o.circumstance_id JOIN offence f ON f.id = o.offence_id "
    "WHERE o.crime_ref = n.crime_ref AND o.person_id = n.person_id AND o.id <= :known "
    "AND (o.replaced_by IS NULL OR o.replaced_by > :batch)"
)
"""Every row that stood on the day of a report of someone of which a later file replaced a row, or leads one.

That is found in one walk over the rows of the day, which are asked what became of them: to look for the reports of all
later rows instead takes many times as long.
"""
THEN = (
    "SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS admitted, "
    "json_extract(value, '$[2]') AS leading FROM json_each(:then)"
)
TOUCHED_PEOPLE = (
    "SELECT person_id FROM report_row WHERE id IN (SELECT json_extract(value, '$[0]') FROM json_each(:then))"
)


def people_of(read: Reader, then: Mapping[int, object]) -> set[int]:
    """Whose rows these are."""
    marks = json.dumps([[row] for row in then])
    return {row["person_id"] for row in read.rows(TOUCHED_PEOPLE, then=marks)}
