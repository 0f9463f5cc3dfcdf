from __future__ import annotations

import pytest

from core.errors import Refused
from core.focus_model import default, read
from core.geography import current_wards, wards
from core.tables import table

FILE = """
borough = "Elsewhere"
officers = 3
week_hours = 35.5
least_hours = 0
[areas]
North = ["E05013806", "W05000001"]
South = ["E05013808"]
[[options]]
key = "patrol"
title = "Patrol"
unit = "hours"
hours = 1
output = "hours on foot"
[[measures]]
key = "hours"
title = "Hours on foot"
baseline = 10
better = "more"
per = "month"
from = "patrol"
"""


def test_the_model_that_ships_is_the_councils() -> None:
    model = default()
    assert (model.borough, model.officers, list(model.areas), model.capacity) == (
        "Harrow", 6, ["East", "Central", "West"], 72,
    )  # fmt: skip
    measures = {one.key: (one.baseline, one.better, one.per, one.option) for one in model.measures}
    assert measures == {
        "fly-tip-fpns": (21, "more", "month", "fly-tip-enforcement"),
        "open-hmo-requests": (140, "fewer", "day", ""),
    }
    assert len(model.options) == 8


def test_every_ward_of_the_present_map_is_in_one_area_and_a_namesake_in_the_published_one() -> None:
    model = default()
    codes = [code for area in model.areas.values() for code in area]
    assert sorted(codes) == [ward.code for ward in current_wards() if ward.borough == "Harrow"]
    published = {row["ward"]: row["pet_area"] for row in table("wards") if row["pet_area"]}
    kept = {code: published[wards()[code].name] for code in codes if wards()[code].name in published}
    assert {code: model.area_of(code) for code in kept} == kept
    assert sorted(wards()[code].name for code in codes if code not in kept) == [
        "Centenary", "Headstone", "North Harrow", "Stanmore", "Wealdstone North", "Wealdstone South",
    ]  # fmt: skip


def test_another_council_has_its_own() -> None:
    model = read(FILE, "focus.toml")
    assert (model.areas, model.capacity) == ({"North": ("E05013806", "W05000001"), "South": ("E05013808",)}, 53)
    assert (model.area_of("W05000001"), model.area_of("E05013809")) == ("North", None)
    patrol = model.option("patrol")
    assert patrol is not None
    assert (patrol.hours, patrol.unit, model.option("other")) == (1, "hours", None)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('borough = "Elsewhere"', "borough = ", "Focus file f.toml is not readable as TOML:"),
        ('borough = "Elsewhere"', 'borough = " "', "Focus file f.toml has no borough; write it in quotes"),
        ("officers = 3", "officers = 0", "Focus file f.toml: officers is '0'; write a whole number of 1 to 1,000."),
        ("officers = 3", "officers = true", "Focus file f.toml: officers is 'True'"),
        ("officers = 3", "", "Focus file f.toml: officers is missing"),
        (
            "week_hours = 35.5",
            "week_hours = nan",
            "Focus file f.toml: week_hours is 'nan'; write a figure of 1 to 168.",
        ),
        (
            "least_hours = 0",
            "least_hours = 54",
            "Focus file f.toml: least_hours is '54'; write a whole number of 0 to 53",
        ),
        ("least_hours = 0", "most = 9", "Focus file f.toml has 'most', which is not known; use borough, officers"),
        ("[areas]", "[places]", "Focus file f.toml has 'places', which is not known"),
        ('South = ["E05013808"]', "South = []", "Focus file f.toml, area South has no wards"),
        ('South = ["E05013808"]', 'South = ["Pinner"]', "Focus file f.toml, area South: 'Pinner' is no ward code"),
        (
            'South = ["E05013808"]',
            'South = ["E05013806"]',
            "Focus file f.toml, area South: ward E05013806 is in North already",
        ),
        ('["E05013808"]', '["E05013808", "E05013808"]', "Focus file f.toml, area South: ward E05013808 is in South"),
        ("hours = 1\n", "hours = -1\n", "Focus file f.toml, options 1: hours is '-1'; write a figure of 0.05 to 168."),
        ('unit = "hours"', 'units = "hours"', "Focus file f.toml, options 1 has 'units', which is not known"),
        ('unit = "hours"', "unit = 3", "Focus file f.toml, options 1 has no unit"),
        ('key = "patrol"', 'key = "Pa trol"', "Focus file f.toml, options 1: key 'Pa trol' is not made of"),
        ('from = "patrol"', 'from = "other"', "Focus file f.toml, measures 1: from is 'other', which is no option"),
        ('better = "more"', 'better = "less"', "Focus file f.toml, measures 1: better is 'less'; use more or fewer."),
        ('per = "month"', 'per = "day"', "Focus file f.toml, measures 1 adds up what is done"),
        ("baseline = 10", "baseline = -1", "Focus file f.toml, measures 1: baseline is '-1'"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_a_sentence(before: str, after: str, sentence: str) -> None:
    assert before in FILE
    with pytest.raises(Refused) as refused:
        read(FILE.replace(before, after), "f.toml")
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (FILE[: FILE.index("[[options]]")], "Focus file f.toml has no options; write a [[options]] for each."),
        (FILE[: FILE.index("[areas]")], "Focus file f.toml has no areas; write [areas]"),
        (FILE + FILE[FILE.index("[[options]]") :], "Focus file f.toml has option 'patrol' twice"),
        (FILE + FILE[FILE.index("[[measures]]") :], "Focus file f.toml has measure 'hours' twice"),
    ],
)
def test_a_file_needs_areas_and_options_each_once(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text, "f.toml")
    assert refused.value.sentence.startswith(sentence)


def test_a_file_without_measures_has_none() -> None:
    assert read(FILE[: FILE.index("[[measures]]")], "f.toml").measures == ()
