"""The ward map as it stands: the one that ships, updated by the reference files and the lookups in the store.

A file that is withdrawn is no longer in it. Without any, the map that ships is given itself. A lookup names wards of
other forces alone: what the map knows of a ward already stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from core import geography
from core.geography import CURRENT_EDITION, Ward, bcu_of, district_called
from db.store import Store
from db.store.batches import batches_version
from db.store.rows import from_row

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from db.store.rows import AnyRow

REFERENCES = (
    "SELECT r.ward_code, r.ward, r.borough, r.population, r.imd_decile, r.edition FROM ward_reference r "
    "JOIN batch b ON b.id = r.batch_id WHERE b.withdrawn = :no ORDER BY r.id"
)
"""Every row of a reference that stands; of two for one ward the later holds."""
_LOOKUPS = (
    "SELECT l.ward_code, MAX(l.ward) AS ward, MAX(l.borough) AS borough FROM lsoa_ward l "
    "JOIN batch b ON b.id = l.batch_id WHERE b.withdrawn = :no GROUP BY l.ward_code"
)
"""Every ward that a lookup which stands leads to, with its names."""
_REPORTS = (
    "SELECT l.ward_code, '' AS ward, MAX(l.borough) AS borough FROM place l WHERE l.ward_code <> '' "
    "GROUP BY l.ward_code"
)
"""Every ward that crime reports name or have named, with no name for it but its code: no index leads to its rows."""


def ward_map_version(store: Store) -> int:
    """A number that changes when what the map is made of is imported or withdrawn: only the latest batch can be.

    0 without any such file.
    """
    query = (
        "SELECT b.id FROM batch b WHERE b.withdrawn = :no AND (EXISTS (SELECT 1 FROM ward_reference r "
        "WHERE r.batch_id = b.id) OR EXISTS (SELECT 1 FROM lsoa_ward l WHERE l.batch_id = b.id)) "
        "ORDER BY b.id DESC LIMIT 1"
    )
    found = store.read.rows(query, no=False)
    return int(found[0][0]) if found else 0


def ward_map(store: Store) -> Mapping[str, Ward]:
    """Every ward of every edition as it stands, by its code."""
    # A ward that only crime reports name comes with any file.
    return store.remember("ward map", batches_version(store), lambda: _make(store))


def name_of(store: Store, code: str) -> str:
    """The name of a ward; its code where no ward map has it."""
    known = ward_map(store).get(code)
    return known.name if known else code


def current_wards(store: Store) -> tuple[Ward, ...]:
    """The wards that can be chosen, in the order of their codes: those of the present map of London or a later one.

    Where no file is of London, those that the files held name.
    """
    return store.remember("current wards", batches_version(store), lambda: _current(store))


def standing(rows: Iterable[AnyRow]) -> Mapping[str, Ward]:
    """The ward map that the rows of :data:`REFERENCES` make, for one who reads them in a transaction."""
    from core.ward_reference import WardRow, updated

    return updated(geography.wards(), (from_row(WardRow, row) for row in rows))


def known_wards(connection: Connection) -> Mapping[str, Ward]:
    """The ward map as it stands, for one who checks ward codes in a transaction."""
    from sqlalchemy import text

    rows = [list(connection.execute(text(query), {"no": False})) for query in (REFERENCES, _LOOKUPS)]
    reports = list(connection.execute(text(_REPORTS)))
    return _with_others(standing(rows[0]), rows[1], reports)


def _with_others(known: Mapping[str, Ward], lookups: Iterable[AnyRow], reports: Iterable[AnyRow]) -> Mapping[str, Ward]:
    """A ward map with the wards that only lookups or crime reports name; itself where there are none."""
    others: dict[str, Ward] = {}
    for row in (*lookups, *reports):
        code, name, written = tuple(row)
        borough = district_called(written)
        if code not in known and code not in others:
            others[code] = Ward(code, name or code, borough, bcu_of(borough), 0, (CURRENT_EDITION,))
    return {**known, **others} if others else known


def _make(store: Store) -> Mapping[str, Ward]:
    return _with_others(_described(store), store.read.rows(_LOOKUPS, no=False), store.read.rows(_REPORTS))


def _described(store: Store) -> Mapping[str, Ward]:
    references = store.read.rows(REFERENCES, no=False)
    return standing(references) if references else geography.wards()


def _current(store: Store) -> tuple[Ward, ...]:
    from db.areas import areas  # the ranked list is painted without it

    every, held, shipped = ward_map(store), areas(store), geography.wards()
    if every is shipped and held.london:
        return geography.current_wards()
    described = _described(store)
    shown = [
        ward
        for code, ward in every.items()
        if (held.london if code in shipped else ward.borough in held.boroughs or code in described)
    ]
    return geography.current_of(shown)
