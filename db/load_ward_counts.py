"""Loads Met ward-level crime counts as published: one release beside the other, none overwritten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import add, itemgetter

from core import extract, ward_file
from core.extract import BadValue
from db.cycles import no_cycles
from db.engine import insert_many
from db.imports import Load
from db.load_release import add_release

_COLUMNS = ("release_id", "line", "ward_code", "ward", "borough", "category", "counts")
_Row = tuple[int, str, str, str, str, str]


def load(load: Load) -> None:
    """Take every row of a release; a count that is no whole number keeps its row out."""
    read = _reader(load.header, load.file.path.name)
    months, _ = ward_file.months(load.header, load.file.path.name)
    totals = [0] * len(months)
    rows: list[_Row] = []
    seen: set[tuple[str, str, str]] = set()
    with no_cycles():
        for line, fields in load.rows:
            try:
                row, counts = read(line, fields)
                key = row[1], row[3], row[4]
                if key in seen:
                    raise BadValue("WardCode", row[1], "this ward and category stand on an earlier line of the file")
            except BadValue as fault:
                load.quarantine.add(line, fault, fields)
                continue
            seen.add(key)
            rows.append(row)
            totals = list(map(add, totals, counts))
        release_id = add_release(load, months, totals)
        insert_many(load.writing.connection, "ward_series", _COLUMNS, [(release_id, *row) for row in rows])
    load.taken = len(rows)


def _reader(header: Sequence[str], file: str) -> Callable[[int, list[str]], tuple[_Row, list[int]]]:
    """What makes a row of a record: its values for the table, and its counts."""
    named = itemgetter(*ward_file.places(header, file))
    months, places = ward_file.months(header, file)
    counted = slice(places[0], places[-1] + 1)
    together = places[-1] + 1 - places[0] == len(places)
    known = _Known()

    def read(line: int, fields: list[str]) -> tuple[_Row, list[int]]:
        category, ward, code, borough = named(fields)
        category, ward, code, borough = category.strip(), ward.strip(), code.strip(), borough.strip()
        if not code:
            raise BadValue("WardCode", named(fields)[2], "the ward code is missing")
        if not category:
            raise BadValue("MinorText", named(fields)[0], "the category is missing")
        written = fields[counted] if together else [fields[place] for place in places]
        try:
            return (line, code, ward, borough, category, f"[{','.join(written)}]"), [known[value] for value in written]
        except ValueError:
            counts = [extract.count(month, value) for month, value in zip(months, written, strict=True)]
            return (line, code, ward, borough, category, f"[{','.join(map(str, counts))}]"), counts

    return read


class _Known(dict[str, int]):
    """Counts by how they are written: there are few, so each is checked once. One that is not plain is not held."""

    def __missing__(self, value: str) -> int:
        number = extract.count("", value)
        if str(number) != value:
            raise ValueError(value)
        self[value] = number
        return number
