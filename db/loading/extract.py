"""Loads crime report extracts: checks at the speed of the file, older versions of rows kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from core import extract
from db.loading import again
from db.loading.dimensions import Dimensions
from db.loading.extract_checks import check
from db.loading.extract_rows import COLUMNS, Row, chunks
from db.loading.leading_rows import Settled, flag_victims, settle
from db.loading.load import Load, Reading, Write
from db.loading.profile import Profile
from db.loading.report_ways import PEOPLE, REPORTS, VICTIMS
from db.loading.revise import new_rows
from db.store.engine import insert_many
from db.store.gc_pause import gc_paused

_COMPARE = 2_000
"""Rows compared with the store at once."""
_AT_ONCE = 5_000
"""People who are written at once: of a few at a time many go in one by one."""


def load(reading: Reading) -> Write:
    """Check every row of an extract; gives what takes those that can be taken."""
    with gc_paused():
        check(reading)
    return _write


def _write(load: Load) -> None:
    connection = load.writing.connection
    last = again.last_row(connection)
    first = not last
    with gc_paused():
        if first:
            with _indexes_later(connection):
                written = _stream(load, first)
        else:
            written = _stream(load, first)
        settled = settle(connection, load.batch_id, whole=first) if written else Settled()
        if written:
            flag_victims(connection)
    load.taken -= settled.repeated
    load.repeated += settled.repeated
    if written:
        again.check(load, last)
    if settled.words:
        load.notes.append(settled.words)


def _stream(load: Load, first: bool) -> int:
    """Write chunk after chunk; gives how many rows were written."""
    connection = load.writing.connection
    dimensions = Dimensions(connection, load.batch_id)
    numbered = chunks(load, dimensions)
    written = 0
    for chunk in numbered if first else _joined(numbered, _COMPARE):
        dimensions.write(_AT_ONCE)
        new, revised, unchanged = (chunk, 0, 0) if first else new_rows(connection, load.batch_id, chunk)
        insert_many(connection, "report_row", COLUMNS, new)
        load.taken += len(new) - revised
        load.revised += revised
        load.unchanged += unchanged
        load.repeated += len(chunk) - len(new) - unchanged
        written += len(new)
    dimensions.write()
    return written


def _joined(chunks: Iterator[list[Row]], size: int) -> Iterator[list[Row]]:
    joined: list[Row] = []
    for chunk in chunks:
        joined += chunk
        if len(joined) >= size:
            yield joined
            joined = []
    yield joined


@contextmanager
def _indexes_later(connection: Connection) -> Iterator[None]:
    """Fill an empty table without its indexes and make them in one go, which is faster than keeping them row by row."""
    declared = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'report_row' AND sql IS NOT NULL"
    )
    indexes = connection.exec_driver_sql(declared).all()
    for index in indexes:
        connection.exec_driver_sql(f'DROP INDEX "{index.name}"')
    yield
    for index in indexes:
        connection.exec_driver_sql(index.sql)


PROFILE = Profile(
    kind="extract",
    says="Crime reports: one row per report, suspect and victim",
    rule=extract,
    columns=extract.COLUMNS,
    optional=extract.OPTIONAL,
    blank=tuple(column for column in extract.COLUMNS if column not in extract.NEEDED),
    dated=("committed_from", "committed_to", "reported_on", "born_on"),
    reference="crime_ref",
    words=extract.WORDS,
    load=load,
    withdraw=(REPORTS, PEOPLE, VICTIMS),
)
