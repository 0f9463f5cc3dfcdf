"""Digests of what files bring by the thousand: rows that no entry of the journal names one by one.

When an import ends, whatever rows each table has gained are put under a digest, by their numbers from the first to the
last. Columns that later imports change (which row replaced this one, who is whose latest version) are under two sums
over the whole table as it stands. Triggers that act as long as the import lasts keep them up: an import costs what it
changes, not what the store holds. The digests are rows of a table themselves, which the import's entry names: a row
that was changed, put in or taken out shows.

A row's digest is over its values as they are stored, in a form that no version of Python writes otherwise (marshal 2).
"""

from __future__ import annotations

import hashlib
import marshal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from core.text import counted
from db.store.columns import columns_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from db.store.engine import Reader
    from db.store.journal import Writing

Ask = Callable[[Sequence[str], str], list[tuple[Any, ...]]]
"""What gives the rows of a query, as values of these columns."""
CHANGING: Mapping[str, Sequence[str]] = {
    "activity": ("replaced_by",),
    "batch_note": (),
    "census": (),
    "circumstance": (),
    "incident": ("replaced_by",),
    "lfr_deployment": (),
    "lookup_map": (),
    "lsoa_ward": (),
    "marker": ("replaced_by",),
    "offence": (),
    "panel_priority": (),
    "patrol": ("replaced_by",),
    "person": ("version_id", "victim"),
    "person_version": (),
    "place": (),
    "quarantined": (),
    "release_category": (),
    "release_facts": (),
    "report_detail": (),
    "report_row": ("admitted", "leading", "replaced_by"),
    "stop": (),
    "street_count": (),
    "street_point": (),
    "unsafe_place": (),
    "ward_reference": (),
    "ward_series": (),
}
"""The tables whose rows are under digests, each with the columns that imports change once they are written."""
_BY_COMMANDS = {"patrol": "batch_id IS NOT NULL"}
"""Tables that commands write rows of, too, which entries name: what tells those of files."""
_AT_ONCE = 20_000
"""Numbers of rows that are read at once."""
_FORM = 2
"""The form of marshal: no value is told from another that equals it, whatever else is in memory."""
_DECLARED = ("cid", "name", "type", "notnull", "dflt_value", "pk")
"""What SQLite tells of a column."""
ROWS, SUMS, STATE = "rows", "sums", "state"
_SUMMED = tuple(table for table, columns in CHANGING.items() if columns)
_FOLLOWED = "followed_sums"
"""The table, of one connection alone, that holds what an import has changed so far."""
_PRIME = 2_147_483_647
_WEIGHTS = (1_000_003, 7_368_787, 15_485_863, 32_452_843)


def note(writing: Writing, *, anew: bool = False) -> None:
    """Put what an import has written under digests, in the same change. *anew*: everything there is, from the start."""
    ask = _asked(writing)
    known = {} if anew else _latest(writing)
    generation = _generation(writing) + (1 if anew else 0)
    for table, columns in CHANGING.items():
        last = _number(ask, f'SELECT COALESCE(MAX(rowid), 0) AS n FROM "{table}"')  # noqa: S608 - our own names
        first = known.get((table, ROWS), 0) + 1
        if last >= first:
            found, rows = rows_digest(ask, table, first, last)
            _add(writing, generation, table, ROWS, first, last, rows, found)
        if columns and last:
            before = known.get((table, SUMS))
            after = sums(ask, table) if before is None else _brought_up(ask, table, before)
            if after != before:
                _add(writing, generation, table, SUMS, 1, last, after.rows, after.words)


def _add(writing: Writing, generation: int, of: str, sort: str, first: int, last: int, rows: int, digest: str) -> None:
    writing.insert(
        "row_digest", generation=generation, of=of, sort=sort, first=first, last=last, rows=rows, digest=digest
    )


def _asked(writing: Writing) -> Ask:
    def ask(_columns: Sequence[str], query: str) -> list[tuple[Any, ...]]:
        cursor = writing.connection.connection.cursor()
        try:
            return list(cursor.execute(query).fetchall())
        finally:
            cursor.close()

    return ask


def _number(ask: Ask, query: str) -> int:
    return int(ask(("n",), query)[0][0])


def _generation(writing: Writing) -> int:
    return _number(_asked(writing), "SELECT COALESCE(MAX(generation), 0) AS n FROM row_digest")


def _latest(writing: Writing) -> dict[tuple[str, str], Any]:
    """How far the rows of each table are under digests, and the sums of its changing columns that were kept last."""
    ask, now = _asked(writing), _generation(writing)
    ends = f"SELECT of, sort, MAX(last) FROM row_digest WHERE sort = '{ROWS}' AND generation = {now} GROUP BY of"  # noqa: S608
    kept = f"SELECT of, sort, digest, rows FROM row_digest WHERE sort = '{SUMS}' AND generation = {now} ORDER BY id"  # noqa: S608
    return {(of, sort): int(last) for of, sort, last in ask((), ends)} | {
        (of, sort): Sums.of(digest, rows) for of, sort, digest, rows in ask((), kept)
    }


def _untold(_amount: float) -> None:
    """Tell nobody how far it is."""


def rows_digest(ask: Ask, table: str, first: int, last: int, read: Callable[[int], None] = _untold) -> tuple[str, int]:
    """SHA-256 over the rows of a table with these numbers, without what imports change; and how many they are.

    read: told how many more rows are read, part by part.
    """
    declared = columns_of(table, lambda query: ask(_DECLARED, query)).flags
    columns = [name for name in declared if name not in CHANGING[table]]
    names = ", ".join(f'"{name}"' for name in columns)
    more = f" AND {_BY_COMMANDS[table]}" if table in _BY_COMMANDS else ""
    found, rows = hashlib.sha256(), 0
    for start in range(first, last + 1, _AT_ONCE):
        end = min(last, start + _AT_ONCE - 1)
        query = f'SELECT {names} FROM "{table}" WHERE rowid BETWEEN {start} AND {end}{more} ORDER BY rowid'  # noqa: S608
        part = ask(columns, query)
        rows += len(part)
        found.update(marshal.dumps(part, _FORM))
        read(len(part))
    return found.hexdigest(), rows


class Sums(NamedTuple):
    """What stands in the columns of a table that imports change: two sums over every row, and how many rows they are.

    Any single change shows. Who changes several rows so that both sums stay as they are is not found by this alone.
    """

    one: int
    two: int
    rows: int

    @property
    def words(self) -> str:
        """The sums as they are kept."""
        return f"{self.one} {self.two}"

    @property
    def state(self) -> str:
        """The sums as the first stores with digests kept them; asked of what they wrote, never written."""
        return hashlib.sha256(f"{self.one} {self.two} {self.rows}".encode()).hexdigest()

    @classmethod
    def of(cls, words: str, rows: int) -> Sums:
        """The sums that are kept so."""
        one, two = map(int, words.split())
        return cls(one, two, int(rows))


def sums(ask: Ask, table: str, above: int = 0) -> Sums:
    """The sums of a table as it stands, of its rows with numbers above one: SQLite adds them up itself."""
    one, two = (f"COALESCE(SUM({term}), 0)" for term in _terms(table))
    more = f" AND {_BY_COMMANDS[table]}" if table in _BY_COMMANDS else ""
    query = f'SELECT {one} AS s0, {two} AS s1, COUNT(*) AS rows FROM "{table}" WHERE rowid > {above}{more}'  # noqa: S608
    return Sums(*map(int, ask(("s0", "s1", "rows"), query)[0]))


def _terms(table: str, row: str = "") -> tuple[str, str]:
    """What a row adds to each of the two sums. row: what stands before its columns in a trigger."""
    columns, found = CHANGING[table], []
    for turned in range(2):
        weights = (*_WEIGHTS[turned:], *_WEIGHTS[:turned])
        parts = (f'(COALESCE({row}"{name}", -1) + 2) * {by}' for name, by in zip(columns, weights, strict=False))
        mixed = f"(({row}rowid * {weights[-1]} + {' + '.join(parts)}) % {_PRIME})"
        found.append(f"({mixed} * {mixed} % {_PRIME})")
    return found[0], found[1]


def follow(connection: Connection) -> None:
    """Follow what an import changes of the rows that are there, until :func:`forget`.

    The triggers stay with the connection: to make and drop them with each import would have SQLite prepare every
    statement anew, and a morning brings many small files.
    """
    run = connection.exec_driver_sql
    run(f"CREATE TEMP TABLE IF NOT EXISTS {_FOLLOWED} (of TEXT PRIMARY KEY, last INTEGER, one INTEGER, two INTEGER)")
    for table in _SUMMED:
        run(f"INSERT INTO {_FOLLOWED} SELECT '{table}', COALESCE(MAX(rowid), 0), 0, 0 FROM \"{table}\"")  # noqa: S608
        was, is_now = _terms(table, "old."), _terms(table, "new.")
        of_files = f" AND new.{_BY_COMMANDS[table]}" if table in _BY_COMMANDS else ""
        run(
            f"CREATE TEMP TRIGGER IF NOT EXISTS {_FOLLOWED}_{table} AFTER UPDATE OF {', '.join(CHANGING[table])} "  # noqa: S608
            f"ON main.\"{table}\" WHEN new.rowid <= (SELECT last FROM {_FOLLOWED} WHERE of = '{table}'){of_files} "
            f"BEGIN UPDATE {_FOLLOWED} SET one = one + {is_now[0]} - {was[0]}, two = two + {is_now[1]} - {was[1]} "
            f"WHERE of = '{table}'; END"
        )


def forget(connection: Connection) -> None:
    """Follow nothing any more: where no last row is known the triggers do nothing."""
    connection.exec_driver_sql(f"DELETE FROM {_FOLLOWED}")  # noqa: S608


def _brought_up(ask: Ask, table: str, before: Sums) -> Sums:
    """The sums of a table after an import: what its changes of rows came to, and the rows that it has added."""
    last, one, two = ask((), f"SELECT last, one, two FROM {_FOLLOWED} WHERE of = '{table}'")[0]  # noqa: S608
    new = sums(ask, table, int(last))
    return Sums(before.one + one + new.one, before.two + two + new.two, before.rows + new.rows)


def fault(reader: Reader, step: Callable[[float], None] = _untold) -> tuple[str | None, Counter[str]]:
    """The first table whose rows are not as an import left them, in words; and how many rows are covered.

    step: told the share of the rows that are checked, 0 to 1.
    """
    covered: Counter[str] = Counter()
    for wrong in _faults(reader, covered, step):
        return wrong, covered
    return None, covered


def _faults(reader: Reader, covered: Counter[str], step: Callable[[float], None]) -> Iterator[str]:
    query = (
        "SELECT of, sort, first, last, rows, digest FROM row_digest WHERE generation = "
        "(SELECT MAX(generation) FROM row_digest) AND sort != 'head' ORDER BY id"
    )
    noted = reader.rows(query)
    read = _shares_of(sum(row["rows"] for row in noted if row["sort"] == ROWS), step)
    ends = dict.fromkeys(CHANGING, 0)
    states: dict[str, Any] = {}
    for row in noted:
        table = row["of"]
        if table not in CHANGING:
            yield f"row_digest names {table!r}, of which no digest is kept."
        elif row["sort"] in (SUMS, STATE):
            states[table] = row
        else:
            if row["first"] != ends[table] + 1:
                yield f"The digests of {table} do not follow one another."
            ends[table] = row["last"]
            if rows_digest(reader.picked, table, row["first"], row["last"], read) != (row["digest"], row["rows"]):
                yield f"{table}: rows {row['first']:,} to {row['last']:,} are not as an import left them."
            covered[table] += row["rows"]
    for table, end in ends.items():
        more = f" AND {_BY_COMMANDS[table]}" if table in _BY_COMMANDS else ""
        beyond = f'SELECT COUNT(*) AS n FROM "{table}" WHERE (rowid > {end} OR rowid < 1){more}'  # noqa: S608
        if rows := reader.rows(beyond)[0]["n"]:
            yield f"{table} has {counted(int(rows), 'row')} that no import left."
    yield from _faults_of_states(reader, ends, states)


def _shares_of(every: int, step: Callable[[float], None]) -> Callable[[int], None]:
    """What is told how many more rows are read, and tells the share of all of them."""
    done = 0

    def read(rows: int) -> None:
        nonlocal done
        done += rows
        step(min(1.0, done / max(1, every)))

    return read


def _faults_of_states(reader: Reader, ends: Mapping[str, int], states: Mapping[str, Any]) -> Iterator[str]:
    for table, end in ends.items():
        if end and CHANGING[table] and table not in states:
            yield f"{table} has no digest of {', '.join(CHANGING[table])}."
    for table, row in states.items():
        found = sums(reader.picked, table)
        if (found.words if row["sort"] == SUMS else found.state, found.rows) != (row["digest"], row["rows"]):
            yield f"{table}: {', '.join(CHANGING[table])} are not as the last import left them."
