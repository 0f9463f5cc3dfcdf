"""Stops and searches as data.police.uk publishes them (DOMAIN2.md section 7)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import stops
from core.days import LONDON, UTC
from core.extract import BadValue
from core.stops import NOT_STATED, Source, Tally

TODAY = date(2026, 11, 21).toordinal()
ROW = [
    "2024-07-05T10:00:00+00:00", "Person search", "", "", "51.5", "-0.1", "Male", "18-24", "Asian or Asian British",
    "Asian", "Misuse of Drugs Act 1971 (section 23)", "Controlled drugs", "Arrest", "True", "False",
]  # fmt: skip
OUTCOMES = ["Arrest", "Suspect arrested", "A no further action disposal", "Nothing found - no further action", "",
            "Community resolution", "Khat or Cannabis warning", "False"]  # fmt: skip


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_every_column_is_read_and_is_needed_or_may_be_missing() -> None:
    assert sorted(stops.READ) == sorted((*stops.COLUMNS, *stops.OPTIONAL))
    assert len(stops.Stop._fields) == len(stops.READ) + 1


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2024-06-30T23:30:00+00:00", "2024-07-01"),
        ("2024-06-30T22:59:59+00:00", "2024-06-30"),
        ("2024-06-30T23:30:00Z", "2024-07-01"),
        ("2024-07-01T00:30:00+01:00", "2024-07-01"),
        ("2024-01-31T23:59:59+00:00", "2024-01-31"),
        ("2024-03-31T00:59:59+00:00", "2024-03-31"),
        ("2024-03-31T23:00:00+00:00", "2024-04-01"),
        ("2024-10-26T23:00:00+00:00", "2024-10-27"),
        ("2024-10-27T23:00:00+00:00", "2024-10-27"),
        ("2024-07-01 23:30:00", "2024-07-01"),
        ("2024-07-01", "2024-07-01"),
        ("01/07/2024", "2024-07-01"),
    ],
)
def test_the_day_is_londons(stamp: str, day: str) -> None:
    assert stops.london_day(stamp, TODAY) == _day(day)


@given(st.datetimes(datetime(2015, 1, 1), datetime(2026, 11, 20)), st.integers(-12, 14))
def test_an_offset_says_which_moment_it_was(naive: datetime, hours: int) -> None:
    moment = naive.replace(microsecond=0, tzinfo=UTC)
    elsewhere = moment.astimezone(datetime.fromisoformat(f"2024-01-01T00:00:00{hours:+03d}:00").tzinfo)
    assert stops.london_day(elsewhere.isoformat(), TODAY) == moment.astimezone(LONDON).toordinal()


@pytest.mark.parametrize("stamp", ["", "soon", "2024-02-30T10:00:00+00:00", "2026-11-22", "2026-11-21T23:59:00-05:00"])
def test_a_day_that_cannot_be_keeps_a_row_out(stamp: str) -> None:
    with pytest.raises(BadValue) as bad:
        stops.checked([stamp, *ROW[1:]], TODAY)
    assert bad.value.column == "Date"


def test_everything_else_is_kept_as_it_was_written() -> None:
    row = stops.checked([ROW[0], *(f" {cell} " for cell in ROW[1:])], TODAY)
    assert row == (_day("2024-07-05"), *ROW)
    assert row.placed
    for place in (("", ""), ("51.5", ""), ("0", "0"), ("north", "-0.1"), ("-0.1", "51.5")):
        changed = [*ROW[:4], *place, *ROW[6:]]
        odd = stops.checked(changed, TODAY)
        assert (odd.latitude, odd.longitude, odd.placed) == (*place, False)


@pytest.mark.parametrize(
    ("stem", "source"),
    [
        ("2024-01-metropolitan-stop-and-search", Source("metropolitan", "202401")),
        ("2024-01-City-of-London-Stop-and-Search", Source("city-of-london", "202401")),
        ("2017-12-btp-stop-and-search (1)", Source("btp", "201712")),
        ("2017-12-btp-stop-and-search(12)", Source("btp", "201712")),
        ("2024-13-btp-stop-and-search", Source("2024-13-btp-stop-and-search", "")),
        ("2024-01-metropolitan-stop-and-search-part-2", Source("2024-01-metropolitan-stop-and-search-part-2", "")),
        ("2024-01-metropolitan-street", Source("2024-01-metropolitan-street", "")),
        (" stops ", Source("stops", "")),
        ("202205", Source("202205", "")),
    ],
)
def test_a_name_says_which_forces_month_a_file_is_or_stands_for_itself(stem: str, source: Source) -> None:
    assert stops.source(stem) == source


@pytest.mark.parametrize(
    ("days", "months"),
    [
        (["2024-06-03", "2024-06-30"], ["202406", "202406"]),
        (["2024-06-03", "2024-07-02"], ["202406", "202407"]),
        (["2024-06-03", "2024-07-01"], ["202406", "202406"]),
        (["2024-06-03", "2024-07-01", "2024-07-09"], ["202406", "202407", "202407"]),
        (["2024-07-01"], ["202407"]),
        (["2024-12-31", "2025-01-01"], ["202412", "202412"]),
        (["0001-01-01"], ["000101"]),
        (["0999-12-31", "1000-01-01"], ["099912", "099912"]),
    ],
)
def test_days_belong_to_months_and_a_stray_first_day_to_the_month_before(days: list[str], months: list[str]) -> None:
    assert stops.months_of(map(_day, days)) == dict(zip(map(_day, days), months, strict=True))


@given(st.sets(st.integers(_day("2019-01-01"), _day("2021-12-31"))))
def test_every_day_of_a_file_has_the_month_it_is_in_or_the_one_before(days: set[int]) -> None:
    found = stops.months_of(days)
    assert set(found) == days
    for on, month in found.items():
        first, last = stops.days_of(month)
        assert first <= on <= last or on == last + 1


def test_a_month_from_its_first_day_to_its_last() -> None:
    assert stops.days_of("202402") == (_day("2024-02-01"), _day("2024-02-29"))
    assert stops.days_of("202312") == (_day("2023-12-01"), _day("2023-12-31"))
    assert stops.is_of("202402", [_day("2024-03-01")])
    assert not stops.is_of("202402", [_day("2024-03-02"), _day("2024-01-31")])


@pytest.mark.parametrize(
    ("outcome", "arrest", "positive"),
    [
        ("Arrest", True, True),
        ("Suspect arrested", True, True),
        (" ARREST ", True, True),
        ("Khat or Cannabis warning", False, True),
        ("Suspected psychoactive substances seized - No further action", False, True),
        ("Article found - Detailed outcome unavailable", False, True),
        ("A no further action disposal", False, False),
        ("Nothing found - no further action", False, False),
        ("nothing  found", False, False),
        ("False", False, False),
        ("", False, False),
        (" ", False, False),
    ],
)
def test_what_is_an_arrest_and_what_is_positive(outcome: str, arrest: bool, positive: bool) -> None:
    assert (stops.is_arrest(outcome), stops.is_positive(outcome)) == (arrest, positive)


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b", NOT_STATED]), st.sampled_from(OUTCOMES), st.integers(1, 9))))
def test_no_stop_is_lost_between_the_keys(rows: list[tuple[str, str, int]]) -> None:
    found = stops.tallied(rows)
    assert sum(tally.stops for tally in found.values()) == sum(number for *_, number in rows)
    assert all(0 <= tally.arrests <= tally.positive <= tally.stops for tally in found.values())
    assert "" not in found
    one_by_one = stops.tallied((key, outcome, 1) for key, outcome, number in rows for _ in range(number))
    assert found == one_by_one


def test_a_blank_key_is_not_stated() -> None:
    assert stops.tallied([("", "Arrest", 2), ("White", "", 1)]) == {NOT_STATED: Tally(2, 2, 2), "White": Tally(1, 0, 0)}


def test_months_in_a_row_meet() -> None:
    first, last = stops.days_of("202401")
    assert stops.days_of("202402")[0] == last + 1
    assert last - first == 30
