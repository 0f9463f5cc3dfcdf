"""Loads a lookup from small census areas to wards. Of two files the later holds, area by area."""

from __future__ import annotations

from sqlalchemy import text

from core import lsoa
from core.extract import BadValue
from core.lsoa import LsoaWard
from db.loading.load import Load
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.store.engine import insert_many
from db.street import LOOKUP

_COLUMNS = ("batch_id", "line", "lsoa_code", "ward_code", "ward", "borough")


def load(load: Load) -> None:
    """Take every area; one that an earlier line puts into another ward is kept out."""
    stands = _stands(load)
    seen: dict[str, str] = {}
    rows: list[tuple[object, ...]] = []
    mine: set[str] = set()

    def check(fields: list[str]) -> LsoaWard:
        row = lsoa.checked(fields)
        if seen.setdefault(row.lsoa_code, row.ward_code) != row.ward_code:
            raise BadValue("lsoa_code", row.lsoa_code, "an earlier line of the file puts this LSOA in another ward")
        return row

    for line, row in load.checked(check):
        before = stands.get(row.lsoa_code)
        if before == row:
            load.repeated += row.lsoa_code in mine
            load.unchanged += row.lsoa_code not in mine
            continue
        mine.add(row.lsoa_code)
        load.revised += before is not None
        load.taken += before is None
        stands[row.lsoa_code] = row
        rows.append((load.batch_id, line, *row))
    insert_many(load.writing.connection, "lsoa_ward", _COLUMNS, rows)


def _stands(load: Load) -> dict[str, LsoaWard]:
    """The lookup as it stands, area by area."""
    rows = load.writing.connection.execute(text(LOOKUP), {"no": False})
    return {row[0]: LsoaWard(*row) for row in rows}


PROFILE = Profile(
    kind="lsoa-ward",
    says="A lookup from small census areas to wards, by our names or as the ONS publishes it (LSOA21CD, WD22CD)",
    rule=lsoa,
    columns=lsoa.COLUMNS,
    optional=lsoa.OPTIONAL,
    published=lsoa.published_columns,
    gives_way=1,
    unproved=lsoa.unproved,
    load=load,
    withdraw=(unread_rows("lsoa_ward"),),
)
