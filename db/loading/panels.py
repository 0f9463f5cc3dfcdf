"""Loads what ward panels ask for. The same priority with another end is revised; the latest row holds."""

from __future__ import annotations

from sqlalchemy import text

from core import panels
from core.extract import BadValue
from core.panels import Asked
from db.loading.load import Load
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.panels import STANDING, standing
from db.store.engine import insert_many
from db.ward_map import known_wards

_COLUMNS = ("batch_id", "line", "ward_code", "priority", "set_on", "ends_on")


def load(load: Load) -> None:
    """Take every priority that can be taken."""
    run = load.writing.connection.execute
    wards, known = known_wards(load.writing.connection), standing(run(text(STANDING), {"no": False}))
    seen: set[tuple[str, str, int]] = set()
    rows: list[tuple[object, ...]] = []

    def check(fields: list[str]) -> Asked:
        row = panels.checked(fields, load.today, wards)
        if row.key in seen:
            raise BadValue("priority", row.priority, "this priority of the ward stands on an earlier line")
        seen.add(row.key)
        return row

    for line, row in load.checked(check):
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
