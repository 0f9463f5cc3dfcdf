"""A release that comes again: the same records with other line ends, or in another order, are the same file.

Compared is everything that the store keeps of a release but the lines that rows stand on. That needs no fingerprint of
every row, so it costs nothing where no release has the same months and totals, and it holds for stores of any age.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import text

from db.loading.load import Load

Rows = Collection[tuple[object, ...]]
Kept = Mapping[tuple[str, str], Callable[[], Rows]]
"""Table and the columns compared, as SQL names them, to what makes the rows that the file brings into it."""


class SameRecords(Exception):
    """Ends the import of a file whose records are held already; names the release and its batch."""

    def __init__(self, name: str, batch: int) -> None:
        super().__init__(name)
        self.name = name
        self.batch = batch


def stop_if_held(load: Load, months: Sequence[str], totals: Sequence[int], forces: Sequence[str], kept: Kept) -> None:
    """Raise SameRecords where a release that stands holds just what this file brings."""
    query = text(
        "SELECT r.id, r.name, r.batch_id FROM release r JOIN release_facts f ON f.release_id = r.id "
        "JOIN batch b ON b.id = r.batch_id WHERE b.withdrawn = :no AND r.profile = :profile AND r.months = :months "
        "AND f.totals = :totals AND f.forces = :forces AND b.quarantined = :quarantined AND b.unchanged = :unchanged "
        "ORDER BY r.id DESC"
    )
    lists = {"months": json.dumps(months), "totals": json.dumps(totals), "forces": json.dumps(forces)}
    counts = {"quarantined": load.quarantine.count, "unchanged": load.unchanged}
    given = {"no": False, "profile": load.mapping.kind, **lists, **counts}
    run = load.writing.connection.execute
    for number, name, batch in run(query, given).all():
        if all(_holds(load, number, table, columns, set(make())) for (table, columns), make in kept.items()):
            raise SameRecords(name, batch)


def _holds(load: Load, release_id: int, table: str, columns: str, rows: set[tuple[object, ...]]) -> bool:
    query = text(f"SELECT {columns} FROM {table} WHERE release_id = :id")  # noqa: S608 - our own names
    return rows == set(map(tuple, load.writing.connection.execute(query, {"id": release_id})))
