"""Every write: rows changed and an entry in the hash-chained journal, in one transaction, with its inverse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.days import stamp
from core.errors import Conflict
from core.journal import RULE, START, Entry, RanBack, canonical, chain_hash, ran_back
from db.store import digests, sealed
from db.store.columns import Rows, quoted
from db.store.overtaken import Others

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from db.store.store import Store

Values = dict[str, Any]
DIGESTED = ("import", "upgrade")
"""Kinds of change after which the rows that files bring are put under digests."""
FOLLOWED = "import"
"""The kind of change that is followed while it lasts; an upgrade puts all of it under digests anew."""
LAST_ENTRY = "SELECT id, hash, entered_at FROM journal ORDER BY id DESC LIMIT 1"
"""The entry that the next one is chained to; no row where the journal is empty."""
_UNDONE = (
    "SELECT json_extract(change.value, '$.table') AS name, MAX(json_extract(change.value, '$.id')) AS highest "
    "FROM journal, json_each(journal.changes) AS change WHERE journal.undoes IS NOT NULL GROUP BY name"
)
"""The highest number among the rows that were undone or done again, by table."""


def last_entry(store: Store) -> tuple[int, str]:
    """Number and hash of the latest entry; (0, zeros) for an empty journal."""
    rows = store.read.rows(LAST_ENTRY)
    return (rows[0]["id"], rows[0]["hash"]) if rows else (0, START)


def _first(connection: Connection, query: str, *values: object) -> tuple[Any, ...] | None:
    """The first row of a query that the driver is asked itself: to put it together takes longer than the answer."""
    found: tuple[Any, ...] | None = connection.connection.cursor().execute(query, values).fetchone()
    return found


@dataclass(frozen=True)
class Command:
    """What a change is, as its journal entry says it.

    kind: ``command`` can be undone; ``import``, ``meeting``, ``seal``, ``addendum``, ``papers``, ``run``, ``clock``,
    ``upgrade`` cannot.
    meeting_id: the meeting it belongs to, None where it belongs to none. undoes: the entry it takes back. item: the
    agenda item that the meeting is at, empty where it is at none.
    """

    who: str
    at: datetime
    what: str
    kind: str
    meeting_id: int | None
    decided_at: str | None = None
    undoes: int | None = None
    item: str = ""

    @property
    def at_item(self) -> str | None:
        """The item that the entry names: none outside meetings, nor for what comes after a meeting's seal."""
        if self.meeting_id is None or self.kind in sealed.AFTER:
            return None
        return self.item or None


class Writing:
    """One command while it is being carried out. Every row it touches is noted, before and after.

    Raises Conflict at once where its meeting is sealed.
    """

    def __init__(self, connection: Connection, command: Command, sitting: int | None, since: int | None = None) -> None:
        """*since*: the last entry of the journal when the form was opened that asks for it; None where none does."""
        self.connection = connection
        self.rows = Rows(connection)
        self.who = command.who
        self.now = stamp(command.at)
        self.changes: list[Values] = []
        self.ran_back: RanBack | None = None
        self.entry = (0, START)
        """The number and the hash of the last entry that it left; known once it is finished."""
        self.said = command.what
        self._command = command
        self._sitting = sitting
        self._since = since
        self._sealed: dict[int, bool] = {}
        if command.kind not in sealed.AFTER and command.meeting_id is not None and self._is_sealed(command.meeting_id):
            raise Conflict(sealed.REFUSED, "Sealed")
        if command.kind == FOLLOWED:
            digests.follow(connection)

    def belongs_to(self, meeting_id: int) -> None:
        """Say which meeting the command belongs to, where it is the command itself that opens it: it is at no item."""
        self._command = replace(self._command, meeting_id=meeting_id, item="")

    def says(self, what: str) -> None:
        """Say what was done, where only the command itself knows: the records by name, in words that are past."""
        self.said = what
        self._command = replace(self._command, what=what)

    def row(self, table: str, row_id: int) -> Values | None:
        """A row as it stands, or None."""
        return self.rows.row(table, row_id)

    def insert(self, table: str, **values: Any) -> int:
        """Add a row and give its number. Raises Conflict where it would be added to a sealed meeting."""
        self._check(table, None, values)
        if "id" not in values and (free := self._above_undone(table)) is not None:
            values["id"] = free
        row_id = self.rows.add(table, values)
        self._note(table, row_id, None, self.row(table, row_id))
        return row_id

    def _above_undone(self, table: str) -> int | None:
        """A number above every row that was ever undone, where SQLite would give the number of one again; else None.

        What was said of an undone record, in another window or by its number, must not be taken for a new one.
        """
        if table not in self._undone:
            return None
        highest = _first(self.connection, f"SELECT COALESCE(MAX(id), 0) FROM {quoted(table)}")  # noqa: S608
        return self._undone[table] + 1 if highest is None or self._undone[table] > highest[0] else None

    def insert_all(self, table: str, rows: Sequence[Values]) -> None:
        """Add many rows of a table, none of which was ever undone."""
        for row in rows:
            self._check(table, None, row)
        for number in [self.rows.add(table, row) for row in rows]:
            self._note(table, number, None, self.row(table, number))

    def update(self, table: str, row_id: int, **values: Any) -> None:
        """Change columns of a row. Raises Conflict where it is gone, or a sealed meeting has decided it.

        Raises Overtaken where others changed the same columns while a form about it was open.
        """
        before = self.row(table, row_id)
        if before is None:
            raise Conflict(f"This {table.replace('_', ' ')} is no longer in the store. Refresh with ctrl+r.")
        self._check(table, before, {**before, **values})
        if self._others is not None:
            self._others.refuse(table, row_id, before, values)
        self.rows.change(table, row_id, values)
        self._note(table, row_id, before, self.row(table, row_id))

    def typed(self, table: str, row_id: int, **values: Any) -> Values:
        """Of the columns that a form shows as they are, those to write: what was not changed in it stays as it is."""
        return values if self._others is None else self._others.typed(table, row_id, values)

    def remove(self, table: str, row_id: int) -> None:
        """Take a row out; the journal keeps it. Raises Conflict where a sealed meeting has decided it."""
        before = self.row(table, row_id)
        self._check(table, before, None)
        self.rows.remove(table, row_id)
        self._note(table, row_id, before, None)

    def note(self, table: str, row_id: int, after: Values) -> None:
        """Note a row that was added in bulk."""
        self._note(table, row_id, None, after)

    def gained(self, table: str, row_id: int, columns: Values) -> None:
        """Note columns that a row has gained by an upgrade; nothing that stood in it is said anew."""
        self._note(table, row_id, {}, columns)

    def _note(self, table: str, row_id: int, before: Values | None, after: Values | None) -> None:
        self.changes.append({"table": table, "id": row_id, "before": before, "after": after})

    def _check(self, table: str, before: Values | None, after: Values | None) -> None:
        if self._command.kind in sealed.AFTER:
            if before is not None or table != sealed.AFTER[self._command.kind]:
                raise Conflict(sealed.REFUSED, "Sealed")
        elif table in sealed.PARTS:
            if after is not None:
                after = {**dict.fromkeys(self.rows.columns(table).flags), **after}
            sealed.check(table, before, after, self._is_sealed, undoing=self._command.undoes is not None)

    def _is_sealed(self, meeting_id: int) -> bool:
        """Whether a meeting is sealed, as this transaction found it."""
        if meeting_id not in self._sealed:
            found = _first(self.connection, "SELECT sealed_at FROM meeting WHERE id = ?", meeting_id)
            self._sealed[meeting_id] = found is not None and found[0] is not None
        return self._sealed[meeting_id]

    @cached_property
    def _undone(self) -> dict[str, int]:
        """The highest number that was undone, by table; read once a command: the whole journal is looked through."""
        return {row.name: int(row.highest) for row in self.connection.exec_driver_sql(_UNDONE)}

    @cached_property
    def _others(self) -> Others | None:
        """What others did since the form was opened that asks for the change; None where no form does."""
        return None if self._since is None else Others(self.connection, self._since, self._sitting)

    @cached_property
    def sitting(self) -> int:
        """The sitting that writes: the program's own, or the next free number at its first entry."""
        if self._sitting is not None:
            return self._sitting
        return int(self.connection.exec_driver_sql("SELECT COALESCE(MAX(sitting), 0) + 1 FROM journal").scalar_one())

    def finish(self, *, always: bool = False) -> bool:
        """Append the journal entry; a command that changed nothing leaves none unless it is *always* noted.

        Where the clock has run back since the entry before, an entry of its own says so first (`ran_back`).
        Gives whether there is an entry.
        """
        written = bool(self.changes) or always
        if written and self._command.kind in DIGESTED:
            digests.note(self, anew=self._command.kind == "upgrade")
        if self._command.kind == FOLLOWED:
            digests.forget(self.connection)
        if not written:
            return False
        number, previous, entered_at = _first(self.connection, LAST_ENTRY) or (0, START, None)
        self.ran_back = ran_back(self.now, entered_at)
        if self.ran_back is not None:
            note = Command(self.who, self._command.at, self.ran_back.what, "clock", None)
            number, previous = number + 1, self._append(note, "[]", number + 1, previous)
        self.entry = number + 1, self._append(self._command, canonical(self.changes), number + 1, previous)
        return True

    def _append(self, command: Command, changes: str, number: int, previous: str) -> str:
        """Append an entry to the chain; gives its hash."""
        entry = Entry(
            id=number,
            who=self.who,
            decided_at=command.decided_at or self.now,
            entered_at=self.now,
            what=command.what,
            kind=command.kind,
            changes=changes,
            undoes=command.undoes,
            previous=previous,
            rule=RULE,
            meeting_id=command.meeting_id,
            sitting=self.sitting,
            item=command.at_item,
        )
        hashed = chain_hash(entry)
        self.rows.add("journal", {**entry.__dict__, "hash": hashed})
        return hashed


class Whole:
    """Several commands that are one change: what each says of itself stands in the one entry, after the other."""

    def __init__(self, writing: Writing, what: str) -> None:
        self._writing = writing
        self._said = [what]

    @contextmanager
    def part(self, what: str) -> Iterator[Writing]:
        """One of the commands."""
        self._writing.says(what)
        yield self._writing
        self._said.append(self._writing.said)
        self._writing.says("; ".join(self._said))
