"""Loads the counts of the previous 24 hours; a newer file for the same day, BCU and measure replaces the older."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from core import activity, extract, profiles
from core.extract import BadValue
from core.geography import bcus
from db.loading.load import Load
from db.store.engine import insert_many

_COLUMNS = ("batch_id", "line", "day", "bcu", "measure", "count")


def load(load: Load) -> None:
    """Take every count that can be taken."""
    columns = profiles.columns(load.profile, load.header, activity.COLUMNS, load.file.path.name)
    known = _known(load)
    seen: set[tuple[int, str, str]] = set()
    new: list[tuple[Any, ...]] = []
    replaced: list[dict[str, int]] = []

    def check(fields: list[str]) -> tuple[int, str, str, int]:
        day, bcu, measure, count = _row(fields, load.today)
        if (day, bcu, measure) in seen:
            raise BadValue("measure", measure, "this measure of the day and BCU stands on an earlier line")
        seen.add((day, bcu, measure))
        return day, bcu, measure, count

    for line, (day, bcu, measure, count) in load.checked(columns, check):
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


def _row(values: list[str], today: int) -> tuple[int, str, str, int]:
    day, bcu, measure, count = (value.strip() for value in values)
    if bcu.upper() not in bcus():
        raise BadValue("bcu", bcu, f"unknown BCU; use one of {', '.join(bcus())}")
    if not measure:
        raise BadValue("measure", measure, "what was counted is missing")
    return extract.day("day", day, today), bcu.upper(), measure.casefold(), extract.count("count", count)
