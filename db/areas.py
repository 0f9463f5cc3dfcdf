"""Which areas the files of a store are of: so that another force's store shows its own boroughs and wards.

Rule: areas come from the files held. London's boroughs, command units, map, ward teams and focus week are shown where a
file is of London, or where no file names any area or force. A store of another force shows what its files name, and
says what it lacks, even where they name no area. A report whose ward code is one of London's is of that ward's borough,
whatever its file calls the borough. Areas are named by counts, crime reports, task force returns and
units; a lookup or a reference of the whole country names no area that is policed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.geography import boroughs, district_called, wards
from core.lsoa import borough_of
from core.releases import slug
from db.releases import releases
from db.store import Store
from db.store.batches import batches_version

_LONDON = {slug(force) for force in ("Metropolitan Police Service", "City of London Police")}


@dataclass(frozen=True)
class Areas:
    """The areas that the files of a store name. boroughs: or districts, in order, those of London as the map has them.

    london: whether any of it is in London, or nothing is held that names an area or a force.
    """

    boroughs: tuple[str, ...]
    london: bool

    @property
    def words(self) -> str:
        """What is held, short enough to be read aloud."""
        if not self.boroughs:
            return "no borough or district is named"
        more = f" and {len(self.boroughs) - _NAMED:,} more" if len(self.boroughs) > _NAMED else ""
        return f"held: {', '.join(self.boroughs[:_NAMED])}{more}"

    def lacks(self, what: str) -> str:
        """Why something of London's is not shown: the store holds none of London."""
        return f"{what} is of London, and no file of this store is; {self.words}."


_NAMED = 6


def areas(store: Store) -> Areas:
    """The areas held, remembered until a file comes in or is withdrawn."""
    return store.remember("areas", batches_version(store), lambda: _read(store))


def _read(store: Store) -> Areas:
    named = {name for name in (*_of_reports(store), *_of_releases(store)) if name}
    known = {district_called(name) for name in named}
    in_london = known & boroughs().keys()
    others = known - boroughs().keys()
    forces = {slug(force) for one in releases(store) for force in one.forces if force.strip()}
    london = bool(in_london) or bool(forces & _LONDON) or _has_returns(store) or not (others or forces)
    return Areas((*sorted(in_london), *sorted(others)), london)


def _of_reports(store: Store) -> Iterable[str]:
    # No index leads from a place to its rows, of which there are millions; of all that is held some must stand.
    query = (
        "SELECT DISTINCT borough, ward_code FROM place "
        "WHERE EXISTS (SELECT 1 FROM report_row WHERE replaced_by IS NULL)"
    )
    known = wards()
    return {
        known[row["ward_code"]].borough if row["ward_code"] in known else row["borough"]
        for row in store.read.rows(query)
    }


def _of_releases(store: Store) -> Iterable[str]:
    """The boroughs of ward files, and those that the small areas of a street-level release of each force are in."""
    by_force = {one.forces: one for one in reversed(releases(store))}
    for one in by_force.values():
        for number in one.counted_from:
            query = "SELECT DISTINCT borough FROM ward_series WHERE release_id = :release"
            yield from (row["borough"] for row in store.read.rows(query, release=number))
            query = "SELECT DISTINCT lsoa_name FROM street_count WHERE release_id = :release"
            yield from {borough_of(row["lsoa_name"]) for row in store.read.rows(query, release=number)}


def _has_returns(store: Store) -> bool:
    """Whether task force returns are held, which come from London's forces alone."""
    return bool(store.read.rows("SELECT 1 FROM activity WHERE replaced_by IS NULL LIMIT 1"))


def by_bcu(store: Store) -> str:
    """Empty where task force returns by command unit can be held; else why there are none."""
    held = areas(store)
    return "" if held.london else held.lacks("The 24-hour return by the Met's command units")
