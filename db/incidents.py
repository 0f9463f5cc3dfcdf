"""The violent incidents of a span: crime reports and what is no crime report yet, one incident a reference.

What counts as which kind is the rule of ``core.incidents``; which span an incident belongs to, that of ``core.nights``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from core.days import london
from core.incidents import HOMICIDE, KINDS, kind_of, weapon_of, worst
from core.localities import Locality
from core.nights import LATE_DAYS, Came, Night, became_known, moment
from core.particulars import UNKNOWN
from core.scope import WHOLE_FORCE, Scope
from db.incident_marks import Mark, marks
from db.incident_rows import (
    Batch,
    Full,
    batches,
    every_version,
    reported_between,
    told_of,
    told_refs,
)
from db.store import Store
from db.store.batches import batches_version

OUTSTANDING = "outstanding"
_WORST_FIRST = (OUTSTANDING, "named", "unknown", "bailed", "held", "charged")
"""Of several suspects of an incident it is said how the least certain one stands: that one is still to be found."""


class Source(NamedTuple):
    """Where something is written: file and line."""

    file: str
    line: int


@dataclass(frozen=True)
class Incident:
    """One incident as it stands. ``day`` is a day number, ``minute`` that of the day, -1 where it is not known.

    counts: everything it counts as. victims: how many, by reference, at least one. people: the references of those
    named for it. changed_from: its kind until the span began, empty where that is the same. late: it happened before
    the span. reported_on: the day it was reported, None where it is no crime report. mark: what meetings said of it.
    injury_at: when the file came in that told how badly the victim was hurt. suspect: "unknown" where it is told that
    nobody knows who did it, empty where nothing is told.
    """

    ref: str
    kind: str
    counts: frozenset[str]
    day: int
    minute: int
    ward_code: str
    place: Locality
    victim_age: int
    victim_sex: str
    injury: str
    weapon: str
    suspect: str
    owner: str
    late: bool
    changed_from: str
    sources: tuple[Source, ...]
    mark: Mark
    people: tuple[str, ...] = ()
    victims: int = 1
    linked: tuple[str, ...] = ()
    features: str = ""
    offence: str = ""
    note: str = ""
    domestic: bool = False
    reported_on: int | None = None
    detailed: bool = False
    injury_at: datetime | None = None

    @property
    def condition(self) -> str:
        """How badly the victim was hurt, with when that was told; empty where it is not told."""
        return self.injury if self.injury_at is None else f"{self.injury} (told {london(self.injury_at):%d/%m %H:%M})"

    @property
    def at(self) -> datetime | None:
        """When it happened, in London; None where the hour is not known."""
        return None if self.minute == UNKNOWN else moment(self.day, self.minute)


@dataclass(frozen=True)
class SpanIncidents:
    """The incidents of a span. counted: what counts without being an incident of its own, as a robbery, too."""

    incidents: tuple[Incident, ...]
    counted: tuple[Incident, ...]


def of_night(store: Store, night: Night, scope: Scope = WHOLE_FORCE) -> SpanIncidents:
    """Every violent incident of a scope that became known in a span: on time first, then by kind and hour."""
    files = batches(store)
    fed = {reports: _fed(files, night, reports=reports) for reports in (True, False)}
    versions = _told_around(store, night, files, fed)
    said = marks(store)
    order = {kind: place for place, kind in enumerate((*KINDS, ""))}
    found = []
    for ref, rows in versions.items():
        if not any(scope.holds(row.light.place) for row in rows):
            continue
        one = _incident(rows, night, files, fed, said.get(ref))
        if one is not None and scope.holds(one.place):
            found.append(one)
    found.sort(key=lambda one: (one.late, order[one.kind], one.day, one.minute, one.ref))
    return SpanIncidents(tuple(one for one in found if one.kind), tuple(found))


def _told_around(
    store: Store, night: Night, files: Mapping[int, Batch], fed: Mapping[bool, datetime | None]
) -> Mapping[str, Sequence[Full]]:
    """What was told of whatever may belong to a span, by reference.

    Remembered until a file comes in, of one span: the meetings of a morning look at the same days one after the other,
    and a room that is open all day at spans that differ by minutes.
    """
    new = tuple(sorted(number for number, one in files.items() if night.since < one.at <= night.until))
    there = {reports: last is not None for reports, last in fed.items()}

    def read() -> dict[str, list[Full]]:
        return _versions(store, _candidates(store, night, files, new, there))

    version = (batches_version(store), night.first_day, night.last_day, new, *there.values())
    return store.remember("told around a span", version, read)


def _versions(store: Store, refs: Collection[str]) -> dict[str, list[Full]]:
    """Every row that tells of some incidents, crime reports before what was only told, by reference."""
    versions = every_version(store, refs)
    for ref, told in told_of(store, refs).items():
        versions.setdefault(ref, []).extend(told)
    return versions


@dataclass(frozen=True)
class LineOf:
    """A line of a file that tells of an incident. reported: of a crime report; stands: no later line replaced it."""

    ref: str
    source: Source
    reported: bool
    stands: bool


def lines_of(store: Store, refs: Iterable[str]) -> list[LineOf]:
    """Every line that tells of some incidents, those that a later file replaced too, by incident and file."""
    wanted, files = set(refs), batches(store)
    versions = _versions(store, wanted)
    return [
        LineOf(ref, Source(files[row.light.batch].file, row.line), row.reported, row.replaced_by is None)
        for ref, rows in sorted(versions.items())
        for row in sorted(rows, key=lambda row: (row.light.batch, row.line))
        if row.light.batch in files
    ]


def places(store: Store, refs: Iterable[str]) -> dict[str, Locality]:
    """Where some incidents lie, by reference, as their latest line tells."""
    wanted = set(refs)
    told = {ref: rows[-1].light.place for ref, rows in told_of(store, wanted).items()}
    return told | {ref: rows[-1].light.place for ref, rows in every_version(store, wanted).items()}


def _fed(files: Mapping[int, Batch], night: Night, *, reports: bool) -> datetime | None:
    """When files of a sort last came in before a span began."""
    return max((one.at for one in files.values() if one.reports == reports and one.at <= night.since), default=None)


def _candidates(
    store: Store, night: Night, files: Mapping[int, Batch], new: Sequence[int], fed: Mapping[bool, bool]
) -> set[str]:
    """The references that may belong to a span. new: the files that came in during it. fed: whether any came before."""
    refs = {row.ref for row in reported_between(store, night.first_day, night.last_day)}
    refs |= {ref for ref, _ in told_refs(store, night.first_day, night.last_day)}
    if new and fed[True]:
        first = night.first_day - LATE_DAYS
        refs |= {row.ref for row in reported_between(store, first, night.first_day - 1, new[0]) if row.batch in new}
    if new and fed[False]:
        early = told_refs(store, night.first_day - LATE_DAYS, night.first_day - 1, new[0])
        refs |= {ref for ref, batch in early if batch in new}
    for number in new:
        if files[number].revised:
            refs |= _replaced_by(store, number)
    return refs


def _replaced_by(store: Store, batch: int) -> set[str]:
    """The references of which a batch brought a newer row."""
    query = (
        "SELECT DISTINCT n.crime_ref AS ref FROM report_row n WHERE n.id >= :start AND n.batch_id = :batch AND EXISTS ("
        "SELECT 1 FROM report_row o WHERE o.crime_ref = n.crime_ref AND o.replaced_by = :batch "
        "AND o.batch_id <> :batch) "
        "UNION SELECT ref FROM incident WHERE replaced_by = :batch AND batch_id <> :batch"
    )
    return {row["ref"] for row in store.read.rows(query, batch=batch, start=_first_row_of(store, batch))}


def _first_row_of(store: Store, batch: int) -> int:
    """The number of the first crime report of a batch or of one after it: batches come one after the other."""
    low, high = 1, int(store.read.rows("SELECT COALESCE(MAX(id), 0) FROM report_row")[0][0]) + 1
    at = "SELECT batch_id FROM report_row WHERE id >= :id ORDER BY id LIMIT 1"
    while low < high:
        middle = (low + high) // 2
        found = store.read.rows(at, id=middle)
        low, high = (low, middle) if not found or found[0][0] >= batch else (middle + 1, high)
    return low


def _incident(
    rows: Sequence[Full],
    night: Night,
    files: Mapping[int, Batch],
    fed: Mapping[bool, datetime | None],
    mark: Mark | None,
) -> Incident | None:
    """One incident from every row of its reference; None where it does not belong to the span."""
    standing = _at(rows, files, night.until) or [row for row in rows if row.replaced_by is None]
    counts = _counts(standing)
    if not counts:
        return None
    first = min((files[row.light.batch].at for row in rows if row.light.batch in files), default=None)
    reported = any(row.reported for row in rows)
    before = _at(rows, files, night.since) or _first(rows, files)
    was, now = kind_of(_counts(before)), kind_of(counts)
    lead = _lead(standing)
    came = Came(first, fed[reported])
    known = became_known(night, lead.light.day, lead.light.minute, lead.light.reported_on, came)
    changed = was if was != now else ""
    if not known and not (changed and _changed_in(rows, files, night)):
        return None
    return _made(standing, lead, counts, night, changed, files, mark)


def _at(rows: Sequence[Full], files: Mapping[int, Batch], then: datetime) -> list[Full]:
    """The rows that stood at a moment."""
    return [
        row
        for row in rows
        if row.light.batch in files
        and files[row.light.batch].at <= then
        and (row.replaced_by is None or row.replaced_by not in files or files[row.replaced_by].at > then)
    ]


def _first(rows: Sequence[Full], files: Mapping[int, Batch]) -> list[Full]:
    """The rows of the file that first told of an incident."""
    earliest = min(rows, key=lambda row: (row.light.batch not in files, row.light.batch)).light.batch
    return [row for row in rows if row.light.batch == earliest]


def _changed_in(rows: Sequence[Full], files: Mapping[int, Batch], night: Night) -> bool:
    return any(
        night.since < files[number].at <= night.until
        for row in rows
        for number in (row.light.batch, row.replaced_by)
        if number is not None and number in files
    )


def _counts(rows: Sequence[Full]) -> frozenset[str]:
    """Everything that the rows of an incident count as. A crime report holds, until a later file tells otherwise."""
    reports = [row for row in rows if row.reported]
    if not reports:
        return frozenset().union(*(row.light.counts for row in rows))
    latest = max(row.light.batch for row in reports)
    return frozenset().union(*(row.light.counts for row in rows if row.reported or row.light.batch > latest))


def _lead(rows: Sequence[Full]) -> Full:
    """The row that an incident is told by: a crime report's before one that was only told, the worst injury first."""
    hurt = worst(row.light.told.injury for row in rows)
    return min(rows, key=lambda row: (not row.reported, row.light.told.injury != hurt, row.light.told.victim_age < 0))


def _made(
    rows: Sequence[Full],
    lead: Full,
    counts: frozenset[str],
    night: Night,
    changed: str,
    files: Mapping[int, Batch],
    mark: Mark | None,
) -> Incident:
    light, told = lead.light, lead.light.told
    hurt = worst(row.light.told.injury for row in rows)
    told_in = [row.light.batch for row in rows if row.light.told.injury == hurt and row.light.batch in files]
    killed = [row for row in rows if HOMICIDE in row.light.counts] or rows
    owner = (mark.owner if mark else "") or next((row.owner for row in rows if row.owner), "")
    states = {row.suspect for row in rows if row.suspect}
    return Incident(
        ref=light.ref,
        kind=kind_of(counts),
        counts=counts,
        day=light.day,
        minute=light.minute,
        ward_code=light.ward_code,
        place=light.place,
        victim_age=told.victim_age,
        victim_sex=told.victim_sex,
        injury=hurt,
        weapon=_first_told(row.light.told.weapon for row in rows) or weapon_of(counts),
        suspect=next((state for state in _WORST_FIRST if state in states), ""),
        owner=owner,
        late=night.before(light.day, light.minute),
        changed_from=changed,
        sources=tuple(Source(files[row.light.batch].file, row.line) for row in rows if row.light.batch in files),
        mark=mark or Mark(light.ref),
        people=tuple(dict.fromkeys(row.person for row in rows if row.person)),
        victims=max(1, len({row.light.victim for row in killed if row.light.victim})),
        linked=tuple(dict.fromkeys(row.light.told.linked_ref for row in rows if row.light.told.linked_ref)),
        features=_first_told(row.light.told.features for row in rows),
        offence=light.offence,
        note=_first_told(row.note for row in rows),
        domestic=any(row.light.domestic for row in rows),
        reported_on=light.reported_on if lead.reported else None,
        detailed=any(row.light.detailed for row in rows),
        injury_at=min((files[batch].at for batch in told_in), default=None) if hurt else None,
    )


def _first_told(words: Iterable[str]) -> str:
    return next((word for word in words if word), "")


def how_many(kind: str, found: Iterable[Incident]) -> int:
    """How many of a kind some incidents are: of homicides each victim is one."""
    return sum(one.victims if kind == HOMICIDE else 1 for one in found)


def counts_of(found: Iterable[Incident]) -> dict[str, int]:
    """How many of what count in a span: those of the night itself, not late ones; of homicides each victim."""
    total: dict[str, int] = defaultdict(int)
    for one in found:
        if not one.late:
            for kind in one.counts:
                total[kind] += how_many(kind, (one,))
    return total
