"""Which fly-tip sites are the worst, when their checks are behind, and which rows of a file are sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days import day_of
from core.extract import BadValue
from core.fly_tips import (
    CHECKS_A_WEEK,
    FINDINGS,
    ISSUES,
    TARGET_SITES,
    checked,
    checks_due,
    checks_words,
    same_place,
    week_of,
    worst,
)

MONDAY = day_of(date(2026, 11, 16))
WARDS = {"E05009367"}


@dataclass(frozen=True)
class Tip:
    place: str
    reports: int
    since: int = 100
    ward_code: str = "W1"
    closed_on: int | None = None


def test_the_worst_have_most_reports_then_are_open_longest_then_by_place() -> None:
    sites = [
        Tip("Mill Lane", 4, since=90),
        Tip("canal bridge", 4, since=90),
        Tip("Arch 12", 4, since=95),
        Tip("Depot gate", 9, since=200),
        Tip("High Street rear", 50, closed_on=190),
        Tip("Canal Bridge", 4, since=90, ward_code="W0"),
    ]
    assert [(one.place, one.ward_code) for one in worst(sites)] == [
        ("Depot gate", "W1"), ("Canal Bridge", "W0"), ("canal bridge", "W1"), ("Mill Lane", "W1"), ("Arch 12", "W1"),
    ]  # fmt: skip
    assert [one.place for one in worst(sites, 1)] == ["Depot gate"]


TIPS = st.builds(
    Tip,
    place=st.sampled_from("ABCDEF"),
    reports=st.integers(0, 5),
    since=st.integers(1, 5),
    ward_code=st.sampled_from(["W1", "W2"]),
    closed_on=st.none() | st.integers(1, 9),
)


@given(st.lists(TIPS, max_size=40), st.randoms())
def test_the_worst_are_open_twenty_at_most_and_none_left_out_is_worse(sites: list[Tip], random: Random) -> None:
    found = worst(sites)
    still = [one for one in sites if one.closed_on is None]
    assert len(found) == min(TARGET_SITES, len(still))
    assert all(one in still for one in found)
    left = worst(sites, len(sites))[len(found) :]
    assert all(one.reports <= found[-1].reports for one in left)
    mixed = list(sites)
    random.shuffle(mixed)
    assert worst(mixed) == found, "the order they come in does not matter"


@given(st.integers(1, 3_000_000))
def test_a_week_begins_on_monday_and_holds_its_day(day: int) -> None:
    monday, sunday = week_of(day)
    assert monday <= day <= sunday == monday + 6
    assert date.fromordinal(monday).weekday() == 0


@pytest.mark.parametrize(
    ("made", "behind"),
    [
        (0, [0, 0, 1, 1, 2, 2, 3]),
        (1, [0, 0, 0, 0, 1, 1, 2]),
        (2, [0, 0, 0, 0, 0, 0, 1]),
        (3, [0] * 7),
        (5, [0] * 7),
    ],
)
def test_checks_are_behind_from_wednesday_friday_and_sunday(made: int, behind: list[int]) -> None:
    assert [checks_due(made, MONDAY + n) for n in range(7)] == behind
    assert checks_due(made, MONDAY + 7) == 0, "a new week begins anew"


def test_the_words_for_the_list_say_that_checks_are_behind() -> None:
    assert checks_words(0, MONDAY) == "0/3"
    assert checks_words(0, MONDAY + 4) == "0/3 2 due"
    assert checks_words(4, MONDAY + 6) == "4/3"


def test_every_issue_has_an_action_and_awareness_has_two_stages() -> None:
    assert CHECKS_A_WEEK == 3
    assert FINDINGS == ("clear", "fly-tip", "evidence")
    assert len({one.title for one in ISSUES}) == len(ISSUES) == 8
    assert all(one.action for one in ISSUES)
    assert [one.title for one in ISSUES if "awareness" in one.title] == [
        "fly-tip awareness, stage 1", "fly-tip awareness, stage 2",
    ]  # fmt: skip


def test_a_row_is_a_site() -> None:
    row = checked(["  Mill   Lane ", "E05009367", "12", "01/10/2026"], WARDS, MONDAY)
    assert tuple(row) == ("Mill Lane", "E05009367", 12, day_of(date(2026, 10, 1)))
    assert row.key == same_place("MILL LANE", "E05009367") != same_place("Mill Lane", "E05009368")
    assert checked(["Mill Lane", "E05009367", "0", ""], WARDS, MONDAY).since is None


@pytest.mark.parametrize(
    ("fields", "column", "reason"),
    [
        ([" ", "E05009367", "1", ""], "place", "the place is missing"),
        (["Mill Lane", "E0500", "1", ""], "ward_code", "unknown ward code; write one"),
        (["Mill Lane", "E05009367", "-1", ""], "reports", "not a count"),
        (["Mill Lane", "E05009367", "", ""], "reports", "not a count"),
        (["Mill Lane", "E05009367", "1", "31/02/2026"], "since", "no such date"),
        (["Mill Lane", "E05009367", "1", "17/11/2026"], "since", "in the future"),
    ],
)
def test_a_row_that_is_none_says_which_value_and_why(fields: list[str], column: str, reason: str) -> None:
    with pytest.raises(BadValue, match=reason) as fault:
        checked(fields, WARDS, MONDAY)
    assert fault.value.column == column
