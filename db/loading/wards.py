"""Loads a reference of wards. Of two files the later holds, ward by ward."""

from __future__ import annotations

from sqlalchemy import text

from core import ward_reference
from core.extract import BadValue
from core.ward_reference import WardRow
from db.loading.load import COUNT, FIGURE, Load
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.store.engine import insert_many
from db.ward_map import REFERENCES, standing

_COLUMNS = ("batch_id", "line", *WardRow._fields)


def load(load: Load) -> None:
    """Take every ward that no earlier file describes so already; one described twice in the file is kept out."""
    references = load.writing.connection.execute(text(REFERENCES), {"no": False}).all()
    known, earlier = dict(standing(references)), {row[0] for row in references}
    mine: set[str] = set()
    seen: dict[str, WardRow] = {}
    rows: list[tuple[object, ...]] = []

    def check(fields: list[str]) -> WardRow:
        row = ward_reference.checked(fields)
        if seen.setdefault(row.ward_code, row) != row:
            raise BadValue("ward_code", row.ward_code, "an earlier line of the file describes this ward otherwise")
        return row

    for line, row in load.checked(check):
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
