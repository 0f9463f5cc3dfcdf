from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.releases import (
    YEAR,
    Flag,
    fragments,
    held_of,
    held_words,
    last_year,
    left_out,
    missing,
    slug,
    span,
    unknown,
    within,
    year_to,
)

MONTHS = tuple(f"{2024 + at // 12}{at % 12 + 1:02d}" for at in range(24))


def flagged(*totals: int) -> list[str]:
    return [flag.month for flag in fragments(MONTHS[: len(totals)], totals)]


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ((), []),
        ((100,), []),
        ((100, 3), []),
        ((100, 100, 3), ["202403"]),
        ((3, 100, 100), ["202401"]),
        ((100, 3, 100), ["202402"]),
        ((100, 100, 100, 40, 3), ["202404", "202405"]),
        ((10, 12, 11, 1), ["202404"]),
        ((100, 100, 100, 51), []),
        ((100, 100, 100, 49), ["202404"]),
        ((2, 3, 0, 5), []),
        ((70_000, 60_000, 38_000, 60_000), []),
        ((100, 100, 100, 100, 0, 0, 0, 0, 0), ["202405", "202406", "202407", "202408", "202409"]),
    ],
)
def test_a_month_far_below_those_around_it_is_a_fragment(totals: tuple[int, ...], expected: list[str]) -> None:
    assert flagged(*totals) == expected


def test_a_change_of_level_is_no_row_of_fragments() -> None:
    assert flagged(*[100] * 6, *[20] * 6) == []
    assert flagged(*[100] * 6, *[20] * 3) == ["202407", "202408", "202409"]


def test_the_reason_says_what_the_month_has_and_what_is_usual() -> None:
    [flag] = fragments(MONTHS[:4], (70_000, 75_000, 80_000, 2_345))
    assert flag.reason.startswith("a fragment: 2,345 offences, less than half of the 75,000 that the full months")


@given(st.lists(st.integers(60_000, 100_000), min_size=1, max_size=24))
def test_months_that_are_alike_are_never_flagged(totals: list[int]) -> None:
    assert flagged(*totals) == []


def test_the_last_year_is_twelve_months_of_the_calendar_without_fragments() -> None:
    last, middle = Flag("202512", ""), Flag("202506", "")
    assert last_year(MONTHS, ()) == tuple(range(12, 24))
    assert last_year(MONTHS, (last,)) == tuple(range(11, 23))
    assert last_year(MONTHS, (middle, last)) == (*range(11, 17), *range(18, 23))
    assert last_year(MONTHS[:3], ()) == (0, 1, 2)
    assert len(last_year(MONTHS, (middle,))) == YEAR - 1
    assert last_year((*MONTHS[:6], *MONTHS[12:15]), ()) == (3, 4, 5, 6, 7, 8)


def test_what_is_held_of_a_span_is_told_where_it_is_not_all() -> None:
    held = (*MONTHS[:6], *MONTHS[12:15])
    assert (held_of(held, "202404", "202503"), year_to("202503")) == ((6, 12), "202404")
    assert (held_words(6, 12), held_words(12, 12)) == (["6 of 12 months held"], [])
    assert missing(held, "202405", "202408") == ("202407", "202408")


def test_what_was_passed_over_is_named_and_what_was_asked_for_stays() -> None:
    flags = (Flag("202402", "a"), Flag("202406", "b"), Flag("202512", "c"))
    assert within(MONTHS, flags, range(8), ()) == (0, 2, 3, 4, 6, 7)
    assert within(MONTHS, flags, range(1, 6), (1,)) == (1, 2, 3, 4)
    assert [flag.month for flag in left_out(MONTHS, flags, (2, 3, 4, 6, 7))] == ["202406", "202512"]
    assert left_out(MONTHS, flags, (1, 2, 5, 23)) == ()


def test_a_month_that_is_not_held_is_unknown() -> None:
    assert unknown(("202311", "202312", "202402")) == ("202401",)
    assert unknown(MONTHS) == ()
    assert span(("202311", "202402")) == "202311-202402"


@pytest.mark.parametrize(
    ("force", "expected"),
    [
        ("City of London Police", "city-of-london"),
        ("Metropolitan Police Service", "metropolitan"),
        ("Devon & Cornwall Police", "devon-cornwall"),
        ("Cambridgeshire Constabulary", "cambridgeshire"),
        ("", "unknown-force"),
    ],
)
def test_a_force_in_short(force: str, expected: str) -> None:
    assert slug(force) == expected
