"""Crime reports that come again under another reference: they would count twice, so the person decides.

Rule: a row whose reference is new repeats a report that is held where person, days, offence, place and victim are the
same. Several that name a person are no chance. A single one can be (two assaults of a day), and so can rows that name
no one (two thefts in a ward on a day): these are noted and taken, unless they are several and at least half of what is
new.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, text

from core.errors import Refused
from core.text import counted
from db.loading.load import Load

_COUNTS = text(
    "WITH mine AS MATERIALIZED (SELECT n.id, n.offence_id, n.place_id, n.committed_from, n.committed_to, "
    "n.reported_on, n.person_id, n.victim_ref FROM report_row n WHERE n.id > :last AND NOT EXISTS "
    "(SELECT 1 FROM report_row h WHERE h.crime_ref = n.crime_ref AND h.id <= :last)) "
    "SELECT (SELECT COUNT(*) FROM mine) AS fresh, COUNT(DISTINCT m.id) AS repeats, "
    "COUNT(DISTINCT CASE WHEN m.person_id IS NOT NULL THEN m.id END) AS named "
    # CROSS JOIN makes SQLite walk the stored rows once and look each up among the new ones.
    "FROM report_row o CROSS JOIN mine m ON m.reported_on = o.reported_on AND m.committed_from = o.committed_from "
    "AND m.offence_id = o.offence_id AND m.place_id = o.place_id AND m.victim_ref = o.victim_ref "
    "AND m.committed_to IS o.committed_to AND m.person_id IS o.person_id "
    "WHERE o.id <= :last AND o.replaced_by IS NULL"
)


class Again(NamedTuple):
    """How many rows have a new reference, how many of them repeat a report, and how many of those name a person."""

    fresh: int
    repeats: int
    named: int


def last_row(connection: Connection) -> int:
    """The number of the last stored row of a crime report, 0 where there is none."""
    return int(connection.execute(text("SELECT COALESCE(MAX(id), 0) FROM report_row")).scalar_one())


def check(load: Load, last: int) -> None:
    """Look at the rows stored after *last*. Raises Refused where they repeat reports and no one said to take them."""
    again = Again(*load.writing.connection.execute(_COUNTS, {"last": last}).one())
    if not again.repeats:
        return
    said = (
        f"{again.repeats:,} of {counted(again.fresh, 'new row')} "
        f"{'repeats a report' if again.repeats == 1 else 'repeat reports'} held under another reference"
    )
    if load.take_repeats:
        load.notes.append(f"{said}; taken all the same, as was asked for.")
    elif again.named > 1 or (again.repeats > 1 and 2 * again.repeats >= again.fresh):
        raise Refused(
            f"{load.file.path.name}: {said} (same person, days, offence, place and victim), so they would count twice. "
            "If they are reports of their own, take them with --take-repeats. If the source numbers its reports anew "
            'each time, name what tells them apart in a profile file, as key = ["person_ref", "committed_from", '
            '"ho_code"].'
        )
    else:
        load.notes.append(f"{said}; so few can be alike by chance, so they were taken.")
