"""Street-level counts by ward: small census areas are led to their wards when the counts are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from core.lsoa import borough_of
from core.wards import NO_WARD, Series
from db import lookups
from db.store import Store
from db.store.engine import Row


def series(store: Store, release_id: int) -> list[Series]:
    """Every area and type of a street-level release as a series of its ward.

    An area that no lookup has is counted under the borough it is named after, without a ward; one without a location
    under neither.
    """
    query = "SELECT lsoa_code, lsoa_name, category, counts FROM street_count WHERE release_id = :id"
    rows = store.read.rows(query, id=release_id)
    every = json.loads(f"[{','.join(row['counts'] for row in rows)}]")
    found = _placed(store, release_id, rows)
    return [
        Series(*found[row["lsoa_code"], row["lsoa_name"]], row["category"], counts)
        for row, counts in zip(rows, every, strict=True)
    ]


def _placed(store: Store, release_id: int, rows: Iterable[Row]) -> dict[tuple[str, str], tuple[str, str, str]]:
    """Ward code, ward and borough of the areas that rows of a release are of, by the code and the name of the area."""
    areas = {(row["lsoa_code"], row["lsoa_name"]) for row in rows}
    counted_on = lookups.lookup_of(store, release_id)
    known = lookups.areas_of(store, counted_on.name if counted_on else None)
    found = {}
    for code, name in areas:
        ward_code, ward, borough = known.get(code, ("", NO_WARD, ""))
        found[code, name] = ward_code, ward, borough or borough_of(name)
    return found


def places(store: Store, release_ids: Sequence[int]) -> set[tuple[str, str, str]]:
    """Ward code, ward and borough of every area of some releases."""
    query = "SELECT DISTINCT lsoa_code, lsoa_name FROM street_count WHERE release_id = :id"
    return {
        where for number in release_ids for where in _placed(store, number, store.read.rows(query, id=number)).values()
    }


def wards(store: Store, release_ids: Sequence[int]) -> set[str]:
    """The codes of the wards that the areas of some releases are in."""
    return {code for code, _, _ in places(store, release_ids) if code}


def lines(store: Store, release_id: int, ward_code: str) -> list[tuple[Series, tuple[int, ...]]]:
    """The series of one ward, each with the lines of the file that it stands on."""
    query = "SELECT lsoa_code, lsoa_name, category, counts, lines FROM street_count WHERE release_id = :id ORDER BY id"
    rows = store.read.rows(query, id=release_id)
    found = _placed(store, release_id, rows)
    of_ward = [row for row in rows if found[row["lsoa_code"], row["lsoa_name"]][0] == ward_code]
    return [
        (
            Series(*found[row["lsoa_code"], row["lsoa_name"]], row["category"], json.loads(row["counts"])),
            tuple(json.loads(row["lines"])),
        )
        for row in of_ward
    ]
