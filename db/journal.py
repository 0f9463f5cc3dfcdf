"""Every write: rows changed and an entry in the hash-chained journal, in one transaction, with its inverse."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, text, update
from sqlmodel import SQLModel

from core.days import stamp
from core.errors import Conflict
from core.journal import START, Entry, canonical, chain_hash, first_break
from db.store import Store
from db.tables import JournalEntry

Values = dict[str, Any]


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


class Writing:
    """One command while it is being carried out. Every row it touches is noted, before and after."""

    def __init__(
        self,
        connection: Connection,
        who: str,
        now: datetime,
        what: str,
        kind: str,
        decided_at: str | None,
        undoes: int | None,
    ) -> None:
        self.connection = connection
        self.who = who
        self.now = stamp(now)
        self.what = what
        self.kind = kind
        self.decided_at = decided_at or self.now
        self.undoes = undoes
        self.changes: list[Values] = []

    def row(self, table: str, row_id: int) -> Values | None:
        """A row as it stands, or None."""
        found = _table(table)
        row = self.connection.execute(select(found).where(found.c.id == row_id)).mappings().first()
        return dict(row) if row else None

    def insert(self, table: str, **values: Any) -> int:
        """Add a row and give its number."""
        result = self.connection.execute(insert(_table(table)).values(**values))
        row_id = int(result.inserted_primary_key[0])  # type: ignore[index]
        self._note(table, row_id, None, self.row(table, row_id))
        return row_id

    def insert_all(self, table: str, rows: Sequence[Values]) -> None:
        """Add many rows of a table, of the same columns, in one statement."""
        found = _table(table)
        for row in self.connection.execute(insert(found).returning(found), rows).mappings():
            self._note(table, row["id"], None, dict(row))

    def update(self, table: str, row_id: int, **values: Any) -> None:
        """Change columns of a row. Raises Conflict where it is gone."""
        found = _table(table)
        before = self.row(table, row_id)
        if before is None:
            raise Conflict(f"This {table.replace('_', ' ')} is no longer in the store. Refresh with ctrl+r.")
        self.connection.execute(update(found).where(found.c.id == row_id).values(**values))
        self._note(table, row_id, before, self.row(table, row_id))

    def remove(self, table: str, row_id: int) -> None:
        """Take a row out; the journal keeps it."""
        found = _table(table)
        before = self.row(table, row_id)
        self.connection.execute(delete(found).where(found.c.id == row_id))
        self._note(table, row_id, before, None)

    def note(self, table: str, row_id: int, after: Values) -> None:
        """Note a row that was added in bulk."""
        self._note(table, row_id, None, after)

    def _note(self, table: str, row_id: int, before: Values | None, after: Values | None) -> None:
        self.changes.append({"table": table, "id": row_id, "before": before, "after": after})

    def finish(self) -> None:
        """Append the journal entry; a command that changed nothing leaves none."""
        if not self.changes:
            return
        last = self.connection.execute(
            text("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1"),
        ).first()
        entry = Entry(
            id=(last[0] if last else 0) + 1,
            who=self.who,
            decided_at=self.decided_at,
            entered_at=self.now,
            what=self.what,
            kind=self.kind,
            changes=canonical(self.changes),
            undoes=self.undoes,
            previous=last[1] if last else START,
        )
        values = {**entry.__dict__, "hash": chain_hash(entry)}
        self.connection.execute(insert(_table("journal")).values(**values))


@dataclass(frozen=True)
class Undoable:
    """A journal entry that can be taken back, in words."""

    id: int
    what: str


def _stacks(store: Store, since: int) -> tuple[list[Undoable], list[Undoable]]:
    """What can be undone and redone, the latest last. A sealing or an import ends what came before it."""
    done: list[Undoable] = []
    undone: list[Undoable] = []
    query = "SELECT id, what, kind, undoes FROM journal WHERE id > :since ORDER BY id"
    for number, what, kind, undoes in store.read.rows(query, since=since):
        entry = Undoable(number, what)
        if kind in ("clock", "run"):  # neither stands on what was done before, nor is stood on
            continue
        if kind != "command":
            done, undone = [], []
        elif undoes is None:
            done, undone = [*done, entry], []
        elif done and done[-1].id == undoes:
            undone.append(Undoable(number, done.pop().what))
        elif undone and undone[-1].id == undoes:
            done.append(Undoable(number, undone.pop().what))
    return done, undone


def last_entry(store: Store) -> tuple[int, str]:
    """Number and hash of the latest entry; (0, zeros) for an empty journal."""
    rows = store.read.rows("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1")
    return (rows[0][0], rows[0][1]) if rows else (0, START)


def undo(store: Store, since: int = 0) -> str:
    """Take back the last command entered after entry *since*; gives what it was. Raises Conflict if there is none."""
    done, _ = _stacks(store, since)
    if not done:
        raise Conflict("Nothing to undo since the list was opened or the last meeting was sealed.", "Nothing to undo")
    _reverse(store, done[-1], "Undo")
    return done[-1].what


def redo(store: Store, since: int = 0) -> str:
    """Do again what was last undone; gives what it was. Raises Conflict if there is nothing."""
    _, undone = _stacks(store, since)
    if not undone:
        raise Conflict("Nothing was undone since the last change.", "Nothing to redo")
    _reverse(store, undone[-1], "Redo")
    return undone[-1].what


def _reverse(store: Store, entry: Undoable, verb: str) -> None:
    changes = json.loads(store.read.rows("SELECT changes FROM journal WHERE id = :id", id=entry.id)[0][0])
    with store.change(f"{verb}: {entry.what}", undoes=entry.id) as writing:
        for change in reversed(changes):
            put_back(writing, change)


def put_back(writing: Writing, change: Values) -> None:
    """Make a row what it was before a change. Raises Conflict where it is not what the change left."""
    table, row_id, before, after = change["table"], change["id"], change["before"], change["after"]
    if writing.row(table, row_id) != after:
        raise Conflict("The record has been changed since; undo the later change first.", "Not undone")
    if before is None:
        writing.remove(table, row_id)
    elif after is None:
        writing.insert(table, **before)
    else:
        writing.update(table, row_id, **before)


@dataclass(frozen=True)
class Verdict:
    """What a walk along the journal found; ``fault`` is None where everything holds."""

    entries: int
    fault: str | None
    last_hash: str


def verify(store: Store) -> Verdict:
    """Walk the whole chain, then compare the last journaled state of every row with the store."""
    columns = ", ".join(name for name in JournalEntry.model_fields)
    rows = store.read.rows(f"SELECT {columns} FROM journal ORDER BY id")  # noqa: S608 - names from the code
    entries = [(Entry(*row[:9]), str(row[9])) for row in rows]
    number, last_hash = last_entry(store)
    if broken := first_break(entries):
        return Verdict(len(entries), f"Journal entry {broken[0]}: {broken[1]}.", last_hash)
    return Verdict(number, _drift(store, [entry for entry, _ in entries]), last_hash)


def _drift(store: Store, entries: list[Entry]) -> str | None:
    """The first row that is not as its last journal entry left it, in words."""
    last: dict[tuple[str, int], tuple[int, Values | None]] = {}
    for entry in entries:
        for change in json.loads(entry.changes):
            last[change["table"], change["id"]] = (entry.id, change["after"])
    for (table, row_id), (number, after) in last.items():
        columns = list(_table(table).c.keys())
        query = f'SELECT {", ".join(columns)} FROM "{table}" WHERE id = :id'  # noqa: S608 - names from the code
        found = store.read.rows(query, id=row_id)
        stands = dict(zip(columns, found[0], strict=True)) if found else None
        if stands != after:
            return f"{table} {row_id} is not as journal entry {number} left it."
    return None
