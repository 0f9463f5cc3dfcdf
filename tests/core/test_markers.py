"""Every value that a marker may have, and every one that keeps its row out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cohorts.mappa import read_value
from core.cohorts.ogrs import read_score
from core.extract import BadValue
from core.markers import COLUMNS, KINDS, Checked, checked

TODAY = date(2026, 11, 21).toordinal()
ROW = {"person_ref": "P1", "marker": "custody", "value": "prison", "starts": "01/11/2026", "ends": "", "note": ""}


def _checked(**other: str) -> Checked:
    return checked([{**ROW, **other}[column] for column in COLUMNS], TODAY)


def _fault(**other: str) -> tuple[str, str, str]:
    with pytest.raises(BadValue) as caught:
        _checked(**other)
    return caught.value.column, caught.value.value, caught.value.reason


@pytest.mark.parametrize(
    ("marker", "value", "stored"),
    [
        ("custody", "Youth  Detention", "youth detention"),
        ("CUSTODY", "youth_detention", "youth detention"),
        ("Arms", "VERY HIGH", "very high"),
        ("rso", "Registered", "registered"),
        ("order", "dvpo", "DVPO"),
        ("Breach", "tag", "TAG"),
        ("victim", "Yes", "yes"),
        ("ogrs", "0", "0"),
        ("ogrs", "78%", "78"),
        ("ogrs", "78.0", "78"),
        ("ogrs", "78,0", "78"),
        ("ogrs", "078 %", "78"),
        ("ogrs", "100", "100"),
        ("mappa", "1/2", "1/2"),
        ("mappa", " 4 / 3 ", "4/3"),
        ("wanted", "8/1", "008/01"),
        ("wanted", " high-harm\n[b]robbery ", "high-harm [b]robbery"),
        ("wanted", "ro\u202ebbery\x1b", "ro�bbery␛"),
    ],
)
def test_values_are_stored_as_the_kinds_write_them(marker: str, value: str, stored: str) -> None:
    found = _checked(marker=marker, value=value)
    assert (found.kind, found.value) == (marker.casefold(), stored)


@pytest.mark.parametrize("kind", KINDS)
def test_every_listed_value_is_taken_as_it_is_listed(kind: str) -> None:
    assert [_checked(marker=kind, value=value.swapcase()).value for value in KINDS[kind].values] == list(
        KINDS[kind].values
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("person_ref", ""),
        ("marker", ""),
        ("marker", "haircut"),
        ("value", ""),
        ("value", "holiday"),
        ("starts", ""),
        ("starts", "31/02/2026"),
        ("starts", "22/11/2026"),
        ("ends", "soon"),
        ("ends", "31/10/2026"),
    ],
)
def test_a_bad_value_says_which_and_why(column: str, value: str) -> None:
    at, given_value, reason = _fault(**{column: value})
    assert (at, given_value) == (column, value)
    assert reason


@pytest.mark.parametrize(
    ("marker", "value"),
    [
        ("ogrs", "101"), ("ogrs", "-1"), ("ogrs", "7.5"), ("ogrs", "²"), ("ogrs", ""), ("ogrs", "high"),
        ("mappa", "5/1"), ("mappa", "1/4"), ("mappa", "0/1"), ("mappa", "1"), ("mappa", "1-2"), ("mappa", ""),
        ("order", "ASBO"), ("breach", ""), ("wanted", "  "), ("victim", "no"),
    ],
)  # fmt: skip
def test_values_that_a_kind_does_not_have(marker: str, value: str) -> None:
    assert _fault(marker=marker, value=value)[:2] == ("value", value.strip())


def test_the_days_around_each_limit() -> None:
    assert _checked(starts="21/11/2026").starts == TODAY
    assert _checked(ends="01/11/2026").ends == date(2026, 11, 1).toordinal()
    assert _checked(marker="order", value="SHPO", ends="2036-11-01").ends == date(2036, 11, 1).toordinal()
    assert _checked(starts="29/02/2024", ends="").ends is None


@given(st.lists(st.text(max_size=12), min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_anything_else_is_a_bad_value_and_nothing_worse(fields: list[str]) -> None:
    with pytest.raises(BadValue):
        checked(fields, TODAY)


@given(st.sampled_from(["ogrs", "mappa"]), st.from_regex(r"[0-9]{1,3} ?[%/]? ?[0-9]?", fullmatch=True))
def test_what_is_stored_is_what_the_cohorts_can_read(kind: str, value: str) -> None:
    read = read_score if kind == "ogrs" else read_value
    try:
        stored = _checked(marker=kind, value=value).value
    except BadValue:
        assert read(value) is None
    else:
        assert read(stored) == read(value) is not None
