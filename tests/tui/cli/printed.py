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
from db.store.cells import DAYS, JSON, MOMENTS, MONTHS
from tests.stores.fill import KEEPER
from tui.main import app

DAY = "2026-11-18"
LINES = (
    "actions",
    "activity --as-of DAY", "backtest --of people --as-of 2026-07-01 --days 60 --first 1", "batches",
    "cohorts --as-of DAY", "cohorts --cohort v100 --as-of DAY",
    "cohorts --cohort wanted --as-of DAY", "deployments --as-of DAY", "explain P101 --as-of DAY",
    "focus", "journal", "letter", "log",
    "lfr --from 2026-10-01 --to 2026-11-20", "lookup", "loop", "meetings", "minutes 1", "minutes 1 --report",
    "movement --from 1 --to 4 --top all", "night --as-of DAY", "officers", "priority",
    "proportionality", "quarantine", "rank --as-of DAY",
    "rank --compare rfg,rfh --as-of DAY", "releases", "stability --as-of DAY",
    "stops --from 2026-09-01 --to 2026-11-01", "users", "verify", "ward E05013806",
    "wards --by harm", "wards --source reports",
)  # fmt: skip
"""What reads and prints; each also with ``--json`` where the command takes it."""
OTHERS = {
    "open": "shows a screen", "demo": "makes a store", "init": "makes a store",
    "encrypt": "changes the store", "rekey": "changes the store",
    "import": "changes the store", "withdraw": "changes the store",
    "addendum": "changes the store", "backup": "prints a path", "restore": "prints a path",
    "completion": "reads no store", "keys": "reads no store",
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


HOSTILE = (
    "\x1b]52;c;eA==\x07\x1b[31m\u202e\u2066\x9b2J\x08\u200b\U000e0041\x1b]8;;http://x.test\x1b\\\r\x1bP0\x1b\\\x1b_x"
)
"""Clipboard, colour, direction, C1, backspace, no width, tag, link, return, and the strings of DCS and APC."""
RAW = frozenset("\x1b\x07\x08\r\x00\x7f\x9b\u200b\u202e\u2066\u2028\ufeff\U000e0041\udcff")
_CODES = frozenset({
    "by", "category", "cohort", "edition", "ethnicity", "force", "harm_index", "hash", "item", "kind", "measure",
    "meeting_kind", "method", "months", "option", "pool", "previous", "profile", "role", "scale", "seal", "sex",
    "split", "state", "status", "subject_kind", "text", "rules", "name", "digest", "sha256", "version_num", "bands",
    "ward_code", "lsoa_code", "area", "statuses", "escalated_to", "latitude", "longitude", "linked", "clothing",
    "scope", "confidence", "skills", "shift", "basis", "release", "outcome", "found",
})  # fmt: skip
"""Columns of words that only the program writes, or that lead from table to table."""


def make_hostile(path: Path) -> Path:
    """Put hostile text behind what stands in every column that takes words from a file or a keyboard."""
    shaped = {(table, column) for shape in (JSON, MOMENTS, DAYS, MONTHS) for table in shape for column in shape[table]}
    columns = [one for one in text_columns(path) if one not in shaped and one[1] not in _CODES]
    with closing(sqlite3.connect(path)) as connection, connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for table, column in columns:
            connection.execute(f'UPDATE "{table}" SET "{column}" = "{column}" || ?', (HOSTILE,))  # noqa: S608 - the schema
        for table in ("account", "restriction"):  # whoever runs the tests is a user still
            connection.execute(f"UPDATE {table} SET login = ? WHERE login = ?", (KEEPER, KEEPER + HOSTILE))  # noqa: S608
    return path


def run(store: Path, line: str, behind: str = "") -> Any:
    """Run a command on a store, as a shell would; *behind*: what stands behind a person's reference there."""
    given = [f"{word}{behind}" if word == "P101" else word for word in line.replace("DAY", DAY).split()]
    return CliRunner().invoke(app, given, env={"TASKING_STORE": str(store), "COLUMNS": "200"})
