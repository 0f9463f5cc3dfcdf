"""What a list shows: an order of records, the cells of some of them, and what each is about."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Generic, NamedTuple, Protocol, TypeAlias, TypeVar

from core.localities import Asked, asked
from db.actions import Subject
from tui.views.column import ListColumn, Row, SortValue, in_order
from tui.views.localities import BCU, BOROUGH, has_localities
from tui.wall import ASK, without
from tui.widgets.record_list import Cell, Column

_FEW = 3000
"""Rows that are sorted and filtered within a frame."""
Row_co = TypeVar("Row_co", covariant=True)
"""The kind of a row. A line is of a kind for good and hands its row to no one, so lines of every kind go together."""


_TABLES = {
    "bid": "bid", "meeting": "meeting", "site": "fly_tip_site", "step": "fly_tip_step",
    "focus item": "focus_item", "focus comment": "focus_comment",
}  # fmt: skip
"""The table of subjects whose reference is the number of a row in it."""


@dataclass(frozen=True)
class Record:
    """One row as verbs see it: what it is about, the facts that are shown, a line on what it is made of.

    opens: what Enter opens where that is not the subject itself (the person an action is about). detail: what the verbs
    of one subject need beside it, as a value of that subject's own; they narrow it with :func:`details`. wall: what of
    the line may stand on a wall. All but the wall is as it is stored, whether the projector is on or off. why: which
    list of what is behind it says why it is here (``tui.views.registry.WHY``), where its subject does not tell. rows:
    the rows of the store that it is, by table and number, where its subject does not tell. named: others whom the line
    names. parts: what the line is joined from with spaces, where each is to stand by itself if there is room.
    """

    subject: Subject
    facts: Mapping[str, str] = field(default_factory=dict)
    made_of: str = ""
    opens: Subject | None = None
    detail: object = None
    wall: str = ""
    why: str = ""
    rows: tuple[tuple[str, int], ...] = ()
    named: tuple[Subject, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def written(self) -> tuple[tuple[str, int], ...]:
        """The rows of the store that it is, by table and number, for the list of what the journal says of them."""
        table = _TABLES.get(self.subject.kind, "")
        return self.rows or (((table, int(self.subject.ref)),) if table else ())

    @property
    def behind(self) -> str:
        """Which list says what is behind it."""
        return self.why or ("journal" if self.written else self.subject.kind)

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What it is about, and what it opens where that is another."""
        return (self.subject,) if self.opens is None else (self.subject, self.opens)

    def told(self, *, hidden: bool, asked: bool = False) -> str:
        """The line as it may be shown: *hidden* on a wall, *asked* where the chair has asked for what was written."""
        if not hidden or self.made_of == self.wall:
            return self.made_of
        if asked:
            everyone = (*self.subjects, *self.named)
            return without(self.made_of, (subject for subject in everyone if subject.kind == "person"))
        return "; ".join(part for part in (self.wall, ASK if self.made_of else "") if part)

    def told_apart(self, *, hidden: bool, asked: bool = False) -> Sequence[str]:
        """The line as :meth:`told` shows it, in its parts where it is shown whole."""
        line = self.told(hidden=hidden, asked=asked)
        return self.parts if self.parts and line == self.made_of else (line,)


D = TypeVar("D")


class CountedFrom(NamedTuple):
    """Where the numbers of a ward's row are from; what is behind them is read from the same.

    release: its name, ``reports`` for crime reports; None: the latest published.
    """

    release: str | None


def details(records: Iterable[Record], kind: type[D]) -> list[D]:
    """What records carry of one kind, in their order; those that carry none of it are passed over."""
    return [record.detail for record in records if isinstance(record.detail, kind)]


def lasting(*known_by: object) -> int:
    """The key of a row that has no number of its own in the store, from what it is known by.

    Cursor, marks and what was handled go by the keys of rows, so a key must be that of the same record when rows have
    come, gone or changed places; its place in the list is none.
    """
    said = "\0".join(map(str, known_by)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), signed=True) >> 1


ReadAhead: TypeAlias = Callable[[], Callable[[], bool]]
"""Reads rows beside and touches nothing; what it gives takes them in, on the screen's thread, and says whether all."""


class Source(Protocol):
    """Where a list gets its rows. Keys are record numbers. *hidden*: on a wall, see ``tui.wall``."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns, in the order of the cells."""

    def total(self) -> int:
        """How many records there are before filtering."""

    def order(
        self, sort: str | None, descending: bool, needle: str, *, hidden: bool = False, within: str = ""
    ) -> array[int]:
        """The keys, sorted and filtered: every word of *needle* must stand in some field, a hidden one is in none.

        A word that is a BCU (``NW``, ``bcu:nw``) is what a row must be of. *within*: the BCU or borough that rows lie
        in; everywhere if empty.
        """

    @property
    def at_once(self) -> bool:
        """Whether to sort and filter takes less than a frame, so that it is done within the key that asks for it."""

    def prepare(self) -> None:
        """Read beside, once the first rows are shown, what makes sorting and filtering quick; touches no widget."""

    def cells(self, keys: Sequence[int], *, hidden: bool = False) -> Sequence[Sequence[Cell]]:
        """The cells of some records, one row each."""

    def ahead(self, keys: Sequence[int]) -> ReadAhead | None:
        """What reads beside what the cells of some records will need; None where all of it is held. See `ReadAhead`."""

    def record(self, key: int) -> Record:
        """One record."""


class Line(Generic[Row_co]):
    """One row of a list that is held in memory; its cells and its record are made when they are asked for."""

    __slots__ = ("_columns", "_record", "_row", "_words", "key")

    def __init__(
        self,
        key: int,
        row: Row_co,
        columns: Sequence[ListColumn[Row_co]],
        record: Callable[[Row_co], Record],
    ) -> None:
        self.key = key
        self._row = row
        self._columns = columns
        self._record = record
        self._words: dict[bool, str] = {}

    def cells(self, *, hidden: bool = False) -> Sequence[Cell]:
        """The cells in the order of the columns."""
        return [column.cell(self._row, hidden=hidden) for column in self._columns]

    def record(self) -> Record:
        """The row as verbs see it."""
        return self._record(self._row)

    def sort_value(self, index: int, *, hidden: bool = False) -> SortValue:
        """What the row is sorted by in a column."""
        return self._columns[index].sort_value(self._row, hidden=hidden)

    def is_in(self, place: str) -> bool:
        """Whether the row lies in a BCU or a borough, as its columns say."""
        cells = (str(column.show(self._row)) for column in self._columns if column.key in (BCU, BOROUGH))
        return place in cells

    def has(self, words: Sequence[str], *, hidden: bool = False) -> bool:
        """Whether every one of *words*, which are casefolded, stands in what some column is filtered by.

        A number is looked for as a whole: unit 2 is not one of 20 officers.
        """
        cells = self._words.get(hidden)
        if cells is None:  # kept, because a filter is asked again with every letter that is typed
            cells = self._words[hidden] = " ".join(
                column.words(self._row, hidden=hidden) for column in self._columns
            ).casefold()
        return all(word in cells and (not word.isdecimal() or _has_number(word, cells)) for word in words)


def _has_number(number: str, cells: str) -> bool:
    return re.search(rf"(?<!\d){number}(?!\d)", cells) is not None


class Lines:
    """A source of a few hundred rows, held in memory in their natural order."""

    def __init__(self, columns: Sequence[Column], lines: Iterable[Line[object]]) -> None:
        self.columns = columns
        self._lines = {line.key: line for line in lines}

    @classmethod
    def of(
        cls,
        columns: Sequence[ListColumn[Row]],
        rows: Iterable[Row],
        *,
        key: Callable[[Row], int],
        record: Callable[[Row], Record],
    ) -> Lines:
        """Rows of one kind under their columns. *key*: the number of a row; *record*: the row as verbs see it.

        What columns and *record* do with a row may happen while the list is painted, so they read no store.
        """
        lines: list[Line[Row]] = [Line(key(row), row, columns, record) for row in rows]
        return cls(columns, lines)

    def total(self) -> int:
        """How many rows there are."""
        return len(self._lines)

    @property
    def at_once(self) -> bool:
        """Whether there are few enough."""
        return len(self._lines) <= _FEW

    def prepare(self) -> None:
        """Nothing: the rows are held."""

    def order(
        self, sort: str | None, descending: bool, needle: str, *, hidden: bool = False, within: str = ""
    ) -> array[int]:
        """The keys in natural order, or by one column; blanks last either way."""
        asks = asked(needle, within) if has_localities(self.columns) else Asked(needle, ())
        words = asks.words.casefold().split()
        lines = [
            line
            for line in self._lines.values()
            if (not words or line.has(words, hidden=hidden)) and all(line.is_in(place) for place in asks.places)
        ]
        index = next((n for n, column in enumerate(self.columns) if column.key == sort), None)
        if index is not None:
            lines = in_order(lines, lambda line: line.sort_value(index, hidden=hidden), descending)
        return array("q", [line.key for line in lines])

    def ahead(self, keys: Sequence[int]) -> None:
        """Nothing: the rows are held."""

    def cells(self, keys: Sequence[int], *, hidden: bool = False) -> Sequence[Sequence[Cell]]:
        """The cells of some rows."""
        return [self.line(key).cells(hidden=hidden) for key in keys]

    def record(self, key: int) -> Record:
        """One row as verbs see it."""
        return self.line(key).record()

    def line(self, key: int) -> Line[object]:
        """One row as it is held."""
        return self._lines[key]
