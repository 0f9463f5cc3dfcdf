"""What stands behind a record: the entries of the journal that wrote it, and the line of the file it was read from."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.days import moment_of
from db.store import Store
from db.store.engine import Row

RowOf = tuple[str, int]
"""A table and the number of a row in it."""
_AT_ONCE = 400
"""So many rows are asked for in one query: SQLite takes no more than a thousand terms of an OR."""
_PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "fly_tip_site": (("fly_tip_step", "site_id"), ("fly_tip_check", "site_id")),
    "action": (("action_update", "action_id"),),
    "focus_week": (("focus_item", "week_id"),),
}
"""Rows that are a part of another, by its table: their own table and the column that names the other."""


@dataclass(frozen=True)
class Written:
    """One entry of the journal about a record.

    meeting: the number of the meeting it belongs to, None where it belongs to none or that is not known. source: where
    it ends: the entry, and of an import the file with the line, where that is known.
    """

    entry: int
    at: datetime
    who: str
    what: str
    meeting: int | None
    source: str


def written(store: Store, rows: Iterable[RowOf]) -> list[Written]:
    """Every entry that wrote one of some rows or of their parts, the latest first."""
    wanted = set(rows)
    wanted |= {part for row in wanted for part in parts(store, row)}
    return [_written(row, wanted) for row in _touching(store, wanted)]


def _touching(store: Store, wanted: Collection[RowOf]) -> list[Row]:
    """The entries that hold a change of one of some rows, the latest first."""
    rows = sorted(wanted)
    found: dict[int, Row] = {}
    for start in range(0, len(rows), _AT_ONCE):
        found |= {entry["id"]: entry for entry in _touching_some(store, rows[start : start + _AT_ONCE])}
    return [found[number] for number in sorted(found, reverse=True)]


def _touching_some(store: Store, wanted: Sequence[RowOf]) -> list[Row]:
    # As core.journal.canonical writes the end of a change; a quote within a text is escaped, so no text holds it.
    marks = {f"row{at}": f'"id":{number},"table":"{table}"}}' for at, (table, number) in enumerate(wanted)}
    touched = " OR ".join(f"instr(changes, :{mark}) > 0" for mark in marks)
    query = f"SELECT id, entered_at, who, what, meeting_id, changes FROM journal WHERE {touched} ORDER BY id DESC"  # noqa: S608
    return store.read.rows(query, **marks)


def added_by(store: Store, rows: Iterable[RowOf]) -> dict[RowOf, int]:
    """Each of some rows to the number of the entry that added it, for those that the journal knows."""
    found: dict[RowOf, int] = {}
    wanted = set(rows)
    for changes in _touching(store, wanted):
        added = (change for change in json.loads(changes["changes"]) if change["before"] is None)
        found |= {key: changes["id"] for change in added if (key := (change["table"], change["id"])) in wanted}
    return found


def begun(store: Store, row: RowOf) -> tuple[str, Mapping[str, Any]] | None:
    """Who added a row, and the row as it was then; None where the journal does not know."""
    for entry in reversed(_touching(store, {row})):
        for change in json.loads(entry["changes"]):
            if change["before"] is None and (change["table"], change["id"]) == row:
                return entry["who"], change["after"]
    return None


def parts(store: Store, row: RowOf) -> list[RowOf]:
    """The rows that are a part of a row, the latest first."""
    table, number = row
    return [
        (part, found)
        for part, column in _PARTS.get(table, ())
        for (found,) in store.read.rows(f"SELECT id FROM {part} WHERE {column} = :id ORDER BY id DESC", id=number)  # noqa: S608 - own names
    ]


def _written(row: Row, wanted: Collection[RowOf]) -> Written:
    changes: list[dict[str, Any]] = json.loads(row["changes"])
    return Written(
        entry=row["id"],
        at=moment_of(row["entered_at"]),
        who=row["who"],
        what=row["what"],
        meeting=row["meeting_id"],
        source=_source(row["id"], changes, wanted),
    )


def _source(entry: int, changes: list[dict[str, Any]], wanted: Collection[RowOf]) -> str:
    """``entry 8``; of an import with its file, and with the line where the row keeps it: ``entry 8, units.csv:12``."""
    file = next((change["after"]["file"] for change in changes if change["table"] == "batch" and change["after"]), "")
    if not file:
        return f"entry {entry}"
    rows = (change["after"] or {} for change in changes if (change["table"], change["id"]) in wanted)
    lines = ", ".join(dict.fromkeys(str(row["line"]) for row in rows if row.get("line") is not None))
    return f"entry {entry}, {file}" + (f":{lines}" if lines else "")
