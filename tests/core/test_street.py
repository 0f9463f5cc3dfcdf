from __future__ import annotations

import pytest

from core import lsoa, street
from core.extract import BadValue
from core.lsoa import LsoaWard, borough_of

ROW = ["id", "2018-01", "City of London Police", "-0.1", "51.5", "On or near X", "E01000916", "Camden 027B", "Robbery"]


def test_a_row_and_what_makes_another_the_same_crime() -> None:
    one = street.checked(ROW, "201801")
    assert (one.month, one.lsoa_code, one.lsoa_name, one.crime_type) == (
        "201801",
        "E01000916",
        "Camden 027B",
        "Robbery",
    )
    assert one.once == street.checked(ROW, "202611").once
    assert one.once != street.checked([*ROW[:-1], "Drugs"], "201801").once
    assert one.once != street.checked([*ROW[:3], "", "", "No Location", "", "", "Robbery"], "201801").once
    assert street.checked(["", *ROW[1:]], "201801").once is None


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ([*ROW[:1], "01/2018", *ROW[2:]], "Month"),
        ([*ROW[:1], "2018-13", *ROW[2:]], "Month"),
        ([*ROW[:1], "2018-02", *ROW[2:]], "Month"),
        ([*ROW[:-1], " "], "Crime type"),
    ],
)
def test_rows_that_cannot_be_counted(row: list[str], column: str) -> None:
    with pytest.raises(BadValue) as caught:
        street.checked(row, "201801")
    assert caught.value.column == column


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["LSOA21CD", "LSOA21NM", "WD22CD", "WD22NM", "LAD22CD", "LAD22NM"], ("lsoa21cd", "wd22cd")),
        (["FID", "LSOA11CD", "LSOA11NM", "WD18CD", "WD18NM"], ("lsoa11cd", "wd18cd")),
        (["LSOA11CD", "LSOA21CD", "WD22CD", "WD23CD"], ("lsoa21cd", "wd23cd")),
        (["lsoa_code", "ward_code"], None),
    ],
)
def test_the_latest_columns_of_a_lookup_are_read(header: list[str], expected: tuple[str, str] | None) -> None:
    columns = lsoa.published_columns(header)
    assert (columns.get("lsoa_code"), columns.get("ward_code")) == (expected or (None, None))


def test_a_row_of_a_lookup() -> None:
    assert lsoa.checked([" E01000916 ", "E05000142", "Ward", "Camden"]) == LsoaWard(
        "E01000916", "E05000142", "Ward", "Camden"
    )
    for row in (["", "E05000142", "", ""], ["E01000916", "", "", ""]):
        with pytest.raises(BadValue, match="missing"):
            lsoa.checked(row)


@pytest.mark.parametrize(
    ("name", "borough"),
    [
        ("Camden 027B", "Camden"),
        ("City of London 001F", "City of London"),
        ("Kensington and Chelsea 012A", "Kensington and Chelsea"),
        ("", ""),
        ("Camden", ""),
    ],
)
def test_the_borough_that_an_area_is_named_after(name: str, borough: str) -> None:
    assert borough_of(name) == borough
