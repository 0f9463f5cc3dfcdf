"""The published releases of ward counts in the store: ward files side by side, street-level files joined by force.

A series of street-level files is computed from the releases that stand whenever it is read, and kept nowhere. A batch
that is withdrawn so takes its months out, and the editions before them count again, without a row being written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from core.errors import NotFound
from core.not_counted import NotCounted
from core.releases import Flag, fragments, slug, span, unknown
from core.street import POLICE_UK_STREET, series_of
from core.street_series import Edition, Facts, newest, over, summed
from core.text import counted
from core.ward_file import MPS_WARD
from core.weak_months import Weak, weak_months
from db import kept_out, report_counts, report_repeats, street
from db.store import Store
from db.store.batches import batches_version
from db.store.engine import Row

NO_COUNTS = "No ward counts"
_LISTED = 12
"""So many names are listed where one is not known."""


@dataclass(frozen=True)
class Part:
    """A file that months of a release are counted from: which months, and where each stands in the file's own list.

    ``months`` is empty where a later file holds all of its months; ``of`` is how many months the file holds.
    """

    release_id: int
    name: str
    file: str
    batch: int
    months: tuple[str, ...]
    places: tuple[int, ...]
    of: tuple[str, ...]
    total: int = 0


@dataclass(frozen=True)
class ReleaseHead:
    """A published release, or the street-level files of one force as one series of months (``YYYYMM``).

    ``totals`` are all offences of each month, ``antisocial`` its incidents of anti-social behaviour, which are no
    offences. ``forces`` is empty for the Met's ward file; ``notes`` are sentences on what a reader must know.
    ``parts`` are the files, the one imported last at the end; ``editions`` the months that several of them hold.
    ``running`` is its last month where that is not over, as of crime reports up to a day.
    ``repeats`` are words on crime reports that repeat others, where these are what is counted. ``told`` are the
    facts of each month, in the order of the months; empty where there are none.
    """

    id: int
    name: str
    profile: str
    months: tuple[str, ...]
    file: str
    totals: tuple[int, ...] = ()
    forces: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    antisocial: tuple[int, ...] = ()
    facts: Facts = field(default_factory=Facts)
    parts: tuple[Part, ...] = ()
    editions: tuple[Edition, ...] = ()
    repeats: tuple[str, ...] = ()
    running: Flag | None = None
    told: tuple[Facts, ...] = ()

    def facts_over(self, months: Collection[str]) -> Facts:
        """What is told of some of its months alone."""
        if not self.told:
            return self.facts
        return over([one for month, one in zip(self.months, self.told, strict=True) if month in months] or [Facts()])

    def batches_over(self, months: Collection[str]) -> tuple[int, ...]:
        """The batches that some of its months are counted from."""
        return tuple(part.batch for part in self.parts if not set(months).isdisjoint(part.months))

    def notes_over(self, months: Collection[str], *, every_category: bool = False) -> tuple[str, ...]:
        """Its notes, those with numbers over some of its months; every_category: these are of all, and say so."""
        others = tuple(note for note in self.notes if note not in self.facts.notes)
        notes = self.facts_over(months).notes
        return (*others, *(f"Of all categories: {note}" if every_category else note for note in notes))

    @property
    def counted_from(self) -> tuple[int, ...]:
        """The files, by number, that its months are counted from, the one imported last at the end."""
        return tuple(part.release_id for part in self.parts if part.months) or (self.id,)

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """The months that are fragments or not over, and why."""
        if self.running is None:
            return fragments(self.months, self.totals)
        return (*fragments(self.months[:-1], self.totals[:-1]), self.running)

    @cached_property
    def weak(self) -> tuple[Weak, ...]:
        """The months far below the level before that are no fragments."""
        return weak_months(self.months, self.totals, self.flags)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The months between its first and its last that it does not hold."""
        return unknown(self.months)


@dataclass(frozen=True)
class ReleaseSummary:
    """A release with the wards it holds, the offences it counts, and the rows of its files that are in quarantine."""

    release: ReleaseHead
    wards: int
    total: int
    not_counted: tuple[NotCounted, ...] = ()

    @property
    def antisocial(self) -> int:
        """The incidents of anti-social behaviour it counts."""
        return sum(self.release.antisocial)


@dataclass(frozen=True)
class _File:
    """A release as one file brought it, with what is told of each month."""

    head: ReleaseHead
    by_month: Mapping[str, Mapping[str, int] | None]


def releases(store: Store) -> list[ReleaseHead]:
    """Every series in the store: ward files first, of each kind the one that ends latest first."""
    return list(store.remember("series of releases", batches_version(store), lambda: _series(_files(store))))


def every_file(store: Store) -> list[ReleaseHead]:
    """Every release as one file brought it, in the order of :func:`releases`; earlier editions are among them."""
    return _in_order([file.head for file in _files(store)])


def _in_order(heads: list[ReleaseHead]) -> list[ReleaseHead]:
    return sorted(heads, key=lambda one: (one.profile == MPS_WARD, one.months[-1], one.id), reverse=True)


def _files(store: Store) -> list[_File]:
    rows = store.read.rows(
        "SELECT r.id, r.name, r.profile, r.months, r.batch_id, b.file, f.totals, f.forces, f.notes, f.antisocial, "
        "f.without_location, f.outside, f.repeats, f.conflicts FROM release r JOIN batch b ON b.id = r.batch_id "
        "JOIN release_facts f ON f.release_id = r.id WHERE b.withdrawn = :no",
        no=False,
    )
    return [_file(row) for row in rows]


def _file(row: Row) -> _File:
    months, every, forces, notes = (tuple(json.loads(row[name])) for name in ("months", "totals", "forces", "notes"))
    by_month: dict[str, Mapping[str, int] | None] = {}
    for name in ("without_location", "outside", "repeats", "conflicts"):
        told = "[]" if row[name] is None and row["profile"] == MPS_WARD else row[name]
        counts = None if told is None else json.loads(told) or [0] * len(months)
        by_month[name] = None if counts is None else dict(zip(months, counts, strict=True))
    antisocial = tuple(json.loads(row["antisocial"] or "[]")) or (0,) * len(months)
    totals = tuple(count - apart for count, apart in zip(every, antisocial, strict=True))
    facts = Facts(**{name: summed([counts], [months]) for name, counts in by_month.items()})
    part = Part(
        row["id"], row["name"], row["file"], row["batch_id"], months, tuple(range(len(months))), months, sum(totals)
    )
    head = ReleaseHead(
        id=row["id"],
        name=row["name"],
        profile=row["profile"],
        months=months,
        file=row["file"],
        totals=totals,
        forces=forces,
        notes=(*notes, *facts.notes),
        antisocial=antisocial,
        facts=facts,
        parts=(part,),
        told=tuple(_told(by_month, month) for month in months),
    )
    return _File(head, by_month)


def _told(by_month: Mapping[str, Mapping[str, int] | None], month: str) -> Facts:
    """The facts of one month; None where its file does not tell."""
    return Facts(**{name: None if counts is None else counts[month] for name, counts in by_month.items()})


def _series(files: Sequence[_File]) -> list[ReleaseHead]:
    groups: dict[str, list[_File]] = {}
    for file in files:
        joins = series_of(file.head.forces) if file.head.profile == POLICE_UK_STREET else ""
        groups.setdefault(joins or f"/{file.head.id}", []).append(file)
    names = {file.head.name for file in files}
    return _in_order([_joined(group, names) if len(group) > 1 else group[0].head for group in groups.values()])


def _joined(group: Sequence[_File], names: set[str]) -> ReleaseHead:
    files = {file.head.id: file for file in sorted(group, key=lambda one: one.head.id)}
    holders = newest([(number, file.head.months) for number, file in files.items()])
    parts = tuple(_part(file.head, holders) for file in files.values())
    used = [part for part in parts if part.months]
    latest = files[max(files)].head
    at = {month: (files[held[-1]].head, files[held[-1]].head.months.index(month)) for month, held in holders.items()}
    told = {
        name: summed([files[part.release_id].by_month[name] for part in used], [part.months for part in used])
        for name in ("without_location", "outside", "repeats", "conflicts")
    }
    months, facts = tuple(holders), Facts(**told)
    whole = len(used) == 1
    return replace(
        latest,
        name=used[0].name if whole else _name(months, latest.forces, names),
        months=months,
        file=used[0].file if whole else f"{len(used)} files",
        totals=tuple(head.totals[place] for head, place in at.values()),
        antisocial=tuple(head.antisocial[place] for head, place in at.values()),
        notes=(*_old_notes([files[part.release_id].head for part in used]), *facts.notes),
        facts=facts,
        told=tuple(_told(files[held[-1]].by_month, month) for month, held in holders.items()),
        parts=parts,
        editions=tuple(
            Edition(month, len(held), len(held), files[held[-1]].head.name)
            for month, held in holders.items()
            if len(held) > 1
        ),
    )


def _part(head: ReleaseHead, holders: Mapping[str, Sequence[int]]) -> Part:
    places = [place for place, month in enumerate(head.months) if holders[month][-1] == head.id]
    [part] = head.parts
    return replace(part, months=tuple(head.months[place] for place in places), places=tuple(places))


def _old_notes(heads: Sequence[ReleaseHead]) -> list[str]:
    """What files taken in by an earlier version say of themselves, in sentences, as their numbers were not kept."""
    told = [f"{head.name}: {note}" for head in heads for note in head.notes if note not in head.facts.notes]
    if len(told) <= _LISTED:
        return told
    return [f"{len(told)} further notes stand on the files: tasking releases --all."]


def _name(months: Sequence[str], forces: Sequence[str], names: set[str]) -> str:
    """What a series is called: as a file of all its months would be, with a sign behind where there is such a file."""
    ending = slug(forces[0]) if len(forces) == 1 else f"{len(forces)}-forces"
    name = f"{span(months)}-{ending}"
    while name in names:
        name += "+"
    return name


def release(store: Store, name: str | None = None) -> ReleaseHead:
    """A series or one file of it by name, or the series that ends latest (a ward file if there is one).

    A name may leave out what stands behind the months where only one has them, and a force names its series.
    ``reports`` stands for the crime reports of the store, counted as a release would be. Raises NotFound.
    """
    if name == report_counts.REPORTS:
        return of_reports(store)
    series = releases(store)
    if not series:
        raise NotFound(
            "The store holds no ward counts. Import a Met ward-level file or street-level crime first: tasking import "
            f"FILE.{_instead(store)}",
            NO_COUNTS,
        )
    if name is None:
        return series[0]
    asked = name.strip().casefold()
    files = every_file(store)
    for among in (series, files):
        if exact := [one for one in among if one.name == asked]:
            return exact[0]
    for among in (series, files):
        close = [one for one in among if asked in (*_short(one.months), series_of(one.forces) or None)]
        if len(close) == 1:
            return close[0]
    known = [one.name for one in series]
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    raise NotFound(f"There is no release '{name}'. There are: {', '.join(known[:_LISTED])}{more}.")


def _instead(store: Store) -> str:
    """What crime reports with a ward would do in the place of published counts; empty where there are none."""
    named = store.read.rows("SELECT 1 FROM place WHERE ward_code <> '' LIMIT 1")
    held = named and report_counts.with_ward(store)  # historic reports alone rank no ward
    return " Crime reports name wards: --source reports ranks by them (M in the list of wards)." if held else ""


def of_reports(store: Store) -> ReleaseHead:
    """The crime reports of the store as a release. Raises NotFound where none of them names a ward."""
    found = report_counts.counts(store)
    if not report_counts.with_ward(store):
        if old := sum(one.reports for one in found.historic):
            every = counted(old, "crime report of this store is", "crime reports of this store are")
            raise NotFound(
                f"{every} historic, made more than a year after the offence, so apart from every count by "
                "ward; no other report names a ward. Import reports with a ward_code: tasking import FILE.",
                NO_COUNTS,
            )
        raise NotFound(
            "No crime report of this store names a ward. Import reports with a ward_code: tasking import FILE.",
            NO_COUNTS,
        )
    return ReleaseHead(
        report_counts.RELEASE_ID,
        report_counts.REPORTS,
        report_counts.PROFILE,
        found.months,
        "crime reports",
        found.totals,
        notes=("Counted from crime reports, each once; published counts are not in these numbers.",),
        repeats=report_repeats.in_short(store),
        running=found.running,
    )


def _short(months: Sequence[str]) -> tuple[str, ...]:
    return (span(months), months[0]) if len(months) == 1 else (span(months),)


def summaries(store: Store, *, files: bool = False) -> list[ReleaseSummary]:
    """Every series with its number of wards and of offences; files: every file apart."""
    heads = every_file(store) if files else releases(store)
    return [_summary(store, one) for one in heads]


def _summary(store: Store, one: ReleaseHead) -> ReleaseSummary:
    quarantined = kept_out.of_batches(store, one.batches_over(one.months))
    return ReleaseSummary(one, _wards(store, one), sum(one.totals), quarantined)


def files_of(store: Store, name: str) -> list[ReleaseSummary]:
    """The files of a series, each apart. Raises NotFound."""
    numbers = {part.release_id for part in release(store, name).parts}
    return [_summary(store, one) for one in every_file(store) if one.id in numbers]


def _wards(store: Store, one: ReleaseHead) -> int:
    if one.profile == POLICE_UK_STREET:
        return len(street.wards(store, [part.release_id for part in one.parts if part.months]))
    query = "SELECT COUNT(DISTINCT ward_code) FROM ward_series WHERE release_id = :id"
    return int(store.read.rows(query, id=one.id)[0][0])
