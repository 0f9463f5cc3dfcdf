"""Is the store as it was written: the file itself, the chain of the journal, every row as its last entry left it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from core.errors import Damaged
from core.journal import START, Entry, RanBack, first_break, ran_back
from core.text import plain
from db.store import digests, forged, heads, kept_rows
from db.store.cells import misshapen
from db.store.damage import RESTORE
from db.store.engine import Reader
from db.store.engine import reader as reader_of
from db.store.heads import Held
from db.store.journal import Writing
from db.store.store import Store
from db.tables import METADATA
from db.tables.runs import JournalEntry

Row = dict[str, Any]
Step = Callable[[str, float | None], None]
"""Called with what is being checked, and the share of it done so far, 0 to 1; None where that is not known."""


def _untold(_what: str, _share: float | None) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class Verdict:
    """What a walk along the journal found; ``fault`` is None where everything holds.

    covered: how many rows the journal knows, each compared with what its last entry left. not_covered: table to how
    many of its rows no entry names: what imports wrote by the thousand, and what is made of it. heads: those of the
    chains that are signed with a key. only_unsigned: the fault is that the keyring has a key and no head is by it.
    """

    entries: int
    fault: str | None
    last_hash: str
    covered: int
    not_covered: Mapping[str, int]
    ran_back: Mapping[int, RanBack] = field(default_factory=dict)
    heads: Sequence[Held] = ()
    only_unsigned: bool = False


@dataclass(frozen=True)
class Left:
    """A row as the journal last left it: each column that an entry named with its value, and that entry's number.

    ``values`` is None where ``entry`` took the row out.
    """

    entry: int
    values: dict[str, tuple[Any, int]] | None


def verify(store: Store, step: Step = _untold) -> Verdict:
    """Check the file itself, walk the whole chain, then compare the last journaled state of every row with the store.

    All of it in one snapshot, so that what others write meanwhile is no fault. The papers of sealed meetings are
    checked by who knows meetings; inside a snapshot of theirs it is the same one. step: told how far it has come.
    """
    with store.read.snapshot() as reader:
        reader.rows(f"PRAGMA cache_size=-{_CACHE}")
        step("the file itself", None)
        fault, wrong, digested = _file_and_imports(store, reader, step)
        if fault:
            return Verdict(0, fault, START, 0, {})
        step("the journal", None)
        entries = list(_entries(reader))
        last_hash = entries[-1][1] if entries else START
        if broken := first_break(entries):
            return Verdict(len(entries), f"Journal entry {broken[0]}: {broken[1]}.", last_hash, 0, {})
        left = left_by(entry for entry, _ in entries)
        known = Counter(table for (table, _), row in left.items() if row.values is not None) + digested
        step("what rankings keep", None)
        amiss, digested = kept_rows.fault(reader.rows)
        known += digested
        unsigned, signed = heads.check(reader, store.path)
        known["row_digest"] += heads.there(reader)
        not_covered = _not_covered(reader, known)
        back = _ran_back([entry for entry, _ in entries])
        found = unsigned or _drift(reader, left, step) or amiss or wrong or forged.fault(reader, not_covered)
        gone = None if found else heads.gone(reader, store.path)
        covered = known.total() - heads.there(reader)
        return Verdict(len(entries), found or gone, last_hash, covered, not_covered, back, signed, gone is not None)


def chains_fault(path: Path) -> str | None:
    """What is wrong with the chains of a store and with what keeps them, in words: what a copy of it is held to.

    Who copies a store wants it soon: SQLite's own check of the pages comes with the copy, and the rows, which take
    most of the time of :func:`verify`, are left to that.
    """
    with closing(reader_of(path)) as reader:
        if broken := first_break(_entries(reader)):
            return f"Journal entry {broken[0]}: {broken[1]}."
        unsigned, _ = heads.check(reader, path)
        return unsigned or forged.fault(reader, {})


_CACHE = 65_536
"""KiB of pages that are kept in memory for it: SQLite's own check looks every entry of every index up in its table."""


def _ran_back(entries: Sequence[Entry]) -> dict[int, RanBack]:
    """Every entry that was entered before the one it follows, by more than two clocks may differ."""
    found = ((after.id, ran_back(after.entered_at, before.entered_at)) for before, after in pairwise(entries))
    return {number: back for number, back in found if back is not None}


def _file_and_imports(store: Store, reader: Reader, step: Step) -> tuple[str | None, str | None, Counter[str]]:
    """What is wrong with the file itself, what with the rows that imports brought, and how many of these are covered.

    SQLite's own check of the pages and indexes takes half the time and is wholly its own, so it runs beside the rest.
    """
    wrong, digested = None, Counter[str]()
    with ThreadPoolExecutor(1) as beside, closing(reader_of(store.path, store.rights)) as apart:
        pages = beside.submit(_pages_fault, apart)
        try:
            fault = _rows_fault(reader)
            if fault is None:
                wrong, digested = digests.fault(reader, lambda share: step("what files brought", share))
        except Damaged as error:
            fault = _in_words(error)
        step("the file itself", None)
        return pages.result() or fault, wrong, digested


def _pages_fault(reader: Reader) -> str | None:
    """What SQLite's own check of the whole file finds first, in words: its pages and its indexes."""
    try:
        reader.rows(f"PRAGMA cache_size=-{_CACHE}")
        [(found,)] = reader.rows("PRAGMA integrity_check(1)")
    except Damaged as error:
        return _in_words(error)
    return None if found == "ok" else f"SQLite's own check of the file: {plain(found)}."


def _rows_fault(reader: Reader) -> str | None:
    """The first row that belongs to none, or that the program cannot read, in words."""
    for row in reader.rows("PRAGMA foreign_key_check"):
        return f"SQLite's own check of the file: {row['table']} {row['rowid']} belongs to no {row['parent']}."
    if (cell := misshapen(reader.rows)) is not None:
        return f"A record cannot be read: {cell}."
    return None


def _in_words(error: Damaged) -> str:
    return error.sentence.removesuffix(f" {RESTORE}")


_COVERED_OTHERWISE = ("journal", "viewing", "weighing")
"""Tables whose rows carry hashes of their own."""


def _not_covered(reader: Reader, known: Mapping[str, int]) -> dict[str, int]:
    found = {}
    for table in sorted(METADATA.tables.keys() - set(_COVERED_OTHERWISE)):
        rows = int(reader.rows(f'SELECT COUNT(*) FROM "{table}"')[0][0])  # noqa: S608 - names from the code
        if rows > known.get(table, 0):
            found[table] = rows - known.get(table, 0)
    return found


def _entries(reader: Reader) -> Iterator[tuple[Entry, str]]:
    """Every entry with its stored hash, in order."""
    names = list(JournalEntry.model_fields)
    for row in reader.rows(f"SELECT {', '.join(names)} FROM journal ORDER BY id"):  # noqa: S608 - names from the code
        fields = dict(zip(names, row, strict=True))
        stored = fields.pop("hash")
        yield Entry(**fields), str(stored)


def left_by(entries: Iterable[Entry]) -> dict[tuple[str, int], Left]:
    """Every row that the journal knows, by table and number, as the entries left it one after the other.

    An entry names the columns of its day, so a row is put together from all entries since it was added.
    """
    rows: dict[tuple[str, int], Left] = {}
    for entry in entries:
        for change in json.loads(entry.changes):
            key, after = (change["table"], change["id"]), change["after"]
            if after is None:
                rows[key] = Left(entry.id, None)
                continue
            stood = rows.get(key) if change["before"] is not None else None
            earlier = stood.values if stood and stood.values is not None else {}
            rows[key] = Left(entry.id, earlier | {column: (value, entry.id) for column, value in after.items()})
    return rows


_TOLD_EVERY = 1000
"""Rows that are compared between two words of how far it is."""


def _drift(reader: Reader, rows: dict[tuple[str, int], Left], step: Step) -> str | None:
    """The first row that is not as the journal left it, in words."""
    for number, ((table, row_id), left) in enumerate(rows.items()):
        if number % _TOLD_EVERY == 0:
            step("what commands wrote", number / len(rows))
        if table not in METADATA.tables:  # a later version has no such table; its migration said what became of it
            continue
        stands = _row(reader, table, row_id)
        if stands is None or left.values is None:
            if stands is not left.values:
                return f"{table} {row_id} is not as journal entry {left.entry} left it."
            continue
        for column, (value, number) in left.values.items():
            if column in stands and stands[column] != value:
                return f"{table} {row_id} is not as journal entry {number} left it: {column} differs."
    return None


def _row(reader: Reader, table: str, row_id: int) -> Row | None:
    columns = list(METADATA.tables[table].c.keys())
    names = ", ".join(f'"{column}"' for column in columns)
    found = reader.rows(f'SELECT {names} FROM "{table}" WHERE id = :id', id=row_id)  # noqa: S608 - names from the code
    return dict(zip(columns, found[0], strict=True)) if found else None


def cover_new_columns(writing: Writing) -> None:
    """Note the columns that an upgrade gave to rows the journal knows, so that they are covered from then on.

    Only columns that no entry has named are noted: what the journal has said of a row stays said.
    """
    query = JournalEntry.__table__.select().order_by(JournalEntry.__table__.c.id)  # type: ignore[attr-defined]
    found = writing.connection.execute(query).mappings()
    entries = (Entry(**{name: value for name, value in row.items() if name != "hash"}) for row in found)
    for (table, row_id), left in left_by(entries).items():
        if left.values is None or table not in METADATA.tables:
            continue
        row = writing.row(table, row_id) or {}
        if gained := {column: value for column, value in row.items() if column not in left.values}:
            writing.gained(table, row_id, gained)


MADE_BY_UPGRADE: Mapping[str, tuple[str, ...]] = {
    "0010": ("deployment_record", "deployment_unit"),
    "0011": ("kept", "kept_step"),
}
"""Tables whose rows commands write one by one, and which an upgrade to a revision has made of what was there."""


def cover_made_rows(writing: Writing, revision: str) -> None:
    """Note the rows that an upgrade from a revision has made, so that they are covered: no entry can name them yet."""
    for table in (table for since, tables in MADE_BY_UPGRADE.items() if revision < since for table in tables):
        for row in writing.connection.execute(METADATA.tables[table].select()).mappings().all():
            writing.note(table, row["id"], dict(row))
