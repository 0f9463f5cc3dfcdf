"""Loads incidents that are not, or not yet, crime reports; a newer file for the same reference revises the older."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import text

from core import incident_file
from core.extract import BadValue
from core.incident_file import Told
from db.loading.load import COUNT, MOMENT, Load, Reading, Write, once
from db.loading.named_rows import rows_named
from db.loading.profile import Profile
from db.loading.ways import replaced_rows
from db.store.engine import insert_many

_COLUMNS = ("batch_id", "line", *Told._fields)


def load(reading: Reading) -> Write:
    """Check every incident; gives what takes those that can be taken."""
    wards = reading.wards()
    seen: dict[str, Told] = {}

    def check(fields: list[str]) -> Told:
        row = incident_file.checked(fields, reading.today, reading.minute, wards)
        return once(seen, row.ref, row, BadValue("ref", row.ref, "this incident stands on an earlier line of the file"))

    return partial(_write, list(reading.checked(check)))


def _write(rows: Sequence[tuple[int, Told]], load: Load) -> None:
    query = f"SELECT id, {', '.join(Told._fields)} FROM incident WHERE replaced_by IS NULL AND ref IN :named"  # noqa: S608 - our names
    standing = rows_named(load.writing.connection, query, {row.ref for _, row in rows})
    known = {row.ref: (row.id, Told._make(row[1:])) for row in standing}
    new: list[tuple[Any, ...]] = []
    replaced: list[int] = []
    for line, row in rows:
        number, before = known.get(row.ref, (0, None))
        if before == row:
            load.unchanged += 1
            continue
        load.revised += before is not None
        load.taken += before is None
        if before is not None:
            replaced.append(number)
        new.append((load.batch_id, line, *row))
    insert_many(load.writing.connection, "incident", _COLUMNS, new)
    if replaced:
        load.writing.connection.execute(
            text("UPDATE incident SET replaced_by = :batch WHERE id = :id"),
            [{"batch": load.batch_id, "id": number} for number in replaced],
        )


PROFILE = Profile(
    kind="incidents",
    says="Violent incidents that are not, or not yet, crime reports; a later file revises the same reference",
    rule=incident_file,
    columns=incident_file.COLUMNS,
    optional=incident_file.OPTIONAL,
    dated=("at",),
    forms={"at": MOMENT, "victim_age": COUNT},
    load=load,
    withdraw=(replaced_rows("incident"),),
    words=incident_file.WORDS,
)
