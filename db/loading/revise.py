"""A newer extract over an older one: which rows stand as they are, which are revised, which are new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, text

from db.loading.extract_rows import COLUMNS, Row

_CONTENT = slice(COLUMNS.index("crime_ref"), COLUMNS.index("days") + 1)
"""The part of a row that says what the extract says; beside it stand only where it was read and what follows."""
_PERSON, _VICTIM = (COLUMNS[_CONTENT].index(name) for name in ("person_id", "victim_ref"))

_STANDING = text(
    f"SELECT id, {', '.join(COLUMNS[_CONTENT])} FROM report_row WHERE crime_ref IN :refs "  # noqa: S608 - our names
    "AND replaced_by IS NULL AND batch_id <> :batch"
).bindparams(bindparam("refs", expanding=True))
_REPLACE = text("UPDATE report_row SET replaced_by = :batch, admitted = 0, leading = 0 WHERE id = :id")
_ASK = 1_000


def new_rows(connection: Connection, batch_id: int, rows: Sequence[Row]) -> tuple[list[Row], int, int]:
    """Mark the stored rows that *rows* of the batch replace.

    Gives the rows to store, how many of them revise, and how many of *rows* stand in the store already; the others
    repeat one of *rows*.

    A row is the same row where report, suspect and victim are the same. A row that now names the suspect or victim
    whom the stored one left out takes its place as well.
    """
    said: dict[Row, Row] = {}
    for row in rows:
        said.setdefault(row[_CONTENT], row)
    standing = _standing(connection, batch_id, sorted({content[0] for content in said}))
    new = [content for content in said if content not in standing]
    unchanged = sum(row[_CONTENT] in standing for row in rows)
    if not new:
        return [], 0, unchanged
    older: dict[Row, list[int]] = {}
    for content, row_id in standing.items():
        if content not in said:
            older.setdefault(_key(content), []).append(row_id)
    replaced = _taken_over(new, older)
    if replaced:
        connection.execute(_REPLACE, [{"batch": batch_id, "id": row_id} for row_id in replaced])
    return [said[content] for content in new], len(replaced), unchanged


def _key(content: Row) -> Row:
    return content[0], content[_PERSON], content[_VICTIM]


def _standing(connection: Connection, batch_id: int, refs: Sequence[str]) -> dict[Row, int]:
    """The content of every current row of these reports, and its number."""
    found: dict[Row, int] = {}
    for start in range(0, len(refs), _ASK):
        values: dict[str, Any] = {"refs": refs[start : start + _ASK], "batch": batch_id}
        for row in connection.execute(_STANDING, values).all():
            found[row[1:]] = row[0]
    return found


def _taken_over(new: list[Row], older: dict[Row, list[int]]) -> list[int]:
    """The numbers of the older rows whose place new ones take, each at most one: first the same, then a sparser one."""
    replaced = []
    sparse = []
    for key in map(_key, new):
        if same := older.get(key):
            replaced.append(same.pop(0))
        else:
            sparse.append(key)
    for crime_ref, person, victim in sparse:
        for key in ((crime_ref, person, ""), (crime_ref, None, victim), (crime_ref, None, "")):
            if left := older.get(key):
                replaced.append(left.pop(0))
                break
    return replaced
