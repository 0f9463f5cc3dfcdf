"""Loads a lookup from small census areas to wards. Of two files of one map the later holds, area by area.

A file whose columns name their years (``LSOA21CD``, ``WD25CD``) is of the map of these years. A file without years
joins the others without years, unless it puts an area into another ward than they do: then it is a map of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain, count

from sqlalchemy import text

from core import lsoa
from core.extract import BadValue
from core.lsoa import LsoaWard, Years
from core.text import counted
from db.loading.load import Load, Reading, Write
from db.loading.profile import Profile
from db.loading.ways import unread_rows
from db.lookups import ROWS, UNNAMED
from db.store.engine import insert_many

_COLUMNS = ("batch_id", "line", "lsoa_code", "ward_code", "ward", "borough")
_Map = dict[str, LsoaWard]
"""Small area to its row, as one ward map has it."""


def load(reading: Reading) -> Write:
    """Check every area; gives what takes them, none of the rows of one that the file puts into several wards."""
    return partial(_write, _sure(reading))


def _write(rows: Sequence[tuple[int, LsoaWard]], load: Load) -> None:
    years = lsoa.years(*(load.mapping.columns.get(column, column) for column in lsoa.COLUMNS))
    known = _maps(load)
    name = years.name or _undated(load, known, [row for _, row in rows])
    stands = known.get(name, {})
    taken: list[tuple[object, ...]] = []
    mine: set[str] = set()
    for line, row in rows:
        before = stands.get(row.lsoa_code)
        if before == row:
            load.repeated += row.lsoa_code in mine
            load.unchanged += row.lsoa_code not in mine
            continue
        mine.add(row.lsoa_code)
        load.revised += before is not None
        load.taken += before is None
        stands[row.lsoa_code] = row
        taken.append((load.batch_id, line, *row))
    insert_many(load.writing.connection, "lsoa_ward", _COLUMNS, taken)
    if rows:
        _keep(load, name, years._replace(areas=years.areas or lsoa.census_of(row.lsoa_code for _, row in rows)))


def _sure(reading: Reading) -> list[tuple[int, LsoaWard]]:
    """The rows of areas that the file puts into one ward each; the others are kept out, every one of them."""
    given = list(reading.checked_whole(lsoa.checked))
    wards: dict[str, set[str]] = {}
    for _, row, _ in given:
        wards.setdefault(row.lsoa_code, set()).add(row.ward_code)
    for line, row, fields in given:
        if (several := len(wards[row.lsoa_code])) > 1:
            reason = (
                f"the file puts this LSOA into {counted(several, 'ward')}, so none of its rows is taken; keep the one "
                "that holds"
            )
            reading.quarantine.add(line, BadValue("lsoa_code", row.lsoa_code, reason), fields)
    return [(line, row) for line, row, _ in given if len(wards[row.lsoa_code]) == 1]


def _maps(load: Load) -> dict[str, _Map]:
    """Every ward map as it stands, by its name."""
    maps: dict[str, _Map] = {}
    values = {"unnamed": UNNAMED, "no": False}
    for code, ward_code, ward, borough, name in load.writing.connection.execute(text(ROWS), values):
        maps.setdefault(name, {})[code] = LsoaWard(code, ward_code, ward, borough)
    return maps


def _undated(load: Load, known: Mapping[str, _Map], rows: Sequence[LsoaWard]) -> str:
    """The map that a file without years is of: the latest such one that it agrees with, else one of its own."""
    for name in reversed([name for name in known if not lsoa.is_dated(name)]):
        if all(known[name].get(row.lsoa_code, row).ward_code == row.ward_code for row in rows):
            return name
    stem = re.sub(r"[^a-z0-9]+", "-", load.file.path.stem.casefold()).strip("-") or UNNAMED
    return next(name for name in chain([stem], (f"{stem}-{number}" for number in count(2))) if name not in known)


def _keep(load: Load, name: str, years: Years) -> None:
    load.writing.connection.execute(
        text("INSERT INTO lookup_map (batch_id, name, areas, wards) VALUES (:batch, :name, :areas, :wards)"),
        {"batch": load.batch_id, "name": name, "areas": years.areas, "wards": years.wards},
    )


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
