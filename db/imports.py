"""Import: one file, one batch, one transaction. Bad rows go to quarantine, a bad file is refused whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from core import profiles
from core.days import LONDON, day_of
from core.errors import NotFound
from core.extract import BadValue
from core.profiles import Profile
from db.journal import Writing
from db.store import Store
from db.textfile import BadRecord, Progress, TextFile, header, inspect, records

T = TypeVar("T")
Pick = Callable[[Sequence[Sequence[str]]], list[Sequence[str]]]


@dataclass(frozen=True)
class BatchResult:
    """What became of one file. read = taken + unchanged + revised + quarantined."""

    file: str
    profile: str
    batch: int | None
    read: int
    taken: int
    unchanged: int
    revised: int
    quarantined: int


class Quarantine:
    """Collects the rows that were not taken and writes them beside the batch. ``first`` is the first of them."""

    def __init__(self, writing: Writing, batch_id: int) -> None:
        self._writing = writing
        self._batch_id = batch_id
        self._rows: list[tuple[object, ...]] = []
        self.count = 0
        self.first: tuple[int, str] | None = None

    def add(self, line: int, fault: BadValue | BadRecord, fields: list[str]) -> None:
        """Keep a row out, with the value that is wrong and the reason."""
        column = fault.column if isinstance(fault, BadValue) else ""
        self._rows.append((self._batch_id, line, column, fault.value, fault.reason, "\x1f".join(fields)))
        self.count += 1
        self.first = self.first or (line, fault.reason)
        if len(self._rows) >= 5000:
            self.write()

    def write(self) -> None:
        """Write what has been collected."""
        from db.engine import insert_many

        columns = ("batch_id", "line", '"column"', "value", "reason", "raw")
        insert_many(self._writing.connection, "quarantined", columns, self._rows)
        self._rows.clear()


@dataclass
class Load:
    """What a loader works with, and the counts it leaves."""

    writing: Writing
    batch_id: int
    file: TextFile
    profile: Profile
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    today: int
    quarantine: Quarantine
    taken: int = 0
    unchanged: int = 0
    revised: int = 0

    def checked(self, columns: Pick, check: Callable[[list[str]], T]) -> Iterator[tuple[int, T]]:
        """The rows that hold, each with its line, as *check* gives them; those it raises BadValue on are kept out.

        columns: what picks the wanted values out of a record (``core.profiles.columns``).
        """
        for line, fields in self.rows:
            try:
                row = check([column[0] for column in columns([fields])])
            except BadValue as fault:
                self.quarantine.add(line, fault, fields)
            else:
                yield line, row

    @property
    def read(self) -> int:
        """How many records there were: none is lost between the counts."""
        return self.taken + self.unchanged + self.revised + self.quarantine.count


def _quiet(_done: int, _total: int) -> None:
    """No one watches."""


def import_file(
    store: Store,
    path: Path,
    profile: Profile | None = None,
    *,
    today: date | None = None,
    dry_run: bool = False,
    progress: Progress = _quiet,
) -> BatchResult:
    """Take one file into the store.

    profile: how to read it; recognised by its header if None. today: the latest day a date may be (London's today
    by default). dry_run: count everything, keep nothing. Raises Refused where the file is not what it claims.
    """
    try:
        return _import(store, path, profile, today=today, dry_run=dry_run, progress=progress)
    except _DryRun as done:
        return done.result


def _import(
    store: Store,
    path: Path,
    profile: Profile | None,
    *,
    today: date | None,
    dry_run: bool,
    progress: Progress,
) -> BatchResult:
    file = inspect(path)
    names, delimiter = header(file)
    chosen = profile or profiles.recognise(names, path.name)
    if same := _already(store, file, chosen):
        return same
    latest = day_of(today or store.now().astimezone(LONDON).date())
    with store.change(f"Import {path.name}", kind="import", meeting=None) as writing:
        batch_id = _open_batch(writing, file, chosen)
        quarantine = Quarantine(writing, batch_id)
        load = Load(
            writing=writing,
            batch_id=batch_id,
            file=file,
            profile=chosen,
            header=names,
            rows=records(file, delimiter, quarantine.add, progress),
            today=latest,
            quarantine=quarantine,
        )
        _loader(chosen)(load)
        load.quarantine.write()
        _close_batch(load)
        result = BatchResult(
            file=str(path),
            profile=chosen.name,
            batch=None if dry_run else batch_id,
            read=load.read,
            taken=load.taken,
            unchanged=load.unchanged,
            revised=load.revised,
            quarantined=load.quarantine.count,
        )
        if dry_run:
            raise _DryRun(result)
    return result


class _DryRun(Exception):
    """Ends the transaction of a dry run; carries what would have been taken."""

    def __init__(self, result: BatchResult) -> None:
        super().__init__()
        self.result = result


def _loader(profile: Profile) -> Callable[[Load], None]:
    from db import (
        load_activity,
        load_census,
        load_deployments,
        load_edition,
        load_extract,
        load_fly_tips,
        load_lsoa,
        load_markers,
        load_panels,
        load_patrols,
        load_street,
        load_unsafe_places,
        load_ward_counts,
        load_wards,
    )

    return {
        profiles.EXTRACT: load_extract.load,
        profiles.MPS_WARD: load_ward_counts.load,
        profiles.POLICE_UK_STREET: load_street.load,
        profiles.LSOA_WARD: load_lsoa.load,
        profiles.WARDS: load_wards.load,
        profiles.ACTIVITY: load_activity.load,
        profiles.DEPLOYMENTS: load_deployments.load,
        profiles.MARKERS: load_markers.load,
        profiles.EDITION: load_edition.load,
        profiles.CENSUS_WARD: load_census.load,
        profiles.FLY_TIP_SITES: load_fly_tips.load,
        profiles.WARD_PANEL: load_panels.load,
        profiles.PATROLS: load_patrols.load,
        profiles.UNSAFE_PLACES: load_unsafe_places.load,
    }[profile.kind]


def _already(store: Store, file: TextFile, profile: Profile) -> BatchResult | None:
    """The same file, read before by the same profile: it changes nothing."""
    query = (
        "SELECT id, rows_read, quarantined FROM batch WHERE sha256 = :sha256 AND profile = :profile "
        "AND withdrawn = :no ORDER BY id DESC LIMIT 1"
    )
    found = store.read.rows(query, sha256=file.sha256, profile=profile.name, no=False)
    if not found:
        return None
    batch, read, quarantined = found[0]
    return BatchResult(str(file.path), profile.name, batch, read, 0, read - quarantined, 0, quarantined)


def _open_batch(writing: Writing, file: TextFile, profile: Profile) -> int:
    batch_id = writing.insert(
        "batch",
        file=file.path.name,
        sha256=file.sha256,
        profile=profile.name,
        imported_at=writing.now,
        imported_by=writing.who,
        rows_read=0,
        taken=0,
        unchanged=0,
        revised=0,
        quarantined=0,
        withdrawn=False,
    )
    writing.changes.clear()
    return batch_id


def _close_batch(load: Load) -> None:
    from sqlalchemy import text

    counts = {
        "rows_read": load.read,
        "taken": load.taken,
        "unchanged": load.unchanged,
        "revised": load.revised,
        "quarantined": load.quarantine.count,
    }
    load.writing.connection.execute(
        text(
            "UPDATE batch SET rows_read = :rows_read, taken = :taken, unchanged = :unchanged, revised = :revised, "
            "quarantined = :quarantined WHERE id = :id"
        ),
        {**counts, "id": load.batch_id},
    )
    row = load.writing.row("batch", load.batch_id)
    load.writing.note("batch", load.batch_id, row or {})


@dataclass(frozen=True)
class BadRow:
    """One row in quarantine. ``fields`` are its values as they stood."""

    batch: int
    file: str
    line: int
    column: str
    value: str
    reason: str
    fields: tuple[str, ...]


def quarantined(store: Store, batch: int | None = None) -> list[BadRow]:
    """The rows in quarantine, of one batch or of all. Raises NotFound for a batch that is not there."""
    if batch is not None and not store.read.rows("SELECT id FROM batch WHERE id = :id", id=batch):
        raise NotFound(f"There is no batch {batch}. 'tasking quarantine' lists all of them.")
    query = (
        'SELECT q.batch_id, b.file, q.line, q."column", q.value, q.reason, q.raw FROM quarantined q '
        "JOIN batch b ON b.id = q.batch_id WHERE (:every OR q.batch_id = :batch) AND b.withdrawn = :no "
        "ORDER BY q.batch_id, q.line"
    )
    rows = store.read.rows(query, every=batch is None, batch=batch or 0, no=False)
    return [
        BadRow(number, file, line, column, value, reason, tuple(raw.split("\x1f")))
        for number, file, line, column, value, reason, raw in rows
    ]
