"""What every loader works with: the rows of one file, the rows that are kept out, the transaction they go into.

A loader has two steps. The first reads and checks, is given a :class:`Reading`, and gives the second; the second
writes, is given a :class:`Load`, and is alone in holding the write lock of the store. A Reading has nothing to write
with, so no check can come to stand behind the lock.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from core.column_map import ColumnMap, Pick
from core.date_columns import DateColumns
from core.extract import BadValue, count
from core.figures import plain_degrees, plain_figure, why_no_count
from core.geography import Ward, of_an_earlier_map
from db.kept_out import BETWEEN
from db.loading.spool import Spool
from db.loading.textfile import TextFile
from db.loading.textrecords import BadRecord
from db.store.journal import Writing

T = TypeVar("T")
K = TypeVar("K")
COUNT, FIGURE, DEGREES, MOMENT = "count", "figure", "degrees", "moment"
"""How a column is read: a whole number, one with a fraction, degrees of latitude or longitude, a day with its time."""


class Quarantine:
    """Collects the rows that are not taken, until they are written beside the batch. ``first`` is the first of them.

    witness: is shown the values of each, as they prove something of the file all the same.
    """

    def __init__(self, spool: Spool, witness: Callable[[Sequence[str]], None]) -> None:
        self._spool = spool
        self._witness = witness
        self._rows: list[tuple[object, ...]] = []
        self.count = 0
        self.first: tuple[int, str] | None = None

    def add(self, line: int, fault: BadValue | BadRecord, fields: list[str]) -> None:
        """Keep a row out, with the value that is wrong and the reason."""
        column = fault.column if isinstance(fault, BadValue) else ""
        self._rows.append((line, column, fault.value, fault.reason, BETWEEN.join(fields)))
        self.count += 1
        self._witness(fields)
        self.first = self.first or (line, fault.reason)
        if len(self._rows) >= _AT_ONCE:
            self._put_by()

    def write(self, writing: Writing, batch_id: int) -> None:
        """Write what has been collected."""
        from db.store.engine import insert_many

        self._put_by()
        columns = ("batch_id", "line", '"column"', "value", "reason", "raw")
        for rows in self._spool.all():
            insert_many(writing.connection, "quarantined", columns, [(batch_id, *row) for row in rows])

    def _put_by(self) -> None:
        self._spool.add(self._rows)
        self._rows.clear()


_AT_ONCE = 1_000
"""Rows kept out that are held in memory at once."""


def _as_written(fault: BadValue, at: int, values: Sequence[str], written: Sequence[str]) -> None:
    """Give a fault its value as the file has it, where the value was made plain before it was checked."""
    if values[at] != written[at]:
        fault.value = written[at]


class SameAgain(Exception):
    """A row says just what an earlier one of its file says, so it counts once with that and is not kept out."""


def once(seen: dict[K, T], key: K, row: T, fault: BadValue) -> T:
    """A row as it is, where it is the first of its *key*. Raises SameAgain for a repeat, *fault* for any other row."""
    before = seen.setdefault(key, row)
    if before is row:
        return row
    raise SameAgain if before == row else fault


@dataclass
class Reading:
    """What the first step of a loader works with, and the counts it leaves.

    spool: keeps what is too much for memory until it is written. dates: what reads the dates of the file. decimal: its
    decimal mark. ward_map: gives the wards as they stand. repeated: rows that say the same as another of the file.
    notes: what must be said of how it was read. forms: columns of figures or moments, by how they are read.
    take_repeats: whether crime reports that repeat others under new references are taken. wards_met: the wards that
    rows were checked by, None where none was. today, minute: the latest day and minute of it that anything can be of.
    """

    file: TextFile
    mapping: ColumnMap
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    spool: Spool
    today: int
    quarantine: Quarantine
    dates: DateColumns
    decimal: str
    ward_map: Callable[[], Mapping[str, Ward]]
    taken: int = 0
    unchanged: int = 0
    revised: int = 0
    repeated: int = 0
    notes: list[str] = field(default_factory=list)
    forms: Mapping[str, str] = field(default_factory=dict)
    take_repeats: bool = False
    wards_met: Mapping[str, Ward] | None = None
    minute: int = 24 * 60

    def wards(self) -> Mapping[str, Ward]:
        """Every ward there is, to check rows by; before anything is written it is seen that they are the same still."""
        if self.wards_met is None:
            self.wards_met = self.ward_map()
        return self.wards_met

    def columns(self, wanted: Sequence[str] | None = None) -> Pick:
        """What picks columns out of records; those of the profile in its order, optional ones last, unless named.

        Raises Refused where the file lacks a column.
        """
        every = (*self.mapping.needed, *self.mapping.optional) if wanted is None else wanted
        return self.mapping.picker(self.header, every, self.file.path.name)

    def checked(self, check: Callable[[list[str]], T]) -> Iterator[tuple[int, T]]:
        """The rows that hold, each with its line, as *check* gives them; those it raises BadValue on are kept out,
        and those it raises SameAgain on are counted as repeats.

        *check* is given the values of the columns of the profile in its order, optional ones last: dates as ISO 8601
        has them and figures in digits with a point, however the file writes them.
        """
        for line, row, _ in self.checked_whole(check):
            yield line, row

    def checked_whole(self, check: Callable[[list[str]], T]) -> Iterator[tuple[int, T, list[str]]]:
        """The same, each row with its fields as they stand in the file, for a loader that may yet keep it out."""
        columns = self.columns()
        names = (*self.mapping.needed, *self.mapping.optional)
        plain = [(at, read) for at, name in enumerate(names) if (read := self._reader(name))]
        codes: set[str] = set()
        for line, fields in self.rows:
            written = [column[0] for column in columns([fields])]
            values = list(written)
            try:
                for at, read in plain:
                    values[at] = read(values[at])
                row = check(values)
            except BadValue as fault:
                if fault.column in names:
                    _as_written(fault, names.index(fault.column), values, written)
                self.quarantine.add(line, fault, fields)
            except SameAgain:
                self.repeated += 1
            else:
                codes.add(getattr(row, "ward_code", ""))
                yield line, row, fields
        if self.wards_met is not None and (old := of_an_earlier_map(codes, self.wards_met)):
            self.notes.append(old)

    def _reader(self, column: str) -> Callable[[str], str] | None:
        """What makes the values of a column plain; None where they are taken as they stand."""
        kind = self.forms.get(column)
        if column in self.dates:
            return self.dates[column].as_moment if kind == MOMENT else self.dates[column].as_iso
        if kind == DEGREES:
            return plain_degrees
        return partial(plain_figure, decimal=self.decimal, whole=kind == COUNT) if kind else None

    def count(self, column: str, text: str) -> int:
        """How many, in a column of a month, however the file writes it; no profile file names it. Raises BadValue."""
        try:
            return count(column, plain_figure(text, self.decimal, whole=True))
        except BadValue:
            raise BadValue(column, text, why_no_count(text, by_profile=False)) from None

    @property
    def read(self) -> int:
        """How many records there were: none is lost between the counts."""
        return self.taken + self.unchanged + self.revised + self.repeated + self.quarantine.count


@dataclass(kw_only=True)
class Load(Reading):
    """What the second step of a loader works with: what was read, and the transaction that it goes into.

    done: called with the share of it that is written, from 0 to 1, by a loader that takes long.
    """

    writing: Writing
    batch_id: int
    done: Callable[[float], None]

    @classmethod
    def of(cls, reading: Reading, writing: Writing, batch_id: int, done: Callable[[float], None]) -> Load:
        """The load of a file that is read to its end."""
        known = {each.name: getattr(reading, each.name) for each in dataclasses.fields(Reading)}
        return cls(**known, writing=writing, batch_id=batch_id, done=done)


Write = Callable[[Load], None]
"""The second step of a loader, as the first gives it."""
