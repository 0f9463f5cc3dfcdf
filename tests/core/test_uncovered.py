"""Wards that are high or unusual and have no unit; what a deployment is measured by; officer-hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deployment_hours import officer_hours, within
from core.deployment_measures import proposed
from core.neighbours import lying, neighbours_of
from core.uncovered import HIGH, Month, uncovered

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RANKED = sorted(lying())
PLACES = {code: place for place, code in enumerate(RANKED, 1)}


def test_the_first_by_harm_the_priorities_and_the_unusual_are_wanted_and_the_covered_are_not() -> None:
    months = {RANKED[40]: Month(30, [10] * 11), RANKED[41]: Month(12, [10] * 11)}
    found = uncovered(RANKED, [RANKED[30], "W9"], months, RANKED[1:HIGH], PLACES)
    assert [(one.ward_code, one.rank) for one in found] == [
        (RANKED[0], 1), (RANKED[30], 31), (RANKED[40], 41), ("W9", None)
    ]  # fmt: skip
    assert [one.why for one in found] == [
        ("1 in harm",), ("priority ward",), ("unusual: 30 hot violence in the latest month, 10 a month before",),
        ("priority ward",),
    ]  # fmt: skip


def test_the_rank_of_a_ward_is_that_among_all_wards_also_where_few_are_looked_at() -> None:
    here = RANKED[99:120]
    found = uncovered(here, [here[15]], {}, here[1:HIGH], PLACES)
    assert [(one.ward_code, one.rank, one.why) for one in found] == [
        (here[0], 100, ("100 in harm",)),
        (here[15], 115, ("priority ward",)),
    ]


@pytest.mark.parametrize(("now", "before"), [(12, [10] * 11), (9, [1] * 11), (9, []), (0, [30] * 11)])
def test_a_month_within_its_limits_or_of_few_is_not_unusual(now: int, before: list[int]) -> None:
    assert Month(now, before).words == ""


def test_comparison_wards_are_near_in_harm_not_next_door_and_without_a_unit() -> None:
    ranks = {code: place for place, code in enumerate(RANKED, 1)}
    here = RANKED[100]
    sent_to = {next(code for code in RANKED[101:] if code not in neighbours_of(here))}
    found = proposed("knife arch", here, NOW, NOW + 8 * HOUR, ranks, sent_to)
    assert (found.words, found.until, len(found.wards)) == ("knife crime", NOW + 28 * DAY, 3)
    assert not {*found.wards} & {here, *neighbours_of(here), *sent_to}
    assert all(abs(ranks[code] - 101) < 20 for code in found.wards)
    assert proposed("knife arch", here, NOW, NOW + 56 * DAY, {}).wards == (), "none is ranked"
    assert proposed("knife arch", here, NOW, NOW + 56 * DAY, ranks).until == NOW + 56 * DAY


def test_a_duty_is_counted_by_the_hour_and_a_period_by_days_of_duty() -> None:
    assert officer_hours(4, NOW, NOW + 8 * HOUR) == 32
    assert officer_hours(30, NOW, NOW + 56 * DAY) == 30 * 56 * 8
    assert officer_hours(4, NOW, NOW - HOUR) == 0
    assert within(4, NOW, NOW + 8 * HOUR, NOW + 6 * HOUR, NOW + DAY) == 8
    assert within(30, NOW, NOW + 56 * DAY, NOW + 7 * DAY, NOW + 14 * DAY) == 30 * 7 * 8


@given(st.integers(0, 40), st.integers(1, 2000), st.integers(-10, 2100))
def test_the_parts_of_a_deployment_are_together_the_whole(officers: int, hours: int, cut: int) -> None:
    ends, at = NOW + hours * HOUR, NOW + cut * HOUR
    parts = [within(officers, NOW, ends, since, before) for since, before in ((NOW, at), (at, ends))]
    if NOW <= at <= ends:
        assert sum(parts) == pytest.approx(officer_hours(officers, NOW, ends), abs=0.02)
