"""Files of a few lines to import, and what became of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from db.loading.importing import BatchResult, import_file
from db.store import Store

TODAY = date(2026, 11, 21)
Write = Callable[..., Path]


def file_writer(folder: Path, usual: str, columns: str) -> Write:
    """Writes files of lines under a header, both as usual unless others are named."""

    def writer(*lines: str, name: str = usual, header: str = columns) -> Path:
        path = folder / name
        path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        return path

    return writer


def take(store: Store, path: Path) -> BatchResult:
    """Import a file on the day of the tests."""
    return import_file(store, path, today=TODAY)


def rows_of(store: Store, query: str, **values: object) -> list[tuple[Any, ...]]:
    """The rows of a query as tuples, to be compared with those written down in a test."""
    return list(map(tuple, store.read.rows(query, **values)))


def counts(result: BatchResult) -> tuple[int, int, int, int, int]:
    """Read, taken, unchanged, revised, quarantined."""
    return result.read, result.taken, result.unchanged, result.revised, result.quarantined
