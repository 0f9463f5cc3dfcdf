"""Lookups from small census areas to wards: which are held, and on which ward map a release is counted.

Rule: files of the same years are one map, of which the later file holds, area by area; files that give no year are one
map as long as none puts an area into another ward than those before it. A release is counted on one map: the one that
was chosen for it, else the one it was first counted on. That is, of the maps held when it came in, the one that leads
most of its areas to wards, or the first that came later; a map that leads less than half of them is taken only where no
other leads more. Files that are months of one series are counted on the map of the first of them, where it leads nine
tenths of their areas (between two censuses all but a few areas stay). So a later lookup moves no count that a meeting
has seen.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.errors import NotFound
from core.geography import district_called
from core.lsoa import Years, census_of
from core.street import POLICE_UK_STREET, series_of
from core.text import counted
from db.store import Store
from db.store.batches import batches_version

if TYPE_CHECKING:
    from db.store.engine import Row

UNNAMED = "lookup"
"""What the map of files is called that were taken in before lookups had years."""
ROWS = (
    "SELECT l.lsoa_code, l.ward_code, l.ward, l.borough, COALESCE(m.name, :unnamed) AS map FROM lsoa_ward l "
    "JOIN batch b ON b.id = l.batch_id LEFT JOIN lookup_map m ON m.batch_id = l.batch_id WHERE b.withdrawn = :no "
    "ORDER BY l.id"
)
"""Every area of every map with its ward; of two rows for one area of a map the later holds."""
_FILES = (
    "SELECT b.id AS batch, b.file, COALESCE(m.name, :unnamed) AS name, m.areas, m.wards FROM batch b "
    "LEFT JOIN lookup_map m ON m.batch_id = b.id WHERE b.withdrawn = :no "
    "AND (m.batch_id IS NOT NULL OR EXISTS (SELECT 1 FROM lsoa_ward l WHERE l.batch_id = b.id)) ORDER BY b.id"
)
_FILES_OF_MONTHS = (
    "SELECT r.id, f.forces FROM release r JOIN release_facts f ON f.release_id = r.id "
    "JOIN batch b ON b.id = r.batch_id WHERE r.profile = :profile AND b.withdrawn = :no ORDER BY r.id"
)
_RELEASE = "SELECT name, batch_id FROM release WHERE id = :id"
_MOST = 10
"""A later month stays on the map of its series where all but one of so many of its areas are on it."""
_CHOICE = "ward map of release "


class Led(NamedTuple):
    """Where a small area is led: the ward by its code and name, and the borough."""

    ward_code: str
    ward: str
    borough: str


@dataclass(frozen=True)
class WardLookup:
    """One ward map that small areas are led to: its name, its years, and the files it is made of, with their batches.

    since: the batch of the first of its files.
    """

    name: str
    years: Years
    files: tuple[str, ...]
    batches: tuple[int, ...]

    @property
    def since(self) -> int:
        """The batch that brought it."""
        return self.batches[0]

    @property
    def words(self) -> str:
        """The map for a reader: its name, its years and its files."""
        return f"{self.name} ({self.years.words}; {', '.join(self.files)})"


def version(store: Store) -> tuple[object, ...]:
    """What changes when a file is imported or withdrawn, or another map is chosen for a release."""
    return batches_version(store), tuple(sorted(_choices(store).items()))


def _firsts(store: Store) -> Mapping[int, int]:
    """Each file of a series of months with the one of it that came first; a file that stands alone with itself."""
    return store.remember("first of series", batches_version(store), lambda: _read_firsts(store))


def _read_firsts(store: Store) -> dict[int, int]:
    rows = store.read.rows(_FILES_OF_MONTHS, profile=POLICE_UK_STREET, no=False)
    first: dict[str, int] = {}
    found = {}
    for row in rows:
        series = series_of(json.loads(row["forces"]))
        found[int(row["id"])] = first.setdefault(series, int(row["id"])) if series else int(row["id"])
    return found


def _choices(store: Store) -> dict[str, str]:
    """The releases, by name, that a map was chosen for."""
    rows = store.read.rows("SELECT name, text FROM setting WHERE name LIKE :like", like=f"{_CHOICE}%")
    return {row["name"].removeprefix(_CHOICE): row["text"] for row in rows}


def lookups(store: Store) -> list[WardLookup]:
    """Every ward map held, the one that came first at the front."""
    rows: dict[str, list[Row]] = {}
    for row in store.read.rows(_FILES, unnamed=UNNAMED, no=False):
        rows.setdefault(row["name"], []).append(row)
    return [
        WardLookup(
            name,
            Years(files[-1]["areas"], files[-1]["wards"]),
            tuple(file["file"] for file in files),
            tuple(file["batch"] for file in files),
        )
        for name, files in rows.items()
    ]


def areas_of(store: Store, name: str | None) -> Mapping[str, Led]:
    """Small area to its ward on a map; nothing where no map is named."""
    return _every_map(store).get(name or "", {})


def _every_map(store: Store) -> Mapping[str, Mapping[str, Led]]:
    return store.remember("ward lookups", version(store), lambda: _read(store))


def _read(store: Store) -> Mapping[str, Mapping[str, Led]]:
    maps: dict[str, dict[str, Led]] = {}
    for row in store.read.rows(ROWS, unnamed=UNNAMED, no=False):
        maps.setdefault(row["map"], {})[row["lsoa_code"]] = Led(
            row["ward_code"], row["ward"], district_called(row["borough"])
        )
    return maps


def lookup_of(store: Store, release_id: int) -> WardLookup | None:
    """The map that a release of street-level crime is counted on; None where no lookup is held."""
    return store.remember(("lookup of", release_id), version(store), lambda: _of(store, release_id))


def _of(store: Store, release_id: int) -> WardLookup | None:
    held = lookups(store)
    if len(held) < 2:
        return held[0] if held else None
    [(name, batch)] = store.read.rows(_RELEASE, id=release_id)
    chosen = _choices(store).get(name)
    if chosen is not None and (found := [one for one in held if one.name == chosen]):
        return found[0]
    codes = _codes(store, [release_id])
    first = _firsts(store).get(release_id, release_id)
    if first != release_id and (theirs := lookup_of(store, first)) is not None:
        led = _led(store, theirs, codes)
        if led and _MOST * led >= (_MOST - 1) * len(codes):
            return theirs
    return first_counted_on(held, {one.name: _led(store, one, codes) for one in held}, len(codes), batch)


def _codes(store: Store, release_ids: Iterable[int]) -> set[str]:
    query = (
        "SELECT DISTINCT lsoa_code FROM street_count "
        "WHERE release_id IN (SELECT value FROM json_each(:ids)) AND lsoa_code <> ''"
    )
    return {row["lsoa_code"] for row in store.read.rows(query, ids=json.dumps(list(release_ids)))}


def _led(store: Store, lookup: WardLookup, codes: Collection[str]) -> int:
    known = areas_of(store, lookup.name)
    return sum(code in known for code in codes)


def first_counted_on(held: list[WardLookup], led: Mapping[str, int], areas: int, batch: int) -> WardLookup:
    """The map that a release was first counted on.

    held: at least one map, in the order in which they came. led: how many of its areas each leads to a ward. batch: the
    one that brought the release.
    """
    good = [one for one in held if 2 * led[one.name] >= areas and led[one.name]]
    before = [one for one in good if one.since < batch]
    if before:
        return max(before, key=lambda one: (led[one.name], one.years.wards or 0, one.since))
    return good[0] if good else max(held, key=lambda one: (led[one.name], -one.since))


@dataclass(frozen=True)
class Fit:
    """How the ward map that a release is counted on fits its areas.

    lookup: None where none is held. areas: how many areas the release has, *missing* those of them that the lookup has
    not. census: the census that its areas were drawn for, None where neither codes nor months tell.
    """

    lookup: WardLookup | None
    areas: int
    missing: int
    census: int | None

    @property
    def other_generation(self) -> bool:
        """Whether the lookup leads from areas of another census than the release has."""
        given = None if self.lookup is None else self.lookup.years.areas
        return given is not None and self.census is not None and given != self.census

    @property
    def words(self) -> str:
        """What a reader must know of it, in a sentence; empty where the lookup has every area."""
        if self.lookup is None:
            return ""
        lacks = f"{self.missing:,} of {counted(self.areas, 'area')} {'is' if self.missing == 1 else 'are'} not in it"
        if self.other_generation:
            return (
                f"Lookup {self.lookup.name} is of another generation: it leads from areas of "
                f"{self.lookup.years.areas}, the release has areas of {self.census}"
                f"{f'; {lacks}' if self.missing else '. It has every area all the same'}."
            )
        if not self.missing:
            return ""
        perhaps = "" if self.census else "; they may be of another census than the lookup"
        return f"Lookup {self.lookup.name}: {lacks}, so they are in no ward{perhaps}."


def fit(store: Store, files: Sequence[int], last_month: str) -> Fit:
    """How the map that a release is counted on fits it.

    files: those it is counted from, the one imported last at the end; its map is that of the release. last_month: the
    last that the release has (``YYYYMM``).
    """
    asked = ("lookup fit", tuple(files), last_month)
    return store.remember(asked, version(store), lambda: _fit(store, files, last_month))


def _fit(store: Store, files: Sequence[int], last_month: str) -> Fit:
    lookup, codes = lookup_of(store, files[-1]), _codes(store, files)
    missing = len(codes) - (_led(store, lookup, codes) if lookup else 0)
    return Fit(lookup, len(codes), missing, census_of(codes, last_month))


def lookup_called(store: Store, name: str) -> WardLookup:
    """A map by its name, or by the name of one of its files. Raises NotFound."""
    asked, held = name.strip().casefold(), lookups(store)
    for one in held:
        if asked == one.name.casefold() or asked in (file.casefold() for file in one.files):
            return one
    if not held:
        raise NotFound("The store holds no lookup. Import one first (profile lsoa-ward): tasking import FILE.")
    raise NotFound(f"There is no lookup '{name}'. There are: {', '.join(one.name for one in held)}.")


def use(store: Store, lookup: WardLookup, release_name: str, files: Sequence[int]) -> None:
    """Count a release on a map from now on, every file of it; the journal holds what it was counted on before."""
    names = [row["name"] for number in files for row in store.read.rows(_RELEASE, id=number)]
    with store.change(f"Release {release_name} is counted on ward map {lookup.name}", meeting=None) as writing:
        for name in (_CHOICE + each for each in names):
            kept = store.read.rows("SELECT id, text FROM setting WHERE name = :name", name=name)
            if not kept:
                writing.insert("setting", name=name, text=lookup.name)
            elif kept[0][1] != lookup.name:
                writing.update("setting", kept[0][0], text=lookup.name)


def newest(store: Store) -> WardLookup | None:
    """The map with the latest wards, for what is of no release; None where no lookup is held."""
    return max(lookups(store), key=lambda one: (one.years.wards or 0, one.since), default=None)
