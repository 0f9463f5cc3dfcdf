"""Import: one file, one batch, one transaction. Bad rows go to quarantine, a bad file is refused whole.

A file is read to its end and checked before the transaction begins, so that the store is held from others only while
it is written to. What the reading asked of the store is asked again then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from core.column_map import ColumnMap
from core.date_columns import OtherOrder
from core.days import LONDON, day_of
from core.errors import Busy, Refused
from core.figures import decimal_mark
from core.text import counted, plain
from db.loading.batch_rows import close_batch, open_batch
from db.loading.date_proofs import with_lines, witness
from db.loading.headers import recognised
from db.loading.load import Load, Quarantine, Reading, Write
from db.loading.profile import Profile
from db.loading.profiles import profiles, refuse_another
from db.loading.same_records import SameRecords
from db.loading.spool import Spool
from db.loading.textfile import TextFile, inspect
from db.loading.textrecords import Progress, header, records
from db.store import Store
from db.store.journal import Writing
from db.ward_map import known_wards, ward_map


@dataclass(frozen=True)
class BatchResult:
    """What became of one file. read = taken + unchanged + revised + repeated + quarantined.

    ``repeated`` are rows that say the same as another of the file, ``notes`` sentences on how it was read.
    """

    file: str
    profile: str
    batch: int | None
    read: int
    taken: int
    unchanged: int
    revised: int
    quarantined: int
    repeated: int = 0
    notes: tuple[str, ...] = ()


def _quiet(_done: int, _total: int) -> None:
    """No one watches."""


def import_file(
    store: Store,
    path: Path,
    mapping: ColumnMap | None = None,
    *,
    today: date | None = None,
    dry_run: bool = False,
    progress: Progress = _quiet,
    take_repeats: bool = False,
) -> BatchResult:
    """Take one file into the store.

    mapping: how to read it; recognised by its header if None. today: the latest day a date may be (London's today
    by default). dry_run: count everything, keep nothing. take_repeats: take crime reports that repeat held ones under
    other references. Raises Refused where the file is not what it claims.
    """
    try:
        return _import(store, path, mapping, today=today, dry_run=dry_run, progress=progress, take_repeats=take_repeats)
    except _Undone as done:
        return done.result


def _import(
    store: Store,
    path: Path,
    mapping: ColumnMap | None,
    *,
    today: date | None,
    dry_run: bool,
    progress: Progress,
    take_repeats: bool,
) -> BatchResult:
    store.refuse_only_read()
    store.refuse_gone()
    file = inspect(path)
    names, delimiter = header(file)
    if mapping and not mapping.own:
        refuse_another(names, mapping.kind, path.name)
    mapping = mapping or recognised(file, names)
    profile = profiles()[mapping.kind]
    if take_repeats and not profile.reference:
        raise Refused(f"{path.name} is read as '{mapping.kind}'; --take-repeats goes with crime reports alone.")
    if same := _already(store, file, mapping, profile):
        return same
    with Spool(store.path) as rows, Spool(store.path) as kept_out:
        as_named, dates = mapping.with_names(profile.names(names)), mapping.date_columns(path.name)
        quarantine = Quarantine(kept_out, witness(dates, as_named, names, path.name))
        reading = Reading(
            file=file,
            mapping=as_named,
            header=names,
            rows=records(file, delimiter, quarantine.add, _Part(progress, 0, READ).of_bytes),
            spool=rows,
            today=day_of(today or store.now().astimezone(LONDON).date()),
            quarantine=quarantine,
            dates=dates,
            decimal=mapping.decimal or decimal_mark(delimiter),
            ward_map=partial(ward_map, store),
            forms=profile.forms,
            take_repeats=take_repeats,
            minute=_minute_of(today, store.now()),
        )
        try:
            write = profile.load(reading)
            of_dates = list(reading.dates.notes())
        except OtherOrder as fault:
            raise with_lines(fault, file, reading.mapping, names, delimiter) from fault
        with store.change(f"Import {plain(path.name)}", kind="import", meeting=None) as writing:
            if same := _already(store, file, mapping, profile):
                raise _Undone(same)
            _refuse_other_wards(reading, writing)
            batch_id = open_batch(writing, file, mapping)
            load = Load.of(reading, writing, batch_id, _Part(progress, READ, 1, file.size).of_one)
            _carry_out(load, write, mapping, of_dates)
            result = _result(load, mapping, None if dry_run else batch_id)
            if dry_run:
                raise _Undone(result)
    return result


def _carry_out(load: Load, write: Write, mapping: ColumnMap, notes: Sequence[str]) -> None:
    """Write what was read and close its batch. notes: what is said beside what writing itself brings up."""
    try:
        write(load)
    except SameRecords as held:
        raise _Undone(_unchanged(load, mapping, held)) from held
    load.notes += notes
    load.quarantine.write(load.writing, load.batch_id)
    close_batch(load)
    load.done(1)


def _minute_of(today: date | None, now: datetime) -> int:
    """The minute of the latest day that has come: all of it, where that day is named and is not today."""
    there = now.astimezone(LONDON)
    return there.hour * 60 + there.minute if today in (None, there.date()) else 24 * 60


READ = 0.5
"""The share of an import, by the clock, after which a file is read and checked."""


class _Part:
    """Tells of one step of an import as a part of the whole."""

    def __init__(self, progress: Progress, since: float, until: float, size: int = 0) -> None:
        self._progress = progress
        self._since = since
        self._length = until - since
        self._size = size

    def of_bytes(self, done: int, size: int) -> None:
        """Tell how many bytes of a file are read."""
        self._progress(round(size * self._since + done * self._length), size)

    def of_one(self, share: float) -> None:
        """Tell how much of the step is done, from 0 to 1."""
        self.of_bytes(int(self._size * share), self._size)


def _refuse_other_wards(reading: Reading, writing: Writing) -> None:
    """See that rows were checked by the wards that there are. Raises Busy where another import has changed them."""
    if reading.wards_met is not None and known_wards(writing.connection) != reading.wards_met:
        raise Busy(
            f"The wards were changed by another import while {reading.file.path.name} was read. Nothing was changed. "
            "Import it again."
        )


def _result(load: Load, mapping: ColumnMap, batch: int | None) -> BatchResult:
    return BatchResult(
        file=str(load.file.path),
        profile=mapping.name,
        batch=batch,
        read=load.read,
        taken=load.taken,
        unchanged=load.unchanged,
        revised=load.revised,
        quarantined=load.quarantine.count,
        repeated=load.repeated,
        notes=tuple(load.notes),
    )


class _Undone(Exception):
    """Ends the transaction of a dry run, or of a file whose records are held already; carries what is to be told."""

    def __init__(self, result: BatchResult) -> None:
        super().__init__()
        self.result = result


def _unchanged(load: Load, mapping: ColumnMap, same: SameRecords) -> BatchResult:
    kept_out = load.quarantine.count
    return BatchResult(
        file=str(load.file.path),
        profile=mapping.name,
        batch=same.batch,
        read=load.read,
        taken=0,
        unchanged=load.read - kept_out - load.repeated,
        revised=0,
        quarantined=kept_out,
        repeated=load.repeated,
        notes=(f"The same records as release {same.name}; nothing changes.",),
    )


def _already(store: Store, file: TextFile, mapping: ColumnMap, profile: Profile) -> BatchResult | None:
    """The same file, read before by the same profile: it changes nothing."""
    query = (
        "SELECT id, rows_read, quarantined, repeated FROM batch WHERE sha256 = :sha256 AND profile = :profile "
        "AND withdrawn = :no ORDER BY id DESC LIMIT 1"
    )
    batches = store.read.rows(query, sha256=file.sha256, profile=mapping.name, no=False)
    if not batches:
        return None
    batch, read, quarantined, repeated = batches[0]
    return BatchResult(
        file=str(file.path),
        profile=mapping.name,
        batch=batch,
        read=read,
        taken=0,
        unchanged=read - quarantined - repeated,
        revised=0,
        quarantined=quarantined,
        repeated=repeated,
        notes=tuple(profile.held(store, batch)) if profile.held else _revised_since(store, batch, mapping.name),
    )


def _revised_since(store: Store, batch: int, profile: str) -> tuple[str, ...]:
    """What must be said of a file that comes again: that later ones of its profile revised rows, and theirs stand."""
    query = (
        "SELECT id, revised FROM batch WHERE id > :batch AND profile = :profile AND revised > 0 AND withdrawn = :no "
        "ORDER BY id"
    )
    later = store.read.rows(query, batch=batch, profile=profile, no=False)
    if not later:
        return ()
    which = f"{'batch' if len(later) == 1 else 'batches'} {', '.join(str(number) for number, _ in later)}"
    rows = counted(sum(revised for _, revised in later), "row")
    said = (
        f"Held as batch {batch}; since then {which} revised {rows}, which may be of this file: what the later file "
        "says stands. To have this one's rows stand again, withdraw the later."
    )
    return (said,)
