"""BCU and borough of a row, and what a filter asks of them (DOMAIN.md section 5)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.geography import bcus, boroughs
from core.localities import NOWHERE, Asked, Locality, asked, locality_of


@pytest.mark.parametrize(
    ("written", "where"),
    [
        ("Brent", Locality("NW", "Brent")),
        ("greenwich", Locality("SE", "Greenwich")),
        ("Hammersmith & Fulham", Locality("CW", "Hammersmith and Fulham")),
        ("City of London", Locality("", "City of London")),
        ("Watford", Locality("", "Watford")),
        ("", NOWHERE),
    ],
)
def test_a_borough_has_its_bcu_however_it_is_written(written: str, where: Locality) -> None:
    assert locality_of(written) == where


@pytest.mark.parametrize(
    ("needle", "asks"),
    [
        ("NW", Asked("", ("NW",))),
        ("bcu:nw wanted", Asked("wanted", ("NW",))),
        ("nw", Asked("nw", ())),
        ("Nw", Asked("Nw", ())),
        ("ZZ bcu:zz", Asked("ZZ bcu:zz", ())),
        ("at large SE", Asked("at large", ("SE",))),
    ],
)
def test_only_a_code_in_capitals_or_after_bcu_asks_for_a_bcu(needle: str, asks: Asked) -> None:
    assert asked(needle) == asks


def test_what_was_picked_is_asked_for_beside_what_was_typed() -> None:
    assert asked("SE khan", "Greenwich") == Asked("khan", ("SE", "Greenwich"))


@given(st.sampled_from(sorted(boroughs())), st.sampled_from(sorted(bcus())))
def test_a_row_is_in_its_own_bcu_and_borough_alone(borough: str, code: str) -> None:
    where = locality_of(borough)
    assert where.is_in(borough)
    assert where.is_in(code) == (boroughs()[borough].bcu == code)
    assert not where.is_in("")
    assert not NOWHERE.is_in("")
