"""What a cell of the store must be for the program to read it: JSON, a moment, a day, a figure, words.

What imports and verbs write always is. A file that was changed otherwise may hold anything: asked when something goes
wrong that nobody foresaw, and by the check of the store, this names the first cell that is none, never what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Ask: TypeAlias = Callable[[str], Iterable[Any]]
"""What gives the rows of a query."""
JSON: Mapping[str, Sequence[str]] = {
    "bid": ("answers",),
    "decision": ("facts", "shown"),
    "deployment_record": ("authority",),
    "edition_file": ("weights",),
    "incident_series": ("refs",),
    "journal": ("changes",),
    "meeting": ("agenda", "sealed_over"),
    "membership": ("facts",),
    "priority_ward": ("facts",),
    "release": ("months",),
    "release_facts": (
        "totals", "forces", "notes", "antisocial", "without_location", "outside", "repeats", "conflicts",
    ),
    "run": ("unweighted", "statuses", "ahead"),
    "street_count": ("counts", "lines"),
    "ward_series": ("counts",),
    "weighing": ("weights",),
}  # fmt: skip
"""Columns that hold JSON, by table."""
MOMENTS: Mapping[str, Sequence[str]] = {
    "account": ("starts", "ended_at"),
    "action": ("set_at", "due_at", "closed_at"),
    "action_update": ("at", "decided_at"),
    "addendum": ("at",),
    "batch": ("imported_at",),
    "bid": ("made_at", "starts_at", "ends_at", "result_due"),
    "decision": ("decided_at",),
    "deployment": ("starts", "ends", "away_from", "away_until"),
    "deployment_record": ("starts", "ends", "over_at", "measure_until", "decided_at", "entered_at", "stopped_at"),
    "deployment_unit": ("left_at", "asked_at", "answered_at"),
    "focus_comment": ("at",),
    "focus_reading": ("at",),
    "focus_week": ("agreed_at",),
    "incident_mark": ("critical_at",),
    "incident_series": ("accepted_at",),
    "journal": ("decided_at", "entered_at"),
    "meeting": ("opened_at", "sealed_at"),
    "meeting_note": ("at", "ended_at"),
    "membership": ("adopted_at",),
    "officer_plan": ("made_at",),
    "paper_copy": ("at",),
    "priority_ward": ("adopted_at",),
    "restriction": ("set_at", "ended_at"),
    "review": ("reviewed_at",),
    "run": ("made_at",),
    "tension": ("raised_at", "review_at", "ended_at"),
    "uplift": ("starts", "ends", "decided_at"),
    "viewing": ("at",),
}
"""Columns that hold a moment as a stamp, by table."""
DAYS: Mapping[str, Sequence[str]] = {
    "action": ("expected_on",),
    "decision": ("review_on", "risk_until", "expected_on"),
    "edition_file": ("dated",),
    "meeting": ("as_of",),
}
"""Columns that hold a day in words, ``2026-11-28``, by table."""
MONTHS: Mapping[str, Sequence[str]] = {"stop_edition": ("month",)}
"""Columns that hold a month, ``202611``, by table."""
_JSON = "{0} <> '' AND CASE WHEN json_valid({0}) THEN json_type({0}) NOT IN ('array', 'object') ELSE 1 END"
_MOMENT = "{0} <> '' AND ({0} NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T*' OR julianday({0}) IS NULL)"
_DAY = "{0} <> '' AND ({0} NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' OR julianday({0}) IS NULL)"
_MONTH = "{0} NOT GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]' OR substr({0}, 5) NOT BETWEEN '01' AND '12'"
_SHAPES = (
    (JSON, "no JSON", _JSON),
    (MOMENTS, "no moment", _MOMENT),
    (DAYS, "no day", _DAY),
    (MONTHS, "no month", _MONTH),
)
_KINDS = {"INTEGER": "'integer'", "FLOAT": "'real', 'integer'", "VARCHAR": "'text'", "BOOLEAN": "'integer'"}
"""What a column is declared as, and as what SQLite may hold its cells."""


def misshapen(rows: Ask) -> str | None:
    """The first cell that the program cannot read, in words: table, column, row, and what it is not; None if all are.

    rows: what gives the rows of a query; what it raises where the file cannot be read goes on.
    """
    tables = [row[0] for row in rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in sorted(tables):
        if not _holds_any(rows, table, ["1"]):  # most are empty in most stores
            continue
        columns = list(rows(f'PRAGMA table_info("{table}")'))
        key = next((name for _, name, *_, in_key in columns if in_key), "rowid")
        conditions = [
            (column, wrong, f'"{column}" IS NOT NULL AND ({condition})')
            for column, wrong, condition in _conditions(table, columns)
        ]
        if not _holds_any(rows, table, [where for _, _, where in conditions]):
            continue
        for column, wrong, where in conditions:
            query = f'SELECT "{key}" FROM "{table}" WHERE {where} LIMIT 1'  # noqa: S608 - names from the schema
            for (found,) in rows(query):
                number = f" {found}" if isinstance(found, int) else ""
                return f"{column} of {table.replace('_', ' ')}{number} is {wrong}"
    return None


def _holds_any(rows: Ask, table: str, conditions: Sequence[str]) -> bool:
    """Whether a row of a table meets one of some conditions: the table is read once, not once for each."""
    any_of = " OR ".join(f"({where})" for where in conditions) or "0"
    query = f'SELECT 1 FROM "{table}" WHERE {any_of} LIMIT 1'  # noqa: S608 - names from the schema
    return next(iter(rows(query)), None) is not None


def _conditions(table: str, columns: Sequence[Any]) -> Iterator[tuple[str, str, str]]:
    """Column, what a wrong cell of it is, and the condition that finds one."""
    for _, column, declared, *_ in columns:
        if kinds := _KINDS.get(str(declared).split("(")[0].upper()):
            wrong = "no words" if "text" in kinds else "no figure"
            yield column, wrong, f'typeof("{column}") NOT IN ({kinds})'
    held = {name for _, name, *_ in columns}
    for shape, wrong, condition in _SHAPES:
        for column in shape.get(table, ()):
            if column in held:
                yield column, wrong, condition.format(f'"{column}"')
