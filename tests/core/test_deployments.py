"""Units by the clock (DOMAIN.md section 6: sent somewhere from a start to an end) and the closed list of tactics."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deployments import DEPLOYED, TACTICS, State, checked, is_out, state_at, tactic_called
from core.errors import Problem
from core.extract import BadValue

NOW = datetime(2026, 11, 27, 7, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
MOMENTS = st.none() | st.integers(-48, 48).map(lambda hours: NOW + hours * HOUR)


@pytest.mark.parametrize(
    ("status", "starts", "ends", "state"),
    [
        (DEPLOYED, NOW + 3 * HOUR, NOW + 11 * HOUR, State.PLANNED),
        (DEPLOYED, NOW, NOW + HOUR, State.ON),
        (DEPLOYED, NOW - 8 * HOUR, NOW, State.OVER),
        (DEPLOYED, None, None, State.ON),
        (DEPLOYED, NOW - HOUR, None, State.ON),
        ("free", None, None, State.FREE),
        ("stood down", NOW - HOUR, NOW + HOUR, State.STOOD_DOWN),
    ],
)
def test_a_unit_is_planned_on_or_over_by_the_clock(
    status: str, starts: datetime | None, ends: datetime | None, state: State
) -> None:
    assert state_at(status, starts, ends, NOW) is state


@given(MOMENTS, MOMENTS)
def test_a_deployment_goes_from_planned_to_on_to_over_and_never_back(
    starts: datetime | None, ends: datetime | None
) -> None:
    order = [State.PLANNED, State.ON, State.OVER]
    walked = [order.index(state_at(DEPLOYED, starts, ends, NOW + hours * HOUR)) for hours in range(-50, 51)]
    assert walked == sorted(walked)


def test_a_unit_that_is_planned_leaves_something_and_one_that_is_over_does_not() -> None:
    now = "2026-11-27T07:11:00+00:00"
    assert is_out(DEPLOYED, "2026-11-27T08:00:00+00:00", now)
    assert not is_out(DEPLOYED, now, now)
    assert is_out(DEPLOYED, None, now)
    assert not is_out("free", None, now)


def test_every_tactic_has_a_source_and_those_of_the_task_force_are_all_there() -> None:
    assert all(tactic.label == label and tactic.source for label, tactic in TACTICS.items())
    named = " ".join(TACTICS).casefold()
    for words in (
        "q-car", "surveillance", "street crime and quick wins", "test purchase", "knife surrender", "tagging spray",
        "hostyds", "viper", "achilles heel", "section 60", "strong box", "facial recognition", "drone", "e-bike",
        "stop and search", "warrant", "manhunt", "habitual knife carrier", "weapon sweep", "convoy", "anpr",
        "knife arch", "joint operation",
    ):  # fmt: skip
        assert words in named, words


def test_a_tactic_is_known_in_any_case_and_another_is_refused_with_the_list() -> None:
    assert tactic_called("  Weapon  SWEEP ") == "weapon sweep"
    with pytest.raises(Problem) as refused:
        tactic_called("dancing")
    assert all(label in refused.value.sentence for label in TACTICS)


def test_a_row_of_a_file_with_another_tactic_is_refused_by_column_and_the_rest_is_taken() -> None:
    row = ["U1", "east", "20", "W1", "Q-Car", "27/11/2026 10:00", "27/11/2026 18:00", "deployed"]
    assert checked(row, {"W1"}).tactic == "Q-car"
    with pytest.raises(BadValue, match="no tactic of the list; use one of intelligence-led"):
        checked([*row[:4], "dancing", *row[5:]], {"W1"})
    assert checked(["U2", "east", "20", "", "", "", "", ""], {"W1"}).tactic == "", "a free unit has none"
