"""Undo and redo: what this sitting did is taken back by a command of its own, and by no other sitting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.days import london, moment_of
from core.errors import Conflict
from db.store.journal import Writing
from db.store.overtaken import called, last_changed
from db.store.store import Store


@dataclass(frozen=True)
class Undoable:
    """A journal entry that can be taken back, in words."""

    id: int
    what: str


_PASSED_OVER = ("clock", "run", "addendum", "papers")
"""Kinds of entry that neither stand on what was done before nor are stood on."""


def _stacks(store: Store) -> tuple[list[Undoable], list[Undoable]]:
    """What this sitting can undo and redo, the latest last. A sealing or an import ends what came before it."""
    done: list[Undoable] = []
    undone: list[Undoable] = []
    if store.sitting is None:
        return done, undone
    query = "SELECT id, what, kind, undoes FROM journal WHERE sitting = :sitting ORDER BY id"
    for number, what, kind, undoes in store.read.rows(query, sitting=store.sitting):
        if kind in _PASSED_OVER:
            continue
        if kind != "command":
            done.clear()
            undone.clear()
        elif undoes is None:
            done.append(Undoable(number, what))
            undone.clear()
        elif done and done[-1].id == undoes:
            undone.append(Undoable(number, done.pop().what))
        elif undone and undone[-1].id == undoes:
            done.append(Undoable(number, undone.pop().what))
    return done, undone


def undo(store: Store) -> str:
    """Take back the last command of this sitting; gives what it was.

    Raises Conflict where there is none, where its meeting is sealed, or where the record has been changed since.
    """
    done, _ = _stacks(store)
    if not done:
        raise Conflict(
            "Nothing to undo: nothing that this sitting did since it began or sealed can be taken back.",
            "Nothing to undo",
        )
    reverse(store, done[-1], "Undo")
    return done[-1].what


def redo(store: Store) -> str:
    """Do again what was last undone; gives what it was. Raises Conflict if there is nothing."""
    _, undone = _stacks(store)
    if not undone:
        raise Conflict("Nothing was undone since the last change.", "Nothing to redo")
    reverse(store, undone[-1], "Redo")
    return undone[-1].what


def reverse(store: Store, entry: Undoable, verb: str) -> None:
    """Put back every row that an entry changed, as one command of the meeting it belonged to."""
    query = "SELECT changes, meeting_id FROM journal WHERE id = :id"
    changes, meeting = store.read.rows(query, id=entry.id)[0]
    with store.change(f"{verb}: {entry.what}", meeting=meeting, undoes=entry.id) as writing:
        for change in reversed(json.loads(changes)):
            put_back(writing, change, entry.id)


def put_back(writing: Writing, change: Mapping[str, Any], entry: int = 0) -> None:
    """Make a row what it was before a change. Raises Conflict, which says who changed it since.

    entry: the number of the entry that made the change; 0 where that is not known.

    An entry knows the columns of its day: those are compared and put back; columns that came later stay as they are.
    """
    table, row_id, before, after = change["table"], change["id"], change["before"], change["after"]
    row = writing.row(table, row_id)
    if not as_left(row, after):
        who, at = last_changed(writing.connection, table, row_id, entry)
        by = f" by {who} at {london(moment_of(at)):%H:%M}" if who else ""
        raise Conflict(
            f"{called(table, row or after)} has been changed since{by}, so this is not undone.", "Not undone"
        )
    if before is None:
        writing.remove(table, row_id)
    elif after is None:
        writing.insert(table, **_of_today(writing, table, before))
    else:
        writing.update(table, row_id, **_of_today(writing, table, before))


def as_left(row: Mapping[str, Any] | None, left: Mapping[str, Any] | None) -> bool:
    """Whether a row is as a change left it, by the columns that the change names; None is a row that is not there."""
    if row is None or left is None:
        return row is left
    return all(row[column] == value for column, value in left.items() if column in row)


def _of_today(writing: Writing, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in values.items() if column in writing.rows.columns(table).flags}
