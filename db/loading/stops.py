"""Loads stops and searches of data.police.uk: a later file of the same force and month is a new edition of it.

Which edition holds is worked out on reading, so that no row is ever changed and a withdrawal brings the old one back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple

from sqlalchemy import text

from core import coordinates, stops
from core.errors import Refused
from core.extract import BadValue
from core.stops import Source, Stop
from core.text import counted, plain
from db.loading.load import Load, Reading, Write
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.store import Store
from db.store.engine import insert_many
from db.store.gc_pause import gc_paused

_COLUMNS = ("edition_id", "line", "placed", *Stop._fields)
_BLOCK = 4096
_EDITIONS = (
    "SELECT e.month, MAX(e.id), e.batch_id FROM stop_edition e JOIN batch b ON b.id = e.batch_id "
    "WHERE b.withdrawn = :no AND e.force = :force GROUP BY e.month"
)
"""The edition of each month of a force that holds, and its batch: SQLite takes that from the row of MAX."""
_NEWER = (
    "SELECT mine.force, mine.month, later.batch_id AS batch FROM stop_edition mine JOIN stop_edition later "
    "ON later.force = mine.force AND later.month = mine.month AND later.id > mine.id "
    "JOIN batch b ON b.id = later.batch_id WHERE mine.batch_id = :batch AND b.withdrawn = :no "
    "ORDER BY mine.month, later.id"
)
_NAMED = 3
"""How many months or batches a sentence names; of more it says how many there are."""
_Row = tuple[int, Stop]
"""The line of a file, and what stands on it."""


class _Edition(NamedTuple):
    number: int
    batch: int


class _Replaced(NamedTuple):
    """A month whose edition gives way: the batch that it is of, and how many stops it has then and now."""

    month: str
    batch: int
    before: int
    now: int


def load(reading: Reading) -> Write:
    """Check every stop; gives what takes those that have a day, an exact repeat of another, too.

    Of a month that the store has, the rows that stand in its edition so far are unchanged; the others are revised while
    there are rows that they stand in place of, and new beyond that. Where nothing differs no new edition is made.

    Raises Refused for a file named after a month of which it has no day.
    """
    of = stops.source(reading.file.path.stem)
    with gc_paused():
        rows = list(_checked(reading))
        unread = [line for line, row in rows if not row.placed and coordinates.unreadable(row.latitude, row.longitude)]
        reading.notes += filter(None, [coordinates.note(unread)])
        if of.month and rows and not stops.is_of(of.month, {row.day for _, row in rows}):
            raise Refused(
                f"{reading.file.path.name} is named after {of.month[:4]}-{of.month[4:]} and has no stop of that month. "
                "Give it the name that it was published under."
            )
        return partial(_write, of, _by_month(rows, of))


def _write(of: Source, rows: Mapping[str, list[_Row]], load: Load) -> None:
    with gc_paused():
        query = load.writing.connection.execute(text(_EDITIONS), {"no": False, "force": of.force})
        known = {str(month): _Edition(edition, batch) for month, edition, batch in query}
        taken = [_take(load, of.force, month, of_month, known.get(month)) for month, of_month in rows.items()]
    if replaced := [month for month in taken if month]:
        load.notes.append(_new_edition(of.force, replaced))


def _checked(reading: Reading) -> Iterator[_Row]:
    columns = reading.columns(stops.READ)
    read = reading.dates["date"].read
    while block := list(islice(reading.rows, _BLOCK)):
        rows = zip(*columns([fields for _, fields in block]), strict=True)
        for (line, fields), values in zip(block, rows, strict=True):
            try:
                yield line, stops.checked(values, reading.today, read)
            except BadValue as fault:
                reading.quarantine.add(line, fault, fields)


def _by_month(rows: list[_Row], of: Source) -> dict[str, list[_Row]]:
    if of.month:
        return {of.month: rows} if rows else {}
    months = stops.months_of({row.day for _, row in rows})
    found: dict[str, list[_Row]] = {}
    for line, row in rows:
        found.setdefault(months[row.day], []).append((line, row))
    return found


def _take(load: Load, force: str, month: str, rows: list[_Row], before: _Edition | None) -> _Replaced | None:
    """Write the edition of a month and count its rows; *before* is the edition that held until now.

    Gives what it stands in place of, None for nothing.
    """
    replaced = None
    if before is None:
        load.taken += len(rows)
    else:
        held = _held(load, before.number)
        same = (held & Counter(row.content for _, row in rows)).total()
        load.unchanged += same
        if same == len(rows) == held.total():
            return None
        revised = min(len(rows), held.total()) - same
        load.revised += revised
        load.taken += len(rows) - same - revised
        replaced = _Replaced(month, before.batch, held.total(), len(rows))
    edition = load.writing.insert("stop_edition", batch_id=load.batch_id, force=force, month=month, stops=len(rows))
    for start in range(0, len(rows), _BLOCK):
        insert_many(load.writing.connection, "stop", _COLUMNS, _values(edition, rows[start : start + _BLOCK]))
    return replaced


def _held(load: Load, edition: int) -> Counter[Stop]:
    query = text(f"SELECT {', '.join(Stop._fields)} FROM stop WHERE edition_id = :edition")  # noqa: S608 - our own names
    return Counter(Stop(*row).content for row in load.writing.connection.execute(query, {"edition": edition}))


def _values(edition: int, rows: Iterable[_Row]) -> list[tuple[object, ...]]:
    return [(edition, line, int(row.placed), *row) for line, row in rows]


def _new_edition(force: str, replaced: Sequence[_Replaced]) -> str:
    """The sentence on months that the store had, so that no month has other stops without a word."""
    months = _listed([month.month for month in replaced])
    batches = sorted({month.batch for month in replaced})
    held = f"batch {batches[0]}" if len(batches) == 1 else counted(len(batches), "batch", "batches")
    before, now = sum(month.before for month in replaced), sum(month.now for month in replaced)
    return (
        f"A new edition of {months} of {plain(force)}: counted from now on in place of {held}, "
        f"{counted(before, 'stop')} before, {now:,} now."
    )


def _listed(months: Sequence[str]) -> str:
    """Months (``YYYYMM``) as they are named, or how many there are."""
    named = [f"{month[:4]}-{month[4:]}" for month in months]
    return ", ".join(named) if len(named) <= _NAMED else counted(len(named), "month")


def _no_longer_counted(store: Store, batch: int) -> Sequence[str]:
    """What is to be said of a file that is held already where a later one holds in its place."""
    newer = store.read.rows(_NEWER, batch=batch, no=False)
    if not newer:
        return ()
    months = _listed(list(dict.fromkeys(str(row["month"]) for row in newer)))
    batches = sorted({int(row["batch"]) for row in newer})
    by = f"batch {batches[0]} holds" if len(batches) == 1 else f"batches {', '.join(map(str, batches))} hold"
    said = (
        f"Held as batch {batch} and not counted now for {months} of {plain(str(newer[0]['force']))}: {by} a newer "
        f"edition. Withdraw {'that' if len(batches) == 1 else 'those'} to count this file again."
    )
    return (said,)


PROFILE = Profile(
    kind="stop-and-search",
    says="Stops and searches of data.police.uk as published; a later file of a force's month is a new edition of it",
    rule=stops,
    columns=stops.COLUMNS,
    optional=stops.OPTIONAL,
    dated=("date",),
    load=load,
    held=_no_longer_counted,
    withdraw=(unread_rows("stop_edition"),),
)
