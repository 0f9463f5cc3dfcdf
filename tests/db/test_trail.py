"""What stands behind a record: where an entry of the journal has it from."""

from __future__ import annotations

from pathlib import Path

from db import trail
from db.store import Store
from tests.db.files import file_writer, take

UNITS = "unit,base,officers,ward_code,tactic,starts,ends,status"


def test_a_line_that_two_rows_were_read_from_is_told_once(store: Store, tmp_path: Path) -> None:
    take(
        store,
        file_writer(tmp_path, "units.csv", UNITS)(
            "VCTF North 9,north,8,E05009367,ANPR,21/11/2026 08:00,21/11/2026 23:00,deployed"
        ),
    )
    rows = [
        (table, number)
        for table in ("deployment", "deployment_record")
        for (number,) in store.read.rows(f"SELECT id FROM {table}")  # noqa: S608 - own names
    ]
    assert len(rows) == 2
    [entry] = trail.written(store, rows)
    assert entry.source == f"entry {entry.entry}, units.csv:2"
