"""The ways in which rows of a batch are taken back. No row is lost, but those that the journal can bring again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import text

from db.store.journal import Values, Writing
from db.store.undo import put_back

Keeper = Callable[[Writing, int, int], None]
"""Looks at a row that a batch added, by batch and row number; raises Conflict where it has to stay."""


@dataclass(frozen=True)
class Way:
    """One way to take rows back.

    take_back: does it for a batch. brought: whether a batch brought rows that are taken back so, which tells what it
    was where its profile is not known: profile files of a user have names of their own.
    """

    take_back: Callable[[Writing, int], None]
    brought: Callable[[Writing, int], bool]


def replaced_rows(table: str) -> Way:
    """Rows that the batch replaced stand again; its own do not."""
    return Way(partial(_replaced, table), partial(has_rows, table))


def unread_rows(table: str) -> Way:
    """Rows stay where they are: whoever reads the table leaves out those of batches that are withdrawn."""
    return Way(_nothing, partial(has_rows, table))


def journaled_rows(table: str, keeper: Keeper | None = None) -> Way:
    """Rows that the batch added or changed in place are put back as the journal has them.

    keeper: asked about every row that the batch added.
    """
    return Way(partial(_journaled, table, keeper), lambda writing, batch_id: bool(changes_of(table, writing, batch_id)))


def has_rows(table: str, writing: Writing, batch_id: int) -> bool:
    """Whether a table has rows of a batch."""
    query = text(f"SELECT 1 FROM {table} WHERE batch_id = :batch LIMIT 1")  # noqa: S608 - our own names
    return writing.connection.execute(query, {"batch": batch_id}).first() is not None


def _nothing(_writing: Writing, _batch_id: int) -> None:
    """The batch is marked as withdrawn, and that is what readers look at."""


def _replaced(table: str, writing: Writing, batch_id: int) -> None:
    run, values = writing.connection.execute, {"batch": batch_id}
    of_commands = f"SELECT id FROM {table} WHERE batch_id IS NULL AND replaced_by = :batch ORDER BY id"  # noqa: S608
    for number in run(text(of_commands), values).scalars().all():
        writing.update(table, number, replaced_by=None)  # the journal follows what a command wrote, so it learns of it
    again = f"UPDATE {table} SET replaced_by = NULL WHERE replaced_by = :batch AND batch_id <> :batch"  # noqa: S608
    run(text(again), values)
    run(text(f"UPDATE {table} SET replaced_by = :batch WHERE batch_id = :batch"), values)  # noqa: S608


def _journaled(table: str, keeper: Keeper | None, writing: Writing, batch_id: int) -> None:
    for change in reversed(changes_of(table, writing, batch_id)):
        if keeper and change["before"] is None:
            keeper(writing, batch_id, change["id"])
        put_back(writing, change)


def changes_of(table: str, writing: Writing, batch_id: int) -> list[Values]:
    """What the import of a batch did to rows of a table, from its own journal entry."""
    query = text("SELECT changes FROM journal WHERE kind = 'import' ORDER BY id DESC")
    for changes in writing.connection.execute(query).scalars():
        entry: list[Values] = json.loads(changes)
        if any(change["table"] == "batch" and change["id"] == batch_id for change in entry):
            return [change for change in entry if change["table"] == table]
    return []


def _renamed(writing: Writing, batch_id: int) -> None:
    query = text("SELECT id, name FROM release WHERE batch_id = :batch")
    for number, name in writing.connection.execute(query, {"batch": batch_id}).all():
        writing.update("release", number, name=f"{name} withdrawn with batch {batch_id}")


RENAMED_RELEASE = Way(_renamed, partial(has_rows, "release"))
"""A release is no longer read, as its batch is withdrawn; its name is free for the file that is imported next."""
