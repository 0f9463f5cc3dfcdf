"""Units by the clock (DOMAIN.md section 6: sent somewhere from a start to an end) and the closed list of tactics."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deployments import Dose, State, checked, parse_dose, state_at
from core.errors import Problem
from core.extract import BadValue
from core.tactics import TACTICS, tactic_called
from core.units import TASK_FORCE

NOW = datetime(2026, 11, 27, 7, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)
MOMENTS = st.none() | st.integers(-48, 48).map(lambda hours: NOW + hours * HOUR)


@pytest.mark.parametrize(
    ("starts", "ends", "stopped", "state"),
    [
        (NOW + 3 * HOUR, NOW + 11 * HOUR, None, State.PLANNED),
        (NOW, NOW + HOUR, None, State.ON),
        (NOW - 8 * HOUR, NOW, None, State.OVER),
        (None, None, None, State.ON),
        (NOW - HOUR, None, None, State.ON),
        (NOW - 2 * HOUR, NOW + HOUR, NOW - HOUR, State.OVER),
        (NOW - 2 * HOUR, NOW + HOUR, NOW + HOUR / 2, State.ON),
        (NOW + HOUR, NOW + 2 * HOUR, NOW, State.CANCELLED),
        (NOW - HOUR, NOW + HOUR, NOW - HOUR, State.CANCELLED),
    ],
)
def test_a_deployment_is_planned_on_over_or_cancelled_by_clock_and_decision(
    starts: datetime | None, ends: datetime | None, stopped: datetime | None, state: State
) -> None:
    assert state_at(starts, ends, stopped, NOW) is state


@given(MOMENTS, MOMENTS)
def test_a_deployment_goes_from_planned_to_on_to_over_and_never_back(
    starts: datetime | None, ends: datetime | None
) -> None:
    order = [State.PLANNED, State.ON, State.OVER]
    walked = [order.index(state_at(starts, ends, None, NOW + hours * HOUR)) for hours in range(-50, 51)]
    assert walked == sorted(walked)


def test_a_deployment_that_nobody_has_agreed_to_is_never_on_and_is_cancelled_at_its_end() -> None:
    walked = [state_at(NOW, NOW + HOUR, None, NOW + hours * HOUR, manned=False) for hours in (-1, 0, 1)]
    assert walked == [State.PLANNED, State.PLANNED, State.CANCELLED]


def test_a_dose_is_visits_and_minutes_and_nothing_else() -> None:
    assert parse_dose("") is None
    assert parse_dose("12 x 15") == Dose(12, 15) == parse_dose("12x15 min")
    for text in ("12", "0 x 15", "12 x 0", "often", "-1 x 15", "12 x 15 x 2"):
        with pytest.raises(Problem, match="is no dose"):
            parse_dose(text)


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


FREE = ["U2", "east", "20", "", "", "", "", "free"]


def test_a_row_may_say_team_skills_and_shift_and_another_team_is_asked_for() -> None:
    assert checked(FREE, ())[8:] == (TASK_FORCE, "", "", "", "")
    given = checked([*FREE, "british transport police", "Taser; search", "14:00-22:00", "", "2 h"], ())
    assert given[8:] == (
        "British Transport Police", "search, taser", "14:00-22:00", "British Transport Police", "2 h"
    )  # fmt: skip
    for column, beside in (("team", ["X"]), ("skills", ["", "dancing"]), ("shift", ["", "", "25:00-26:00"])):
        with pytest.raises(BadValue) as refused:
            checked([*FREE, *beside], ())
        assert refused.value.column == column


def test_a_row_that_ends_before_it_starts_is_kept_out() -> None:
    row = ["U1", "east", "20", "W1", "ANPR", "27/11/2026 10:00", "27/11/2026 10:00", "deployed"]
    with pytest.raises(BadValue, match="not after the start"):
        checked(row, {"W1"})


def test_a_row_with_a_time_and_no_status_is_kept_out_and_not_taken_as_free() -> None:
    row = ["U1", "east", "20", "W1", "ANPR", "27/11/2026 10:00", "27/11/2026 18:00", " "]
    with pytest.raises(BadValue, match="is missing beside a time; use one of free, deployed, stood down"):
        checked(row, {"W1"})
