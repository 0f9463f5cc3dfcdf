"""Loads what ward panels ask for. The same priority with another end is revised; the latest row holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import text

from core import panels
from core.extract import BadValue
from core.panels import Asked
from db.loading.load import Load, Reading, Write, once
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.panels import STANDING, standing
from db.store.engine import insert_many

_COLUMNS = ("batch_id", "line", "ward_code", "priority", "set_on", "ends_on")


def load(reading: Reading) -> Write:
    """Check every priority; gives what takes those that can be taken."""
    wards = reading.wards()
    seen: dict[tuple[str, str, int], Asked] = {}

    def check(fields: list[str]) -> Asked:
        row = panels.checked(fields, reading.today, wards)
        fault = BadValue("priority", row.priority, "this priority of the ward stands on an earlier line")
        return once(seen, row.key, row, fault)

    return partial(_write, list(reading.checked(check)))


def _write(asked: Sequence[tuple[int, Asked]], load: Load) -> None:
    known = standing(load.writing.connection.execute(text(STANDING), {"no": False}))
    rows: list[tuple[object, ...]] = []
    for line, row in asked:
        before = known.get(row.key)
        if before is not None and Asked(*before[:4]) == row:
            load.unchanged += 1
            continue
        load.revised += before is not None
        load.taken += before is None
        rows.append((load.batch_id, line, *row))
    insert_many(load.writing.connection, "panel_priority", _COLUMNS, rows)


PROFILE = Profile(
    kind="ward-panel",
    says="What a ward panel asks its ward team to put first",
    rule=panels,
    columns=panels.COLUMNS,
    optional=panels.OPTIONAL,
    dated=("set_on", "ends_on"),
    load=load,
    withdraw=(unread_rows("panel_priority"),),
)
