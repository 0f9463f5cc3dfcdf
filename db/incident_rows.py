"""Rows of crime reports and of told incidents as a night reads them: each with everything that it counts as."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from core.days import moment_of
from core.geography import Ward
from core.incidents import Facts, counted_as, reported_as
from core.localities import NOWHERE, Locality, locality_of
from core.particulars import NOTHING, UNKNOWN, Particulars
from core.reports import Role, is_cancelled
from db.batch_kinds import INCIDENTS, REPORTS, batches_that_brought
from db.store import Store
from db.store.batches import batches_version
from db.store.engine import Row
from db.ward_map import ward_map

_AT_ONCE = 500
_DETAIL = ", ".join(f"d.{name}" for name in Particulars._fields)
_LIGHT = (
    "SELECT "  # noqa: S608 - our names
    "r.crime_ref, r.victim_ref, r.committed_from, r.reported_on, r.place_id, r.offence_id, r.circumstance_id, "
    f"r.batch_id, r.detail_id, {_DETAIL} FROM report_row r LEFT JOIN report_detail d ON d.id = r.detail_id "
    "WHERE r.replaced_by IS NULL AND "
)
_COUNTED_COLUMNS = (
    "reported_on", "crime_ref", "victim_ref", "committed_from", "place_id", "minute", "offence_id", "circumstance_id",
    "weapon", "injury", "features", "victim_age",
)  # fmt: skip
_COUNTED = (
    "SELECT r.reported_on, r.crime_ref, r.victim_ref, r.committed_from, r.place_id, d.minute, r.offence_id, "
    "r.circumstance_id, d.weapon, d.injury, d.features, d.victim_age FROM report_row r "
)
_FULL = (
    "SELECT "  # noqa: S608 - our names
    "r.crime_ref, r.victim_ref, r.committed_from, r.reported_on, r.place_id, r.offence_id, r.circumstance_id, "
    "r.batch_id, r.detail_id, r.line, r.replaced_by, n.ref AS person, v.status, c.role, "
    f"{_DETAIL} FROM report_row r JOIN circumstance c ON c.id = r.circumstance_id "
    "LEFT JOIN report_detail d ON d.id = r.detail_id LEFT JOIN person n ON n.id = r.person_id "
    "LEFT JOIN person_version v ON v.id = r.person_version_id WHERE r.crime_ref IN ({marks}) ORDER BY r.id"
)
_TOLD = (
    "SELECT ref, kind, day, minute, ward_code, victim_age, injury, suspect_state, owner, note, batch_id, line, "
    "replaced_by FROM incident "
)
_BAILED, _HELD, _WANTED = ("bail",), ("custody", "remand", "serving", "prison", "detained"), ("wanted", "unlawfully")


class Batch(NamedTuple):
    """When a file came in. revised: how many rows of it took the place of held ones."""

    file: str
    at: datetime
    revised: int
    reports: bool


class Light(NamedTuple):
    """A row as far as counting asks of it. ``told`` is what it tells besides, ``detailed`` whether it tells any."""

    ref: str
    victim: str
    day: int
    minute: int
    reported_on: int
    place: Locality
    ward_code: str
    counts: frozenset[str]
    batch: int
    told: Particulars
    detailed: bool
    offence: str
    domestic: bool


class Full(NamedTuple):
    """A row with what a list and an explanation ask of it, standing or replaced. suspect: empty where none is told."""

    light: Light
    line: int
    replaced_by: int | None
    suspect: str
    person: str
    owner: str = ""
    note: str = ""
    reported: bool = True


@dataclass(frozen=True)
class Terms:
    """What rows speak of by number: offences, circumstances, places. Read once until a file comes in."""

    offences: Mapping[int, tuple[str, str, bool]]
    circumstances: Mapping[int, tuple[bool, bool]]
    places: Mapping[int, tuple[str, Locality]]
    violent: tuple[int, ...]

    def counts(
        self, offence: int, circumstance: int, weapon: str | None, injury: str | None, features: str | None,
        victim_age: int | None,
    ) -> frozenset[str]:  # fmt: skip
        """What a row counts as, nothing where its report was cancelled. None: it tells nothing besides."""
        domestic, cancelled = self.circumstances[circumstance]
        if cancelled:
            return frozenset()
        age = UNKNOWN if victim_age is None else victim_age
        code, title, knife = self.offences[offence]
        return counted_as(Facts(code, title, knife, domestic, weapon or "", injury or "", features or "", age))

    def light(self, row: Row) -> Light | None:
        """A row of crime reports; None where its report was cancelled."""
        domestic, cancelled = self.circumstances[row["circumstance_id"]]
        if cancelled:
            return None
        code, title, knife = self.offences[row["offence_id"]]
        detailed = row["detail_id"] is not None
        told = Particulars(*(row[name] for name in Particulars._fields)) if detailed else NOTHING
        counts = counted_as(
            Facts(code, title, knife, domestic, told.weapon, told.injury, told.features, told.victim_age)
        )
        ward, place = self.places[row["place_id"]]
        return Light(
            row["crime_ref"], row["victim_ref"], row["committed_from"], told.minute, row["reported_on"], place, ward,
            counts, row["batch_id"], told, detailed, f"{code} {title}".strip(), domestic,
        )  # fmt: skip


def terms(store: Store) -> Terms:
    """What rows speak of, as it stands."""
    return store.remember("terms of incidents", batches_version(store), partial(_terms, store))


def _terms(store: Store) -> Terms:
    rows = store.read.rows
    wards = ward_map(store)
    offences = {
        row["id"]: (row["ho_code"], row["title"], bool(row["knife"]))
        for row in rows("SELECT id, ho_code, title, knife FROM offence")
    }
    circumstances = {
        row["id"]: (bool(row["domestic_abuse"]), is_cancelled(row["outcome"]))
        for row in rows("SELECT id, domestic_abuse, outcome FROM circumstance")
    }
    places = {}
    for row in rows("SELECT id, ward_code, borough FROM place"):
        ward = wards.get(row["ward_code"])
        lies = Locality(ward.bcu, ward.borough) if ward and ward.borough else locality_of(row["borough"])
        places[row["id"]] = (row["ward_code"], lies)
    violent = tuple(number for number, offence in offences.items() if any(_counts(offence)))
    return Terms(offences, circumstances, places, violent)


def _counts(offence: tuple[str, str, bool]) -> Iterator[frozenset[str]]:
    code, title, knife = offence
    for domestic in (False, True):
        yield counted_as(Facts(code, title, knife, domestic, "", "", "", -1))


def batches(store: Store) -> Mapping[int, Batch]:
    """Every batch that brought crime reports or incidents and stands."""
    reports = batches_that_brought(store, REPORTS)
    either = reports | batches_that_brought(store, INCIDENTS)
    rows = store.read.rows("SELECT id, file, imported_at, revised FROM batch WHERE withdrawn = :no", no=False)
    return {
        row["id"]: Batch(row["file"], moment_of(row["imported_at"]), row["revised"], row["id"] in reports)
        for row in rows
        if row["id"] in either
    }


def last_reports(store: Store) -> datetime | None:
    """When crime reports last came in, or None: other files of today make no older reports new."""
    return store.remember("last reports", batches_version(store), lambda: _last_reports(store))


def _last_reports(store: Store) -> datetime | None:
    return max((file.at for file in batches(store).values() if file.reports), default=None)


def reported_between(store: Store, first: int, last: int, held_since: int = 0) -> Iterator[Light]:
    """The standing rows that count as something, of reports made on some days. held_since: rows of no earlier batch."""
    known = terms(store)
    those = ", ".join(map(str, known.violent)) or "NULL"
    query = (
        f"{_LIGHT} r.reported_on BETWEEN :first AND :last AND r.batch_id >= :since "
        f"AND (r.detail_id IS NOT NULL OR r.offence_id IN ({those}))"
    )
    for row in store.read.rows(query, first=first, last=last, since=held_since):
        found = known.light(row)
        if found is not None and found.counts:
            yield found


class Counted(NamedTuple):
    """A row that counts as something, as far as counting asks of it. ``minute`` is -1 where it is not told."""

    ref: str
    victim: str
    day: int
    minute: int
    place: Locality
    counts: frozenset[str]
    detailed: bool


def held_days(store: Store, days: Sequence[int]) -> set[int]:
    """Those of some days on which any report at all was made."""
    query = (
        "SELECT d.value AS day FROM json_each(:days) d "
        "WHERE EXISTS (SELECT 1 FROM report_row WHERE reported_on = d.value)"
    )
    return {day for (day,) in store.read.rows(query, days=json.dumps(days))}


def reported_on(store: Store, days: Sequence[int]) -> dict[int, list[Counted]]:
    """The standing rows that count as something, by the day of their report: of some days, in order."""
    known = terms(store)
    those = ", ".join(map(str, known.violent)) or "NULL"
    query = (
        f"{_COUNTED}JOIN json_each(:days) y ON y.value = r.reported_on "
        f"LEFT JOIN report_detail d ON d.id = r.detail_id WHERE r.replaced_by IS NULL "
        f"AND (r.detail_id IS NOT NULL OR r.offence_id IN ({those}))"
    )
    counts_as: dict[tuple[Any, ...], frozenset[str]] = {}
    found: dict[int, list[Counted]] = {}
    rows = store.read.picked(_COUNTED_COLUMNS, query, days=json.dumps(days))
    for reported, ref, victim, day, place, minute, *tells in rows:
        said = tuple(tells)
        counts = counts_as.get(said)
        if counts is None:
            counts = counts_as[said] = known.counts(*said)
        if counts:
            hour = UNKNOWN if minute is None else minute
            row = Counted(ref, victim, day, hour, known.places[place][1], counts, minute is not None)
            found.setdefault(reported, []).append(row)
    return found


def every_version(store: Store, refs: Iterable[str]) -> dict[str, list[Full]]:
    """Every row of some reports, those too that later files replaced, by reference in the order they came."""
    known = terms(store)
    found: dict[str, list[Full]] = {}
    for row in _in_parts(store, _FULL, sorted(refs)):
        light = known.light(row)
        if light is not None and row["replaced_by"] != row["batch_id"]:
            person = "" if row["role"] == Role.ELIMINATED else row["person"] or ""
            full = Full(light, row["line"], row["replaced_by"], _suspect(row, light.told, person), person)
            found.setdefault(light.ref, []).append(full)
    return found


def told_on(store: Store, days: Sequence[int]) -> dict[int, list[Counted]]:
    """The standing incidents of some days that a file told of, by day."""
    query = (
        "SELECT i.day, i.ref, i.minute, i.ward_code, i.kind, i.injury, i.victim_age FROM json_each(:days) y "
        "JOIN incident i ON i.day = y.value WHERE i.replaced_by IS NULL"
    )
    wards = ward_map(store)
    columns = ("day", "ref", "minute", "ward_code", "kind", "injury", "victim_age")
    found: dict[int, list[Counted]] = {}
    for day, ref, minute, ward, kind, injury, age in store.read.picked(columns, query, days=json.dumps(days)):
        row = Counted(ref, "", day, minute, _place(wards, ward), reported_as(kind, injury, age), detailed=True)
        found.setdefault(day, []).append(row)
    return found


def told_refs(store: Store, first: int, last: int, held_since: int = 0) -> set[tuple[str, int]]:
    """What files told of some days, each by reference and batch. held_since: of no earlier batch."""
    query = (
        "SELECT DISTINCT ref, batch_id FROM incident WHERE day BETWEEN :first AND :last AND batch_id >= :since "
        "AND (replaced_by IS NULL OR replaced_by <> batch_id)"
    )
    return {(ref, batch) for ref, batch in store.read.rows(query, first=first, last=last, since=held_since)}


def _place(wards: Mapping[str, Ward], code: str) -> Locality:
    ward = wards.get(code)
    return Locality(ward.bcu, ward.borough) if ward else NOWHERE


def told_of(store: Store, refs: Iterable[str]) -> dict[str, list[Full]]:
    """Every version of some incidents that files told of, by reference in the order they came."""
    found: dict[str, list[Full]] = {}
    for one in _told(store, _in_parts(store, f"{_TOLD}WHERE ref IN ({{marks}}) ORDER BY id", sorted(refs))):
        found.setdefault(one.light.ref, []).append(one)
    return found


def _in_parts(store: Store, query: str, refs: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    for start in range(0, len(refs), _AT_ONCE):
        named = {f"r{number}": ref for number, ref in enumerate(refs[start : start + _AT_ONCE])}
        rows += store.read.rows(query.format(marks=", ".join(f":{name}" for name in named)), **named)
    return rows


def _told(store: Store, rows: Iterable[Row]) -> list[Full]:
    wards = ward_map(store)
    found = []
    for row in rows:
        if row["replaced_by"] == row["batch_id"]:
            continue
        place = _place(wards, row["ward_code"])
        told = Particulars(row["minute"], row["victim_age"], "", row["injury"], "", "", "", row["suspect_state"])
        counts = reported_as(row["kind"], row["injury"], row["victim_age"])
        light = Light(
            row["ref"], "", row["day"], row["minute"], row["day"], place, row["ward_code"], counts, row["batch_id"],
            told, True, "", False,
        )  # fmt: skip
        state = row["suspect_state"]
        found.append(Full(light, row["line"], row["replaced_by"], state, "", row["owner"], row["note"], reported=False))
    return found


def _suspect(row: Row, told: Particulars, person: str) -> str:
    """Where the suspect of a row stands: as the file says, else by their role and status."""
    if told.suspect_state or not person:
        return told.suspect_state
    if row["role"] in (Role.CHARGED, Role.CONVICTED):
        return "charged"
    status = (row["status"] or "").casefold()
    by_status = (("bailed", _BAILED), ("held", _HELD), ("outstanding", _WANTED))
    return next((state for state, words in by_status if any(word in status for word in words)), "named")
