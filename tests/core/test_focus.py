from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.days import monday_of
from core.errors import Problem
from core.focus import GivenWeek, Need, draft, hours, menu, next_area, next_ward
from core.focus_measures import Point, as_read, by_month, figure, progress
from core.focus_model import Measure, default

MODEL = default()
MONDAY = date(2026, 11, 16).toordinal()
BELMONT, CANONS, CENTENARY = "E05013542", "E05013543", "E05013544"
FPNS, HMOS = MODEL.measures


def _turn(weeks_ago: int, area: str, code: str) -> GivenWeek:
    return GivenWeek(MONDAY - 7 * weeks_ago, area, code)


def test_the_week_of_a_day_begins_on_its_monday() -> None:
    assert [monday_of(MONDAY + day) for day in (-1, 0, 6, 7)] == [MONDAY - 7, MONDAY, MONDAY, MONDAY + 7]


def test_areas_follow_each_other_from_the_latest_week() -> None:
    assert next_area(MODEL, ()) == "East"
    assert next_area(MODEL, [_turn(1, "West", ""), _turn(2, "East", "")]) == "East"
    assert next_area(MODEL, [_turn(3, "West", ""), _turn(2, "East", "")]) == "Central"
    assert next_area(MODEL, [_turn(1, "An area of before", "")]) == "East"


def test_the_ward_that_waited_longest_is_next_then_need_then_code() -> None:
    few = replace(MODEL, areas={"East": (CENTENARY, CANONS, BELMONT)})
    assert next_ward(few, "East", (), {}) == BELMONT
    needs = {CANONS: Need(1, 1), CENTENARY: Need(0, 2)}
    assert next_ward(few, "East", (), needs) == CANONS
    assert next_ward(few, "East", [_turn(9, "East", CANONS)], needs) == CENTENARY
    past = [_turn(1, "East", CANONS), _turn(9, "East", CANONS), _turn(5, "East", CENTENARY), _turn(4, "East", BELMONT)]
    assert next_ward(few, "East", past, {CANONS: Need(99, 99)}) == CENTENARY


@given(st.lists(st.dictionaries(st.sampled_from(sorted(MODEL.areas["West"])), st.integers(0, 9)), min_size=24))
def test_areas_alternate_and_no_ward_comes_twice_before_every_ward_of_its_area(weekly: list[dict[str, int]]) -> None:
    past: list[GivenWeek] = []
    for week, open_sites in enumerate(weekly):
        needs = {code: Need(0, sites) for code, sites in open_sites.items()}
        new = draft(MODEL, MONDAY + 7 * week, past, needs)
        past.append(GivenWeek(new.monday, new.area, new.ward_code))
    assert [turn.area for turn in past] == [list(MODEL.areas)[week % 3] for week in range(len(past))]
    for area, codes in MODEL.areas.items():
        had = [turn.ward_code for turn in past if turn.area == area]
        for start in range(0, len(had), len(codes)):
            round_ = had[start : start + len(codes)]
            assert len(set(round_)) == len(round_)
            assert set(round_) <= set(codes)


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ({"A": 2, "B": 2}, {"A": 36, "B": 36}),
        ({"A": 3, "B": 1}, {"A": 48, "B": 24}),
        ({"A": 6, "B": 0, "C": 0}, {"A": 72, "B": 12, "C": 12}),  # seven against one and one: held at what the team has
        ({"A": 0, "B": 0}, {"A": 36, "B": 36}),
        ({"A": 5}, {"A": 36}),
        ({"A": 5, "B": 3}, {"A": 43, "B": 29}),  # 43.2 and 28.8
    ],
)
def test_hours_by_need(needs: dict[str, int], expected: dict[str, int]) -> None:
    assert hours(needs, 72, 12) == expected


def test_half_an_hour_goes_up() -> None:
    assert hours({"A": 1}, 73, 0) == {"A": 37}


@given(
    st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=2), st.integers(0, 50), min_size=1, max_size=9),
    st.integers(1, 200),
    st.data(),
)
def test_hours_stay_within_their_limits_and_more_need_is_never_fewer(
    needs: dict[str, int], capacity: int, data: st.DataObject
) -> None:
    least = data.draw(st.integers(0, capacity))
    found = hours(needs, capacity, least)
    assert found.keys() == needs.keys()
    assert all(least <= value <= capacity for value in found.values())
    for one, need in needs.items():
        assert all(found[one] <= found[other] for other, more in needs.items() if need <= more)
    grown = data.draw(st.sampled_from(sorted(needs)))
    if sum(needs.values()):
        assert hours({**needs, grown: needs[grown] + 1}, capacity, least)[grown] >= found[grown]


def test_the_menu_has_every_option_with_as_many_as_fit_into_an_equal_part() -> None:
    lines = menu(MODEL, 36)  # 4.5 hours each
    assert {line.option: line.planned for line in lines} == {
        "fly-tip-enforcement": 3, "hmo-visits": 3, "littering-patrol": 9, "duty-of-care": 9, "street-trading": 6,
        "bin-storage": 18, "tape-and-sticker": 9, "warning-letters": 45,
    }  # fmt: skip
    assert [line.words for line in lines] == [option.title for option in MODEL.options]


@given(st.integers(0, 500), st.lists(st.integers(1, 400), min_size=1, max_size=9))
def test_a_menu_never_takes_more_than_the_hours_and_leaves_less_than_one_of_each(week: int, each: list[int]) -> None:
    options = tuple(replace(MODEL.options[0], key=f"o{at}", hours=value / 20) for at, value in enumerate(each))
    lines = menu(replace(MODEL, options=options), week)
    taken = sum(line.planned * value for line, value in zip(lines, each, strict=True))  # in twentieths
    assert week * 20 - sum(each) < taken <= week * 20


def test_a_draft_says_why_this_ward_and_why_so_many_hours() -> None:
    new = draft(MODEL, MONDAY, [_turn(1, "West", "E05013555")], {CANONS: Need(2, 1), BELMONT: Need(0, 1)})
    assert (new.area, new.ward_code, new.hours) == ("East", CANONS, 72)
    assert new.because == (
        "East is next in the rota and Canons is next there: no turn so far, 2 open nominations and "
        "1 open fly-tip site. 72 of the team's 72 hours: 3 open here, 0.7 on average in a ward of East."
    )
    quiet = draft(MODEL, MONDAY, [_turn(9, "East", BELMONT)], {}, ward_code=BELMONT)
    assert quiet.because == (
        "Belmont was named by hand: last turn in the week of 14/09/2026, 0 open nominations and 0 open fly-tip sites. "
        "36 of the team's 72 hours: nothing is open in any ward of East, so each gets the same."
    )
    assert draft(MODEL, MONDAY, (), {}, area="West").because.startswith("West was named by hand and Headstone is next")


@pytest.mark.parametrize(
    ("area", "code", "sentence"),
    [
        ("North", None, "There is no area 'North' in the rota. Use one of: East, Central, West."),
        (None, "E05013806", r"St James's \(E05013806\) is not in any area of the focus ward's rota."),
        ("West", BELMONT, r"Belmont \(E05013542\) is not in area West."),
    ],
)
def test_what_the_model_does_not_have_cannot_be_named(area: str | None, code: str | None, sentence: str) -> None:
    with pytest.raises(Problem, match=sentence):
        draft(MODEL, MONDAY, (), {}, area=area, ward_code=code)


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_the_soft_launch_against_its_baseline() -> None:
    """Three weeks of the source: FPNs evidenced for fly-tips 62, 18 and 6 (DOMAIN.md section 5)."""
    weeks = [(_day("2026-11-02"), 62), (_day("2026-11-09"), 18), (_day("2026-11-16"), 6)]
    points = by_month(weeks)
    assert points == (Point(_day("2026-11-01"), 86),)
    found = progress(FPNS, points, _day("2026-11-30"))
    assert (found.value, found.difference, found.standing) == (86, 65, "better")
    assert found.words == "86 in November 2026, 65 above the baseline of 21 a month"
    assert progress(FPNS, by_month(weeks[2:]), _day("2026-11-30")).standing == "worse"


def test_a_week_counts_in_the_month_of_its_monday_and_an_unknown_month_is_no_zero() -> None:
    weeks = [(_day("2026-11-30"), 4), (_day("2026-09-07"), 1), (_day("2026-12-07"), 0), (_day("2026-11-02"), 2)]
    assert by_month(weeks) == (
        Point(_day("2026-09-01"), 1), Point(_day("2026-11-01"), 6), Point(_day("2026-12-01"), 0),
    )  # fmt: skip


def test_a_month_that_is_not_over_is_open_until_it_passes_the_baseline() -> None:
    def at(value: float, day: str) -> tuple[str, str]:
        found = progress(FPNS, [Point(_day("2026-11-01"), value)], _day(day))
        return found.standing, found.words

    assert at(6, "2026-11-29") == ("open", "6 in November 2026 so far, 15 below the baseline of 21 a month")
    assert at(27, "2026-11-29") == ("better", "27 in November 2026 so far, 6 above the baseline of 21 a month")
    assert at(6, "2026-11-30") == ("worse", "6 in November 2026, 15 below the baseline of 21 a month")
    assert at(21, "2026-12-01") == ("level", "21 in November 2026, level with the baseline of 21 a month")


def test_a_stock_is_read_on_a_day_and_fewer_is_better() -> None:
    points = as_read(HMOS, [(MONDAY, 150), (MONDAY - 7, 140), (MONDAY, 131)])
    assert points == (Point(MONDAY - 7, 140), Point(MONDAY, 131))
    found = progress(HMOS, points, MONDAY)
    assert (found.standing, found.words) == ("better", "131 on 16/11/2026, 9 below the baseline of 140")
    assert progress(HMOS, [Point(MONDAY, 140.5)], MONDAY).words == "140.5 on 16/11/2026, 0.5 above the baseline of 140"
    assert [progress(HMOS, [Point(MONDAY, value)], MONDAY).standing for value in (140, 141)] == ["level", "worse"]
    nothing = progress(HMOS, (), MONDAY)
    assert (nothing.value, nothing.standing) == (None, "open")
    assert nothing.words == "nothing known yet; the baseline is 140"


def test_of_readings_of_one_month_the_last_stands() -> None:
    monthly = Measure("read", "Read", 10, "more", "month", "")
    readings = [(_day("2026-10-09"), 3.0), (_day("2026-11-01"), 5.0), (_day("2026-11-30"), 7.0)]
    assert as_read(monthly, readings) == (Point(_day("2026-10-01"), 3), Point(_day("2026-11-01"), 7))


def test_figures_are_whole_where_they_are() -> None:
    assert [figure(value) for value in (0, 4.0, 4.25, 1234.5)] == ["0", "4", "4.2", "1,234.5"]
