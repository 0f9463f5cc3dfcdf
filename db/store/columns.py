"""The columns of the store's tables as its file declares them, for every write.

The tables are declared as SQLModel classes (``db.tables``); to load these takes longer than most commands, so what
writes reads the names from the file instead. A test holds both against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection

Ask = Callable[[str], Iterable[Any]]
"""What gives the rows of a query."""
UNLESS_GIVEN: Mapping[str, Mapping[str, object]] = {
    "account": {"ended_by": ""},
    "action": {"closed_by": "", "result": ""},
    "batch": {"withdrawn": False},
    "circumstance": {"allowed": 0},
    "fly_tip_site": {"closed_reason": ""},
    "fly_tip_step": {"result": ""},
    "focus_item": {"result": ""},
    "focus_week": {"agreed_by": "", "summary": ""},
    "incident_mark": {"critical_by": "", "critical_reason": "", "owner": ""},
    "meeting": {"minutes": "", "report": "", "seal": ""},
    "membership": {"left_by": "", "left_reason": ""},
    "offence": {"knife": 0, "pools": 0},
    "priority_ward": {"dropped_by": "", "dropped_reason": ""},
    "restriction": {"ended_by": ""},
    "tension": {"ended_by": "", "ended_reason": ""},
}
"""What stands in a column that a new row does not name, where the file itself knows no such value."""


@dataclass(frozen=True)
class Columns:
    """The columns of a table, by name: whether each is yes or no."""

    table: str
    flags: Mapping[str, bool]

    @cached_property
    def by_number(self) -> str:
        """The query of one row by its number, every column of it."""
        return f"SELECT {', '.join(map(quoted, self.flags))} FROM {quoted(self.table)} WHERE id = ?"  # noqa: S608

    def values(self, row: Iterable[Any]) -> dict[str, Any]:
        """A row by its columns, as the program writes it: what is yes or no as such."""
        cells = zip(self.flags.items(), row, strict=True)
        return {name: bool(value) if flag and value is not None else value for (name, flag), value in cells}


def columns_of(table: str, ask: Ask) -> Columns:
    """The columns of a table. Raises LookupError where the file has no such table."""
    found = {
        name: str(declared).upper() == "BOOLEAN" for _, name, declared, *_ in ask(f"PRAGMA table_info({quoted(table)})")
    }
    if not found:
        raise LookupError(f"The store has no table {table}.")
    return Columns(table, found)


def insertion(table: str, names: Iterable[str]) -> str:
    """The statement that adds a row with these columns, to be given its values by their names."""
    given = list(names)
    if not given:
        return f"INSERT INTO {quoted(table)} DEFAULT VALUES"
    marks = ", ".join(f":{name}" for name in given)
    return f"INSERT INTO {quoted(table)} ({', '.join(map(quoted, given))}) VALUES ({marks})"  # noqa: S608


class Rows:
    """The rows of a store, one by one, inside a transaction. The driver is asked itself: to put a statement together
    takes longer than SQLite needs to carry it out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._columns: dict[str, Columns] = {}

    def columns(self, table: str) -> Columns:
        """The columns of a table. Raises LookupError where there is no such table."""
        if table not in self._columns:
            self._columns[table] = columns_of(table, self._cursor().execute)
        return self._columns[table]

    def row(self, table: str, row_id: int) -> dict[str, Any] | None:
        """A row as it stands, or None."""
        columns = self.columns(table)
        row = self._cursor().execute(columns.by_number, (row_id,)).fetchone()
        return None if row is None else columns.values(row)

    def add(self, table: str, values: Mapping[str, Any]) -> int:
        """Add a row; gives its number."""
        whole = {**UNLESS_GIVEN.get(table, {}), **values}
        return int(self._cursor().execute(insertion(table, whole), whole).lastrowid or 0)

    def change(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Change columns of a row."""
        change = ", ".join(f"{quoted(name)} = :{name}" for name in values)
        self._cursor().execute(f"UPDATE {quoted(table)} SET {change} WHERE id = :id", {**values, "id": row_id})  # noqa: S608

    def remove(self, table: str, row_id: int) -> None:
        """Take a row out."""
        self._cursor().execute(f"DELETE FROM {quoted(table)} WHERE id = ?", (row_id,))  # noqa: S608 - our own names

    def _cursor(self) -> Any:
        return self._connection.connection.cursor()


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return f'"{name}"'
