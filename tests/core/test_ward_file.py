from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.ward_file import blank, missing, months, places, refuse_twice, unproved

PLACES = ["MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName"]
AS_PUBLISHED = [*PLACES, "202601", "202602"]
HISTORICAL = [
    "WardName",
    "WardCode",
    "MajorText",
    "MinorText",
    "LookUp_BoroughName",
    "202601",
    "202602",
    "Refreshed Date",
]
GROUPED = ["Group", "SubGroup", "WardName", "WardCode", "LookUp_BoroughName", "202601", "202602"]
OLDEST = ["Ward Code", "Ward Name", "Borough", "Major Category", "Minor Category", "202601", "202602"]


@pytest.mark.parametrize(
    ("header", "at"),
    [
        (AS_PUBLISHED, (1, 2, 3, 4)),
        ([name.upper() for name in AS_PUBLISHED], (1, 2, 3, 4)),
        (HISTORICAL, (3, 0, 1, 4)),
        (GROUPED, (1, 2, 3, 4)),
        (OLDEST, (4, 1, 0, 2)),
        (["202601", "202602", *PLACES], (3, 4, 5, 6)),
    ],
)
def test_columns_are_known_by_their_names_in_any_order(header: list[str], at: tuple[int, ...]) -> None:
    assert missing(header) == []
    assert places(header, "f.csv") == at
    held, standing = months(header, "f.csv")
    assert held == ("202601", "202602")
    assert [header[place] for place in standing] == list(held)


@pytest.mark.parametrize("wrong", [[], ["202613"], ["202602", "202601"], ["202601", "202601"], ["2026-01"], [""]])
def test_months_that_are_none(wrong: list[str]) -> None:
    with pytest.raises(Refused, match="not months in order"):
        months([*PLACES, *wrong], "f")


@pytest.mark.parametrize("again", ["WardCode", "minor text", "MajorText"])
def test_a_column_that_is_read_stands_there_once(again: str) -> None:
    header = [*PLACES, "202601"]
    refuse_twice([*header, "Refreshed Date", "Refreshed Date"], "f.csv")
    with pytest.raises(Refused, match=r"^f\.csv has the column '[\w ]+' twice; take one out\.$"):
        refuse_twice([*header, again], "f.csv")


def test_a_borough_file_is_no_ward_file() -> None:
    header = ["MajorText", "MinorText", "LookUp_BoroughName", "202601"]
    assert (missing(header), unproved(header)) == (["WardCode"], ["WardName", "WardCode"])
    with pytest.raises(Refused, match="no column for WardCode"):
        places(header, "f.csv")


CELLS = st.sampled_from(["", " ", "0", "3", "x"])


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_a_column_is_blank_where_no_row_has_a_value(rows: list[tuple[str, str, str]]) -> None:
    """A nought is a value, and so is what is no number; without a row nothing is known to be blank."""
    expected = {place for place in (0, 2) if not "".join(row[place] for row in rows).strip()}
    assert blank((0, 2), rows) == (expected if rows else set())


def test_an_ordinary_file_is_read_no_further_than_its_first_row() -> None:
    read: list[int] = []

    def rows() -> Iterator[list[str]]:
        for number, row in enumerate((["A", "0", ""], ["B", "", "4"], ["C", "", ""])):
            read.append(number)
            yield row

    assert (blank((1,), rows()), read) == (frozenset(), [0])
    read.clear()
    assert (blank((1, 2), rows()), read) == (frozenset(), [0, 1])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (("202402", "202401"), "'202401' stands behind '202402'"),
        (("202401", "202401"), "'202401' stands there twice"),
        (("202401", "2024-02"), "'2024-02' is no month written as YYYYMM"),
    ],
)
def test_the_column_that_is_no_month_in_order_is_named(columns: tuple[str, ...], said: str) -> None:
    with pytest.raises(Refused, match=f"not months in order: {said}"):
        months(("MinorText", "WardCode", *columns), "w.csv")
