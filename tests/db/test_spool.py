"""What is read of a file waits beside the store until it is written, and what other imports did meanwhile is seen."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import SpooledTemporaryFile

import pytest

from core.errors import Busy, Conflict, Damaged, Refused
from db.loading import spool
from db.loading.importing import import_file
from db.loading.spool import Spool
from db.store import Clock, Store, open_store
from tests.conftest import WriteExtract
from tests.db.files import counts, rows_of

TODAY = date(2026, 11, 23)
VALUES = [(1, None, "é\x1f\0\udc80", 2.5), [], ["", -(1 << 70), (True,)]]


@pytest.mark.parametrize("in_memory", [1 << 20, 1])
def test_values_come_back_in_their_order_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(spool, "_IN_MEMORY", in_memory)
    with Spool(tmp_path / "tasking.db") as kept:
        assert list(kept.all()) == []
        for value in VALUES:
            kept.add(value)
        assert list(kept.all()) == list(kept.all()) == VALUES
        assert kept.count == len(VALUES)
        assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("number", "title"), [(errno.ENOSPC, "Disk full"), (errno.EIO, "Not written")])
def test_a_disk_that_does_not_take_it_is_a_sentence_and_nothing_changes(
    store: Store, write_extract: WriteExtract, monkeypatch: pytest.MonkeyPatch, number: int, title: str
) -> None:
    def full(*_: object) -> int:
        raise OSError(number, "no")

    monkeypatch.setattr(SpooledTemporaryFile, "write", full)
    with pytest.raises(Damaged, match=r"tasking\.db .*Nothing was changed\. Make room on it") as refused:
        import_file(store, write_extract([{}]), today=TODAY)
    assert refused.value.title == title
    assert rows_of(store, "SELECT COUNT(*) FROM journal WHERE kind = 'import'") == [(0,)]


def _meanwhile(store: Store, clock: Clock, do: Callable[[Store], object]) -> Callable[[int, int], None]:
    """Does something in another program, once, while a file is read."""
    to_do = [do]

    def progress(_done: int, _size: int) -> None:
        while to_do:
            with closing(open_store(store.path, "another", clock)) as other:
                to_do.pop()(other)

    return progress


def test_a_file_that_another_takes_in_meanwhile_is_taken_once(
    store: Store, clock: Clock, write_extract: WriteExtract
) -> None:
    path = write_extract([{}, {"crime_ref": "2"}])
    meanwhile = _meanwhile(store, clock, lambda other: import_file(other, path, today=TODAY))
    done = import_file(store, path, today=TODAY, progress=meanwhile)
    assert (counts(done), done.batch) == ((2, 0, 2, 0, 0), 1)
    assert rows_of(store, "SELECT COUNT(*) FROM report_row") == [(2,)]


def test_reports_that_another_takes_in_meanwhile_are_revised_and_people_known(
    store: Store, clock: Clock, write_extract: WriteExtract
) -> None:
    first = write_extract([{}], "first.csv")
    second = write_extract([{"outcome": "charged"}, {"crime_ref": "2"}], "second.csv")
    meanwhile = _meanwhile(store, clock, lambda other: import_file(other, first, today=TODAY))
    assert counts(import_file(store, second, today=TODAY, progress=meanwhile)) == (2, 1, 0, 1, 0)
    assert rows_of(store, "SELECT COUNT(*) FROM person") == [(1,)]


def test_rows_checked_by_wards_that_another_changes_meanwhile_are_not_taken(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    wards, patrols = tmp_path / "wards.csv", tmp_path / "patrols.csv"
    wards.write_text("ward_code,ward,borough\nE05999999,New Ward,Hackney\n")
    patrols.write_text("day,ward_code,unit,tactic,officers,hours\n20/11/2026,E05999999,Unit 1,foot,2,3\n")
    meanwhile = _meanwhile(store, clock, lambda other: import_file(other, wards, today=TODAY))
    with pytest.raises(Busy, match=r"patrols\.csv was read\. Nothing was changed\. Import it again"):
        import_file(store, patrols, today=TODAY, progress=meanwhile)
    assert import_file(store, patrols, today=TODAY).taken == 1


def test_a_fault_takes_no_lock(store: Store, tmp_path: Path, write_extract: WriteExtract) -> None:
    path = write_extract([{"reported_on": "11/23/2026"}])
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refused, match="month first"):
            import_file(store, path, today=TODAY)
        store.waiting.patience = 0
        with pytest.raises(Busy):
            import_file(store, write_extract([{}], "sound.csv"), today=TODAY)


def test_a_store_that_cannot_be_written_is_told_of_before_a_file_is_read(
    store: Store, write_extract: WriteExtract
) -> None:
    store.only_read = "its file cannot be written"
    with pytest.raises(Conflict, match="can only be read"):
        import_file(store, write_extract([{}]), today=TODAY, progress=lambda *_: pytest.fail("the file was read"))
