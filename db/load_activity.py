"""Loads the counts of the previous 24 hours; a newer file for the same day, BCU and measure replaces the older."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from core import activity, extract, profiles
from core.extract import BadValue
from core.geography import bcus
from db.engine import insert_many
from db.imports import Load
from db.textfile import BadRecord

_COLUMNS = ("batch_id", "line", "day", "bcu", "measure", "count")


def load(load: Load) -> None:
    """Take every count that can be taken."""
    order = profiles.positions(load.profile, load.header, activity.COLUMNS, load.file.path.name)
    known = _known(load)
    new: list[tuple[Any, ...]] = []
    replaced: list[dict[str, int]] = []
    for line, fields in load.rows:
        load.read += 1
        try:
            day, bcu, measure, count = _row(load, order, fields)
        except BadValue as fault:
            load.quarantine.add(line, fault, fields if isinstance(fields, list) else [])
            continue
        stands = known.get((day, bcu, measure))
        if stands is not None and stands[1] == count:
            load.unchanged += 1
            continue
        if stands is not None:
            replaced.append({"id": stands[0], "batch": load.batch_id})
        new.append((load.batch_id, line, day, bcu, measure, count))
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


def _row(load: Load, order: list[int | None], fields: list[str] | BadRecord) -> tuple[int, str, str, int]:
    if isinstance(fields, BadRecord):
        raise BadValue("", "", fields.reason)
    if len(fields) != len(load.header):
        raise BadValue("", str(len(fields)), f"the row has {len(fields)} values, the header {len(load.header)}")
    day, bcu, measure, count = (fields[place].strip() if place is not None else "" for place in order)
    if bcu.upper() not in bcus():
        raise BadValue("bcu", bcu, f"unknown BCU; use one of {', '.join(bcus())}")
    if not measure:
        raise BadValue("measure", measure, "what was counted is missing")
    if not (count.isascii() and count.isdigit()):
        raise BadValue("count", count, "not a count; write a whole number, 0 for none")
    return extract.day("day", day, load.today), bcu.upper(), measure.casefold(), int(count)
