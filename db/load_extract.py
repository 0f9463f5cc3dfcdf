"""Loads crime report extracts: checks at the speed of the file, older versions of rows kept."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, text

from core import extract, profiles
from core.extract import BadValue, Circumstance
from db.dimensions import Dimensions
from db.engine import insert_many
from db.imports import Load
from db.settle import settle
from db.textfile import BadRecord

_CHUNK = 10_000
_COLUMNS = (
    "batch_id",
    "line",
    "crime_ref",
    "offence_id",
    "place_id",
    "committed_from",
    "committed_to",
    "reported_on",
    "domestic_abuse",
    "vawg",
    "detected_by",
    "outcome_id",
    "person_id",
    "person_version_id",
    "role",
    "named_by",
    "victim_ref",
    "days",
    "admitted",
    "leading",
)
_CONTENT = slice(3, 18)
"""The part of a row that tells whether a newer extract revised it."""


class _Memo(dict[Any, Any]):
    """Remembers what a check gave for a value, up to a bound, so that memory does not grow with the file."""

    def __init__(self, make: Callable[[Any], Any], bound: int = 200_000) -> None:
        self._make = make
        self._bound = bound

    def __missing__(self, key: Any) -> Any:
        if len(self) >= self._bound:
            self.clear()
        value = self[key] = self._make(key)
        return value


def load(load: Load) -> None:
    """Take every row of an extract that can be taken."""
    first = not load.writing.connection.execute(text("SELECT id FROM report_row LIMIT 1")).first()
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        indexes = _drop_indexes(load.writing.connection) if first else []
        _stream(load, first)
        for index in indexes:
            load.writing.connection.exec_driver_sql(index)
    finally:
        if was_collecting:
            gc.enable()
    again = settle(load.writing.connection, load.batch_id, whole=first)
    load.taken -= again
    load.unchanged += again


def _drop_indexes(connection: Connection) -> list[str]:
    """Drop the indexes of an empty table; gives the statements that make them again, which is faster in one go."""
    from db.tables import ReportRow

    made = []
    for index in ReportRow.__table__.indexes:  # type: ignore[attr-defined]
        columns = ", ".join(column.name for column in index.columns)
        made.append(f"CREATE INDEX {index.name} ON report_row ({columns})")
        connection.exec_driver_sql(f"DROP INDEX {index.name}")
    return made


def _stream(load: Load, first: bool) -> None:
    """Check row after row and write chunk after chunk."""
    wanted = (*extract.COLUMNS, *extract.OPTIONAL)
    order = profiles.positions(load.profile, load.header, wanted, load.file.path.name)
    pick = _picker(order, load.profile, wanted, len(load.header))
    width = len(load.header)
    dimensions = Dimensions(load.writing.connection, load.batch_id, load.today)
    check = _Checks(load.today, dimensions)
    chunk: list[tuple[Any, ...]] = []
    write = _Writer(load, dimensions, first)
    for line, fields in load.rows:
        load.read += 1
        try:
            if fields.__class__ is BadRecord or len(fields) != width:  # type: ignore[arg-type]
                raise _bad_shape(fields, width)
            chunk.append(check.row(load.batch_id, line, pick(fields)))
        except BadValue as fault:
            load.quarantine.add(line, fault, fields if isinstance(fields, list) else [])
        if len(chunk) >= _CHUNK:
            write.chunk(chunk)
            chunk.clear()
    write.chunk(chunk)


def _bad_shape(fields: list[str] | BadRecord, width: int) -> BadValue:
    if isinstance(fields, BadRecord):
        return BadValue("", "", fields.reason)
    return BadValue("", str(len(fields)), f"the row has {len(fields)} values where the header has {width}")


class _Checks:
    """The checks of one file, each value checked once."""

    def __init__(self, today: int, dimensions: Dimensions) -> None:
        self._day = _Memo(lambda value: extract.day("reported_on", value, today))
        self._from = _Memo(lambda value: extract.day("committed_from", value, today))
        self._to = _Memo(lambda value: extract.optional_day("committed_to", value, today))
        self._place = _Memo(lambda key: dimensions.place(*key))
        self._offence = _Memo(lambda key: dimensions.offence(*key))
        self._person = _Memo(lambda key: dimensions.person(*key))
        self._circumstance = _Memo(self._circumstances)
        self._dimensions = dimensions

    def _circumstances(self, key: tuple[Any, ...]) -> tuple[int, ...]:
        found: Circumstance = extract.circumstance(*key)
        return (
            int(found.domestic_abuse),
            int(found.vawg),
            int(found.detected_by),
            self._dimensions.outcome(key[3]),
            int(found.role),
            int(found.named_by),
            int(found.admitted),
        )

    def row(self, batch_id: int, line: int, fields: Sequence[str]) -> tuple[Any, ...]:
        """The row as it is stored. Raises BadValue for the first value that is wrong."""
        (
            crime_ref, code, offence, since, until, reported, ward, borough, abuse, vawg, detected, outcome,
            person_ref, surname, forenames, born, sex, ethnicity, status, role, named_by, victim, severity,
        ) = fields  # fmt: skip
        if not crime_ref or not person_ref or crime_ref[0] == " " or person_ref[0] == " ":
            crime_ref, person_ref = crime_ref.strip(), person_ref.strip()
            extract.reference(crime_ref, person_ref, surname, forenames, born)
        reported_on, committed_from, committed_to = self._day[reported], self._from[since], self._to[until]
        abuse_, vawg_, detected_, outcome_, role_, named_, admitted = self._circumstance[
            abuse, vawg, detected, outcome, person_ref != "", role, named_by
        ]
        offence_id, days = self._offence[code, offence, severity]
        person_id, version_id = (
            self._person[person_ref, surname, forenames, born, sex, ethnicity, status] if person_ref else (None, None)
        )
        return (
            batch_id, line, crime_ref, offence_id, self._place[ward, borough], committed_from, committed_to,
            reported_on, abuse_, vawg_, detected_, outcome_, person_id, version_id, role_, named_, victim, days,
            admitted, admitted,
        )  # fmt: skip


class _Writer:
    """Writes chunks, after telling new rows from unchanged and revised ones."""

    def __init__(self, load: Load, dimensions: Dimensions, first: bool) -> None:
        self._load = load
        self._dimensions = dimensions
        self._first = first

    def chunk(self, rows: list[tuple[Any, ...]]) -> None:
        if not rows:
            return
        self._dimensions.write()
        new = rows if self._first else self._compare(rows)
        insert_many(self._load.writing.connection, "report_row", _COLUMNS, new)
        if self._first:
            self._load.taken += len(rows)

    def _compare(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows that are not in the store as they stand; those they replace are marked."""
        known = self._known({row[2] for row in rows})
        new, replaced = [], []
        for row in rows:
            stands = known.get((row[2], row[12], row[16]))
            same = next((old for old in stands if old[1] == row[_CONTENT]), None) if stands else None
            if same is not None and stands is not None:
                stands.remove(same)
                self._load.unchanged += 1
            else:
                new.append(row)
        changed = []
        for row in new:
            stands = known.get((row[2], row[12], row[16]))
            if stands:
                replaced.append(stands.pop(0)[0])
                changed.append(row)
        self._replace(replaced)
        self._load.revised += len(changed)
        self._load.taken += len(new) - len(changed)
        return new

    def _known(self, refs: set[str]) -> dict[tuple[Any, ...], list[tuple[int, tuple[Any, ...]]]]:
        found: dict[tuple[Any, ...], list[tuple[int, tuple[Any, ...]]]] = {}
        ordered = sorted(refs)
        names = ", ".join(_COLUMNS)
        for start in range(0, len(ordered), 500):
            part = ordered[start : start + 500]
            marks = ", ".join(f":r{i}" for i in range(len(part)))
            query = (
                f"SELECT id, {names} FROM report_row WHERE crime_ref IN ({marks}) "  # noqa: S608
                "AND replaced_by IS NULL AND batch_id <> :batch ORDER BY id"
            )
            values = {**{f"r{i}": ref for i, ref in enumerate(part)}, "batch": self._load.batch_id}
            for row in self._load.writing.connection.execute(text(query), values):
                stored = tuple(row)[1:]
                found.setdefault((stored[2], stored[12], stored[16]), []).append((row[0], stored[_CONTENT]))
        return found

    def _replace(self, ids: list[int]) -> None:
        if ids:
            self._load.writing.connection.execute(
                text("UPDATE report_row SET replaced_by = :batch, admitted = 0, leading = 0 WHERE id = :id"),
                [{"batch": self._load.batch_id, "id": row_id} for row_id in ids],
            )


def _picker(
    order: list[int | None], profile: profiles.Profile, wanted: Sequence[str], width: int
) -> Callable[[list[str]], Sequence[str]]:
    """How a record of this file becomes our columns in our order."""
    if profile.plain:
        if order[:-1] == list(range(len(order) - 1)) and order[-1] is None and width == len(order) - 1:
            return lambda fields: (*fields, "")
        get = itemgetter(*(width if place is None else place for place in order))
        return lambda fields: get([*fields, ""])
    words = [profile.values.get(column, {}) for column in wanted]
    fixed = [profile.fixed.get(column, "") for column in wanted]

    def translate(fields: list[str]) -> list[str]:
        taken = [fixed[n] if place is None else fields[place] for n, place in enumerate(order)]
        return [words[n].get(value.strip().casefold(), value) for n, value in enumerate(taken)]

    return translate
