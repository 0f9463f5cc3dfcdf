"""Loads the task force's units; a unit that is known is revised, its earlier state stays in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import text

from core import deployments
from core.deployments import Unit
from core.extract import BadValue
from db.loading.load import COUNT, MOMENT, Load, Reading, Write, once
from db.loading.profile import Profile
from db.loading.ways import journaled_rows


def load(reading: Reading) -> Write:
    """Check every unit; gives what takes those that can be taken."""
    seen: dict[str, Unit] = {}
    wards = reading.wards()

    def check(fields: list[str]) -> Unit:
        unit = deployments.checked(fields, wards)
        fault = BadValue("unit", unit.unit, "this unit stands on an earlier line of the file")
        return once(seen, unit.unit, unit, fault)

    return partial(_write, list(reading.checked(check)))


def _write(units: Sequence[tuple[int, Unit]], load: Load) -> None:
    known = {row.unit: row for row in load.writing.connection.execute(text("SELECT * FROM deployment"))}
    for line, unit in units:
        before = known.get(unit.unit)
        values, stands = unit._asdict(), {"batch_id": load.batch_id, "line": line}
        if before is None:
            load.writing.insert("deployment", **values, **stands)
            load.taken += 1
        elif all(getattr(before, name) == value for name, value in values.items()):
            load.unchanged += 1
        else:
            load.writing.update("deployment", before.id, **values, **stands)
            load.revised += 1


PROFILE = Profile(
    kind="deployments",
    says="Task force units: strength, base, where they are sent and until when",
    rule=deployments,
    columns=deployments.COLUMNS,
    blank=("base", "ward_code", "tactic", "starts", "ends", "status"),
    proof=("unit", "base", "officers"),
    dated=("starts", "ends"),
    forms={"officers": COUNT, "starts": MOMENT, "ends": MOMENT},
    load=load,
    withdraw=(journaled_rows("deployment"),),
)
