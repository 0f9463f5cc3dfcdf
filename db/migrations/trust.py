"""The step of revision 0011 that makes users, restricted cohorts and the record of what was shown."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.store.engine import append_only


def trust() -> None:
    """Users, restrictions, views."""
    for table, columns in _TABLES.items():
        op.create_table(table, *map(_column, ("id#", *columns)), sa.PrimaryKeyConstraint("id"))
    for table, name in _INDEXED:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    append_only(op.get_bind(), "viewing")


_TABLES = {
    "account": ("login", "name", "role", "starts", "added_by", "ended_at?", "ended_by"),
    "restriction": ("cohort", "login", "set_at", "set_by", "ended_at?", "ended_by"),
    "row_digest": ("generation#", "of", "sort", "first#", "last#", "rows#", "digest"),
    "viewing": ("at", "login", "sort", "what", "ref", "how", "recipient", "rows#", "previous", "hash"),
}
_INDEXED = (("account", "login"), ("restriction", "cohort"), ("viewing", "ref"), ("row_digest", "of"))


def _column(name: str) -> sa.Column[Any]:
    """A column of words; ``#`` behind its name: of whole numbers, ``?``: it may be blank."""
    kind = sa.Integer() if "#" in name else sa.String()
    return sa.Column(name.rstrip("#?"), kind, nullable=name.endswith("?"))
