"""What every loader works with: the rows of one file, the transaction they go into, the rows that are kept out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from core.column_map import ColumnMap, Pick
from core.extract import BadValue
from db.loading.textfile import TextFile
from db.loading.textrecords import BadRecord
from db.store.journal import Writing

T = TypeVar("T")


class Quarantine:
    """Collects the rows that were not taken and writes them beside the batch. ``first`` is the first of them."""

    def __init__(self, writing: Writing, batch_id: int) -> None:
        self._writing = writing
        self._batch_id = batch_id
        self._rows: list[tuple[object, ...]] = []
        self.count = 0
        self.first: tuple[int, str] | None = None

    def add(self, line: int, fault: BadValue | BadRecord, fields: list[str]) -> None:
        """Keep a row out, with the value that is wrong and the reason."""
        column = fault.column if isinstance(fault, BadValue) else ""
        self._rows.append((self._batch_id, line, column, fault.value, fault.reason, "\x1f".join(fields)))
        self.count += 1
        self.first = self.first or (line, fault.reason)
        if len(self._rows) >= 5000:
            self.write()

    def write(self) -> None:
        """Write what has been collected."""
        from db.store.engine import insert_many

        columns = ("batch_id", "line", '"column"', "value", "reason", "raw")
        insert_many(self._writing.connection, "quarantined", columns, self._rows)
        self._rows.clear()


@dataclass
class Load:
    """What a loader works with, and the counts it leaves."""

    writing: Writing
    batch_id: int
    file: TextFile
    mapping: ColumnMap
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    today: int
    quarantine: Quarantine
    taken: int = 0
    unchanged: int = 0
    revised: int = 0

    def columns(self, wanted: Sequence[str] | None = None) -> Pick:
        """What picks columns out of records; those of the profile in its order, optional ones last, unless named.

        Raises Refused where the file lacks a column.
        """
        every = (*self.mapping.needed, *self.mapping.optional) if wanted is None else wanted
        return self.mapping.picker(self.header, every, self.file.path.name)

    def checked(self, check: Callable[[list[str]], T]) -> Iterator[tuple[int, T]]:
        """The rows that hold, each with its line, as *check* gives them; those it raises BadValue on are kept out.

        *check* is given the values of the columns of the profile in its order, optional ones last.
        """
        for line, row, _ in self.checked_whole(check):
            yield line, row

    def checked_whole(self, check: Callable[[list[str]], T]) -> Iterator[tuple[int, T, list[str]]]:
        """The same, each row with its fields as they stand in the file, for a loader that may yet keep it out."""
        columns = self.columns()
        for line, fields in self.rows:
            try:
                row = check([column[0] for column in columns([fields])])
            except BadValue as fault:
                self.quarantine.add(line, fault, fields)
            else:
                yield line, row, fields

    @property
    def read(self) -> int:
        """How many records there were: none is lost between the counts."""
        return self.taken + self.unchanged + self.revised + self.quarantine.count
