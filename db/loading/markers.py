"""Loads markers: dated facts about people. The same fact with another end or note is revised, the older one kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import text

from core import markers
from core.extract import BadValue
from core.markers import Checked
from db.loading.leading_rows import flag_marked
from db.loading.load import Load, Reading, Write, once
from db.loading.named_rows import rows_named
from db.loading.profile import Profile
from db.loading.report_ways import VICTIMS
from db.loading.ways import replaced_rows
from db.store.engine import insert_many

_COLUMNS = ("batch_id", "line", "person_ref", "kind", "value", "starts", "ends", "note")
_Key = tuple[str, str, str, int]
_Rest = tuple[int | None, str]


def load(reading: Reading) -> Write:
    """Check every marker; gives what takes those that can be taken."""
    seen: dict[_Key, Checked] = {}

    def check(fields: list[str]) -> Checked:
        row = markers.checked(fields, reading.today)
        fault = BadValue("marker", row.kind, "this marker of the person stands on an earlier line")
        return once(seen, _key(row), row, fault)

    return partial(_write, list(reading.checked(check)))


def _write(rows: Sequence[tuple[int, Checked]], load: Load) -> None:
    known = _known(load, {row.person_ref for _, row in rows})
    new: list[tuple[Any, ...]] = []
    replaced: list[dict[str, int]] = []
    for line, row in rows:
        stands = known.get(_key(row))
        if stands is not None and stands[1] == (row.ends, row.note):
            load.unchanged += 1
            continue
        if stands is not None:
            replaced.append({"id": stands[0], "batch": load.batch_id})
        new.append((load.batch_id, line, *row))
    insert_many(load.writing.connection, "marker", _COLUMNS, new)
    if replaced:
        load.writing.connection.execute(text("UPDATE marker SET replaced_by = :batch WHERE id = :id"), replaced)
    flag_marked(load.writing.connection)
    load.revised = len(replaced)
    load.taken = len(new) - len(replaced)


def _key(row: Checked) -> _Key:
    """What makes two rows the same fact: person, marker, value and start."""
    return row.person_ref, row.kind, row.value, row.starts


def _known(load: Load, people: set[str]) -> dict[_Key, tuple[int, _Rest]]:
    query = (
        "SELECT id, person_ref, kind, value, starts, ends, note FROM marker "
        "WHERE replaced_by IS NULL AND person_ref IN :named"
    )
    rows = rows_named(load.writing.connection, query, people)
    return {(row.person_ref, row.kind, row.value, row.starts): (row.id, (row.ends, row.note)) for row in rows}


PROFILE = Profile(
    kind="markers",
    says="Dated facts about people: custody, OGRS, MAPPA, registered, arms, orders and breaches, wanted, victim",
    rule=markers,
    columns=markers.COLUMNS,
    blank=("ends", "note"),
    dated=("starts", "ends"),
    load=load,
    withdraw=(replaced_rows("marker"), VICTIMS),
)
