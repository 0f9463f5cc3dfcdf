"""Loads the task force's units; a unit that is known is revised, its earlier state stays in the journal."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime
from typing import Any

from sqlalchemy import text

from core import deployments, extract, profiles
from core.days import LONDON, stamp
from core.extract import BadValue
from db.loading.load import Load
from db.ward_map import REFERENCES, standing


def load(load: Load) -> None:
    """Take every unit that can be taken."""
    columns = profiles.columns(load.profile, load.header, deployments.COLUMNS, load.file.path.name)
    seen: set[str] = set()
    wards = standing(load.writing.connection.execute(text(REFERENCES), {"no": False}))
    known = {r.unit: r for r in load.writing.connection.execute(text("SELECT * FROM deployment"))}

    def check(fields: list[str]) -> dict[str, Any]:
        values = _row(fields, wards)
        if values["unit"] in seen:
            raise BadValue("unit", values["unit"], "this unit stands on an earlier line of the file")
        seen.add(values["unit"])
        return values

    for _, values in load.checked(columns, check):
        stands = known.get(values["unit"])
        if stands is None:
            load.writing.insert("deployment", **values)
            load.taken += 1
        elif all(getattr(stands, name) == value for name, value in values.items()):
            load.unchanged += 1
        else:
            load.writing.update("deployment", stands.id, **values)
            load.revised += 1


def _row(given: list[str], wards: Container[str]) -> dict[str, Any]:
    values: dict[str, Any] = dict(zip(deployments.COLUMNS, (value.strip() for value in given), strict=True))
    if not values["unit"]:
        raise BadValue("unit", values["unit"], "the unit is missing")
    if values["ward_code"] and values["ward_code"] not in wards:
        raise BadValue("ward_code", values["ward_code"], "unknown ward code")
    values["status"] = values["status"].casefold() or "free"
    if values["status"] not in deployments.STATUSES:
        raise BadValue("status", values["status"], f"unknown; use one of {', '.join(deployments.STATUSES)}")
    values["officers"] = extract.count("officers", values["officers"])
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
