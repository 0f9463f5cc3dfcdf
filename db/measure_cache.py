"""Cached measures: after one more day only the people whom it touches are measured anew.

A person is touched where a report of theirs leaves the window, or where a row came in, or took another's place, in a
report that names them. The rest stand as they are, so a day costs what the day holds and not what the store holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from core.rules import SHARED, stated
from db.scoring import MEASURED, MEASURES, Scoring

RULES = stated((*SHARED, MEASURES))
"""The rules that measures are cached by: what other rules measured is not gone on from."""


def bring_up(connection: Connection, scoring: Scoring) -> str:
    """Bring the cached measures of a scoring up to date; gives the query that reads them.

    Cached is what goes on from day to day: the window by the day reported that holds the latest records, historic
    reports counted. Anything else is measured from the rows, by the query that is given.
    """
    request = scoring.request
    cached = _cached(connection, scoring)
    known_to = _known_to(connection, cached)
    if request.by != "reported" or request.historic != "count" or known_to > request.as_of:
        return scoring.measured()
    goes_on = cached is not None and cached["upsets"] == _invalidations(connection) and cached["rules"] == RULES
    if cached and goes_on and cached["as_of"] <= request.as_of:
        number = int(cached["id"])
        _measure_again(connection, number, cached["last_row"], scoring)
    else:
        number = _begin(connection, scoring)
        _measure(connection, number, scoring)
    _note(connection, number, request.as_of, known_to)
    return f"SELECT {', '.join(MEASURED)} FROM kept_measure WHERE kept_id = {number}"  # noqa: S608 - a number


def _cached(connection: Connection, scoring: Scoring) -> Mapping[str, Any] | None:
    query = "SELECT * FROM kept WHERE pool = :pool AND window_days = :window AND weights = :weights"
    row = connection.execute(text(query), _key(scoring)).mappings().first()
    return dict(row) if row else None


def _key(scoring: Scoring) -> dict[str, Any]:
    """What measures are cached by: the pool, the window and what makes the weights.

    Methods that weigh as the rows carry it share their measures. Any other has its own, by its key and version.
    """
    request, recipe = scoring.request, scoring.recipe
    method = recipe.method
    weights = "" if scoring.as_stored else f"{method.key} {method.version}: {recipe.edition}, {recipe.split} split"
    floor = f", floor {recipe.bands.precursor_floor:g}" if method.measures else ""
    key = {"pool": int(request.ranked_in), "window": request.window}
    return {**key, "weights": f"{weights}{floor}" if weights else ""}


def _known_to(connection: Connection, cached: Mapping[str, Any] | None) -> int:
    """The latest day on which a report that names someone was made, read from the rows since it was last noted."""
    # "person_id + 0" hides the column from its index: SQLite must walk the few rows at the end by their numbers.
    query = "SELECT COALESCE(MAX(reported_on), 0) FROM report_row WHERE id > :last AND person_id + 0 > 0"
    since = connection.execute(text(query), {"last": cached["last_row"] if cached else 0}).scalar_one()
    return max(int(since), cached["known_to"] if cached else 0)


def _invalidations(connection: Connection) -> int:
    """How often something happened that no row tells of: a batch was taken back, an edition came in."""
    query = "SELECT (SELECT COUNT(*) FROM batch WHERE withdrawn = :yes) + (SELECT COUNT(*) FROM edition_file)"
    return int(connection.execute(text(query), {"yes": True}).scalar_one())


def _begin(connection: Connection, scoring: Scoring) -> int:
    """Room for measures that are not cached yet, or that can no longer be gone on with; gives its number."""
    key = _key(scoring)
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


def _measure_again(connection: Connection, number: int, last_row: int, scoring: Scoring) -> None:
    """Measure anew whom the days since have touched: who loses a report to the window, who is in a report with news."""
    connection.execute(text("CREATE TEMP TABLE IF NOT EXISTS touched (person_id INTEGER PRIMARY KEY)"))
    connection.execute(text("DELETE FROM touched"))
    # CROSS JOIN makes SQLite begin with the few new rows and look up theirs, not with everyone's rows.
    connection.execute(
        text(
            "INSERT INTO touched SELECT person_id FROM kept_measure WHERE kept_id = :kept AND oldest <= :after "
            "UNION SELECT o.person_id FROM (SELECT crime_ref FROM report_row WHERE id > :last) n "
            "CROSS JOIN report_row o WHERE o.crime_ref = n.crime_ref AND o.person_id > 0"
        ),
        {"kept": number, "after": scoring.request.days.after, "last": last_row},
    )
    gone = "DELETE FROM kept_measure WHERE kept_id = :kept AND person_id IN (SELECT person_id FROM touched)"
    connection.execute(text(gone), {"kept": number})
    _measure(connection, number, scoring, "SELECT person_id FROM touched")


def _measure(connection: Connection, number: int, scoring: Scoring, among: str = "") -> None:
    """Measure the people that a query gives, or everyone, into the cache."""
    columns = ", ".join(MEASURED)
    into = f"INSERT INTO kept_measure (kept_id, {columns}) SELECT :kept, {columns} FROM ({scoring.measured(among)})"  # noqa: S608
    connection.execute(text(into), {"kept": number, **scoring.parameters})


def _note(connection: Connection, number: int, as_of: int, known_to: int) -> None:
    """Write down what the measures are made of."""
    connection.execute(
        text(
            "UPDATE kept SET as_of = :as_of, known_to = :known_to, upsets = :invalidations, "
            "last_row = (SELECT COALESCE(MAX(id), 0) FROM report_row) WHERE id = :kept"
        ),
        {"as_of": as_of, "known_to": known_to, "invalidations": _invalidations(connection), "kept": number},
    )
