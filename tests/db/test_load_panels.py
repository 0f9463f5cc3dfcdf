from __future__ import annotations

from pathlib import Path

import pytest

from db.loading.importing import import_file
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.panels import PanelPriority, any_panel, asked_by_panels, panel_priorities
from db.store import Store
from db.store.verify import verify
from tests.db.files import TODAY, Write, counts, file_writer, take

DAY = TODAY.toordinal()
W1, W2 = "E05013806", "E05013808"
KNIVES = f"{W1},Knife crime,01/11/2026,"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes what ward panels ask for, each row a line."""

    return file_writer(tmp_path, "panels.csv", "ward_code,priority,set_on,ends_on")


def _standing(store: Store, day: int = DAY, ward_code: str | None = None) -> list[tuple[str, str]]:
    return [(one.ward_code, one.priority) for one in panel_priorities(store, day, ward_code)]


def test_priorities_are_recognised_taken_and_stand_on_their_days(store: Store, write: Write) -> None:
    assert not any_panel(store)
    result = take(store, write(KNIVES, f"{W2},Drugs,02/11/2026,05/12/2026", f"{W1},Noise,01/10/2026,31/10/2026"))
    assert (result.profile, counts(result)) == ("ward-panel", (3, 3, 0, 0, 0))
    assert panel_priorities(store, DAY, W1) == [PanelPriority(W1, "Knife crime", DAY - 20, None, "panels.csv", 2)]
    assert _standing(store) == [(W1, "Knife crime"), (W2, "Drugs")]
    assert _standing(store, DAY - 21) == [(W1, "Noise")]
    assert _standing(store, DAY + 14) == [(W1, "Knife crime"), (W2, "Drugs")]
    assert _standing(store, DAY + 15) == [(W1, "Knife crime")]
    assert _standing(store, ward_code=W2) == [(W2, "Drugs")]
    assert asked_by_panels(store, DAY) == {W1: 1, W2: 1}
    assert verify(store).fault is None


def test_a_file_without_ends_is_taken(store: Store, write: Write) -> None:
    lines = [line.rpartition(",")[0] for line in (KNIVES, f"{W1},Drugs,01/11/2026,")]
    assert counts(take(store, write(*lines, header="Ward_Code,Priority,Set_on"))) == (2, 2, 0, 0, 0)
    assert asked_by_panels(store, DAY) == {W1: 2}


def test_bad_rows_are_kept_out_with_line_column_value_and_reason(store: Store, write: Write) -> None:
    lines = (
        "E05999999,Drugs,01/11/2026,", f"{W1},,01/11/2026,", f"{W1},Drugs,22/11/2026,", KNIVES,
        f"{W1},KNIFE  crime,2026-11-01,05/12/2026", f"{W1},Drugs,01/11/2026,31/10/2026", f"{W1},Drugs",
    )  # fmt: skip
    assert counts(take(store, write(*lines))) == (7, 1, 0, 0, 6)
    assert [(row.line, row.column, row.value) for row in quarantined(store)] == [
        (2, "ward_code", "E05999999"), (3, "priority", ""), (4, "set_on", "22/11/2026"),
        (6, "priority", "KNIFE crime"), (7, "ends_on", "31/10/2026"), (8, "", "2"),
    ]  # fmt: skip
    assert all(row.reason for row in quarantined(store))


def test_the_same_again_is_unchanged_and_another_end_is_a_revision(store: Store, write: Write) -> None:
    first = write(KNIVES, f"{W2},Drugs,02/11/2026,")
    take(store, first)
    assert counts(take(store, first)) == (2, 0, 2, 0, 0)
    newer = take(store, write(f"{W1},knife CRIME,01/11/2026,20/11/2026", f"{W2},Drugs,2026-11-02,", name="n.csv"))
    assert counts(newer) == (2, 0, 1, 1, 0)
    assert _standing(store) == [(W2, "Drugs")]
    assert _standing(store, DAY - 1, W1) == [(W1, "knife CRIME")]
    later = take(store, write(f"{W1},Knife crime,02/11/2026,", name="o.csv"))
    assert counts(later) == (1, 1, 0, 0, 0), "set on another day it is another priority"


def test_a_withdrawn_batch_leaves_the_priorities_as_they_were(store: Store, write: Write) -> None:
    take(store, write(KNIVES))
    before = panel_priorities(store, DAY)
    newer = write(f"{W1},Knife crime,01/11/2026,20/11/2026", f"{W2},Drugs,02/11/2026,", name="n.csv")
    batch = take(store, newer).batch
    assert batch is not None
    withdraw(store, batch)
    assert panel_priorities(store, DAY) == before
    assert counts(take(store, newer)) == (2, 1, 0, 1, 0)
    withdraw(store, batch + 1)
    withdraw(store, 1)
    assert panel_priorities(store, DAY) == []
    assert not any_panel(store)
    assert verify(store).fault is None


def test_hostile_text_is_kept_as_it_was_given(store: Store, write: Write) -> None:
    take(store, write(f'{W1},"[red]\x1b[31m\'; DROP TABLE batch;--\u202e",01/11/2026,'))
    assert _standing(store) == [(W1, "[red]\x1b[31m'; DROP TABLE batch;--\u202e")]


def test_a_ward_that_only_a_reference_file_has_is_known(store: Store, write: Write, tmp_path: Path) -> None:
    new = write("E05099999,Drugs,01/11/2026,", name="new.csv")
    assert counts(import_file(store, new, today=TODAY, dry_run=True))[4] == 1
    path = tmp_path / "w.csv"
    path.write_text("ward_code,ward,borough\nE05099999,New Ward,Camden\n", encoding="utf-8")
    take(store, path)
    assert counts(take(store, new)) == (1, 1, 0, 0, 0)
