"""What a list shows: an order of records, the cells of some of them, and what each is about."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from db.actions import Subject
from tui.widgets.record_list import Cell, Column


@dataclass(frozen=True)
class Record:
    """One row as verbs see it: what it is about, the facts that are shown, a line on what it is made of.

    opens: what Enter opens where that is not the subject itself (the person an action is about). detail: what the verbs
    of one subject need beside it, as a value of that subject's own; they narrow it with :func:`details`.
    """

    subject: Subject
    facts: Mapping[str, str] = field(default_factory=dict)
    made_of: str = ""
    opens: Subject | None = None
    detail: object = None


D = TypeVar("D")


def details(records: Iterable[Record], kind: type[D]) -> list[D]:
    """What records carry of one kind, in their order; those that carry none of it are passed over."""
    return [record.detail for record in records if isinstance(record.detail, kind)]


class Source(Protocol):
    """Where a list gets its rows. Keys are record numbers."""

    columns: Sequence[Column]

    def total(self) -> int:
        """How many records there are before filtering."""

    def order(self, sort: str | None, descending: bool, needle: str) -> array[int]:
        """The keys, sorted and filtered: every word of *needle* must stand in some field."""

    def cells(self, keys: Sequence[int]) -> Sequence[Sequence[Cell]]:
        """The cells of some records, one row each."""

    def record(self, key: int) -> Record:
        """One record."""


@dataclass(frozen=True)
class Line:
    """One record that is held in memory. ``values`` are what each column sorts by."""

    key: int
    cells: Sequence[Cell]
    record: Record
    values: Sequence[object]


class Lines:
    """A source of a few hundred records, held in memory in their natural order."""

    def __init__(self, columns: Sequence[Column], lines: Sequence[Line]) -> None:
        self.columns = columns
        self._lines = {line.key: line for line in lines}

    def total(self) -> int:
        """How many records there are."""
        return len(self._lines)

    def order(self, sort: str | None, descending: bool, needle: str) -> array[int]:
        """The keys in natural order, or by one column; blanks last either way."""
        words = needle.casefold().split()
        kept = [line for line in self._lines.values() if all(word in _text(line) for word in words)]
        place = next((n for n, column in enumerate(self.columns) if column.key == sort), None)
        if place is not None:
            full = [line for line in kept if line.values[place] not in (None, "")]
            blank = [line for line in kept if line.values[place] in (None, "")]
            kept = sorted(full, key=lambda line: _sortable(line.values[place]), reverse=descending) + blank
        return array("q", (line.key for line in kept))

    def cells(self, keys: Sequence[int]) -> Sequence[Sequence[Cell]]:
        """The cells of some records."""
        return [self._lines[key].cells for key in keys]

    def record(self, key: int) -> Record:
        """One record."""
        return self._lines[key].record


def _text(line: Line) -> str:
    return " ".join(str(cell) for cell in line.cells).casefold()


def _sortable(value: object) -> tuple[int, float, str]:
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 1, 0.0, str(value).casefold()
