"""Loads units and where they are sent; a unit that is known is revised, its earlier state stays in the journal.

What a row says of where the unit is becomes a deployment, with its start and end. A later file revises it: another end,
another place, or that the unit is free or stood down, which ends it then. What a meeting decided stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import text

from core import deployments
from core.deployments import DEPLOYED, UnitRow
from core.errors import Conflict
from core.extract import BadValue
from db.deployment_rows import UNASKED, record_of_row
from db.loading.load import COUNT, MOMENT, Load, Reading, Write, once
from db.loading.profile import Profile
from db.loading.ways import Way, changes_of, journaled_rows
from db.store.journal import Writing

Row = Mapping[str, Any]


def load(reading: Reading) -> Write:
    """Check every unit; gives what takes those that can be taken."""
    seen: dict[str, UnitRow] = {}
    wards = reading.wards()

    def check(fields: list[str]) -> UnitRow:
        unit = deployments.checked(fields, wards)
        fault = BadValue("unit", unit.unit, "this unit stands on an earlier line of the file")
        return once(seen, unit.unit, unit, fault)

    return partial(_write, list(reading.checked(check)))


def _write(units: Sequence[tuple[int, UnitRow]], load: Load) -> None:
    known = {row.unit: row._mapping for row in load.writing.connection.execute(text("SELECT * FROM deployment"))}
    for line, unit in units:
        before = known.get(unit.unit)
        values, stands = unit._asdict(), {"batch_id": load.batch_id, "line": line}
        if before is None:
            number = load.writing.insert("deployment", **values, **stands)
            load.taken += 1
        elif all(before[name] == value for name, value in values.items()):
            load.unchanged += 1
            continue
        else:
            number = before["id"]
            load.writing.update("deployment", number, **values, **stands)
            load.revised += 1
        if before is None or any(before[name] != values[name] for name in _WHERE):
            _send(load.writing, {**values, **stands, "id": number})


_WHERE = ("ward_code", "tactic", "starts", "ends", "status")
_AS_FILED = "as a file of units has it"


def _send(writing: Writing, row: Row) -> None:
    """Bring the deployment that files made of a unit in line with what its row says now."""
    earlier = _of_files(writing, row["id"])
    terms = ("ward_code", "tactic", "starts")
    same = next((one for one in earlier if all(one[name] == row[name] for name in terms)), None)
    made = record_of_row(row, writing.now)
    if row["status"] == DEPLOYED and same is not None:
        ends = {"ends": row["ends"], "over_at": row["ends"]}
        writing.update("deployment_record", same["id"], **ends, stopped_at=None, stopped_why="", stopped_by="")
        return
    for one in earlier:
        if one["over_at"] is None or one["over_at"] > writing.now:
            _stop(writing, one, _left_at(one, row, writing.now), str(row["status"]))
    if made is not None and same is None:
        made |= {"batch_id": row["batch_id"], "line": row["line"]}
        _insert(writing, made, row)


def _insert(writing: Writing, made: dict[str, Any], row: Row) -> None:
    number = writing.insert("deployment_record", **made)
    link = {**UNASKED, "deployment_id": number, "unit_id": row["id"], "officers": row["officers"]}
    writing.insert("deployment_unit", **link)


def _left_at(one: Row, row: Row, now: str) -> str:
    """When a unit left a deployment that had begun for what its row says now: the start of that, where it is later."""
    begun = one["starts"] is None or one["starts"] <= now
    return max(row["starts"] or now, now) if begun and row["status"] == DEPLOYED else now


def _stop(writing: Writing, one: Row, at: str, status: str) -> None:
    why = f"{'sent elsewhere' if status == DEPLOYED else status}, {_AS_FILED}"
    writing.update("deployment_record", one["id"], stopped_at=at, over_at=at, stopped_why=why, stopped_by=writing.who)


def _of_files(writing: Writing, unit_id: int) -> list[Row]:
    """The deployments that files, or a version of before, made of a unit, the latest first."""
    query = text("SELECT * FROM deployment_record WHERE from_unit = :unit ORDER BY id DESC")
    return [dict(row) for row in writing.connection.execute(query, {"unit": unit_id}).mappings()]


def _follow(writing: Writing, batch_id: int) -> None:
    """Let what a version of before made of a unit's row follow the row, which is put back after this.

    Such a record stands in no entry of the batch. Raises Conflict where a meeting has used a unit that would go.
    """
    for change in changes_of("deployment", writing, batch_id):
        began = [one for one in _of_files(writing, change["id"]) if one["batch_id"] is None]
        for one in began:
            links = text("SELECT id FROM deployment_unit WHERE deployment_id = :id")
            for link in writing.connection.execute(links, {"id": one["id"]}).scalars().all():
                writing.remove("deployment_unit", link)
            writing.remove("deployment_record", one["id"])
        if change["before"] is None:
            _refuse_used(writing, change)
        elif began and (made := record_of_row(change["before"], writing.now)) is not None:
            _insert(writing, made, change["before"])


def _refuse_used(writing: Writing, change: Row) -> None:
    """Raise Conflict where a unit that the batch brought has been sent, lent or given officers since."""
    for table in ("deployment_unit", "uplift"):
        query = text(f"SELECT 1 FROM {table} WHERE unit_id = :id LIMIT 1")  # noqa: S608 - our own names
        if writing.connection.execute(query, {"id": change["id"]}).first() is not None:
            name = change["after"]["unit"]
            raise Conflict(f"{name} came with this file and has been sent since. Undo that first, or keep the file.")


PROFILE = Profile(
    kind="deployments",
    says="Task force and other units: strength, base, where they are sent and until when",
    rule=deployments,
    columns=deployments.COLUMNS,
    optional=deployments.OPTIONAL,
    blank=("base", "ward_code", "tactic", "starts", "ends", "status"),
    proof=("unit", "base", "officers"),
    dated=("starts", "ends"),
    forms={"officers": COUNT, "starts": MOMENT, "ends": MOMENT},
    load=load,
    withdraw=(
        journaled_rows("deployment_unit"),
        journaled_rows("deployment_record"),
        Way(_follow, lambda _writing, _batch: False),
        journaled_rows("deployment"),
    ),
)
