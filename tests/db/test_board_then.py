"""The board of a moment that has passed is the board as it stood then: held against boards kept as they were shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.days import stamp
from core.deployments import State
from core.errors import Problem, Refused
from core.roles import ROLES, Rights
from db import board_then as board_past
from db.board_then import board_then
from db.deploying import Draft, against, stand_down, task
from db.deployment_changes import Terms, answer, change, lend, set_available, set_away
from db.deployments import Board, board, deployment, units
from db.loading.withdraw import withdraw
from db.store import Store, make_store
from db.store.undo import redo, undo
from tests.db.files import file_writer, take
from tests.db.test_deployments import BRENT, CAMDEN, HACKNEY, HEAD, HOUR, NOW, ROWS

WARDS = HACKNEY, CAMDEN, BRENT
_DEEDS = (
    "send", "send", "send", "move", "stand down", "stand down", "end", "end", "answer", "lend", "away", "back", "file",
    "withdraw", "undo", "undo", "redo", "wait",
)  # fmt: skip
DEEDS = st.lists(
    st.tuples(st.sampled_from(_DEEDS), st.integers(0, 11), st.sampled_from((0, 0, 20, 95, 400))),
    min_size=6,
    max_size=22,
)
"""What is done, with which unit and where, and how many minutes pass before the next."""


class _Shift:
    """A store with a clock set by hand, and the boards that were shown."""

    def __init__(self, folder: Path) -> None:
        self.moment = NOW
        self.write = file_writer(folder, "units.csv", HEAD)
        self.store = make_store(folder / "d.db", "Insp A", lambda: self.moment)
        self.shown: list[Board] = []
        self.files = 0
        self.batches: list[int] = []
        self._file(0)
        self.show()

    def show(self) -> None:
        """Keep the board as it is shown now; the clock goes on by a minute."""
        self.shown.append(board(self.store))
        self.moment += timedelta(minutes=1)

    def do(self, deed: str, number: int) -> None:
        """Do one thing; what is refused changes nothing."""
        store, now = self.store, self.moment
        every = [(unit.id, unit.on.id if unit.on else 0) for unit in units(store)] or [(0, 0)]
        unit, on = every[number % len(every)]
        ward = WARDS[number % len(WARDS)]
        does: dict[str, Callable[[], object]] = {
            "send": lambda: self._send(unit, ward, now),
            "move": lambda: self._send(unit, ward, now + (number - 3) * HOUR),
            "stand down": lambda: stand_down(store, [unit], "rain"),
            "end": lambda: change(store, on, _until(now + number * HOUR), "as the BCU asks"),
            "answer": lambda: answer(store, [unit], ("agreed", "refused")[number % 2], "said so"),
            "lend": lambda: lend(store, unit, number - 4, "NE BCU", now, now + 3 * HOUR, "uplift"),
            "away": lambda: set_away(store, [unit], now, None, "training"),
            "back": lambda: set_available(store, [unit], "back"),
            "file": lambda: self._file(number),
            "withdraw": lambda: withdraw(store, self.batches[number % len(self.batches)]),
            "undo": lambda: undo(store),
            "redo": lambda: redo(store),
            "wait": lambda: None,
        }
        with suppress(Problem):
            does[deed]()

    def _send(self, unit: int, ward: str, starts: datetime) -> None:
        draft = Draft((unit,), ward, "high-visibility patrol", max(starts, self.moment), starts + 8 * HOUR)
        accepted = [clash.key for clash in against(self.store, draft, self.moment)]
        task(self.store, draft, why="shots fired", accepted=accepted)

    def _file(self, number: int) -> None:
        self.files += 1
        rows = list(ROWS)
        if number % 3 == 1:
            rows[0] = rows[0].replace("14:00", f"{15 + number % 5}:00")
        if number % 3 == 2:
            rows[2] = "West 1,west,14,,,,,free,,"
            rows.append(f"North {number},north,9,{BRENT},ANPR,21/11/2026 08:00,21/11/2026 23:00,deployed,,")
        batch = take(self.store, self.write(*rows, name=f"{self.files}.csv")).batch
        self.batches += [batch] if batch is not None else []


def _until(ends: datetime) -> Terms:
    return Terms("Fewer", "robbery", ends, "", "", None, None, "")


@settings(
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=DEEDS)
def test_what_was_shown_is_what_the_past_is_told_as(deeds: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        shift = _Shift(Path(folder))
        with shift.store:
            for deed, number, minutes in deeds:
                shift.do(deed, number)
                shift.show()
                shift.moment += timedelta(minutes=minutes)
                shift.show()
            for shown in shift.shown:
                assert board_then(shift.store, shown.now) == shown


@pytest.fixture
def shift(tmp_path: Path) -> Iterator[_Shift]:
    made = _Shift(tmp_path)
    with made.store:
        yield made


def _state(found: Board, number: int) -> tuple[State, datetime | None]:
    one = next(one for one in found.deployments if one.id == number)
    return one.state, one.until


def _number(store: Store, name: str) -> int:
    return next(unit.id for unit in units(store) if unit.unit == name)


def test_an_end_that_was_changed_and_a_stand_down_are_not_known_before_they_were_entered(shift: _Shift) -> None:
    store, before = shift.store, shift.moment
    shift.moment += HOUR
    change(store, 1, _until(NOW + 12 * HOUR), "it goes on")
    longer = shift.moment
    shift.moment += HOUR
    stand_down(store, [_number(store, "East 1")], "rain")
    stopped = shift.moment
    shift.moment += timedelta(days=1)
    assert _state(board_then(store, before), 1) == (State.ON, NOW + 5 * HOUR)
    assert _state(board_then(store, longer), 1) == (State.ON, NOW + 12 * HOUR)
    assert _state(board_then(store, stopped), 1) == (State.OVER, stopped)
    assert board_then(store, shift.moment) == board(store)


def test_before_its_first_entry_a_unit_is_as_its_first_file_says_and_what_a_meeting_decides_is_not_there(
    shift: _Shift,
) -> None:
    store, earlier = shift.store, NOW - 2 * HOUR
    shift.do("send", 1)
    shift.do("file", 1)
    found = board_then(store, earlier)
    assert [(unit.unit, unit.state.value) for unit in found.units] == [
        ("East 1", "out"), ("East 2", "free"), ("West 1", "planned"), ("BTP 1", "free"),
    ]  # fmt: skip
    assert [one.until for one in found.deployments] == [NOW + 5 * HOUR, NOW + 17 * HOUR]


def test_what_another_sitting_whose_clock_is_ahead_has_decided_is_on_the_board_at_once(shift: _Shift) -> None:
    store, now = shift.store, shift.moment
    shift.moment += timedelta(minutes=1)
    unit = _number(store, "East 2")
    made = task(store, Draft((unit,), CAMDEN, "high-visibility patrol", shift.moment, shift.moment + HOUR))
    shift.moment = now
    assert deployment(store, made) is not None
    again = Draft((unit,), BRENT, "high-visibility patrol", now, now + 2 * HOUR)
    assert [clash.kind for clash in against(store, again, now)] == ["two-places"]


def test_the_past_is_read_from_the_journal_which_a_partner_does_not_see(shift: _Shift) -> None:
    shift.store.rights = Rights("p", "P", ROLES["partner"])
    with pytest.raises(Refused, match="board of a moment that has passed is not for a partner"):
        board_then(shift.store, NOW)
    shift.store.rights = shift.store.rights._replace(role=ROLES["observer"])
    assert board_then(shift.store, NOW).units


def test_of_deployments_that_were_over_long_before_only_what_was_written_of_since_is_read(shift: _Shift) -> None:
    store, month = shift.store, NOW + timedelta(days=30)
    first = min(one.id for one in board(store).deployments)
    written = [{"table": board_past._RECORD, "id": first, "before": {}, "after": {}}]
    for since, expected in (([], set()), ([written], {first})):
        held = board_past._today(store, stamp(month), since)
        assert set(held[board_past._RECORD]) == expected
        assert {row["deployment_id"] for row in held[board_past._LINK].values()} == expected
