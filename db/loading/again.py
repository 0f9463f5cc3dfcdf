"""Crime reports that come again under another reference: they would count twice, so the person decides.

Rule: a row whose reference is new repeats a report that is held where person, days, offence, place and victim are the
same. Several that name a person are no chance. A single one can be (two assaults of a day), and so can rows that name
no one (two thefts in a ward on a day): these are noted and taken, unless they are several and at least half of what is
new. Rows that repeat others of their own file are noted and taken: one source gave them their references at one time.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, text

from core.errors import Refused
from core.reports import UNDER_ANOTHER
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
_NEW = (
    "FROM report_row n WHERE n.id > :last AND (:last = 0 OR NOT EXISTS "
    "(SELECT 1 FROM report_row h WHERE h.crime_ref = n.crime_ref AND h.id <= :last "
    "AND (h.replaced_by IS NULL OR h.replaced_by = n.batch_id)))"
)
_FRESH = text(f"SELECT COUNT(*) {_NEW}")
_MIX = "n.committed_from * 1000003 + n.reported_on * 1009 + n.place_id * 31 + n.offence_id + COALESCE(n.person_id, 0)"
_WITHIN = text(
    # Rows are sorted by one small number first, so that only the few of which it is the same are compared whole.
    f"WITH alike AS MATERIALIZED (SELECT {_MIX} AS mix {_NEW} GROUP BY mix HAVING COUNT(*) > 1) "  # noqa: S608 - ours
    "SELECT COALESCE(SUM(refs - 1), 0) AS repeats "
    f"FROM (SELECT COUNT(DISTINCT n.crime_ref) AS refs {_NEW} AND {_MIX} IN (SELECT mix FROM alike) "
    "GROUP BY n.person_id, n.committed_from, n.committed_to, n.reported_on, n.offence_id, "
    "n.place_id, n.victim_ref)"
)


_IF_NOT_THEIR_OWN = (
    "taken as reports of their own, as several alike on a day can be. If they are not, they count twice: withdraw the "
    "batch and name in a profile file what tells reports apart, as key"
)


_ALIKE = " (same person, days, offence, place and victim)"


class Again(NamedTuple):
    """How many rows have a new reference, how many of them repeat a report, and how many of those name a person."""

    fresh: int
    repeats: int
    named: int


def last_row(connection: Connection) -> int:
    """The number of the last stored row of a crime report, 0 where there is none."""
    return int(connection.execute(text("SELECT COALESCE(MAX(id), 0) FROM report_row")).scalar_one())


def check(load: Load, last: int) -> None:
    """Look at the rows stored after *last*. Raises Refused where they repeat held ones and are not to be taken."""
    connection = load.writing.connection
    if last:
        _of_held(load, Again(*connection.execute(_COUNTS, {"last": last}).one()))
    if repeats := connection.execute(_WITHIN, {"last": last}).scalar_one():
        said = _of_repeats(repeats, connection.execute(_FRESH, {"last": last}).scalar_one(), "of this file") + _ALIKE
        asked = "taken all the same, as was asked for"
        load.notes.append(f"{said}; {asked if load.take_repeats else _IF_NOT_THEIR_OWN}.")


def _of_repeats(repeats: int, fresh: int, where: str) -> str:
    what = "repeats a report" if repeats == 1 else "repeat reports"
    return f"{repeats:,} of {counted(fresh, 'new row')} {what} {where} {UNDER_ANOTHER}"


def _of_held(load: Load, again: Again) -> None:
    """Note or refuse rows that repeat reports which are held."""
    if not again.repeats:
        return
    said = _of_repeats(again.repeats, again.fresh, "held")
    if load.take_repeats:
        load.notes.append(f"{said}; taken all the same, as was asked for.")
    elif again.named > 1 or (again.repeats > 1 and 2 * again.repeats >= again.fresh):
        raise Refused(
            f"{load.file.path.name}: {said}{_ALIKE}, so they would count twice. "
            "If they are reports of their own, take them with --take-repeats. If the source numbers its reports anew "
            'each time, name what tells them apart in a profile file, as key = ["person_ref", "committed_from", '
            '"ho_code"].'
        )
    else:
        load.notes.append(f"{said}; so few can be alike by chance, so they were taken.")
