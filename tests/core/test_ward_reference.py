from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import ward_reference
from core.extract import BadValue
from core.geography import Ward, bcu_called, borough_called, boroughs, current_of, current_wards, wards
from core.ward_changes import Months, changes
from core.ward_reference import WardRow, checked, updated
from core.wards import Series, rank_wards

PUBLISHED = (
    "ward_code", "ward_name", "borough", "borough_code", "bcu_code", "editions", "population_2021", "population_2015",
    "imd2025_mean_decile", "imd2025_share_lsoas_decile1_2", "harrow_pet_area", "source",
)  # fmt: skip
ABBEY = wards()["E05014053"]
NEW = "E05099001"


def _row(code: str = ABBEY.code, **other: object) -> WardRow:
    usual = {"ward": ABBEY.name, "borough": ABBEY.borough, "population": None, "imd_decile": None, "edition": ""}
    return WardRow(code, **(usual | other))  # type: ignore[arg-type]


def test_columns_as_published_stand_for_ours_unless_ours_are_there() -> None:
    assert ward_reference.published_columns(PUBLISHED) == {
        "ward": "ward_name", "population": "population_2021", "imd_decile": "imd2025_mean_decile",
        "edition": "editions",
    }  # fmt: skip
    assert ward_reference.published_columns(("ward", "Ward_Name", "Editions")) == {"edition": "editions"}


def test_a_row_is_checked() -> None:
    assert checked([" e05099001 ", " New Ward ", "kensington  &  chelsea", "12000", "2.5", " 2018 | 2022 "]) == WardRow(
        NEW, "New Ward", "Kensington and Chelsea", 12000, 2.5, "2018|2022"
    )
    assert checked([NEW, "New Ward", "City of Westminster", "", "", ""]) == WardRow(
        NEW, "New Ward", "Westminster", None, None, ""
    )
    assert checked([NEW, "N", "Camden", "0", "10", "Pre-2014"])[3:] == (0, 10.0, "pre-2014")


@pytest.mark.parametrize(
    ("place", "value", "column", "reason"),
    [
        (0, " ", "ward_code", "the ward code is missing"),
        (1, "", "ward", "the name of the ward is missing"),
        (2, "", "borough", "the borough is missing"),
        (2, "London", "borough", "no borough of London"),
        (3, "-1", "population", "not a count: "),
        (3, "12.5", "population", "whole number"),
        (3, "12,500", "population", "not a count: "),
        (3, "9" * 30, "population", "not a count: "),
        (4, "0.9", "imd_decile", "1 .most deprived. to 10"),
        (4, "10.1", "imd_decile", "not a decile"),
        (4, "inf", "imd_decile", "not a decile"),
        (4, "1_0", "imd_decile", "not a decile"),
        (5, "next year", "edition", "no ward map"),
        (5, "2018|", "edition", "no ward map"),
    ],
)
def test_a_row_that_cannot_be_is_kept_out_with_the_reason(place: int, value: str, column: str, reason: str) -> None:
    fields = [NEW, "New Ward", "Camden", "12000", "2.5", "2022"]
    fields[place] = value
    with pytest.raises(BadValue, match=reason) as fault:
        checked(fields)
    assert fault.value.column == column


def test_every_borough_is_found_by_its_own_name_and_no_two_share_one() -> None:
    assert [borough_called(name) for name in boroughs()] == list(boroughs())
    assert [borough_called(name.upper().replace(" AND ", " & ")) for name in boroughs()] == list(boroughs())
    assert borough_called("City of City of London") == "City of London"


@pytest.mark.parametrize(
    ("written", "known"),
    [
        *(("London Borough of Hackney", "Hackney"), ("LB  HACKNEY", "Hackney"), ("Hackney LB", "Hackney")),
        *(("Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"), ("Kingston", "Kingston upon Thames")),
        *(("Richmond-upon-Thames", "Richmond upon Thames"), ("LB of Richmond", "Richmond upon Thames")),
        *(("City of Westminster", "Westminster"), ("London", ""), ("LB", ""), ("", ""), ("Kingston upon Hull", "")),
    ],
)
def test_a_borough_is_known_as_people_call_it(written: str, known: str) -> None:
    assert borough_called(written) == known


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CE", "CE"),
        (" ce ", "CE"),
        ("Central East", "CE"),
        ("CENTRAL EAST BCU", "CE"),
        ("ce bcu", "CE"),
        ("Hackney", ""),
    ],
)
def test_a_bcu_is_known_by_code_and_name(written: str, code: str) -> None:
    assert bcu_called(written) == code
    assert bcu_called("") == bcu_called("BCU") == ""


def test_what_a_row_leaves_empty_stays() -> None:
    found = updated(wards(), [_row(ward="Abbey Road")])[ABBEY.code]
    assert found == Ward(ABBEY.code, "Abbey Road", ABBEY.borough, ABBEY.bcu, ABBEY.population, ABBEY.editions, 2.33)
    found = updated(wards(), [_row(borough="Camden", population=0, imd_decile=9.5, edition="2018")])[ABBEY.code]
    assert found == Ward(ABBEY.code, ABBEY.name, "Camden", "CN", 0, ("2018",), 9.5)


def test_a_new_code_is_on_the_present_map_unless_it_says_otherwise() -> None:
    found = updated(wards(), [_row(NEW, borough="Hackney")])[NEW]
    assert (found.bcu, found.population, found.imd_decile, found.is_current) == ("CE", 0, None, True)
    editions = {"2026": True, "2018|2026": True, "2018": False, "pre-2014": False}
    assert {e: updated({}, [_row(NEW, edition=e)])[NEW].is_current for e in editions} == editions


def test_the_map_that_ships_is_current_where_it_is_of_2022_and_stays_as_it_is() -> None:
    before = dict(wards())
    known = updated(wards(), [_row(NEW), _row(edition="2014")])
    assert dict(wards()) == before
    assert len(current_wards()) == len(current_of(known.values())) == 679
    assert {w.code for w in current_of(known.values())} ^ {w.code for w in current_wards()} == {NEW, ABBEY.code}


_ROWS = st.builds(
    WardRow,
    ward_code=st.sampled_from([ABBEY.code, NEW, "E05000026"]),
    ward=st.text(min_size=1, max_size=4),
    borough=st.sampled_from(sorted(boroughs())),
    population=st.none() | st.integers(0, 999_999_999),
    imd_decile=st.none() | st.floats(1, 10),
    edition=st.sampled_from(["", "2018", "2022", "2018|2026"]),
)


@given(st.lists(_ROWS, max_size=6), st.lists(_ROWS, max_size=6))
def test_rows_go_on_top_of_those_before_them(first: list[WardRow], then: list[WardRow]) -> None:
    known = {ABBEY.code: ABBEY}
    assert updated(updated(known, first), then) == updated(known, [*first, *then])
    for row in reversed(first):
        ward = updated(known, first)[row.ward_code]
        last = next(one for one in reversed(first) if one.ward_code == row.ward_code)
        assert (ward.name, ward.borough, ward.bcu) == (last.ward, last.borough, boroughs()[last.borough].bcu)


@given(st.lists(_ROWS, max_size=6))
def test_the_same_rows_twice_change_nothing_more(rows: list[WardRow]) -> None:
    each = list({row.ward_code: row for row in rows}.values())
    once = updated(wards(), each)
    assert updated(once, each) == once


def test_a_ranking_and_a_comparison_are_told_which_map_to_use() -> None:
    known = updated(wards(), [_row(ward="Abbey Road", borough="Camden", population=1000)])
    series = [Series(ABBEY.code, "As published", ABBEY.borough, "Robbery", [5])]
    [shipped] = rank_wards(series, {}, [0]).entries
    [found] = rank_wards(series, {}, [0], known=known).entries
    assert (shipped.ward, shipped.borough, shipped.population) == (ABBEY.name, ABBEY.borough, ABBEY.population)
    assert (found.ward, found.borough, found.bcu, found.rate_per_1000) == ("Abbey Road", "Camden", "CN", 5.0)
    assert found.also_under == (ABBEY.borough,)
    months = Months(("202401",), (), ())
    [change] = changes(series, ["202401"], series, ["202401"], months, known=known)
    assert (change.ward, change.borough) == ("Abbey Road", "Camden")
    [change] = changes(series, ["202401"], series, ["202401"], months)
    assert (change.ward, change.borough) == (ABBEY.name, ABBEY.borough)


@pytest.mark.parametrize(
    ("header", "proved"),
    [
        ("ward_code,ward,borough", True),
        ("ward_code,ward,borough,population", True),
        ("ward_code,ward,borough,offences", False),
        ("ward_code,ward_name,borough", False),
        ("ward_code,ward_name,borough,editions,notes", True),
    ],
)
def test_a_list_by_ward_is_a_reference_only_by_our_own_names_or_the_published_ones(header: str, proved: bool) -> None:
    assert (ward_reference.unproved(header.split(",")) == []) is proved


@pytest.mark.parametrize("blank", ["", "-", "n/a", "nan", "*"])
def test_marks_for_unknown_leave_what_the_ward_map_has(blank: str) -> None:
    row = checked([NEW, "New Ward", "Camden", blank, blank, ""])
    assert (row.population, row.imd_decile) == (None, None)
