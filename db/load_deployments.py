"""Loads the task force's units; a unit that is known is revised, its earlier state stays in the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import text

from core import deployments, profiles
from core.days import LONDON, stamp
from core.extract import BadValue
from core.geography import wards
from db.imports import Load
from db.textfile import BadRecord


def load(load: Load) -> None:
    """Take every unit that can be taken."""
    order = profiles.positions(load.profile, load.header, deployments.COLUMNS, load.file.path.name)
    known = {r.unit: r for r in load.writing.connection.execute(text("SELECT * FROM deployment"))}
    for line, fields in load.rows:
        load.read += 1
        try:
            values = _row(load, order, fields)
        except BadValue as fault:
            load.quarantine.add(line, fault, fields if isinstance(fields, list) else [])
            continue
        stands = known.get(values["unit"])
        if stands is None:
            load.writing.insert("deployment", **values)
            load.taken += 1
        elif all(getattr(stands, name) == value for name, value in values.items()):
            load.unchanged += 1
        else:
            load.writing.update("deployment", stands.id, **values)
            load.revised += 1


def _row(load: Load, order: list[int | None], fields: list[str] | BadRecord) -> dict[str, Any]:
    if isinstance(fields, BadRecord):
        raise BadValue("", "", fields.reason)
    if len(fields) != len(load.header):
        raise BadValue("", str(len(fields)), f"the row has {len(fields)} values, the header {len(load.header)}")
    values: dict[str, Any] = {
        name: fields[place].strip() if place is not None else ""
        for name, place in zip(deployments.COLUMNS, order, strict=True)
    }
    if not values["unit"]:
        raise BadValue("unit", values["unit"], "the unit is missing")
    if not values["officers"].isdigit():
        raise BadValue("officers", values["officers"], "not a number of officers")
    if values["ward_code"] and values["ward_code"] not in wards():
        raise BadValue("ward_code", values["ward_code"], "unknown ward code")
    values["status"] = values["status"].casefold() or "free"
    if values["status"] not in deployments.STATUSES:
        raise BadValue("status", values["status"], f"unknown; use one of {', '.join(deployments.STATUSES)}")
    values["officers"] = int(values["officers"])
    values["starts"], values["ends"] = (_moment(name, values[name]) for name in ("starts", "ends"))
    return values


def _moment(column: str, value: str) -> str | None:
    if not value:
        return None
    for form in ("%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"):
        try:
            return stamp(datetime.strptime(value, form).replace(tzinfo=LONDON))
        except ValueError:
            continue
    raise BadValue(column, value, "no such time; write dd/mm/yyyy hh:mm")
