"""Rows of batches that are in no number: in quarantine, or repeats within their file; by what the number is made of."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import NamedTuple

from core.days import moment_of
from core.not_counted import NotCounted, quarantined, rows_naming
from core.roles import names_hidden
from db.batch_kinds import REPORTS, BatchKind, batches_that_brought
from db.store import Store
from db.store.batches import batches_version
from db.store.rows import from_row

_BATCHES = (
    "SELECT id AS number, file, profile, imported_at, rows_read AS read, quarantined, repeated FROM batch "
    "WHERE withdrawn = :no ORDER BY id"
)


BETWEEN = "\x1f"
"""What stands between the values of a row that is kept in quarantine."""


class Batch(NamedTuple):
    """One import that stands, with its rows: read, in quarantine, and those that say the same as another."""

    number: int
    file: str
    profile: str
    imported_at: str
    read: int
    quarantined: int
    repeated: int


def of_batches(store: Store, numbers: Collection[int]) -> tuple[NotCounted, ...]:
    """The rows in quarantine of some batches, for a number that is made of these; nothing where there are none."""
    return _quarantined([one for one in _batches(store) if one.number in numbers])


def of_kind(store: Store, *kinds: BatchKind) -> tuple[NotCounted, ...]:
    """The same for a number that is made of every batch of a kind, or of several."""
    brought = frozenset[int]().union(*(batches_that_brought(store, kind) for kind in kinds))
    return _quarantined([one for one in _batches(store) if one.number in brought])


def of_person(store: Store, ref: str) -> tuple[NotCounted, ...]:
    """The same for what is told of one person: all reports that are kept out, and which have the reference as a value.

    A row that lacks its reference may be of anyone: so all are told.
    """
    kept = of_kind(store, REPORTS)
    if not kept or names_hidden(store.rights):  # whose rows they are cannot be read then
        return kept
    lines = _lines_naming(store, ref, [number for number, _ in kept[0].batches])
    return (*kept, rows_naming(ref, lines, kept[0].count or 0)) if lines else kept


def naming(store: Store, ref: str) -> str:
    """The sentences of :func:`of_person` where rows in quarantine have a reference as a value, else empty.

    For a reference that the store knows no person by: such rows may be why.
    """
    kept = of_person(store, ref)
    return " ".join(one.sentence for one in kept) if len(kept) > 1 else ""


def _lines_naming(store: Store, ref: str, numbers: Collection[int]) -> list[tuple[int, str, int]]:
    """Batch, file and line of each row in quarantine of some batches one of whose values is a reference."""
    query = (
        "SELECT q.batch_id, b.file, q.line, q.raw FROM quarantined q JOIN batch b ON b.id = q.batch_id "
        "WHERE q.batch_id IN (SELECT value FROM json_each(:batches)) AND instr(q.raw, :ref) > 0 "
        "ORDER BY q.batch_id, q.line"
    )
    rows = store.read.rows(query, batches=json.dumps(sorted(numbers)), ref=ref)
    return [
        (row["batch_id"], row["file"], row["line"])
        for row in rows
        if ref in (value.strip() for value in row["raw"].split(BETWEEN))
    ]


def no_reports(store: Store) -> str:
    """What is said of a store without crime reports, and what to do: its files have none that could be taken, or none.

    Files of others than reports are no matter.
    """
    if kept := of_kind(store, REPORTS):
        said = " ".join(one.sentence for one in kept)
        return f"The store holds no crime reports. {said} Mend what it says and import the file again."
    return "The store holds no crime reports. Import an extract first: tasking import FILE."


def came_since(store: Store, since: datetime, *kinds: BatchKind) -> tuple[NotCounted, ...]:
    """The same for a number of what happened from a moment on: of the batches of some kinds that came in after it."""
    brought = frozenset[int]().union(*(batches_that_brought(store, kind) for kind in kinds))
    came = [one for one in _batches(store) if one.number in brought and moment_of(one.imported_at) >= since]
    return _quarantined(came)


def batches_of(store: Store, kind: BatchKind) -> tuple[Batch, ...]:
    """The batches of a kind that have rows in quarantine or repeats; those read by a profile file are among them."""
    brought = batches_that_brought(store, kind)
    return tuple(one for one in _batches(store) if one.number in brought and (one.quarantined or one.repeated))


def without_rows(store: Store, profile: str, table: str) -> set[int]:
    """The batches of a profile that have rows in quarantine, of any day, and brought nothing into a table."""
    kept = [one for one in _batches(store) if one.profile == profile and one.quarantined]
    return {one.number for one in kept if not _brought(store, table, one.number)}


def _batches(store: Store) -> list[Batch]:
    rows = partial(store.read.rows, _BATCHES, no=False)
    return store.remember("batches kept out", batches_version(store), lambda: [from_row(Batch, row) for row in rows()])


def _brought(store: Store, table: str, batch: int) -> bool:
    query = f"SELECT 1 FROM {table} WHERE batch_id = :batch LIMIT 1"  # noqa: S608 - our own names
    return bool(store.read.rows(query, batch=batch))


def _quarantined(found: Collection[Batch]) -> tuple[NotCounted, ...]:
    rows = [(one.number, one.file, one.quarantined) for one in found if one.quarantined]
    return (quarantined(rows, sum(one.read for one in found if one.quarantined)),) if rows else ()
