from __future__ import annotations

import pytest

from core import activity, deployments, extract, profiles
from core.errors import Refused
from core.profiles import Profile

WARD = ["MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName", "202601", "202602"]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (list(extract.COLUMNS), "extract"),
        ([" Extra ", *(name.upper() for name in reversed(extract.COLUMNS))], "extract"),
        (WARD, "mps-ward"),
        (list(activity.COLUMNS), "activity"),
        (list(deployments.COLUMNS), "deployments"),
    ],
)
def test_a_header_is_recognised(header: list[str], kind: str) -> None:
    assert profiles.recognise(header, "f.csv") == Profile(kind, kind)


@pytest.mark.parametrize("header", [[], ["a", "b"], list(extract.COLUMNS[:-1])])
def test_a_header_that_is_none_is_refused_with_what_is_missing(header: list[str]) -> None:
    with pytest.raises(Refused, match=r"f\.csv has the header of no profile .* also needs: "):
        profiles.recognise(header, "f.csv")


def test_a_built_in_profile_by_name() -> None:
    assert profiles.built_in("extract").kind == "extract"
    with pytest.raises(Refused, match="no profile 'nonsense'"):
        profiles.built_in("nonsense")


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("columns = [", "not readable as TOML"),
        ('profile = "mps-ward"', "maps to 'mps-ward'"),
        ('profile = "other"', "maps to 'other'"),
        ('[columns]\nhair = "x"', "names 'hair'"),
        ('[values.hair]\na = "b"', "names 'hair'"),
        ('[fixed]\nhair = "x"', "names 'hair'"),
        ('columns = "x"', "must be a table"),
        ('[values]\nrole = "x"', r"\[values.COLUMN\]"),
    ],
)
def test_a_bad_profile_file_is_refused(toml: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        profiles.from_toml(toml, "p.toml")


def test_columns_words_and_fixed_values_of_a_profile_file() -> None:
    toml = '[columns]\nday = "When"\n[values.measure]\n"S&S" = "stops and searches"\n[fixed]\nbcu = "CE"\n'
    profile = profiles.from_toml('profile = "activity"\n' + toml, "p.toml")
    pick = profiles.columns(profile, ["count", "WHEN", "measure"], activity.COLUMNS, "f.csv")
    records = [["1", "20/11/2026", " s&s "], ["2", "21/11/2026", "arrests"]]
    assert [list(column) for column in pick(records)] == [
        ["20/11/2026", "21/11/2026"], ["CE", "CE"], ["stops and searches", "arrests"], ["1", "2"],
    ]  # fmt: skip


def test_a_fixed_value_stands_even_where_the_file_has_the_column() -> None:
    profile = Profile("p", "activity", fixed={"bcu": "CE"})
    pick = profiles.columns(profile, activity.COLUMNS, activity.COLUMNS, "f.csv")
    assert list(pick([["d", "AW", "m", "1"]])[1]) == ["CE"]


def test_an_optional_column_may_be_left_out() -> None:
    wanted = (*extract.COLUMNS, *extract.OPTIONAL)
    assert profiles.positions(Profile("e", "extract"), extract.COLUMNS, wanted, "f")[-1] is None


def test_a_missing_or_doubled_column_is_refused() -> None:
    plain = Profile("activity", "activity")
    with pytest.raises(Refused, match="has no column count"):
        profiles.positions(plain, ["day", "bcu", "measure"], activity.COLUMNS, "f.csv")
    with pytest.raises(Refused, match="has the column 'day' twice"):
        profiles.positions(plain, ["day", "Day ", "bcu", "measure", "count"], activity.COLUMNS, "f.csv")
