"""Loads stops and searches of data.police.uk: a later file of the same force and month is a new edition of it.

Which edition holds is worked out on reading, so that no row is ever changed and a withdrawal brings the old one back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from sqlalchemy import text

from core import stops
from core.errors import Refused
from core.extract import BadValue
from core.stops import Source, Stop
from db.loading.load import Load
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.store.engine import insert_many
from db.store.gc_pause import gc_paused

_COLUMNS = ("edition_id", "line", "placed", *Stop._fields)
_BLOCK = 4096
_EDITIONS = (
    "SELECT e.month, MAX(e.id) FROM stop_edition e JOIN batch b ON b.id = e.batch_id "
    "WHERE b.withdrawn = :no AND e.force = :force GROUP BY e.month"
)
"""The edition of each month of a force that holds."""
_Row = tuple[int, Stop]
"""The line of a file, and what stands on it."""


def load(load: Load) -> None:
    """Take every stop that has a day, an exact repeat of another, too.

    Of a month that the store has, the rows that stand in its edition so far are unchanged and the others revised;
    where nothing differs no new edition is made. Raises Refused for a file named after a month of which it has no day.
    """
    of = stops.source(load.file.path.stem)
    with gc_paused():
        rows = list(_checked(load))
        if of.month and rows and not stops.is_of(of.month, {row.day for _, row in rows}):
            raise Refused(
                f"{load.file.path.name} is named after {of.month[:4]}-{of.month[4:]} and has no stop of that month. "
                "Give it the name that it was published under."
            )
        query = load.writing.connection.execute(text(_EDITIONS), {"no": False, "force": of.force})
        known = {str(month): int(edition) for month, edition in query}
        for month, of_month in _by_month(rows, of).items():
            _take(load, of.force, month, of_month, known.get(month))


def _checked(load: Load) -> Iterator[_Row]:
    columns = load.columns(stops.READ)
    read = load.dates["date"].read
    while block := list(islice(load.rows, _BLOCK)):
        rows = zip(*columns([fields for _, fields in block]), strict=True)
        for (line, fields), values in zip(block, rows, strict=True):
            try:
                yield line, stops.checked(values, load.today, read)
            except BadValue as fault:
                load.quarantine.add(line, fault, fields)


def _by_month(rows: list[_Row], of: Source) -> dict[str, list[_Row]]:
    if of.month:
        return {of.month: rows} if rows else {}
    months = stops.months_of({row.day for _, row in rows})
    found: dict[str, list[_Row]] = {}
    for line, row in rows:
        found.setdefault(months[row.day], []).append((line, row))
    return found


def _take(load: Load, force: str, month: str, rows: list[_Row], before: int | None) -> None:
    """Write the edition of a month and count its rows; *before* is the edition that held until now."""
    if before is None:
        load.taken += len(rows)
    else:
        held = _held(load, before)
        same = (held & Counter(row for _, row in rows)).total()
        load.unchanged += same
        load.revised += len(rows) - same
        if same == len(rows) == held.total():
            return
    edition = load.writing.insert("stop_edition", batch_id=load.batch_id, force=force, month=month, stops=len(rows))
    for start in range(0, len(rows), _BLOCK):
        insert_many(load.writing.connection, "stop", _COLUMNS, _values(edition, rows[start : start + _BLOCK]))


def _held(load: Load, edition: int) -> Counter[Stop]:
    query = text(f"SELECT {', '.join(Stop._fields)} FROM stop WHERE edition_id = :edition")  # noqa: S608 - our own names
    return Counter(Stop(*row) for row in load.writing.connection.execute(query, {"edition": edition}))


def _values(edition: int, rows: Iterable[_Row]) -> list[tuple[object, ...]]:
    return [(edition, line, int(row.placed), *row) for line, row in rows]


PROFILE = Profile(
    kind="stop-and-search",
    says="Stops and searches of data.police.uk as published; a later file of a force's month is a new edition of it",
    rule=stops,
    columns=stops.COLUMNS,
    optional=stops.OPTIONAL,
    dated=("date",),
    load=load,
    withdraw=(unread_rows("stop_edition"),),
)
