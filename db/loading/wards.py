"""Loads a reference of wards. Of two files the later holds, ward by ward."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlalchemy import text

from core import ward_reference
from core.extract import BadValue
from core.geography import boroughs
from core.ward_reference import WardRow, year_column
from db.loading.load import COUNT, FIGURE, Load, Reading, Write
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.store.engine import insert_many
from db.ward_map import REFERENCES, standing

_Row = tuple[int, WardRow, list[str]]
"""A row with its line before it and its fields as they stand in the file behind it."""
_COLUMNS = ("batch_id", "line", *WardRow._fields)


def load(reading: Reading) -> Write:
    """Check every ward; gives what takes those that no earlier file describes so already.

    None of the rows of a ward is taken that the file describes twice.

    Two populations of one ward say nothing sure about its residents, so those of the map stay.
    """
    return partial(_write, _sure(reading))


def _write(wards: Sequence[tuple[int, WardRow]], load: Load) -> None:
    references = load.writing.connection.execute(text(REFERENCES), {"no": False}).all()
    known, earlier = dict(standing(references)), {row[0] for row in references}
    mine: set[str] = set()
    rows: list[tuple[object, ...]] = []
    for line, row in wards:
        before = known.get(row.ward_code)
        described = ward_reference.described(before, row)
        if before == described and (row.ward_code in mine or row.ward_code in earlier):
            load.repeated += row.ward_code in mine
            load.unchanged += row.ward_code not in mine
            continue
        mine.add(row.ward_code)
        load.revised += before not in (None, described)
        load.taken += before in (None, described)
        known[row.ward_code] = described
        rows.append((load.batch_id, line, *row))
    insert_many(load.writing.connection, "ward_reference", _COLUMNS, rows)


def _sure(reading: Reading) -> list[tuple[int, WardRow]]:
    """The rows of wards that the file describes in one way; the others are kept out, every one of them."""
    given = _of_its_city(reading, list(reading.checked_whole(ward_reference.checked)))
    ways: dict[str, set[WardRow]] = {}
    for _, row, _ in given:
        ways.setdefault(row.ward_code, set()).add(row)
    column = year_column(reading.header, [fields for _, _, fields in given])
    hint = f": it has a column of years, '{column}'; keep the rows of one year" if column else "; keep one of them"
    for line, row, fields in given:
        if (several := len(ways[row.ward_code])) > 1:
            reason = f"the file describes this ward in {several} ways, so none of its rows is taken{hint}"
            reading.quarantine.add(line, BadValue("ward_code", row.ward_code, reason), fields)
    return [(line, row) for line, row, _ in given if len(ways[row.ward_code]) == 1]


def _of_its_city(reading: Reading, given: list[_Row]) -> list[_Row]:
    """The rows without those of a file of London whose borough London does not have: a name that is written wrong."""
    if not ward_reference.of_london([row for _, row, _ in given]):
        return given
    for line, row, fields in given:
        if row.borough not in boroughs():
            reading.quarantine.add(line, BadValue("borough", row.borough, "no borough of London has this name"), fields)
    return [one for one in given if one[1].borough in boroughs()]


PROFILE = Profile(
    kind="wards",
    says="The ward map after a boundary review: codes, names, boroughs, residents, deprivation",
    rule=ward_reference,
    columns=ward_reference.COLUMNS,
    optional=ward_reference.OPTIONAL,
    forms={"population": COUNT, "imd_decile": FIGURE},
    unproved=ward_reference.unproved,
    published=ward_reference.published_columns,
    gives_way=2,
    load=load,
    withdraw=(unread_rows("ward_reference"),),
)
