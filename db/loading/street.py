"""Loads a street-level file of data.police.uk: a release of its own, counted by small census area and crime type."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import islice

from sqlalchemy import text

from core import coordinates, street
from core.category_weights import is_antisocial
from core.extract import BadValue
from core.releases import dashed, slug
from core.street import Incident
from core.text import counted
from db.loading.load import Load, Reading, Write
from db.loading.profile import Profile
from db.loading.release import add_release
from db.loading.same_records import Kept, stop_if_held
from db.loading.ways import RENAMED_RELEASE
from db.store.engine import insert_many
from db.store.gc_pause import gc_paused

_COLUMNS = ("release_id", "lsoa_code", "lsoa_name", "category", "counts", "lines")
_POINT = ("release_id", "latitude", "longitude", "lsoa_code")
_BLOCK = 4096
_NAMED = 3
"""So many months or releases are named; of more their number is told."""
_Key = tuple[str, str, str]


class _Tally:
    """What has been read so far: lines by area and type and by month, the crimes met and the places they are at."""

    def __init__(self) -> None:
        self.lines: dict[_Key, dict[str, list[int]]] = {}
        self.forces: Counter[str] = Counter()
        self.months: Counter[str] = Counter()
        self.antisocial: Counter[str] = Counter()
        self.nowhere: dict[str, Counter[str]] = {street.WITHOUT_LOCATION: Counter(), street.OUTSIDE: Counter()}
        self.repeats: Counter[str] = Counter()
        self.conflicts: Counter[str] = Counter()
        self.places: dict[tuple[str, ...], Incident] = {}
        self.unreadable: list[int] = []
        self._unreadable: dict[tuple[str, ...], bool] = {}
        self._seen: set[tuple[object, ...]] = set()
        self._ids: set[str] = set()

    def add(self, line: int, row: Incident) -> bool:
        """Count a row; False for one that is the same crime as an earlier one."""
        if self._is_unreadable(row.place[:2]):
            self.unreadable.append(line)
        if row.once is not None:
            if row.once in self._seen:
                self.repeats[row.month] += 1
                return False
            self._seen.add(row.once)
            if row.crime_id in self._ids:
                self.conflicts[row.month] += 1
            self._ids.add(row.crime_id)
        self.lines.setdefault((row.lsoa_code, row.lsoa_name, row.crime_type), {}).setdefault(row.month, []).append(line)
        self.forces[row.force] += 1
        self.months[row.month] += 1
        if is_antisocial(row.crime_type):
            self.antisocial[row.month] += 1
        if row.lsoa_code:
            self.places[row.place] = row
        if why := row.nowhere:
            self.nowhere[why][row.month] += 1
        return True

    def _is_unreadable(self, at: tuple[str, ...]) -> bool:
        """Whether coordinates cannot be read; the few points of a file are looked at once each."""
        known = self._unreadable.get(at)
        if known is None:
            longitude, latitude = at
            known = self._unreadable[at] = coordinates.unreadable(latitude, longitude)
        return known

    def points(self) -> list[tuple[float, float, str]]:
        """Every anonymised point with its small area, once, from south to north."""
        found = {(row.latitude, row.longitude, row.lsoa_code) for row in self.places.values()}
        return sorted((up, aside, code) for up, aside, code in found if up is not None and aside is not None)

    def facts(self, months: Iterable[str]) -> dict[str, list[int]]:
        """What is told of every month apart, by the names of the facts of a release."""
        every = {
            "antisocial": self.antisocial,
            "without_location": self.nowhere[street.WITHOUT_LOCATION],
            "outside": self.nowhere[street.OUTSIDE],
            "repeats": self.repeats,
            "conflicts": self.conflicts,
        }
        return {name: [counts[month] for month in months] for name, counts in every.items()}


def load(reading: Reading) -> Write:
    """Count every incident; a row that repeats a crime changes nothing, one without a month is kept out."""
    columns = reading.columns(street.READ)
    latest = date.fromordinal(reading.today).strftime("%Y%m")
    tally = _Tally()
    with gc_paused():
        while block := list(islice(reading.rows, _BLOCK)):
            rows = zip(*columns([fields for _, fields in block]), strict=True)
            for (line, fields), values in zip(block, rows, strict=True):
                try:
                    row = street.checked(values, latest)
                except BadValue as fault:
                    reading.quarantine.add(line, fault, fields)
                    continue
                if tally.add(line, row):
                    reading.taken += 1
                else:
                    reading.repeated += 1
    reading.notes += filter(None, [coordinates.note(tally.unreadable)])
    return partial(_write, tally)


def _write(tally: _Tally, load: Load) -> None:
    if tally.months:
        with gc_paused():
            _add(load, tally)


def _add(load: Load, tally: _Tally) -> None:
    months = sorted(tally.months)
    forces = sorted(tally.forces)
    ending = "-" + (slug(forces[0]) if len(forces) == 1 else f"{len(forces)}-forces")
    totals = [tally.months[month] for month in months]
    counts = {key: _json(len(by_month.get(month, ())) for month in months) for key, by_month in tally.lines.items()}
    points = tally.points()
    kept: Kept = {
        ("street_count", ", ".join(_COLUMNS[1:5])): lambda: [(*key, by_month) for key, by_month in counts.items()],
        ("street_point", ", ".join(_POINT[1:])): lambda: points,
    }
    stop_if_held(load, months, totals, forces, kept)
    load.notes += _new_editions(load, months, forces)
    release_id = add_release(load, months, totals, forces=forces, facts=tally.facts(months), ending=ending)
    rows = [
        (release_id, *key, by_month, _json(sorted(line for lines in tally.lines[key].values() for line in lines)))
        for key, by_month in counts.items()
    ]
    insert_many(load.writing.connection, "street_count", _COLUMNS, rows)
    insert_many(load.writing.connection, "street_point", _POINT, [(release_id, *point) for point in points])


def _new_editions(load: Load, months: Collection[str], forces: Sequence[str]) -> list[str]:
    """Which months of the force are held already, so that the file is a new edition of them."""
    query = text(
        "SELECT r.name, r.months, f.forces FROM release r JOIN release_facts f ON f.release_id = r.id "
        "JOIN batch b ON b.id = r.batch_id WHERE b.withdrawn = :no AND r.profile = :profile ORDER BY r.id"
    )
    held: dict[str, str] = {}
    series = street.series_of(forces)
    for name, others, theirs in load.writing.connection.execute(query, {"no": False, "profile": load.mapping.kind}):
        if series and street.series_of(json.loads(theirs)) == series:
            held |= {month: name for month in json.loads(others) if month in months}
    if not held:
        return []
    again = ", ".join(map(dashed, sorted(held))) if len(held) <= _NAMED else counted(len(held), "month")
    names = list(dict.fromkeys(held[month] for month in sorted(held)))
    before = ", ".join(names) if len(names) <= _NAMED else counted(len(names), "release")
    return [f"A new edition of {again}: counted from now on in place of {before}, kept as history."]


def _json(numbers: Iterable[int]) -> str:
    """Numbers as a JSON list, without the way over the encoder: there are two for every area and type."""
    return f"[{','.join(map(str, numbers))}]"


PROFILE = Profile(
    kind=street.POLICE_UK_STREET,
    says="Street-level crime of data.police.uk as published; the files of one force are one series of months",
    rule=street,
    columns=street.COLUMNS,
    optional=street.OPTIONAL,
    blank=tuple(column for column in street.COLUMNS if column not in ("month", "crime type")),
    proof=("month", "reported by", "lsoa code", "crime type"),
    load=load,
    withdraw=(RENAMED_RELEASE,),
)
