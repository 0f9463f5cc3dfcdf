from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.census import BROAD, GROUP_COLUMNS, ethnic_group
from core.characteristics import AGE, ETHNICITY, GROUPS, NOT_RECORDED, SEX, age_band, ethnicity, sex

CODES = {
    "White": "W1 W2 W3 W4 W9 IC1 IC2",
    "Mixed": "M1 M2 M3 M9",
    "Asian": "A1 A2 A3 A4 A9 O1 IC4 IC5",
    "Black": "B1 B2 B9 IC3",
    "Other": "O2 O9 IC6",
    NOT_RECORDED: "NS W5 B3 M4 IC0 IC7 IC9 X1 W11 IC12 W",
}


@pytest.mark.parametrize(("code", "group"), [(code, group) for group, codes in CODES.items() for code in codes.split()])
def test_codes_self_defined_and_as_an_officer_saw(code: str, group: str) -> None:
    assert ethnicity(code) == group
    assert ethnicity(f" {code.lower()} - as said") == group


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("White - British", "White"),
        ("White: English, Welsh, Scottish, Northern Irish or British", "White"),
        ("WHITE/IRISH", "White"),
        ("Asian or Asian British - Indian", "Asian"),
        ("Chinese", "Asian"),
        ("Black, Black British, Caribbean or African: African", "Black"),
        ("Any other Black background", "Black"),
        ("Mixed or multiple ethnic groups", "Mixed"),
        ("White and Black Caribbean", "Mixed"),
        ("Any other mixed background", "Mixed"),
        ("Other ethnic group: Arab", "Other"),
        ("Any other ethnic group", "Other"),
        ("", NOT_RECORDED),
        ("British", NOT_RECORDED),
        ("not White", NOT_RECORDED),
        ("White (appears)", NOT_RECORDED),
        ("Black or White", NOT_RECORDED),
        ("Black and Asian", NOT_RECORDED),
        ("refused", NOT_RECORDED),
        ("Whitehall", NOT_RECORDED),
        ("[b]White[/b]", NOT_RECORDED),
        ("IC 3 male", "Black"),
    ],
)
def test_wordings(words: str, group: str) -> None:
    assert ethnicity(words) == group


@pytest.mark.parametrize("column", GROUP_COLUMNS)
def test_the_words_of_the_census_lead_to_its_broad_groups(column: str) -> None:
    name, broad = ethnic_group(column)
    assert broad in BROAD
    assert ethnicity(name) == broad


@given(st.text(max_size=30))
def test_whatever_is_written_is_in_one_group(text: str) -> None:
    assert ethnicity(text) in GROUPS[ETHNICITY]
    assert sex(text) in GROUPS[SEX]


def test_sex_as_extracts_write_it() -> None:
    assert [sex(word) for word in ("M", " male ", "f", "FEMALE", "", "X", "unknown")] == [
        "male", "male", "female", "female", NOT_RECORDED, NOT_RECORDED, NOT_RECORDED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("born", "as_of", "band"),
    [
        ("2008-11-22", "2026-11-21", "under 18"),
        ("2008-11-21", "2026-11-21", "18-24"),
        ("2001-11-22", "2026-11-21", "18-24"),
        ("2001-11-21", "2026-11-21", "25-34"),
        ("1991-11-21", "2026-11-21", "35-44"),
        ("1981-11-21", "2026-11-21", "45-54"),
        ("1971-11-22", "2026-11-21", "45-54"),
        ("1971-11-21", "2026-11-21", "55+"),
        ("1900-01-01", "2026-11-21", "55+"),
        ("2008-02-29", "2026-02-28", "under 18"),
        ("2008-02-29", "2026-03-01", "18-24"),
        ("2006-03-01", "2024-02-29", "under 18"),
        ("2006-02-28", "2024-02-29", "18-24"),
        ("2026-11-22", "2026-11-21", NOT_RECORDED),
    ],
)
def test_ages_on_the_day_before_and_on_each_birthday(born: str, as_of: str, band: str) -> None:
    assert age_band(date.fromisoformat(born).toordinal(), date.fromisoformat(as_of).toordinal()) == band
    assert band in GROUPS[AGE]


def test_no_birth_date_is_not_recorded() -> None:
    assert age_band(None, 700_000) == NOT_RECORDED
