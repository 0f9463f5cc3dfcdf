from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from core.markers import COLUMNS, Marker
from db import markers
from db.loading.importing import import_file
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.store import Store
from db.store.verify import verify
from tests.db.files import TODAY, Write, counts, file_writer, rows_of, take

DVPO = "P1,Order,dvpo,01/11/2026,29/11/2026,court"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of markers, each row a line."""

    return file_writer(tmp_path, "markers.csv", ",".join(COLUMNS))


def _of(store: Store, ref: str) -> list[tuple[str, str, str, int | None, str]]:
    return [
        (one.kind, one.value, date.fromordinal(one.starts).isoformat(), one.ends, one.note)
        for one in markers.of_person(store, ref)
    ]


def test_markers_are_recognised_and_taken(store: Store, write: Write) -> None:
    result = take(store, write(DVPO, "P1,OGRS,78%,2026-10-01,,", "P2,wanted,8/6,02/11/2026,,"))
    assert result.profile == "markers"
    assert counts(result) == (3, 3, 0, 0, 0)
    first, last = date(2026, 11, 1).toordinal(), date(2026, 11, 29).toordinal()
    assert markers.of_person(store, "P1") == [
        Marker("ogrs", "78", date(2026, 10, 1).toordinal(), None, "", "markers.csv", 3),
        Marker("order", "DVPO", first, last, "court", "markers.csv", 2),
    ]
    assert _of(store, "P2") == [("wanted", "008/06", "2026-11-02", None, "")]
    assert verify(store).fault is None


def test_bad_rows_are_kept_out_with_line_column_value_and_reason(store: Store, write: Write) -> None:
    lines = (
        "P1,custody,prison,01/11/2026,,", "P1,custody,zoo,01/11/2026,,", ",rso,registered,01/11/2026,,",
        "P1,rso,registered,22/11/2026,,", "P1,mappa,9/1,01/11/2026,,", "P1,order,SPO,02/11/2026,01/11/2026,",
        "P1,Custody,Prison,2026-11-01,,again", "P1,custody,prison", "P1,custody,remand,01/11/2026,,",
    )  # fmt: skip
    assert counts(take(store, write(*lines))) == (9, 2, 0, 0, 7)
    assert [(row.line, row.column, row.value) for row in quarantined(store)] == [
        (3, "value", "zoo"), (4, "person_ref", ""), (5, "starts", "22/11/2026"), (6, "value", "9/1"),
        (7, "ends", "01/11/2026"), (8, "marker", "custody"), (9, "", "3"),
    ]  # fmt: skip
    assert all(row.reason for row in quarantined(store))


def test_the_same_again_is_unchanged_and_another_end_or_note_is_a_revision(store: Store, write: Write) -> None:
    first = write(DVPO, "P1,ogrs,78,01/10/2026,,")
    take(store, first)
    assert counts(take(store, first)) == (2, 0, 2, 0, 0)
    newer = take(store, write("P1,ogrs,78 %,01/10/2026,,", DVPO.replace("29/11", "15/12"), name="n.csv"))
    assert counts(newer) == (2, 0, 1, 1, 0)
    assert [row[3:] for row in _of(store, "P1") if row[0] == "order"] == [(date(2026, 12, 15).toordinal(), "court")]
    assert rows_of(store, "SELECT line, replaced_by FROM marker WHERE kind = 'order' ORDER BY id") == [
        (2, newer.batch), (3, None),
    ]  # fmt: skip
    noted = take(store, write(DVPO.replace("29/11", "15/12").replace("court", "appeal"), name="m.csv"))
    assert counts(noted) == (1, 0, 0, 1, 0)


@pytest.mark.parametrize(
    "other",
    [
        "P2,order,DVPO,01/11/2026,,",
        "P1,breach,DVPO,01/11/2026,,",
        "P1,order,SPO,01/11/2026,,",
        "P1,order,DVPO,02/11/2026,,",
    ],
)
def test_another_person_marker_value_or_start_is_another_fact(store: Store, write: Write, other: str) -> None:
    take(store, write(DVPO))
    assert counts(take(store, write(other, name="n.csv"))) == (1, 1, 0, 0, 0)
    assert rows_of(store, "SELECT COUNT(*) FROM marker WHERE replaced_by IS NULL") == [(2,)]


def test_a_withdrawn_batch_leaves_the_markers_as_they_were(store: Store, write: Write) -> None:
    take(store, write(DVPO))
    before = _of(store, "P1")
    newer = write(DVPO.replace("court", "appeal"), "P2,victim,yes,01/11/2026,,", name="n.csv")
    batch = take(store, newer).batch
    assert batch is not None
    withdraw(store, batch)
    assert _of(store, "P1") == before
    assert list(markers.of_everyone(store)) == ["P1"]
    assert verify(store).fault is None
    assert counts(take(store, newer)) == (2, 1, 0, 1, 0)
    withdraw(store, batch + 1)
    withdraw(store, 1)
    assert markers.of_everyone(store) == {}


def test_a_dry_run_keeps_nothing(store: Store, write: Write) -> None:
    assert counts(import_file(store, write(DVPO), today=TODAY, dry_run=True)) == (1, 1, 0, 0, 0)
    assert markers.of_everyone(store) == {}


def test_a_marker_makes_a_suspect_a_victim_too_until_it_is_withdrawn(
    store: Store, tmp_path: Path, write_extract: Callable[..., Path]
) -> None:
    import_file(store, write_extract([{"crime_ref": "1"}, {"crime_ref": "2", "person_ref": "P2", "victim_ref": "P3"}]))
    import_file(store, write_extract([{"crime_ref": "3", "person_ref": "P3"}], name="later.csv"))
    flags = "SELECT ref FROM person WHERE victim = 1 ORDER BY ref"
    assert rows_of(store, flags) == [("P3",)]
    path = tmp_path / "victims.csv"
    path.write_text("person_ref,marker,value,starts,ends,note\nP1,victim,yes,2026-01-01,,\n")
    batch = import_file(store, path).batch
    assert rows_of(store, flags) == [("P1",), ("P3",)]
    assert batch is not None
    withdraw(store, batch)
    assert rows_of(store, flags) == [("P3",)]
