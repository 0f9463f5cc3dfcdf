"""Measures that are kept: after one more day only the people whom it touches are measured anew.

A person is touched where a report of theirs leaves the window, or where a row came in, or took another's place, in a
report that names them. The rest stand as they are, so a day costs what the day holds and not what the store holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from core.harm import Harm
from core.methods import Recipe
from core.rules import SHARED, stated
from db.scoring import MEASURED, MEASURES, Asked, as_stored, measured, values

RULES = stated((*SHARED, MEASURES))
"""The rules that measures are kept by: others than these are not gone on from."""


def bring_up(connection: Connection, asked: Asked, made: Recipe, weighed: Mapping[int, Harm]) -> str:
    """Bring the measures of what is asked up to date; gives the query that reads them.

    weighed: what offences weigh, empty where rows carry it. Kept is what goes on from day to day: the window by the
    day reported that holds the latest records. Anything else is measured from the rows, by the query that is given.
    """
    kept = _kept(connection, asked, made)
    known_to = _known_to(connection, kept)
    if asked.by != "reported" or known_to > asked.as_of:
        return measured(asked, weighed)
    goes_on = kept is not None and kept["upsets"] == _upsets(connection) and kept["rules"] == RULES
    if kept and goes_on and kept["as_of"] <= asked.as_of:
        number = int(kept["id"])
        _measure_again(connection, number, kept["last_row"], asked, weighed)
    else:
        number = _begin(connection, asked, made)
        _measure(connection, number, asked, measured(asked, weighed))
    _note(connection, number, asked, known_to)
    return f"SELECT {', '.join(MEASURED)} FROM kept_measure WHERE kept_id = {number}"  # noqa: S608 - a number


def _kept(connection: Connection, asked: Asked, made: Recipe) -> Mapping[str, Any] | None:
    query = "SELECT * FROM kept WHERE pool = :pool AND window_days = :window AND weights = :weights"
    found = connection.execute(text(query), _key(asked, made)).mappings().first()
    return dict(found) if found else None


def _key(asked: Asked, made: Recipe) -> dict[str, Any]:
    """What measures are kept apart by: the pool, the window and what makes the weights.

    Methods that weigh as the rows carry it share what is kept. Any other has its own, by its key and version.
    """
    method = made.method
    how = "" if as_stored(made) else f"{method.key} {method.version}: {made.edition}, {made.split} split"
    floor = f", floor {made.bands.precursor_floor:g}" if made.method.measures else ""
    return {"pool": int(asked.ranked_in), "window": asked.window, "weights": f"{how}{floor}" if how else ""}


def _known_to(connection: Connection, kept: Mapping[str, Any] | None) -> int:
    """The latest day on which a report that names someone was made, read from the rows since it was last noted.

    The sum keeps the database from looking for people first, where the rows since are a few at the end.
    """
    query = "SELECT COALESCE(MAX(reported_on), 0) FROM report_row WHERE id > :last AND person_id + 0 > 0"
    since = connection.execute(text(query), {"last": kept["last_row"] if kept else 0}).scalar_one()
    return max(int(since), kept["known_to"] if kept else 0)


def _upsets(connection: Connection) -> int:
    """How often something happened that no row tells of: a batch was taken back, an edition came in."""
    query = "SELECT (SELECT COUNT(*) FROM batch WHERE withdrawn = :yes) + (SELECT COUNT(*) FROM edition_file)"
    return int(connection.execute(text(query), {"yes": True}).scalar_one())


def _begin(connection: Connection, asked: Asked, made: Recipe) -> int:
    """A place for measures that are not kept yet, or that can no longer be gone on with."""
    key = _key(asked, made)
    same = "pool = :pool AND window_days = :window AND weights = :weights"
    old = f"DELETE FROM kept_measure WHERE kept_id IN (SELECT id FROM kept WHERE {same})"  # noqa: S608 - the text above
    connection.execute(text(old), key)
    connection.execute(text(f"DELETE FROM kept WHERE {same}"), key)  # noqa: S608 - the text above
    begun = connection.execute(
        text(
            "INSERT INTO kept (pool, window_days, weights, as_of, last_row, upsets, known_to, rules) "
            "VALUES (:pool, :window, :weights, 0, 0, 0, 0, :rules) RETURNING id"
        ),
        {**key, "rules": RULES},
    )
    return int(begun.scalar_one())


def _measure_again(
    connection: Connection, number: int, last_row: int, asked: Asked, weighed: Mapping[int, Harm]
) -> None:
    """Measure anew whom the days since have touched: who loses a report to the window, who is in a report with news."""
    connection.execute(text("CREATE TEMP TABLE IF NOT EXISTS touched (person_id INTEGER PRIMARY KEY)"))
    connection.execute(text("DELETE FROM touched"))
    connection.execute(
        text(
            "INSERT INTO touched SELECT person_id FROM kept_measure WHERE kept_id = :kept AND oldest <= :after "
            "UNION SELECT o.person_id FROM (SELECT crime_ref FROM report_row WHERE id > :last) n "
            "CROSS JOIN report_row o WHERE o.crime_ref = n.crime_ref AND o.person_id > 0"
        ),
        {"kept": number, "after": asked.days.after, "last": last_row},
    )
    gone = "DELETE FROM kept_measure WHERE kept_id = :kept AND person_id IN (SELECT person_id FROM touched)"
    connection.execute(text(gone), {"kept": number})
    _measure(connection, number, asked, measured(asked, weighed, "SELECT person_id FROM touched"))


def _measure(connection: Connection, number: int, asked: Asked, query: str) -> None:
    columns = ", ".join(MEASURED)
    into = f"INSERT INTO kept_measure (kept_id, {columns}) SELECT :kept, {columns} FROM ({query})"  # noqa: S608
    connection.execute(text(into), {"kept": number, **values(asked)})


def _note(connection: Connection, number: int, asked: Asked, known_to: int) -> None:
    """Write down what the measures are made of."""
    connection.execute(
        text(
            "UPDATE kept SET as_of = :as_of, known_to = :known_to, upsets = :upsets, "
            "last_row = (SELECT COALESCE(MAX(id), 0) FROM report_row) WHERE id = :kept"
        ),
        {"as_of": asked.as_of, "known_to": known_to, "upsets": _upsets(connection), "kept": number},
    )
