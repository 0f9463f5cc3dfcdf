"""Sums of what imports change: kept up by what an import changes, and asked for by ``verify``."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.errors import Refused
from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.store import Store, digests
from db.store.journal import Writing
from db.store.verify import verify
from tests.conftest import WriteExtract

TODAY = date(2026, 11, 21)


def _markers(folder: Path, kind: str, value: str) -> Path:
    path = folder / f"{kind}.csv"
    text = f"person_ref,marker,value,starts,ends,note\nP1,{kind},{value},10/11/2026,,\n"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_of_markers_may_make_someone_a_victim(store: Store, write_extract: WriteExtract, tmp_path: Path) -> None:
    import_file(store, write_extract([{"person_ref": "P1"}]), today=TODAY)
    done = import_file(store, _markers(tmp_path, "victim", "yes"), today=TODAY)
    assert store.read.rows("SELECT victim FROM person WHERE ref = 'P1'")[0]["victim"] == 1
    assert verify(store).fault is None
    assert done.batch is not None
    withdraw(store, done.batch)
    assert store.read.rows("SELECT victim FROM person WHERE ref = 'P1'")[0]["victim"] == 0
    assert verify(store).fault is None


def test_an_import_adds_up_only_what_it_has_added(
    store: Store, write_extract: WriteExtract, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_file(store, write_extract([{"person_ref": "P1", "crime_ref": "C1"}]), today=TODAY)
    add_up, above = digests.sums, []

    def sums(ask: digests.Ask, table: str, last: int = 0) -> digests.Sums:
        above.append((table, last))
        return add_up(ask, table, last)

    monkeypatch.setattr(digests, "sums", sums)
    newer = write_extract([{"person_ref": "P1", "crime_ref": "C1", "status": "serving"}, {"crime_ref": "C2"}])
    done = import_file(store, newer, today=TODAY)
    assert above == [("person", 1), ("report_row", 1)]
    assert done.batch is not None
    withdraw(store, done.batch)
    monkeypatch.undo()
    assert verify(store).fault is None, "what the import and the withdrawal changed was followed"


def test_sums_that_no_import_kept_are_missed(
    store: Store, write_extract: WriteExtract, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = digests._add

    def without_reports(writing: Writing, generation: int, of: str, sort: str, *rest: Any) -> None:
        if (of, sort) != ("report_row", digests.SUMS):
            add(writing, generation, of, sort, *rest)

    monkeypatch.setattr(digests, "_add", without_reports)
    import_file(store, write_extract([{"person_ref": "P1"}]), today=TODAY)
    assert verify(store).fault == "report_row has no digest of admitted, leading, replaced_by."


def _fail(store: Store) -> None:
    with store.change("Fail in the middle", kind="import", meeting=None) as writing:
        writing.connection.exec_driver_sql("UPDATE person SET victim = 1")
        raise Refused("Fail.")


def test_nothing_is_followed_once_an_import_has_ended(
    store: Store, write_extract: WriteExtract, tmp_path: Path
) -> None:
    """A refused one is taken back with what followed it, one that changes nothing follows nothing either."""
    same = write_extract([{"person_ref": "P1"}])
    for _ in range(2):
        import_file(store, same, today=TODAY)
    with pytest.raises(Refused):
        _fail(store)
    with store.change("Look", kind="import", meeting=None):
        pass
    with store.change("Look", meeting=None) as writing:
        left = writing.connection.exec_driver_sql("SELECT * FROM followed_sums").all()
    assert left == []
    assert verify(store).fault is None


def test_a_change_from_outside_is_found_after_a_later_import_too(store: Store, write_extract: WriteExtract) -> None:
    """Sums that are added up anew at each import would take a forged row in as if the import had made it."""
    import_file(store, write_extract([{"person_ref": "P1", "crime_ref": "C1"}]), today=TODAY)
    with closing(sqlite3.connect(store.path)) as outside, outside:
        outside.execute("UPDATE report_row SET leading = 0")
    import_file(store, write_extract([{"person_ref": "P2", "crime_ref": "C2"}]), today=TODAY)
    assert verify(store).fault == "report_row: admitted, leading, replaced_by are not as the last import left them."
