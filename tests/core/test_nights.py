"""The span of a meeting and when a report became known; what is usual beside a count. DOMAIN2.md section 1."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.days import LONDON
from core.nights import Came, Night, became_known, end_of, moment
from core.scope import Scope, scope_of
from core.usual import interval, spread, usual

DAY = date(2026, 11, 20).toordinal()
NOTHING_ELSE = Came(None, None)
TABLE = [
    ("knife-crime", 24, "force", (28, 53)), ("knife-crime", 72, "force", (100, 143)),
    ("stabbing", 24, "force", (6, 20)), ("stabbing", 72, "force", (27, 51)),
    ("gun-crime", 24, "force", (2, 12)), ("gun-crime", 72, "force", (12, 29)),
    ("shooting", 24, "force", (0, 3)), ("shooting", 72, "force", (0, 7)),
    ("homicide", 24, "force", (0, 2)), ("homicide", 72, "force", (0, 4)),
    ("robbery", 24, "force", (72, 109)), ("robbery", 72, "force", (238, 303)),
    ("stabbing", 24, "NW", (0, 3)),
]  # fmt: skip


def _night(first: int, hour: int, hours: int, meeting: int | None = 1) -> Night:
    since = moment(first, hour * 60)
    return Night(since, since + timedelta(hours=hours), meeting)


@pytest.mark.parametrize(("kind", "hours", "scope", "expected"), TABLE)
def test_the_table_is_the_one_of_the_rules(kind: str, hours: int, scope: str, expected: tuple[int, int]) -> None:
    found = usual(kind, 14, hours, scope_of(scope), [])
    assert (found.low, found.high) == expected
    assert found.basis.startswith("table: ")
    assert usual("stabbing", 14, 24, scope_of("force"), []).words == "14 (usual 6-20)"
    assert usual("stabbing", 21, 24, scope_of("force"), []).outside == "above"


def test_own_reports_hold_where_they_reach_back_and_small_places_are_not_compared() -> None:
    own = usual("stabbing", 3, 24, scope_of("NW"), [1] * 8)
    assert (own.low, own.high, own.basis) == (0, 4, "store: 8 like spans, mean 1.0")
    assert usual("serious-sexual", 3, 24, scope_of("force"), [1] * 7).low is None
    quiet = usual("serious-assault", 1, 24, scope_of("NW"), [0] * 13)
    assert (quiet.low, quiet.high, quiet.outside) == (0, 1, ""), "quiet weeks make no first one unusual"
    assert usual("serious-assault", 2, 24, scope_of("NW"), [0] * 13).outside == "above"
    small = usual("stabbing", 3, 24, Scope("borough", "Brent"), [0] * 7 + [1])
    assert (small.low, small.outside) == (None, "")
    assert "compare by BCU (NW)" in small.basis
    assert spread([1, 1, 1, 1]) == 1.25


@given(some.floats(0.01, 400), some.floats(1, 4))
def test_a_range_holds_its_mean_and_grows_with_the_spread(mean: float, wider: float) -> None:
    low, high = interval(mean, wider)
    assert low <= mean + 1
    assert high >= mean - 1
    assert high - low >= interval(mean)[1] - interval(mean)[0] - 1


@given(some.integers(DAY - 3, DAY + 3), some.integers(-1, 1439), some.integers(0, 4), some.integers(0, 23))
def test_nights_that_follow_each_other_hold_an_incident_once(day: int, minute: int, later: int, hour: int) -> None:
    nights = [_night(DAY - 6 + nth, hour, 24) for nth in range(16)]
    known = [became_known(night, day, minute, day + later, NOTHING_ELSE) for night in nights]
    assert sum(known) == 1


def test_what_came_only_since_the_last_meeting_is_new_to_this_one() -> None:
    night = _night(DAY, 9, 24)
    fed, came = moment(DAY, 8 * 60), moment(DAY + 1, 8 * 60)
    assert not became_known(night, DAY - 1, 600, DAY, NOTHING_ELSE)
    assert became_known(night, DAY - 1, 600, DAY, Came(came, fed))
    assert not became_known(night, DAY - 1, 600, DAY, Came(fed, fed))
    assert not became_known(night, DAY - 60, 600, DAY - 60, Came(came, fed))


def test_a_span_that_no_meeting_begins_takes_its_first_day_in() -> None:
    night = _night(DAY, 18, 15, None)
    assert became_known(night, DAY - 9, 600, DAY, NOTHING_ELSE)
    assert not became_known(night, DAY, 600, DAY, NOTHING_ELSE)
    assert night.before(DAY, 600)
    assert night.holds(DAY, -1)


def test_a_span_over_the_change_of_the_clocks() -> None:
    spring = date(2026, 3, 29)
    night = Night(datetime(2026, 3, 29, tzinfo=LONDON), end_of(spring))
    assert night.hours == 23
    assert night.weeks_before(1).hours == 24
    assert night.last_day == spring.toordinal()
