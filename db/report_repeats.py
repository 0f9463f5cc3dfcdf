"""What batches say of crime reports that repeat others under another reference, wherever reports are counted."""

from __future__ import annotations

import re

from core.not_counted import NotCounted, another_reference
from core.reports import UNDER_ANOTHER
from core.text import counted, plain
from db.store import Store
from db.store.engine import Row

_TOLD = (
    "SELECT b.id, b.file, n.note FROM batch_note n JOIN batch b ON b.id = n.batch_id "
    "WHERE b.withdrawn = :no AND n.note LIKE :words ORDER BY n.id"
)


_NUMBERS = re.compile(r"([\d,]+) of ([\d,]+) new row")
"""How such a note begins: how many repeat others, of how many."""
_NAMED = 5
"""So many batches are told of one by one; of more their number is told as well."""


def told(store: Store) -> tuple[str, ...]:
    """A sentence for every batch that stands and took such reports: they are in every count, harm and rank."""
    rows = _rows(store)
    sentences = [f"Batch {row['id']} ({plain(row['file'])}): {plain(row['note'])}" for row in rows[:_NAMED]]
    if len(rows) > _NAMED:
        more = counted(len(rows) - _NAMED, "batch", "batches")
        sentences.append(f"{more} more took reports that repeat others {UNDER_ANOTHER}: tasking batches names all.")
    return tuple(sentences)


def not_counted(store: Store) -> tuple[NotCounted, ...]:
    """The same as one of the things that numbers of reports must say, with the batches and how many they took."""
    found = [(row, match) for row in _rows(store) if (match := _NUMBERS.match(row["note"]))]
    if not found:
        return ()
    batches = [(int(row["id"]), str(row["file"]), _figure(match[1])) for row, match in found]
    of = sum({row["id"]: _figure(match[2]) for row, match in found}.values())
    return (another_reference(sum(rows for _, _, rows in batches), of, batches),)


def _figure(text: str) -> int:
    return int(text.replace(",", ""))


def in_short(store: Store) -> tuple[str, ...]:
    """The same in the words of a heading, without capital and full stop: a batch alone, else how many there are."""
    rows = _rows(store)
    if len(rows) > 1:
        return (f"{counted(len(rows), 'batch', 'batches')} took reports that repeat others {UNDER_ANOTHER}",)
    return tuple(f"batch {row['id']}: {plain(row['note']).split(';')[0].split(' (')[0]}" for row in rows)


def _rows(store: Store) -> list[Row]:
    return list(store.read.rows(_TOLD, no=False, words=f"%{UNDER_ANOTHER}%"))
