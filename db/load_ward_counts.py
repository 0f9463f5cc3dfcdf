"""Loads Met ward-level crime counts as published: one release beside the other, none overwritten."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text

from core import extract, profiles
from core.extract import BadValue
from db.engine import insert_many
from db.imports import Load

_COLUMNS = ("release_id", "line", "ward_code", "ward", "borough", "category", "counts")


def load(load: Load) -> None:
    """Take every row of a release; a count that is no whole number keeps its row out."""
    months = profiles.months_of(load.header, load.file.path.name)
    release_id = load.writing.insert(
        "release",
        batch_id=load.batch_id,
        name=_name(load, months),
        profile=load.profile.name,
        months=json.dumps(months),
    )
    rows: list[tuple[Any, ...]] = []
    seen: dict[tuple[str, str, str], str] = {}
    for line, fields in load.rows:
        try:
            row = _row(release_id, line, fields, months)
            key, counts = (row[2], row[4], row[5]), row[6]
            if seen.setdefault(key, counts) is not counts:
                raise BadValue("WardCode", row[2], "this ward and category stand on an earlier line of the file")
        except BadValue as fault:
            load.quarantine.add(line, fault, fields)
            continue
        rows.append(row)
    insert_many(load.writing.connection, "ward_series", _COLUMNS, rows)
    load.taken = len(rows)


def _name(load: Load, months: tuple[str, ...]) -> str:
    """A release is named by its months; another file for the same months gets a number behind."""
    name = f"{months[0]}-{months[-1]}"
    query = text("SELECT COUNT(*) FROM release WHERE name = :name OR name LIKE :like")
    others = load.writing.connection.execute(query, {"name": name, "like": f"{name}.%"}).scalar_one()
    return f"{name}.{others + 1}" if others else name


def _row(release_id: int, line: int, fields: list[str], months: tuple[str, ...]) -> tuple[Any, ...]:
    _, category, ward, ward_code, borough = (value.strip() for value in fields[:5])
    if not ward_code:
        raise BadValue("WardCode", fields[3], "the ward code is missing")
    if not category:
        raise BadValue("MinorText", fields[1], "the category is missing")
    counts = [extract.count(month, value) for month, value in zip(months, fields[5:], strict=True)]
    return release_id, line, ward_code, ward, borough, category, json.dumps(counts)
