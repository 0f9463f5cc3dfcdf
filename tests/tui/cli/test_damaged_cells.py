"""A cell that is not what the program wrote: commands say that the store is damaged, and nothing that it holds."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.errors import Problem
from db.store import cells, engine, open_store
from db.store.cells import DAYS, JSON, MOMENTS, MONTHS, misshapen
from tests.tui.cli.printed import LINES, kept_store, run, text_columns
from tui.faults import unforeseen

SECRET = "SECRET NAME"  # noqa: S105 - what no error may say, and no password
SHAPED = sorted({table for shape in (JSON, MOMENTS, DAYS, MONTHS) for table in shape})
_LIKE = {
    "JSON": (JSON, re.compile(r"[\[{]")),
    "MOMENTS": (MOMENTS, re.compile(r"\d{4}-\d\d-\d\dT")),
    "DAYS": (DAYS, re.compile(r"\d{4}-\d\d-\d\d$")),
    "MONTHS": (MONTHS, re.compile(r"\d{6}$")),
}
"""What a value looks like that the shape of its column says."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kept store, for tests that change nothing."""
    return kept_store(tmp_path_factory.mktemp("cells") / "kept.db")


@pytest.fixture(scope="module")
def readers(kept: Path) -> Mapping[str, Sequence[str]]:
    """The commands that read each table, by what they ask of the store."""
    tables = {table for table, _ in text_columns(kept)}
    found: dict[str, list[str]] = defaultdict(list)
    asked: list[str] = []

    def noting(ask: Callable[..., Any]) -> Callable[..., Any]:
        def note(self: Any, *words: Any, **values: Any) -> Any:
            asked.extend(word for word in words if isinstance(word, str))
            return ask(self, *words, **values)

        return note

    with pytest.MonkeyPatch.context() as patch:
        for name in ("rows", "picked"):
            patch.setattr(engine._LightReader, name, noting(getattr(engine._LightReader, name)))
        for line in LINES:
            asked.clear()
            run(kept, line)
            for table in tables & set(re.findall(r"\w+", " ".join(asked))) if line != "verify" else ():
                found[table].append(line)
    return found


def _spoil(kept: Path, path: Path, table: str, columns: Sequence[str], cell: str) -> Path:
    """A copy of the store with the same in some columns of every row of a table; of a unique one, in the first row."""
    path.write_bytes(kept.read_bytes())
    with closing(sqlite3.connect(path)) as connection, connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for column in columns:
            change = f'UPDATE OR IGNORE "{table}" SET "{column}" = {cell}'  # noqa: S608 - names from the schema
            connection.execute(change)
    return path


def _heard(path: Path, line: str) -> str:
    """What a command says beside what it prints, as ``tui.main`` says it."""
    done = run(path, line)
    if isinstance(done.exception, Problem):
        return f"{done.exception.title}: {done.exception.sentence}"
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        return unforeseen(type(done.exception), done.exception, None)
    return str(done.stderr)


AS_IN_THE_FILE = {("stop", "stamp")}
"""Columns that keep what a file says, whatever shape it has there."""


def test_every_column_of_the_kept_store_is_declared_by_its_shape(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        for table, column in text_columns(kept):
            query = f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" <> \'\''  # noqa: S608 - the schema
            values = [str(row[0]) for row in connection.execute(query)]
            for name, (shape, like) in _LIKE.items():
                if values and all(map(like.match, values)) and (table, column) not in AS_IN_THE_FILE:
                    assert column in shape.get(table, ()), (table, column, name)
        assert misshapen(connection.execute) is None


@pytest.mark.parametrize("table", SHAPED)
def test_a_cell_of_another_shape_is_named_and_not_shown(
    table: str, kept: Path, readers: Mapping[str, Sequence[str]], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Every column by the check that ``verify`` makes; by commands the first of each shape, with --whole every one."""
    for name in ("JSON", "MOMENTS", "DAYS", "MONTHS"):
        columns = getattr(cells, name).get(table, ())
        for nth, column in enumerate(columns):
            path = _spoil(kept, tmp_path / "spoilt.db", table, [column], f"'{{\"{SECRET}'")
            with closing(sqlite3.connect(path)) as connection:
                named = misshapen(connection.execute) or ""
            assert named.startswith(f"{column} of {table.replace('_', ' ')}")
            assert SECRET not in named
            for line in ("verify", *readers[table][:1]) if nth == 0 or pytestconfig.getoption("--whole") else ():
                said = _heard(path, line)
                assert SECRET not in said
                assert "Unforeseen" not in said, (column, line)
                assert line != "verify" or f"{column} of {table.replace('_', ' ')}" in said


def test_words_that_are_not_utf_8_are_not_shown(
    kept: Path, readers: Mapping[str, Sequence[str]], tmp_path: Path
) -> None:
    columns: dict[str, list[str]] = defaultdict(list)
    for table, column in text_columns(kept):
        columns[table].append(column)
    odd = f"CAST(x'{SECRET.encode().hex()}FF' AS TEXT)"
    for table, spoilt in columns.items():
        path = _spoil(kept, tmp_path / "spoilt.db", table, spoilt, odd)
        for line in readers[table][:1]:
            said = _heard(path, line)
            assert SECRET not in said, (table, line)
            assert "Unforeseen" not in said, (table, line)
        with pytest.raises(Problem) as refused, open_store(path, "tester") as store:
            store.read.rows(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the schema
        assert SECRET not in refused.value.sentence
