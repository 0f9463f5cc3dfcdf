"""Rows into values, by name: a query names its columns as the fields of the value, so that their order says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Row as RowInTransaction

    AnyRow = sqlite3.Row | RowInTransaction[Any]
    """A row as the light reader gives it, or as a query inside a transaction does."""

T = TypeVar("T")


def fields(row: AnyRow) -> dict[str, Any]:
    """The values of a row by the names of its columns."""
    mapping = getattr(row, "_mapping", None)
    return dict(zip(row.keys(), row, strict=True)) if mapping is None else dict(mapping)


def from_row(make: Callable[..., T], row: AnyRow, **others: object) -> T:
    """The value that a row describes; its columns are the fields of *make*.

    others: fields that the query does not give, and those that are another type in the value than in the row: they
    stand in place of the column. Raises TypeError for a column that is no field, and for a field without a column.
    """
    return make(**(fields(row) | others))


def field_names(made: type[Any]) -> tuple[str, ...]:
    """The fields of a dataclass or a named tuple, in their order: what :meth:`Reader.picked` is asked for."""
    names: Iterable[str] = getattr(made, "_fields", None) or made.__dataclass_fields__
    return tuple(names)


def maker(
    make: Callable[..., T], names: Sequence[str], **changes: Callable[[Any], Any]
) -> Callable[[Iterable[Any]], T]:
    """What makes values of columns that were picked by *names*, the fields of *make*: from_row for many rows.

    changes: field to what its column becomes in the value.
    """
    steps = [(names.index(name), change) for name, change in changes.items()]

    def made(columns: Iterable[Any]) -> T:
        values = list(columns)
        for index, change in steps:
            values[index] = change(values[index])
        return make(*values)

    return made


def lookup(rows: Iterable[AnyRow]) -> dict[Any, Any]:
    """The first column of every row to the second, of rows with these two."""
    return dict(map(tuple, rows))
