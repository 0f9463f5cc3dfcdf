"""Rows are read by name; what is made of the store is remembered while its version holds."""

from __future__ import annotations

import ast
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Event
from time import sleep

import pytest

import db
from core.errors import Conflict, NotFound
from db.store import Store, engine
from db.store.rows import field_names, from_row, lookup, maker
from tests.db.files import rows_of

_ROOM = Path(db.__file__).parent


_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"


@dataclass(frozen=True)
class _Thing:
    name: str
    number: int
    right: bool = False


def test_a_value_is_made_by_the_names_of_the_columns(store: Store) -> None:
    [row] = store.read.rows("SELECT 7 AS number, 'a' AS name")
    assert from_row(_Thing, row) == _Thing("a", 7)
    assert from_row(_Thing, row, right=True, number=8) == _Thing("a", 8, right=True)


@pytest.mark.parametrize("columns", ["'a' AS name", "'a' AS name, 7 AS number, 1 AS other"])
def test_a_column_too_few_or_too_many_is_an_error(store: Store, columns: str) -> None:
    [row] = store.read.rows(f"SELECT {columns}")
    with pytest.raises(TypeError):
        from_row(_Thing, row)


def test_rows_of_a_transaction_are_read_alike(store: Store) -> None:
    with store.change("look", meeting=None) as writing:
        row = writing.connection.exec_driver_sql("SELECT 7 AS number, 'a' AS name").one()
        assert from_row(_Thing, row) == _Thing("a", 7)


@pytest.mark.parametrize(
    "columns", ["'a' AS name, 7 AS number, 1 AS right", "1 AS right, 0 AS more, 7 AS number, 'a' AS name"]
)
def test_many_rows_are_picked_in_the_order_of_the_fields(store: Store, columns: str) -> None:
    names = field_names(_Thing)
    rows = store.read.picked(names, f"SELECT {columns}")
    assert rows == [("a", 7, 1)]
    assert list(map(maker(_Thing, names, right=bool), rows)) == [_Thing("a", 7, right=True)]
    assert store.read.picked(("number",), f"SELECT {columns}") == [(7,)]
    with pytest.raises(ValueError, match="another"):
        store.read.picked(("another",), f"SELECT {columns}")


def test_rows_that_are_given_in_parts_are_those_that_are_picked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PART", 3)
    query = "SELECT value AS number, 'x' || value AS name FROM json_each(:numbers)"
    for numbers in ("[]", "[1, 2, 3]", "[1, 2, 3, 4]"):
        parts = list(store.read.parts(("name", "number"), query, numbers=numbers))
        assert all(len(part) <= 3 for part in parts)
        assert [row for part in parts for row in part] == store.read.picked(("name", "number"), query, numbers=numbers)
    begun = store.read.parts(("name",), query, numbers="[1, 2, 3, 4]")
    next(begun)
    begun.close()
    assert rows_of(store, "SELECT 1, 2") == [(1, 2)], "whoever gives up reading holds nobody up"


def test_two_columns_are_looked_up(store: Store) -> None:
    assert lookup(store.read.rows("SELECT 'a', 1 UNION ALL SELECT 'b', 2")) == {"a": 1, "b": 2}
    assert rows_of(store, "SELECT 1, :two", two=2) == [(1, 2)]


@pytest.mark.parametrize("path", sorted(_ROOM.glob("*.py")), ids=lambda path: path.stem)
def test_no_subject_reads_a_row_by_position(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in ("row", "r"):
            by_position = isinstance(node.slice, ast.Slice) or isinstance(getattr(node.slice, "value", None), int)
            assert not by_position, f"line {node.lineno}: {ast.unparse(node)}"
        if isinstance(node, ast.Call):
            starred = [one for one in node.args if isinstance(one, ast.Starred) and ast.unparse(one.value) == "row"]
            assert not starred, f"line {node.lineno}: {ast.unparse(node)}"


def _counting(calls: list[int]) -> Callable[[], object]:
    def make() -> object:
        calls.append(len(calls))
        return object()

    return make


def test_what_is_remembered_is_made_once_for_a_version(store: Store) -> None:
    calls: list[int] = []
    make = _counting(calls)
    first = store.remember("question", 1, make)
    assert store.remember("question", 1, make) is first
    assert store.remember("other question", 1, make) is not first
    second = store.remember("question", 2, make)
    assert second is not first
    assert store.remember("question", 2, make) is second
    assert len(calls) == 3
    store.close()
    assert store.remember("question", 2, make) is not second


def test_what_is_made_may_itself_ask(store: Store) -> None:
    assert store.remember("a", 1, lambda: store.remember("b", 1, lambda: 7) + 1) == 8


def test_of_threads_that_ask_at_once_one_makes_it_and_all_are_given_the_same(store: Store) -> None:
    calls: list[int] = []
    together = Barrier(4)

    def ask(_: int) -> object:
        together.wait(10)
        return store.remember("question", 1, make)

    def make() -> object:
        calls.append(1)
        sleep(0.05)  # long enough for the others to come
        return object()

    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(ask, range(4)))
    assert len({id(one) for one in given}) == 1
    assert len(calls) == 1


def test_what_one_thread_fails_to_make_another_that_waited_tries_anew(store: Store) -> None:
    began, calls = Event(), []

    def make() -> str:
        calls.append(1)
        began.set()
        sleep(0.05)
        if len(calls) == 1:
            raise NotFound("there is none", "None")
        return "made"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(store.remember, "question", 1, make)
        assert began.wait(10)
        second = pool.submit(store.remember, "question", 1, make)
        assert second.result(10) == "made"
        with pytest.raises(NotFound):
            first.result(10)


def test_a_store_that_is_closed_breaks_off_what_another_thread_reads(store: Store) -> None:
    began = Event()

    def ask() -> None:
        reader = store.read
        with reader.snapshot():
            began.set()
            reader.rows(_ENDLESS)

    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(ask)
        began.wait()
        store.close()
        with pytest.raises(Conflict, match="The store is closed"):
            asking.result(timeout=10)


@pytest.mark.parametrize("layer", ["core", "tui"])
def test_nothing_outside_db_asks_the_store_in_sql(layer: str) -> None:
    asking = [
        f"{path.name}:{node.lineno}"
        for path in sorted((_ROOM.parent / layer).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("rows", "picked", "parts")
        and isinstance(node.value, ast.Attribute) and node.value.attr == "read"
    ]  # fmt: skip
    assert not asking, "what the store is asked belongs into db"
