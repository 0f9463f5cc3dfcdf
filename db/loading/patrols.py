"""Loads patrol delivered; a newer file for the same day, ward and unit replaces the older, and what a unit left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import text

from core import patrols
from core.extract import BadValue
from core.patrols import Delivered
from db.loading.load import COUNT, FIGURE, Load, Reading, Write, once
from db.loading.profile import Profile
from db.loading.ways import replaced_rows
from db.store.engine import insert_many
from db.store.rows import fields

_COLUMNS = ("batch_id", "line", *Delivered._fields)
_Key = tuple[int, str, str]


class _Standing(NamedTuple):
    """A patrol as it stands: its row, the batch that it came by (None where a unit left it), and what it says."""

    id: int
    batch_id: int | None
    delivered: Delivered


def load(reading: Reading) -> Write:
    """Check every patrol; gives what takes those that can be taken."""
    wards = reading.wards()
    seen: dict[_Key, Delivered] = {}

    def check(fields: list[str]) -> Delivered:
        row = patrols.checked(fields, reading.today, wards)
        fault = BadValue("unit", row.unit, "this unit's patrol of the day and ward stands on an earlier line")
        return once(seen, row.key, row, fault)

    return partial(_write, list(reading.checked(check)))


def _write(rows: Sequence[tuple[int, Delivered]], load: Load) -> None:
    known = _known(load)
    new: list[tuple[Any, ...]] = []
    replaced: list[_Standing] = []
    for line, row in rows:
        stands = known.get(row.key, [])
        if [delivered for _, _, delivered in stands] == [row]:
            load.unchanged += 1
            continue
        load.revised += bool(stands)
        load.taken += not stands
        replaced.extend(stands)
        new.append((load.batch_id, line, *row))
    insert_many(load.writing.connection, "patrol", _COLUMNS, new)
    for one in replaced:
        _replace(load, one.id, journaled=one.batch_id is None)


def _known(load: Load) -> dict[_Key, list[_Standing]]:
    """Patrols as they stand, by day, ward and unit: one of a file, or as many as a unit left there on the day."""
    query = (
        "SELECT id, batch_id, day, ward_code, unit, tactic, officers, hours FROM patrol WHERE replaced_by IS NULL "
        "ORDER BY id"
    )
    found: dict[_Key, list[_Standing]] = defaultdict(list)
    for row in load.writing.connection.execute(text(query)):
        columns = fields(row)
        number, batch_id = columns.pop("id"), columns.pop("batch_id")
        delivered = Delivered(**columns)
        found[delivered.key].append(_Standing(number, batch_id, delivered))
    return found


def _replace(load: Load, number: int, *, journaled: bool) -> None:
    """Say which batch holds a patrol anew. The journal follows a row that a command wrote, so it learns of it."""
    if journaled:
        load.writing.update("patrol", number, replaced_by=load.batch_id)
    else:
        query = text("UPDATE patrol SET replaced_by = :batch WHERE id = :id")
        load.writing.connection.execute(query, {"batch": load.batch_id, "id": number})


PROFILE = Profile(
    kind="patrols",
    says="Patrol delivered, in officer-hours; a later file revises the same day, ward and unit",
    rule=patrols,
    columns=patrols.COLUMNS,
    optional=patrols.OPTIONAL,
    dated=("day",),
    forms={"officers": COUNT, "hours": FIGURE},
    load=load,
    withdraw=(replaced_rows("patrol"),),
)
