"""The ward map as it stands: the one that ships, updated by the reference files in the store.

A file that is withdrawn is no longer in it. Without any, the map that ships is given itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from core import geography
from core.geography import Ward
from db.store import Store
from db.store.rows import from_row

if TYPE_CHECKING:
    from db.store.rows import AnyRow

REFERENCES = (
    "SELECT r.ward_code, r.ward, r.borough, r.population, r.imd_decile, r.edition FROM ward_reference r "
    "JOIN batch b ON b.id = r.batch_id WHERE b.withdrawn = :no ORDER BY r.id"
)
"""Every row of a reference that stands; of two for one ward the later holds."""

_Made = tuple[Mapping[str, Ward], tuple[Ward, ...]]
"""Every ward by its code, and the current ones."""


def ward_map_version(store: Store) -> int:
    """A number that changes when a reference is imported or withdrawn: only the latest batch can be. 0 without any."""
    query = (
        "SELECT r.batch_id FROM ward_reference r JOIN batch b ON b.id = r.batch_id WHERE b.withdrawn = :no "
        "ORDER BY r.batch_id DESC LIMIT 1"
    )
    found = store.read.rows(query, no=False)
    return int(found[0][0]) if found else 0


def ward_map(store: Store) -> Mapping[str, Ward]:
    """Every ward of every edition as it stands, by its code."""
    version = ward_map_version(store)
    return _made(store, version)[0] if version else geography.wards()


def name_of(store: Store, code: str) -> str:
    """The name of a ward; its code where no ward map has it."""
    known = ward_map(store).get(code)
    return known.name if known else code


def current_wards(store: Store) -> tuple[Ward, ...]:
    """The wards as they stand that are on the present map or a later one, in the order of their codes."""
    version = ward_map_version(store)
    return _made(store, version)[1] if version else geography.current_wards()


def standing(rows: Iterable[AnyRow]) -> Mapping[str, Ward]:
    """The ward map that the rows of :data:`REFERENCES` make, for one who reads them in a transaction."""
    from core.ward_reference import WardRow, updated

    return updated(geography.wards(), (from_row(WardRow, row) for row in rows))


def _made(store: Store, version: int) -> _Made:
    return store.remember("ward map", version, lambda: _make(store))


def _make(store: Store) -> _Made:
    every = standing(store.read.rows(REFERENCES, no=False))
    return every, geography.current_of(every.values())
