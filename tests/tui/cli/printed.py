"""Every command that prints what a store holds, in a line each, and what of the kept store can be made hostile."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from db.store import HEAD
from tui.main import app

DAY = "2026-11-18"
LINES = (
    "activity --as-of DAY", "batches", "cohorts --as-of DAY", "cohorts --cohort v100 --as-of DAY",
    "cohorts --cohort wanted --as-of DAY", "explain P101 --as-of DAY", "focus", "journal", "letter",
    "lfr --from 2026-10-01 --to 2026-11-20", "lookup", "meetings", "minutes 1", "minutes 1 --report",
    "movement --from 1 --to 4 --top all", "officers", "priority", "proportionality", "quarantine", "rank --as-of DAY",
    "rank --compare rfg,rfh --as-of DAY", "releases", "stability --as-of DAY",
    "stops --from 2026-09-01 --to 2026-11-01", "verify", "ward E05013806", "wards --by harm", "wards --source reports",
)  # fmt: skip
"""What reads and prints; each also with ``--json`` where the command takes it."""
OTHERS = {
    "open": "shows a screen", "demo": "makes a store of its own", "import": "takes files in", "withdraw": "tried last",
    "addendum": "tried last", "backup": "prints a path", "restore": "prints a path", "completion": "reads no store",
}  # fmt: skip
"""Commands that print nothing that a store holds, or that change it."""


def kept_store(path: Path) -> Path:
    """The kept store of the latest revision, with something of every table."""
    packed = Path(__file__).resolve().parents[2] / "stores" / f"{HEAD}.db.gz"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


def text_columns(path: Path) -> Iterator[tuple[str, str]]:
    """Table and name of every column of text that holds something."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for _, column, kind, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
                if kind.upper().startswith(("VARCHAR", "TEXT")):
                    yield table, column


def run(store: Path, line: str) -> Any:
    """Run a command on a store, as a shell would."""
    given = line.replace("DAY", DAY).split()
    return CliRunner().invoke(app, given, env={"TASKING_STORE": str(store), "COLUMNS": "200"})
