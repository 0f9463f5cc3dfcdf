"""What each run of the program makes anew, made once for all that a process of tests runs: it is the same every time.

The commands are put together from their declarations for a single command line, and statements are compiled for a
single store; both took longer than most of what is tested behind them.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from typing import Any

import pytest
import typer.main
import typer.testing
from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from db.store import engine as engines
from db.store import store

_COMPILED: MutableMapping[Any, Any] = LRUCache(2000)
_engine = engines.engine
put_together = typer.main.get_command
"""What puts commands together anew; help that was shown once has written itself into those that are shared."""


def share_commands() -> None:
    """Put the commands together once: the declarations do not change while tests run."""
    patch, made = pytest.MonkeyPatch(), cache(put_together)
    patch.setattr(typer.main, "get_command", made)
    patch.setattr(typer.testing, "_get_command", made)


def share_statements() -> None:
    """Compile each statement once for the stores of all tests: they are all SQLite of this machine."""
    patch = pytest.MonkeyPatch()
    patch.setattr(SQLiteDialect_pysqlite, "__eq__", _alike)
    patch.setattr(SQLiteDialect_pysqlite, "__hash__", _hash_of_kind)
    patch.setattr(store, "engine", _with_shared)


def _with_shared(*place: Any, **how: Any) -> Engine:
    made = _engine(*place, **how)
    vars(made)["_compiled_cache"] = _COMPILED
    return made


def _alike(one: SQLiteDialect_pysqlite, other: object) -> bool:
    return type(one) is type(other)


def _hash_of_kind(one: SQLiteDialect_pysqlite) -> int:
    return hash(type(one))
