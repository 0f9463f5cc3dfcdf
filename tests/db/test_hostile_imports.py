"""Every profile that is declared takes a file of hostile rows in, counts them all, and gives every row back."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from core.column_map import ColumnMap
from core.errors import Refused
from db.loading.importing import READ, import_file
from db.loading.load import Quarantine
from db.loading.profiles import built_in, from_toml, profiles
from db.loading.withdraw import withdraw
from db.store import Store, make_store, open_store
from db.store.verify import verify
from db.tables import METADATA
from tests.hostile import TEXTS

FILES = Path(__file__).resolve().parents[1] / "stores" / "files"
TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """A sound file of a profile, and how to make hostile ones of it.

    unique: the column that tells rows apart. free: the columns that take any text, where one fault refuses the file.
    """

    file: str
    unique: str
    free: tuple[str, ...] = ()


SAMPLES = {
    "activity": Sample("activity", "measure"),
    "census-ward": Sample("census", "ward_code"),
    "deployments": Sample("units-1", "unit"),
    "edition": Sample("edition", "title", free=("title",)),
    "extract": Sample("reports-1", "crime_ref"),
    "fly-tip-sites": Sample("fly-tip-sites", "place"),
    "incidents": Sample("incidents", "ref"),
    "lfr": Sample("lfr", "deployment"),
    "lsoa-ward": Sample("small-areas", "lsoa_code"),
    "markers": Sample("markers", "person_ref"),
    "mps-ward": Sample("ward-counts", "WardCode"),
    "patrols": Sample("patrols", "unit"),
    "police-uk-street": Sample("street", "Crime ID"),
    "stop-and-search": Sample("2026-10-metropolitan-stop-and-search", "Object of search"),
    "unsafe-places": Sample("unsafe-places", "ref"),
    "ward-panel": Sample("ward-panels", "priority"),
    "wards": Sample("ward-reference", "ward_code"),
}
"""A sample of every profile, by its kind."""

_DESCRIBING = {"offence", "place", "circumstance", "report_detail", "person", "person_version"}
"""What rows speak of: such rows are added and never taken out; no one reads them but by the rows that stand."""
_COUNTING = {"batch", "journal", "quarantined", "row_digest"}


def test_every_profile_has_a_sample() -> None:
    assert set(SAMPLES) == set(profiles())


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sound file of every profile, made once for these tests; copy it, do not write to it."""
    path = tmp_path_factory.mktemp("hostile") / "tasking.db"
    with closing(make_store(path, "tester", lambda: NOW)) as store:
        for kind, sample in SAMPLES.items():
            done = import_file(store, FILES / f"{sample.file}.csv", today=TODAY)
            assert (done.profile, done.quarantined < done.read) == (kind, True)
    return path


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Iterator[Store]:
    """This test's own copy of the filled store."""
    opened = open_store(Path(shutil.copy(filled, tmp_path / "tasking.db")), "tester", lambda: NOW)
    yield opened
    opened.close()


def _texts(sample: Sample) -> tuple[str, ...]:
    """The hostile texts; without the one that no record can hold where such a record would refuse the file."""
    return TEXTS[:-1] if sample.free else TEXTS


def _hostile_rows(sample: Sample, header: list[str], rows: list[list[str]]) -> Iterator[list[str]]:
    """A row for every column and every hostile text; every fifth describes what the store has already."""
    unique = header.index(sample.unique)
    number = 0
    for column in sample.free or header:
        for text in _texts(sample):
            row = list(rows[number % len(rows)])
            if number % 5:
                row[unique] += f" {number}"
            row[header.index(column)] = text
            number += 1
            yield row


def _write(path: Path, header: list[str], rows: Iterator[list[str]]) -> Path:
    """Write a file in the one encoding in which every hostile text can come, zero bytes included."""
    with path.open("w", encoding="utf-16", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return path


def _sound(sample: Sample) -> tuple[list[str], list[list[str]]]:
    with (FILES / f"{sample.file}.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    return header, rows


def _standing(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that stands, table by table: not those of a withdrawn batch, nor of its releases and editions."""
    left = "SELECT id FROM batch WHERE withdrawn = 1"
    tables: dict[str, list[tuple[Any, ...]]] = {}
    for name, table in METADATA.tables.items():
        where = "1 = 1"
        if "batch_id" in table.c:
            where = f"batch_id IS NULL OR batch_id NOT IN ({left})"
        elif "release_id" in table.c:
            where = f"release_id NOT IN (SELECT id FROM release WHERE batch_id IN ({left}))"  # noqa: S608
        elif "edition_id" in table.c:
            where = f"edition_id NOT IN (SELECT id FROM stop_edition WHERE batch_id IN ({left}))"  # noqa: S608
        query = f'SELECT * FROM "{name}" WHERE {where} ORDER BY 1, 2'  # noqa: S608 - names from the schema
        tables[name] = [tuple(row) for row in store.read.rows(query)]
    return tables


def _assert_as_before(before: dict[str, list[tuple[Any, ...]]], store: Store) -> None:
    after = _standing(store)
    for name in before.keys() - _COUNTING:
        kept = after[name][: len(before[name])] if name in _DESCRIBING else after[name]
        assert kept == before[name], name


def _assert_nothing_current_is_withdrawn(store: Store) -> None:
    """A row that its batch has left behind is nowhere taken for a current one."""
    for name, table in METADATA.tables.items():
        if "replaced_by" in table.c:
            query = (
                f"SELECT COUNT(*) FROM {name} WHERE replaced_by IS NULL "  # noqa: S608 - names from the schema
                "AND batch_id IN (SELECT id FROM batch WHERE withdrawn = 1)"
            )
            assert [tuple(row) for row in store.read.rows(query)] == [(0,)], name


OWN = [kind for kind, profile in profiles().items() if profile.mapped][::4]
"""The kinds that are tried by a user's profile file too; with --whole all that can have one."""


def _mappings() -> list[Any]:
    """Every profile by its kind, and by a profile file of a user, whose name says nothing of the kind."""
    every = []
    for kind, profile in profiles().items():
        every.append(pytest.param(kind, built_in(kind), id=kind))
        if profile.mapped:
            every.append(
                pytest.param(
                    kind,
                    from_toml(f'profile = "{kind}"\ndates = "dd/mm/yyyy"', "own.toml"),
                    id=f"{kind}-own",
                    marks=() if kind in OWN else pytest.mark.whole,
                )
            )
    return every


@pytest.mark.parametrize(("kind", "mapping"), _mappings())
def test_hostile_rows_go_in_add_up_and_are_taken_back(
    kind: str, mapping: ColumnMap, store: Store, tmp_path: Path
) -> None:
    sample = SAMPLES[kind]
    header, rows = _sound(sample)
    path = _write(tmp_path / "[red]x.csv", header, _hostile_rows(sample, header, rows))
    before = _standing(store)
    repeats = bool(mapping.reference)
    done = import_file(store, path, mapping, today=TODAY, take_repeats=repeats)
    assert done.taken > 0
    assert done.read == len(_texts(sample)) * len(sample.free or header)
    assert done.read == done.taken + done.unchanged + done.revised + done.repeated + done.quarantined
    assert verify(store).fault is None
    assert _standing(store) != before
    assert done.batch is not None
    withdraw(store, done.batch)
    _assert_as_before(before, store)
    _assert_nothing_current_is_withdrawn(store)
    assert verify(store).fault is None
    again = import_file(store, path, mapping, today=TODAY, take_repeats=repeats)
    assert (again.read, again.taken, again.revised) == (done.read, done.taken, done.revised)


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_store_is_free_until_a_file_is_read_to_its_end_and_checked(
    kind: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = SAMPLES[kind]
    header, rows = _sound(sample)
    path = _write(tmp_path / "hostile.csv", header, _hostile_rows(sample, header, rows))
    size, met, kept_out, entries = path.stat().st_size, list[int](), list[int](), list[int]()
    keep_out, change = Quarantine.add, Store.change

    with closing(sqlite3.connect(store.path, timeout=0, isolation_level=None)) as other:
        other.execute("PRAGMA synchronous=OFF")

        def write() -> None:
            other.execute("INSERT OR REPLACE INTO setting (name, text) VALUES ('beside', '')")

        def progress(done: int, _size: int) -> None:
            met.append(done)
            if not entries:
                write()

        def add(quarantine: Quarantine, *given: Any) -> None:
            kept_out.append(given[0])
            write()
            keep_out(quarantine, *given)

        def began(opened: Store, *given: Any, **named: Any) -> Any:
            entries.append(len(met))
            return change(opened, *given, **named)

        monkeypatch.setattr(Quarantine, "add", add)
        monkeypatch.setattr(Store, "change", began)
        done = import_file(store, path, built_in(kind), today=TODAY, progress=progress, take_repeats=kind == "extract")
    assert done.quarantined == len(kept_out)
    assert (done.quarantined > 0) == (not sample.free)
    assert (len(entries), met[-1]) == (1, size)
    assert met[entries[0] - 1] == round(READ * size), "the file was read to its end before the one change began"


@pytest.mark.parametrize("kind", [kind for kind, sample in SAMPLES.items() if sample.free])
def test_a_file_that_one_fault_refuses_leaves_nothing(kind: str, store: Store, tmp_path: Path) -> None:
    sample = SAMPLES[kind]
    header, rows = _sound(sample)
    before = _standing(store)
    for column in set(header) - set(sample.free):
        for text in TEXTS[::3]:
            row = list(rows[0])
            row[header.index(column)] = text
            path = _write(tmp_path / "edition.csv", header, iter([row, *rows[1:]]))
            with suppress(Refused):
                done = import_file(store, path, today=TODAY)
                assert done.quarantined == 0
                withdraw(store, done.batch or 0)
        _assert_as_before(before, store)
    assert verify(store).fault is None
