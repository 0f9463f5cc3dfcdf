"""What writes reads the columns of a table from the store's file: they are those of the SQLModel classes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from sqlalchemy import Boolean

from db.store import Store
from db.store.columns import UNLESS_GIVEN, columns_of
from db.tables import METADATA


def test_a_file_declares_what_the_classes_do(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        found = {table: list(columns_of(table, connection.execute).flags.items()) for table in METADATA.tables}
    assert found == {
        table: [(column.name, isinstance(column.type, Boolean)) for column in declared.c]
        for table, declared in METADATA.tables.items()
    }


def test_what_a_new_row_does_not_name_is_as_the_class_says() -> None:
    """Where the file knows a value itself it fills it in; of the others the class is the one that knows."""
    known = {
        table: {
            column.name: value
            for column in declared.c
            if (value := getattr(column.default, "arg", None)) is not None and column.server_default is None
        }
        for table, declared in METADATA.tables.items()
    }
    assert {table: values for table, values in known.items() if values} == UNLESS_GIVEN


def test_a_table_that_is_not_there_is_named(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection, pytest.raises(LookupError, match="no table nowhere"):
        columns_of("nowhere", connection.execute)


def test_a_row_holds_what_stands_unless_given(store: Store) -> None:
    with store.change("Read a file", meeting=None) as writing:
        named = {"file": "a.csv", "sha256": "d", "profile": "extract", "imported_at": "", "imported_by": "tester"}
        counts = dict.fromkeys(("rows_read", "taken", "unchanged", "revised", "quarantined"), 0)
        row = writing.row("batch", writing.insert("batch", **named, **counts))
    assert row is not None
    assert (row["withdrawn"], row["repeated"]) == (False, 0), "one by the class, one by the file"


def test_writing_loads_no_object_mapper(store: Store) -> None:
    """To load the classes takes longer than most commands do."""
    written = (
        "import sys\nfrom pathlib import Path\nfrom db.store import open_store\n"
        "store = open_store(Path(sys.argv[1]), 'tester')\n"
        "with store.change('Set', meeting=None) as writing:\n"
        "    writing.insert('setting', name='x', text='1')\n"
        "store.close()\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'sqlmodel', 'pydantic'}))\n"
    )
    store.close()
    done = subprocess.run([sys.executable, "-c", written, store.path], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
