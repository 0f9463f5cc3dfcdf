"""Loads the counts of the previous 24 hours; a newer file for the same day, BCU and measure replaces the older."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import text

from core import activity
from core.activity import Counted
from core.extract import BadValue
from db.loading.load import COUNT, Load, Reading, Write, once
from db.loading.profile import Profile
from db.loading.ways import replaced_rows
from db.store.engine import insert_many

_COLUMNS = ("batch_id", "line", "day", "bcu", "measure", "count")


def load(reading: Reading) -> Write:
    """Check every count; gives what takes those that can be taken."""
    seen: dict[tuple[int, str, str], Counted] = {}

    def check(fields: list[str]) -> Counted:
        row = activity.checked(fields, reading.today)
        fault = BadValue("measure", row.measure, "this measure of the day and BCU stands on an earlier line")
        return once(seen, row[:3], row, fault)

    return partial(_write, list(reading.checked(check)))


def _write(rows: Sequence[tuple[int, Counted]], load: Load) -> None:
    known = _known(load)
    new: list[tuple[Any, ...]] = []
    replaced: list[dict[str, int]] = []
    for line, row in rows:
        before = known.get(row[:3])
        if before is not None and before[1] == row.number:
            load.unchanged += 1
            continue
        if before is not None:
            replaced.append({"id": before[0], "batch": load.batch_id})
        new.append((load.batch_id, line, *row))
    insert_many(load.writing.connection, "activity", _COLUMNS, new)
    if replaced:
        query = text("UPDATE activity SET replaced_by = :batch WHERE id = :id")
        load.writing.connection.execute(query, replaced)
    load.revised = len(replaced)
    load.taken = len(new) - len(replaced)


def _known(load: Load) -> dict[tuple[int, str, str], tuple[int, int]]:
    query = text("SELECT id, day, bcu, measure, count FROM activity WHERE replaced_by IS NULL")
    rows = load.writing.connection.execute(query)
    return {(day, bcu, measure): (number, count) for number, day, bcu, measure, count in rows}


PROFILE = Profile(
    kind="activity",
    says="The task force's own counts of the previous 24 hours: stops and searches, warrants, arrests, items seized",
    rule=activity,
    columns=activity.COLUMNS,
    dated=("day",),
    forms={"count": COUNT},
    load=load,
    withdraw=(replaced_rows("activity"),),
)
