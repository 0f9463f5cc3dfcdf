"""Reads the rows of some references within a change: what a file holds is compared with no more than that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

_AT_ONCE = 500


def rows_named(connection: Connection, query: str, refs: Iterable[str]) -> Iterator[Row[Any]]:
    """The rows of a query for some references; it asks for them by ``IN :named``."""
    asked = text(query).bindparams(bindparam("named", expanding=True))
    wanted = sorted(refs)
    for start in range(0, len(wanted), _AT_ONCE):
        yield from connection.execute(asked, {"named": wanted[start : start + _AT_ONCE]})
