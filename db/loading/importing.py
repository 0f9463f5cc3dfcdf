"""Import: one file, one batch, one transaction. Bad rows go to quarantine, a bad file is refused whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.column_map import ColumnMap
from core.date_columns import OtherOrder
from core.days import LONDON, day_of
from core.errors import Refused
from core.figures import decimal_mark
from core.text import plain
from db.loading.batch_rows import close_batch, open_batch
from db.loading.date_proofs import with_lines
from db.loading.headers import recognised
from db.loading.load import Load, Quarantine
from db.loading.profile import Profile
from db.loading.profiles import profiles
from db.loading.same_records import SameRecords
from db.loading.textfile import TextFile, inspect
from db.loading.textrecords import Progress, header, records
from db.store import Store


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
    file = inspect(path)
    names, delimiter = header(file)
    mapping = mapping or recognised(file, names)
    profile = profiles()[mapping.kind]
    if take_repeats and not profile.reference:
        raise Refused(f"{path.name} is read as '{mapping.kind}'; --take-repeats goes with crime reports alone.")
    if same := _already(store, file, mapping, profile):
        return same
    latest = day_of(today or store.now().astimezone(LONDON).date())
    with store.change(f"Import {plain(path.name)}", kind="import", meeting=None) as writing:
        batch_id = open_batch(writing, file, mapping)
        quarantine = Quarantine(writing, batch_id)
        load = Load(
            writing=writing,
            batch_id=batch_id,
            file=file,
            mapping=mapping.with_names(profile.names(names)),
            header=names,
            rows=records(file, delimiter, quarantine.add, progress),
            today=latest,
            quarantine=quarantine,
            dates=mapping.date_columns(path.name),
            decimal=mapping.decimal or decimal_mark(delimiter),
            forms=profile.forms,
            take_repeats=take_repeats,
        )
        try:
            profile.load(load)
            load.notes += load.dates.notes()
        except SameRecords as held:
            raise _Undone(_unchanged(load, path, mapping, held)) from held
        except OtherOrder as fault:
            raise with_lines(fault, file, load.mapping, names, delimiter) from fault
        load.quarantine.write()
        close_batch(load)
        result = BatchResult(
            file=str(path),
            profile=mapping.name,
            batch=None if dry_run else batch_id,
            read=load.read,
            taken=load.taken,
            unchanged=load.unchanged,
            revised=load.revised,
            quarantined=load.quarantine.count,
            repeated=load.repeated,
            notes=tuple(load.notes),
        )
        if dry_run:
            raise _Undone(result)
    return result


class _Undone(Exception):
    """Ends the transaction of a dry run, or of a file whose records are held already; carries what is to be told."""

    def __init__(self, result: BatchResult) -> None:
        super().__init__()
        self.result = result


def _unchanged(load: Load, path: Path, mapping: ColumnMap, same: SameRecords) -> BatchResult:
    kept_out = load.quarantine.count
    return BatchResult(
        file=str(path),
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
        notes=tuple(profile.held(store, batch)) if profile.held else (),
    )
