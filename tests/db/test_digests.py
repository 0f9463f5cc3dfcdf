"""Digests of what imports change: worked out where a file can have changed something, and asked for by ``verify``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.loading.importing import import_file
from db.loading.withdraw import withdraw
from db.store import Store, digests
from db.store.verify import verify
from tests.conftest import WriteExtract

TODAY = date(2026, 11, 21)


def _states(store: Store) -> list[str]:
    """The tables of which a digest of changing columns was worked out, in order."""
    return [row["of"] for row in store.read.rows("SELECT of FROM row_digest WHERE sort = 'state' ORDER BY id")]


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


def test_only_what_a_file_may_change_is_worked_out_anew(
    store: Store, write_extract: WriteExtract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_file(store, write_extract([{"person_ref": "P1"}]), today=TODAY)
    read: list[str] = []

    def state_digest(ask: digests.Ask, table: str) -> tuple[str, int]:
        read.append(table)
        return "0" * 64, 0

    monkeypatch.setattr(digests, "state_digest", state_digest)
    import_file(store, _markers(tmp_path, "custody", "remand"), today=TODAY)
    assert read == ["marker", "person"], "reports are not read again"


def test_a_digest_that_no_import_kept_is_missed(
    store: Store, write_extract: WriteExtract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(digests._FOLLOWS, "report_row", frozenset())
    import_file(store, write_extract([{"person_ref": "P1"}]), today=TODAY)
    assert _states(store) == ["person"]
    monkeypatch.undo()
    assert verify(store).fault == "report_row has no digest of admitted, leading, replaced_by."
