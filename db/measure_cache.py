"""Kept measures, from whose steps runs are read: after one more day only the people whom it touches are measured anew.

A person is touched where a report of theirs leaves the window, where a row came in, or took another's place, in a
report that names them, or where they are described otherwise. The rest stand as they are, so a day costs what the day
holds and not what the store holds. What a step replaces is closed and goes to a table that is only added to; whoever
comes to the same as before is not written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.rankings import by_words
from db.run_records import NOW, RULES
from db.scoring import Scoring
from db.store.journal import Writing
from db.store.kept_rows import COLUMNS, columns, digest

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Step:
    """The step of kept measures that a run is read from: its number in the store, its series, its place in that."""

    id: int
    kept: int
    seq: int


@dataclass(frozen=True)
class _Records:
    """The records as they are: the last row and batch, and how often something happened that no row tells of."""

    last_row: int
    batch_id: int
    upsets: int


def bring_up(writing: Writing, scoring: Scoring) -> Step:
    """Bring the kept measures of a scoring up to date; gives the step that holds them.

    Days go on from one another in the window by the day reported that holds the latest records, historic reports
    counted. Anything else is a series of its own with one step.
    """
    connection, request = writing.connection, scoring.request
    records = _records(connection)
    line = _steps(connection, scoring, line=True)
    for last in (*line, *_steps(connection, scoring, line=False)):
        if _is_as_then(last, records, request.as_of):
            return Step(last["id"], last["kept_id"], last["seq"])
    found = line[0] if line else None
    known_to = _known_to(connection, found)
    if request.by != "reported" or request.historic != "count" or known_to > request.as_of:
        return _begin(writing, scoring, records, known_to, line=False)
    if found is None:
        return _begin(writing, scoring, records, known_to, line=True)
    return _go_on(writing, scoring, found, records, known_to)


def _records(connection: Connection) -> _Records:
    return _Records(*map(int, connection.exec_driver_sql(NOW).one()))


_STEPS = (
    "SELECT s.* FROM (SELECT k.id, (SELECT MAX(n.seq) FROM kept_step n WHERE n.kept_id = k.id) AS steps "
    "FROM kept k WHERE k.pool = :pool AND k.window_days = :window AND k.weights = :weights AND k.by = :by "
    "AND k.line = :line) k JOIN kept_step s ON s.kept_id = k.id AND s.seq = k.steps "
    "WHERE s.as_of <= :as_of ORDER BY s.as_of DESC, s.id DESC"
)


def _steps(connection: Connection, scoring: Scoring, *, line: bool) -> Sequence[Mapping[str, Any]]:
    """The last steps of the series that a scoring may be read from, the latest day first; none of a later day."""
    given = {**_key(scoring), "line": line, "as_of": scoring.request.as_of}
    return [dict(row) for row in connection.exec_driver_sql(_STEPS, given).mappings()]


def _is_as_then(step: Mapping[str, Any], records: _Records, as_of: int) -> bool:
    """Whether nothing has happened since a step, of the same day, that could change a measure."""
    made_of = _Records(step["last_row"], step["batch_id"], step["upsets"])
    return bool(step["as_of"] == as_of and made_of == records and step["rules"] == RULES)


def _key(scoring: Scoring) -> dict[str, Any]:
    """What measures are kept by: the pool, the window, the day that counts and what makes the weights.

    Methods that weigh as the rows carry it share their measures. Any other has its own, by its key and version.
    """
    request, recipe = scoring.request, scoring.recipe
    method = recipe.method
    weights = ""
    if not scoring.as_stored:
        floor = f", floor {recipe.bands.precursor_floor:g}" if method.measures else ""
        weights = f"{method.key} {method.version}: {recipe.edition}, {recipe.split} split{floor}"
    by = by_words(request.by, request.historic)
    return {"pool": int(request.ranked_in), "window": request.window, "weights": weights, "by": by}


_LATEST = "SELECT reported_on FROM report_row WHERE COALESCE(person_id, 0) > 0 ORDER BY reported_on DESC LIMIT 1"
"""Along the index by day from its end: the first row that names someone is the one. COALESCE hides that such a row has
a value there, or SQLite would take the index of those who are named, and sort all of it."""


def _known_to(connection: Connection, last: Mapping[str, Any] | None) -> int:
    """The latest day on which a report that names someone was made, read from the rows since it was last noted."""
    if last is None:
        return int(connection.exec_driver_sql(_LATEST).scalar() or 0)
    # "person_id + 0" hides the column from its index: SQLite must walk the few rows at the end by their numbers.
    query = "SELECT COALESCE(MAX(reported_on), 0) FROM report_row WHERE id > :last AND person_id + 0 > 0"
    since = connection.exec_driver_sql(query, {"last": last["last_row"]}).scalar_one()
    return max(int(since), int(last["known_to"]))


_EVERY = ("person_id", *COLUMNS)
_FRESH = ", ".join("p.version_id" if name == "version_id" else f"m.{name}" for name in _EVERY)


def _measured(scoring: Scoring, among: str = "") -> str:
    """The query for the kept columns of the people that a query gives, or of everyone."""
    return (
        f"SELECT {_FRESH} FROM ({scoring.measured(among)}) m CROSS JOIN person p "  # noqa: S608 - our own names
        "WHERE p.id = m.person_id"
    )


def _begin(writing: Writing, scoring: Scoring, records: _Records, known_to: int, *, line: bool) -> Step:
    """Measure everyone into a series of its own. line: whether later days go on from it."""
    key = _key(scoring)
    kept = writing.insert(
        "kept", pool=key["pool"], window_days=key["window"], weights=key["weights"], by=key["by"], line=line
    )
    names = ", ".join(_EVERY)
    into = f"INSERT INTO kept_measure (kept_id, since, {names}) SELECT :kept, 1, {names} FROM ({_measured(scoring)})"  # noqa: S608
    came = writing.connection.exec_driver_sql(into, {"kept": kept, **scoring.parameters}).rowcount
    return _note(writing, scoring, kept, 1, records, known_to, came, 0)


def _go_on(writing: Writing, scoring: Scoring, last: Mapping[str, Any], records: _Records, known_to: int) -> Step:
    """Measure anew whom the days since the last step have touched, and write those who come to something else.

    Everyone is touched where something happened that no row tells of, or where other rules measured.
    """
    connection = writing.connection
    kept, seq = int(last["kept_id"]), int(last["seq"]) + 1
    make_room(connection)
    if last["upsets"] == records.upsets and last["rules"] == RULES:
        given = {"kept": kept, "after": scoring.request.days.after, "last": last["last_row"]}
        connection.exec_driver_sql(_TOUCHED, given)
        among = "SELECT person_id FROM touched"
    else:
        among = ""
    into = f"INSERT INTO fresh ({', '.join(_EVERY)}) {_measured(scoring, among)}"
    connection.exec_driver_sql(into, scoring.parameters)
    came, went = exchange(connection, kept, seq, everyone=not among)
    return _note(writing, scoring, kept, seq, records, known_to, came, went)


def exchange(connection: Connection, kept: int, seq: int, *, everyone: bool) -> tuple[int, int]:
    """Write the step of those touched whose fresh measures are others; gives how many came and how many went.

    everyone: whether all of the series are touched, and all fresh ones.
    """
    if everyone:
        connection.exec_driver_sql(_EVERYONE, {"kept": kept})
    connection.exec_driver_sql(_UNCHANGED, {"kept": kept})
    given = {"kept": kept, "seq": seq}
    went = connection.exec_driver_sql(_CLOSE, given).rowcount
    connection.exec_driver_sql(_TAKE_OUT, {"kept": kept})
    came = connection.exec_driver_sql(_BEGIN, given).rowcount
    return came, went


def make_room(connection: Connection) -> None:
    """Tables of this connection for whom a day touches, and what they come to now."""
    kinds = {"gravity": "REAL", "harm": "REAL"}
    cells = ", ".join(f"{name} {kinds.get(name, 'INTEGER')}" for name in COLUMNS)
    connection.exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS touched (person_id INTEGER PRIMARY KEY)")
    connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS fresh (person_id INTEGER PRIMARY KEY, {cells})")
    for table in ("touched", "fresh"):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - the two above


# CROSS JOIN makes SQLite begin with the few new rows and look up theirs, not with everyone's rows.
_TOUCHED = (
    "INSERT INTO touched SELECT person_id FROM kept_measure WHERE kept_id = :kept AND oldest <= :after "
    "UNION SELECT o.person_id FROM (SELECT crime_ref FROM report_row WHERE id > :last) n "
    "CROSS JOIN report_row o WHERE o.crime_ref = n.crime_ref AND o.person_id > 0 "
    "UNION SELECT m.person_id FROM kept_measure m CROSS JOIN person p "
    "WHERE m.kept_id = :kept AND p.id = m.person_id AND p.version_id <> m.version_id"
)
_EVERYONE = (
    "INSERT INTO touched SELECT person_id FROM kept_measure WHERE kept_id = :kept UNION SELECT person_id FROM fresh"
)
_UNCHANGED = (
    "DELETE FROM touched WHERE person_id IN (SELECT f.person_id FROM fresh f CROSS JOIN kept_measure k "  # noqa: S608
    f"WHERE k.kept_id = :kept AND k.person_id = f.person_id AND ({columns('k')}) IS ({columns('f')}))"
)
_CLOSE = (
    f"INSERT INTO kept_closed (kept_id, until, person_id, since, {columns()}) "  # noqa: S608 - our own names
    f"SELECT k.kept_id, :seq, k.person_id, k.since, {columns('k')} FROM touched t CROSS JOIN kept_measure k "
    "WHERE k.kept_id = :kept AND k.person_id = t.person_id"
)
_TAKE_OUT = "DELETE FROM kept_measure WHERE kept_id = :kept AND person_id IN (SELECT person_id FROM touched)"
_BEGIN = (
    f"INSERT INTO kept_measure (kept_id, since, person_id, {columns()}) "  # noqa: S608 - our own names
    f"SELECT :kept, :seq, f.person_id, {columns('f')} FROM touched t CROSS JOIN fresh f "
    "WHERE f.person_id = t.person_id"
)


def _note(
    writing: Writing, scoring: Scoring, kept: int, seq: int, records: _Records, known_to: int, came: int, went: int
) -> Step:
    """Write down a step: what it is made of, and under which digest."""

    def rows(query: str) -> Iterable[Sequence[Any]]:
        found: list[tuple[Any, ...]] = writing.connection.connection.cursor().execute(query).fetchall()
        return found

    number = writing.insert(
        "kept_step",
        kept_id=kept,
        seq=seq,
        as_of=scoring.request.as_of,
        last_row=records.last_row,
        batch_id=records.batch_id,
        upsets=records.upsets,
        known_to=known_to,
        rules=RULES,
        came=came,
        went=went,
        digest=digest(rows, kept, seq, "SELECT person_id FROM touched" if seq > 1 else ""),
    )
    return Step(number, kept, seq)
