"""Loads Met ward-level crime counts as published: one release beside the other, none overwritten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from operator import add, itemgetter
from typing import NamedTuple

from core import extract, ward_file
from core.errors import Refused
from core.extract import BadValue
from core.geography import area_code, of_two_maps, undescribed
from core.releases import dashed
from core.text import counted
from core.totals import refuse_total
from db.loading import textrecords
from db.loading.load import Load, Reading, Write
from db.loading.profile import Profile
from db.loading.release import add_release
from db.loading.same_records import Kept, stop_if_held
from db.loading.ways import RENAMED_RELEASE
from db.store.engine import insert_many
from db.store.gc_pause import gc_paused

_MAJORS = ("release_id", "major", "category")
_COLUMNS = ("release_id", "line", "ward_code", "ward", "borough", "category", "counts")
_Row = tuple[int, str, str, str, str, str]
_Month = tuple[str, int]
"""A month (``YYYYMM``) and where its column stands."""


class _Release(NamedTuple):
    """What is read of a file: months, totals by month, rows, categories by what they are part of, and notes."""

    months: Sequence[str]
    totals: Sequence[int]
    rows: list[_Row]
    majors: Sequence[tuple[str, str]]
    notes: Sequence[str]


def load(reading: Reading) -> Write:
    """Check every row of a release, and give what takes it; a count that is no whole number keeps its row out.

    A row that says the same as another of its ward and category counts once; one that says otherwise is kept out.

    A month that is blank in every row is not held. Where no row can be taken there is no release, which would stand
    before one that holds counts. Raises Refused where every month is blank.
    """
    ward_file.refuse_twice(reading.header, reading.file.path.name)
    held, blank = _months(reading)
    read = _reader(reading, held)
    months = tuple(month for month, _ in held)
    totals = [0] * len(months)
    rows: list[_Row] = []
    seen: dict[tuple[str, str, str], _Row] = {}
    majors: set[tuple[str, str]] = set()
    major_at = ward_file.major_place(reading.header)
    with gc_paused():
        for line, fields in reading.rows:
            try:
                row, counts = read(line, fields)
                key = row[1], row[3], row[4]
                if (before := seen.get(key)) is not None and before[1:] == row[1:]:
                    reading.repeated += 1
                    continue
                if before is not None:
                    raise BadValue("WardCode", row[1], "this ward and category stand on an earlier line of the file")
            except BadValue as fault:
                reading.quarantine.add(line, fault, fields)
                continue
            seen[key] = row
            if major_at is not None:
                majors.add((fields[major_at].strip(), row[4]))
            rows.append(row)
            totals = list(map(add, totals, counts))
    reading.taken = len(rows)
    known, codes = reading.ward_map(), {row[1] for row in rows}
    reading.notes += filter(None, (undescribed(codes, known), of_two_maps(codes, known)))
    return partial(_write, _Release(months, totals, rows, sorted(majors), _notes(blank)))


def _write(release: _Release, load: Load) -> None:
    rows = release.rows
    if not rows:
        return
    kept: Kept = {("ward_series", ", ".join(_COLUMNS[2:])): lambda: [row[1:] for row in rows]}
    with gc_paused():
        stop_if_held(load, release.months, release.totals, (), kept)
        release_id = add_release(load, release.months, release.totals, notes=release.notes)
        insert_many(load.writing.connection, "ward_series", _COLUMNS, [(release_id, *row) for row in rows])
        majors = [(release_id, major, category) for major, category in release.majors if major]
        insert_many(load.writing.connection, "release_category", _MAJORS, majors)


def _months(reading: Reading) -> tuple[list[_Month], list[_Month]]:
    """The months that the file holds, and those that are blank in every row.

    The file is opened a second time for it and read until each month has had a value, mostly a single row.
    """
    every = list(zip(*ward_file.months(reading.header, reading.file.path.name), strict=True))
    _, delimiter = textrecords.header(reading.file)
    rows = textrecords.records(reading.file, delimiter, _quiet, _quiet)
    blank = ward_file.blank([place for _, place in every], (fields for _, fields in rows))
    if len(blank) == len(every):
        raise Refused(f"{reading.file.path.name} holds no counts: its months are blank in every row. Ask for it again.")
    return [one for one in every if one[1] not in blank], [one for one in every if one[1] in blank]


def _quiet(*_: object) -> None:
    """What is wrong with a row is said when it is taken in, not when its months are looked at."""


def _notes(blank: Sequence[_Month]) -> list[str]:
    if not blank:
        return []
    are = counted(len(blank), "month is", "months are")
    names = ", ".join(dashed(month) for month, _ in blank)
    return [f"{are} blank in every row, so not held: unknown and not zero: {names}."]


def _reader(reading: Reading, held: Sequence[_Month]) -> Callable[[int, list[str]], tuple[_Row, list[int]]]:
    """What makes a row of a record: its values for the table, and the counts of the months that are held."""
    named = _named(ward_file.places(reading.header, reading.file.path.name))
    months, places = zip(*held, strict=True)
    counted_in = slice(places[0], places[-1] + 1)
    together = places[-1] + 1 - places[0] == len(places)
    known = _Known()

    def read(line: int, fields: list[str]) -> tuple[_Row, list[int]]:
        category, ward, code, borough = named(fields)
        category, ward, code, borough = category.strip(), ward.strip(), area_code(code), borough.strip()
        if not code:
            raise BadValue("WardCode", named(fields)[2], "the ward code is missing")
        if not category:
            raise BadValue("MinorText", named(fields)[0], "the category is missing")
        refuse_total("WardCode", code, "ward")
        refuse_total("WardName", ward, "ward")
        refuse_total("MinorText", category, "category")
        written = fields[counted_in] if together else [fields[place] for place in places]
        try:
            return (line, code, ward, borough, category, f"[{','.join(written)}]"), [known[value] for value in written]
        except ValueError:
            counts = [reading.count(month, value) for month, value in zip(months, written, strict=True)]
            return (line, code, ward, borough, category, f"[{','.join(map(str, counts))}]"), counts

    return read


def _named(places: Sequence[int | None]) -> Callable[[list[str]], tuple[str, ...]]:
    """What gives the values at some places; an empty one for a column that the file does not have."""
    there = [place for place in places if place is not None]
    if len(there) == len(places):
        return itemgetter(*there)
    return lambda fields: tuple("" if place is None else fields[place] for place in places)


class _Known(dict[str, int]):
    """Counts by how they are written: there are few, so each is checked once. One that is not plain is not held."""

    def __missing__(self, value: str) -> int:
        number = extract.count("", value)
        if str(number) != value:
            raise ValueError(value)
        self[value] = number
        return number


PROFILE = Profile(
    kind=ward_file.MPS_WARD,
    says="Met ward-level crime by month as published since 2010; every release stands beside the others",
    rule=ward_file,
    columns=ward_file.COLUMNS,
    optional=ward_file.OPTIONAL,
    lacks=ward_file.missing,
    unproved=ward_file.unproved,
    known=ward_file.present,
    mapped=False,  # its columns go by several names and its months are columns, so no profile file could name them
    load=load,
    withdraw=(RENAMED_RELEASE,),
)
