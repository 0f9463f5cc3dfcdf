from __future__ import annotations

import pytest

from core import activity, extract
from core.column_map import ColumnMap, from_toml
from core.errors import Refused

EXTRACT = ColumnMap("extract", "extract", extract.COLUMNS, extract.OPTIONAL)
ACTIVITY = ColumnMap("activity", "activity", activity.COLUMNS)
PROFILES = {"extract": EXTRACT, "activity": ACTIVITY}


def _read(toml: str) -> ColumnMap:
    return from_toml(toml, "p.toml", PROFILES, "extract")


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("columns = [", "not readable as TOML"),
        ('profile = "other"', "maps to 'other'; use one of extract, activity"),
        ('[columns]\nhair = "x"', "names 'hair'"),
        ('[values.hair]\na = "b"', "names 'hair'"),
        ('[fixed]\nhair = "x"', "names 'hair'"),
        ('columns = "x"', "must be a table"),
        ('[values]\nrole = "x"', r"\[values.COLUMN\]"),
    ],
)
def test_a_bad_profile_file_is_refused(toml: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        _read(toml)


def test_a_profile_file_that_says_nothing_is_the_default_under_its_own_name() -> None:
    assert _read("") == ColumnMap("p.toml", "extract", extract.COLUMNS, extract.OPTIONAL)


def test_columns_words_and_fixed_values_of_a_profile_file() -> None:
    toml = '[columns]\nday = "When"\n[values.measure]\n"S&S" = "stops and searches"\n[fixed]\nbcu = "CE"\n'
    mapping = _read('profile = "activity"\n' + toml)
    pick = mapping.picker(["count", "WHEN", "measure"], activity.COLUMNS, "f.csv")
    records = [["1", "20/11/2026", " s&s "], ["2", "21/11/2026", "arrests"]]
    assert [list(column) for column in pick(records)] == [
        ["20/11/2026", "21/11/2026"], ["CE", "CE"], ["stops and searches", "arrests"], ["1", "2"],
    ]  # fmt: skip


def test_a_fixed_value_stands_even_where_the_file_has_the_column() -> None:
    mapping = ColumnMap("p", "activity", activity.COLUMNS, fixed={"bcu": "CE"})
    pick = mapping.picker(activity.COLUMNS, activity.COLUMNS, "f.csv")
    assert list(pick([["d", "AW", "m", "1"]])[1]) == ["CE"]


def test_an_optional_column_may_be_left_out() -> None:
    wanted = (*extract.COLUMNS, *extract.OPTIONAL)
    assert EXTRACT.positions(extract.COLUMNS, wanted, "f")[-1] is None


def test_a_missing_or_doubled_column_is_refused() -> None:
    with pytest.raises(Refused, match="has no column count"):
        ACTIVITY.positions(["day", "bcu", "measure"], activity.COLUMNS, "f.csv")
    with pytest.raises(Refused, match="has the column 'day' twice"):
        ACTIVITY.positions(["day", "Day ", "bcu", "measure", "count"], activity.COLUMNS, "f.csv")


def test_names_as_published_are_read_unless_a_profile_file_names_others() -> None:
    mapping = ColumnMap("p", "activity", activity.COLUMNS, columns={"day": "When"})
    named = mapping.with_names({"day": "Date", "bcu": "Area"})
    assert named.columns == {"day": "When", "bcu": "Area"}
