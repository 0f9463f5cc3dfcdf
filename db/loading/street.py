"""Loads a street-level file of data.police.uk: a release of its own, counted by small census area and crime type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import islice

from core import street
from core.extract import BadValue
from core.releases import slug
from core.street import Incident
from core.text import counted
from db.loading.load import Load
from db.loading.profile import Profile
from db.loading.release import add_release
from db.loading.ways import RENAMED_RELEASE
from db.store.engine import insert_many
from db.store.gc_pause import gc_paused

_COLUMNS = ("release_id", "lsoa_code", "lsoa_name", "category", "counts", "lines")
_POINT = ("release_id", "latitude", "longitude", "lsoa_code")
_BLOCK = 4096
_Key = tuple[str, str, str]


class _Tally:
    """What has been read so far: lines by area and type and by month, the crimes met and the places they are at."""

    def __init__(self) -> None:
        self.lines: dict[_Key, dict[str, list[int]]] = {}
        self.forces: Counter[str] = Counter()
        self.months: Counter[str] = Counter()
        self.placeless = 0
        self.places: dict[tuple[str, ...], Incident] = {}
        self._seen: set[tuple[object, ...]] = set()
        self._ids: dict[str, int] = {}

    def add(self, line: int, row: Incident) -> bool:
        """Count a row; False for one that is the same crime as an earlier one."""
        if row.once is not None:
            if row.once in self._seen:
                return False
            self._seen.add(row.once)
            self._ids[row.crime_id] = self._ids.get(row.crime_id, 0) + 1
        self.lines.setdefault((row.lsoa_code, row.lsoa_name, row.crime_type), {}).setdefault(row.month, []).append(line)
        self.forces[row.force] += 1
        self.months[row.month] += 1
        if row.lsoa_code:
            self.places[row.place] = row
        else:
            self.placeless += 1
        return True

    def points(self) -> list[tuple[float, float, str]]:
        """Every anonymised point with its small area, once, from south to north."""
        found = {(row.latitude, row.longitude, row.lsoa_code) for row in self.places.values()}
        return sorted((up, aside, code) for up, aside, code in found if up is not None and aside is not None)

    def notes(self, unchanged: int) -> list[str]:
        """What a reader of the release must know, in sentences."""
        found = []
        if self.placeless:
            has = counted(self.placeless, "incident has", "incidents have")
            found.append(f"{has} no location: counted, in no ward and no borough.")
        if several := sum(1 for times in self._ids.values() if times > 1):
            stands = counted(several, "Crime ID stands", "Crime IDs stand")
            found.append(
                f"{stands} on rows of another type or place: every such row is counted, as the file does not say "
                "which is right."
            )
        if unchanged:
            repeats = counted(unchanged, "row repeats", "rows repeat")
            found.append(f"{repeats} a Crime ID with the same month, type and place: counted once.")
        return found


def load(load: Load) -> None:
    """Take every incident; a row that repeats a crime changes nothing, one without a month is kept out."""
    columns = load.columns(street.READ)
    latest = date.fromordinal(load.today).strftime("%Y%m")
    tally = _Tally()
    with gc_paused():
        while block := list(islice(load.rows, _BLOCK)):
            rows = zip(*columns([fields for _, fields in block]), strict=True)
            for (line, fields), values in zip(block, rows, strict=True):
                try:
                    row = street.checked(values, latest)
                except BadValue as fault:
                    load.quarantine.add(line, fault, fields)
                    continue
                if tally.add(line, row):
                    load.taken += 1
                else:
                    load.repeated += 1
        if tally.months:
            _write(load, tally)


def _write(load: Load, tally: _Tally) -> None:
    months = sorted(tally.months)
    forces = sorted(tally.forces)
    ending = "-" + (slug(forces[0]) if len(forces) == 1 else f"{len(forces)}-forces")
    totals = [tally.months[month] for month in months]
    notes = tally.notes(load.repeated)
    release_id = add_release(load, months, totals, forces=forces, notes=notes, ending=ending)
    rows = [
        (
            release_id,
            *key,
            _json(len(by_month.get(month, ())) for month in months),
            _json(sorted(line for lines in by_month.values() for line in lines)),
        )
        for key, by_month in tally.lines.items()
    ]
    insert_many(load.writing.connection, "street_count", _COLUMNS, rows)
    insert_many(load.writing.connection, "street_point", _POINT, [(release_id, *point) for point in tally.points()])


def _json(numbers: Iterable[int]) -> str:
    """Numbers as a JSON list, without the way over the encoder: there are two for every area and type."""
    return f"[{','.join(map(str, numbers))}]"


PROFILE = Profile(
    kind=street.POLICE_UK_STREET,
    says="Street-level crime of data.police.uk as published, one release a file",
    rule=street,
    columns=street.COLUMNS,
    optional=street.OPTIONAL,
    blank=tuple(column for column in street.COLUMNS if column not in ("month", "crime type")),
    proof=("month", "reported by", "lsoa code", "crime type"),
    load=load,
    withdraw=(RENAMED_RELEASE,),
)
