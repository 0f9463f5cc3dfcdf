from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from db import deploying
from db.loading.quarantined import quarantined
from db.loading.withdraw import withdraw
from db.patrols import Delivered, delivered
from db.store import Store, make_store
from db.store.journal import last_entry
from db.store.undo import redo, undo
from db.store.verify import verify
from tests.db.files import TODAY, Write, counts, file_writer, rows_of, take
from tests.db.sending import deploy

DAY = TODAY.toordinal()
NIGHT = datetime(2026, 11, 20, 18, tzinfo=UTC)
W1, W2 = "E05013806", "E05013808"
ROW = f"20/11/2026,{W1},North 1,2,16"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NIGHT

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def moved() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, moved: Clock) -> Iterator[Store]:
    """A store with two free units, at a clock that is set by hand."""
    store = make_store(tmp_path / "p.db", "tester", moved)
    with store.change("Units", kind="import", meeting=None) as writing:
        for unit, officers in (("North 1", 8), ("South 1", 4)):
            writing.insert(
                "deployment", unit=unit, base="north", officers=officers, ward_code="", tactic="", status="free"
            )
    yield store
    store.close()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes patrols delivered, each row a line."""

    return file_writer(tmp_path, "patrols.csv", "day,ward_code,unit,officers,hours")


def _between(store: Store, first: int, last: int) -> dict[str, float]:
    found = {code: delivered(store, code, first, last) for code in (W1, W2)}
    return {code: one.hours for code, one in found.items() if one.patrols}


def _hours(store: Store) -> dict[str, float]:
    return _between(store, 0, DAY)


def _deploy(store: Store, unit_id: int = 1, ward_code: str = W1) -> None:
    ends = store.now() + timedelta(hours=10)
    deploy(store, unit_id, ward_code, "knife arch", store.now(), ends, why="stabbing there")


def test_patrols_are_recognised_taken_and_added_up(store: Store, write: Write) -> None:
    lines = (ROW, f"20/11/2026,{W1},South 1,3,4.5", f"19/11/2026,{W1},North 1,2,8", f"20/11/2026,{W2},North 1,2,1.25")
    result = take(
        store, write(*(f"{line},Weapon sweep" for line in lines), header="day,ward_code,unit,officers,hours,tactic")
    )
    assert (result.profile, counts(result)) == ("patrols", (4, 4, 0, 0, 0))
    assert delivered(store, W1, DAY - 7, DAY) == Delivered(28.5, 3, 2)
    assert delivered(store, W1, DAY - 1, DAY - 1) == Delivered(20.5, 2, 2)
    assert delivered(store, W1, DAY, DAY) == Delivered(0, 0, 0)
    assert _between(store, DAY - 1, DAY - 1) == {W1: 20.5, W2: 1.25}
    assert rows_of(store, "SELECT DISTINCT tactic FROM patrol") == [("Weapon sweep",)]
    assert verify(store).fault is None


def test_bad_rows_are_kept_out_with_line_column_value_and_reason(store: Store, write: Write) -> None:
    lines = (
        ROW, f"22/11/2026,{W1},N,1,1", "20/11/2026,E05999999,N,1,1", f"20/11/2026,{W1},,1,1", f"20/11/2026,{W1},N,x,1",
        f"20/11/2026,{W1},N,1,24.1", f"20/11/2026,{W1},N,1,-1", ROW.replace("16", "17"), "20/11/2026,N",
    )  # fmt: skip
    assert counts(take(store, write(*lines))) == (9, 1, 0, 0, 8)
    assert [(row.line, row.column, row.value) for row in quarantined(store)] == [
        (3, "day", "22/11/2026"), (4, "ward_code", "E05999999"), (5, "unit", ""), (6, "officers", "x"),
        (7, "hours", "24.1"), (8, "hours", "-1"), (9, "unit", "North 1"), (10, "", "2"),
    ]  # fmt: skip
    assert all(row.reason for row in quarantined(store))


def test_a_later_file_revises_and_withdrawing_it_brings_back_what_stood(store: Store, write: Write) -> None:
    first = write(ROW, f"20/11/2026,{W2},North 1,2,1")
    take(store, first)
    assert counts(take(store, first)) == (2, 0, 2, 0, 0)
    newer = take(store, write(ROW.replace("16", "20"), f"20/11/2026,{W2},North 1,2,1.0", name="n.csv"))
    assert counts(newer) == (2, 0, 1, 1, 0)
    assert _hours(store) == {W1: 20, W2: 1}
    assert newer.batch is not None
    withdraw(store, newer.batch)
    assert _hours(store) == {W1: 16, W2: 1}
    withdraw(store, 1)
    assert _hours(store) == {}
    assert verify(store).fault is None


def test_hostile_text_is_kept_as_it_was_given(store: Store, write: Write) -> None:
    take(store, write(f'20/11/2026,{W1},"[b]\x1b[31m\';--\u202e",1,1'))
    assert rows_of(store, "SELECT unit FROM patrol") == [("[b]\x1b[31m';--\u202e",)]


def test_hours_are_delivered_by_the_clock_until_a_unit_stands_down(store: Store, moved: Clock) -> None:
    _deploy(store)
    _deploy(store, 2, W2)
    moved.now += timedelta(hours=3)
    entry = last_entry(store)[0]
    deploying.stand_down(store, [1, 2], "night shift is over")
    assert last_entry(store)[0] == entry + 1
    moved.now += timedelta(hours=1)
    assert _hours(store) == {W1: 24, W2: 12}
    assert rows_of(store, "SELECT COUNT(*) FROM patrol") == [(0,)], "worked out, and written down nowhere"
    undo(store)
    assert _hours(store) == {W1: 32, W2: 16}, "it has gone on"
    redo(store)
    assert _hours(store) == {W1: 24, W2: 12}
    assert verify(store).fault is None


def test_a_unit_sent_elsewhere_has_delivered_where_it_was(store: Store, moved: Clock) -> None:
    _deploy(store)
    assert _hours(store) == {}, "at its start it has delivered nothing"
    moved.now += timedelta(minutes=90)
    _deploy(store, ward_code=W2)
    moved.now += timedelta(hours=1)
    assert _hours(store) == {W1: 12, W2: 8}


def test_hours_end_when_the_unit_was_to_end_and_are_of_the_day_it_began_in_london(store: Store, moved: Clock) -> None:
    moved.now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    _deploy(store)
    moved.now += timedelta(days=2)
    summer = date(2026, 7, 2).toordinal()
    assert delivered(store, W1, summer, summer) == Delivered(80, 1, 1)


def test_a_unit_that_has_not_begun_delivers_nothing(store: Store, moved: Clock) -> None:
    later = moved.now + timedelta(hours=2)
    deploy(store, 1, W1, "knife arch", later, later + timedelta(hours=8))
    moved.now += timedelta(hours=1)
    deploying.stand_down(store, [1], "night shift is over")
    moved.now += timedelta(hours=20)
    assert _hours(store) == {}


def test_what_a_file_says_of_day_ward_and_unit_holds_until_it_is_withdrawn(
    store: Store, moved: Clock, write: Write
) -> None:
    for unit in (1, 2):
        _deploy(store, unit)
    moved.now += timedelta(hours=1)
    deploying.stand_down(store, [1, 2], "night shift is over")
    assert delivered(store, W1, 0, DAY) == Delivered(8 + 4, 2, 2)
    result = take(store, write(ROW))
    assert delivered(store, W1, 0, DAY) == Delivered(16 + 4, 2, 2)
    assert result.batch is not None
    withdraw(store, result.batch)
    assert delivered(store, W1, 0, DAY) == Delivered(8 + 4, 2, 2)
    assert verify(store).fault is None
