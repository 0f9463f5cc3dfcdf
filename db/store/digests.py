"""Digests of what files bring by the thousand: rows that no entry of the journal names one by one.

When an import ends, whatever rows each table has gained are put under a digest, by their numbers from the first to the
last. Columns that later imports change (which row replaced this one, who is whose latest version) are under a second
one, of the whole table as it stands. The digests are rows of a table themselves, which the import's entry names: a row
that was changed, put in or taken out shows.

A row's digest is over its values as they are stored, in a form that no version of Python writes otherwise (marshal 2).
"""

from __future__ import annotations

import hashlib
import marshal
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.text import counted
from db.store.columns import columns_of

if TYPE_CHECKING:
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
_FOLLOWS: Mapping[str, frozenset[str]] = {"person": frozenset({"person", "person_version", "report_row", "marker"})}
"""Whose new rows change the columns of a table, where it is not the table's own new rows alone."""
_BY_COMMANDS = {"patrol": "batch_id IS NOT NULL"}
"""Tables that commands write rows of, too, which entries name: what tells those of files."""
_AT_ONCE = 20_000
"""Numbers of rows that are read at once."""
_FORM = 2
"""The form of marshal: no value is told from another that equals it, whatever else is in memory."""
_DECLARED = ("cid", "name", "type", "notnull", "dflt_value", "pk")
"""What SQLite tells of a column."""
ROWS, STATE = "rows", "state"
_PRIME = 2_147_483_647
_WEIGHTS = (1_000_003, 7_368_787, 15_485_863, 32_452_843)
GENERATION = "generation"


def note(writing: Writing, *, anew: bool = False) -> None:
    """Put what an import has written under digests, in the same change. *anew*: everything there is, from the start."""
    ask = _asked(writing)
    known = {} if anew else _latest(writing)
    generation = _generation(writing) + (1 if anew else 0)
    lasts = {table: _number(ask, f'SELECT COALESCE(MAX(rowid), 0) AS n FROM "{table}"') for table in CHANGING}  # noqa: S608
    gained = {table for table, last in lasts.items() if last > known.get((table, ROWS), 0)}
    for table in CHANGING:
        if table in gained:
            first = known.get((table, ROWS), 0) + 1
            found, rows = rows_digest(ask, table, first, lasts[table])
            _add(writing, generation, table, ROWS, first, lasts[table], rows, found)
        if CHANGING[table] and lasts[table] and _may_differ(table, gained):
            state, rows = state_digest(ask, table)
            if (table, STATE, state) not in known:
                _add(writing, generation, table, STATE, 1, lasts[table], rows, state)


def _may_differ(table: str, gained: set[str]) -> bool:
    """Whether the columns of a table that imports change may have been changed: a withdrawal, which adds no row, may
    change any; a file changes those of what it adds to."""
    return not gained or not gained.isdisjoint(_FOLLOWS.get(table, {table}))


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


def _latest(writing: Writing) -> dict[Any, int]:
    """How far each table is under digests; and the state of each that is known, each with the number of its row."""
    ask, now = _asked(writing), _generation(writing)
    ends = "SELECT of, sort, MAX(last) FROM row_digest WHERE sort = 'rows' AND generation = {} GROUP BY of, sort"
    found: dict[Any, int] = {(of, sort): int(last) for of, sort, last in ask((), ends.format(now))}
    newest = "SELECT of, sort, digest, MAX(id) FROM row_digest WHERE sort = 'state' AND generation = {} GROUP BY of"
    found |= {(of, sort, digest): int(number) for of, sort, digest, number in ask((), newest.format(now))}
    return found


def rows_digest(ask: Ask, table: str, first: int, last: int) -> tuple[str, int]:
    """SHA-256 over the rows of a table with these numbers, without what imports change; and how many they are."""
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
    return found.hexdigest(), rows


def state_digest(ask: Ask, table: str) -> tuple[str, int]:
    """What stands in the columns of a table that imports change: two sums over every row, which SQLite adds up itself.

    Any single change shows. Who changes several rows so that both sums stay as they are is not found by this alone.
    """
    columns = CHANGING[table]
    where = f" WHERE {_BY_COMMANDS[table]}" if table in _BY_COMMANDS else ""
    sums = []
    for turned in range(2):
        weights = (*_WEIGHTS[turned:], *_WEIGHTS[:turned])
        terms = " + ".join(f'(COALESCE("{name}", -1) + 2) * {by}' for name, by in zip(columns, weights, strict=False))
        mixed = f"((rowid * {weights[-1]} + {terms}) % {_PRIME})"
        sums.append(f"COALESCE(SUM({mixed} * {mixed} % {_PRIME}), 0) AS s{turned}")
    query = f'SELECT {", ".join(sums)}, COUNT(*) AS rows FROM "{table}"{where}'  # noqa: S608 - our own names
    one, two, rows = ask(("s0", "s1", "rows"), query)[0]
    return hashlib.sha256(f"{one} {two} {rows}".encode()).hexdigest(), int(rows)


def fault(reader: Reader) -> tuple[str | None, Counter[str]]:
    """The first table whose rows are not as an import left them, in words; and how many rows are covered."""
    covered: Counter[str] = Counter()
    for wrong in _faults(reader, covered):
        return wrong, covered
    return None, covered


def _faults(reader: Reader, covered: Counter[str]) -> Iterator[str]:
    query = (
        "SELECT of, sort, first, last, rows, digest FROM row_digest WHERE generation = "
        "(SELECT MAX(generation) FROM row_digest) AND sort != 'head' ORDER BY id"
    )
    noted = reader.rows(query)
    ends = dict.fromkeys(CHANGING, 0)
    states: dict[str, Any] = {}
    for row in noted:
        table = row["of"]
        if table not in CHANGING:
            yield f"row_digest names {table!r}, of which no digest is kept."
        elif row["sort"] == STATE:
            states[table] = row
        else:
            if row["first"] != ends[table] + 1:
                yield f"The digests of {table} do not follow one another."
            ends[table] = row["last"]
            if rows_digest(reader.picked, table, row["first"], row["last"]) != (row["digest"], row["rows"]):
                yield f"{table}: rows {row['first']:,} to {row['last']:,} are not as an import left them."
            covered[table] += row["rows"]
    for table, end in ends.items():
        more = f" AND {_BY_COMMANDS[table]}" if table in _BY_COMMANDS else ""
        beyond = f'SELECT COUNT(*) AS n FROM "{table}" WHERE (rowid > {end} OR rowid < 1){more}'  # noqa: S608
        if rows := reader.rows(beyond)[0]["n"]:
            yield f"{table} has {counted(int(rows), 'row')} that no import left."
    yield from _faults_of_states(reader, ends, states)


def _faults_of_states(reader: Reader, ends: Mapping[str, int], states: Mapping[str, Any]) -> Iterator[str]:
    for table, end in ends.items():
        if end and CHANGING[table] and table not in states:
            yield f"{table} has no digest of {', '.join(CHANGING[table])}."
    for table, row in states.items():
        if state_digest(reader.picked, table) != (row["digest"], row["rows"]):
            yield f"{table}: {', '.join(CHANGING[table])} are not as the last import left them."
