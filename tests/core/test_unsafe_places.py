from __future__ import annotations

from datetime import date

import pytest

from core import extract, unsafe_places
from core.extract import BadValue
from core.unsafe_places import AREA, NO_PLACE, NO_WARD, POINT, WARD, Flag, checked, heads, missing, ward_of

TODAY = date(2026, 11, 21).toordinal()
ROW = ["20/11/2026", "Poor lighting", "E05013806", "E01000916", "51.5", "-0.1", "R1"]
STREET = ["Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
          "LSOA name", "Crime type", "Last outcome category", "Context"]  # fmt: skip
SEARCHES = ["Type", "Date", "Part of a policing operation", "Latitude", "Longitude", "Gender", "Age range",
            "Object of search"]  # fmt: skip
RELEASE = ["MajorText", "MinorText", "WardName", "WardCode", "LookUp_BoroughName", "202601", "202602"]


@pytest.mark.parametrize(
    "header",
    [
        ["reported_on", "reason", "ward_code"],
        ["reported_on", "reason", "lsoa_code"],
        ["Reported_On ", "REASON", "latitude", "longitude"],
        [*unsafe_places.COLUMNS, *unsafe_places.OPTIONAL],
        ["id", "created", "category", "lat", "lng"],
        ["Reference", "Date_Reported", "Issue", "Lat", "Lon", "Comments", "Borough", "Ward"],
        ["created_date", "concern", "LSOA"],
        ["date", "feature", "LSOA code", "LSOA name"],
        ["Date", "Type", "Ward code", "Ward", "Borough"],
        ["date", "type", "lat", "long"],
    ],
)
def test_a_file_is_known_by_the_usual_words(header: list[str]) -> None:
    assert missing(header) == []


@pytest.mark.parametrize("header", [STREET, [*STREET, "Date", "Type"], SEARCHES, RELEASE, [*extract.COLUMNS, "type"]])
def test_crimes_searches_and_counts_are_none(header: list[str]) -> None:
    assert missing(header)


@pytest.mark.parametrize(
    ("header", "lacking"),
    [
        (["reported_on", "reason"], "a place"),
        (["date", "type", "latitude"], "a place"),
        (["ward_code", "latitude", "longitude", "date"], "reason"),
    ],
)
def test_what_is_missing_is_named(header: list[str], lacking: str) -> None:
    assert missing(header)[0].startswith(lacking)


def test_of_two_usual_words_the_first_is_read() -> None:
    assert heads(["Type", "Category", "Lat", "Latitude", "Created"]) == {
        "reported_on": "created", "reason": "category", "latitude": "latitude",
    }  # fmt: skip


def test_a_row() -> None:
    assert checked(ROW, TODAY) == ("R1", TODAY - 1, "Poor lighting", "E05013806", "E01000916", 51.5, -0.1)
    assert checked(["2026-10-03T21:15:00Z", "Dark", *[""] * 5], TODAY) == (
        "", date(2026, 10, 3).toordinal(), "Dark", "", "", None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({0: "22/11/2026"}, "reported_on", "the date lies in the future"),
        ({0: ""}, "reported_on", "a date is needed"),
        ({0: "yesterday"}, "reported_on", "no such date"),
        ({1: " "}, "reason", "why the place was flagged is missing"),
        ({4: "north"}, "latitude", "no latitude in Great Britain; write degrees of 49 to 61"),
        ({4: "nan"}, "latitude", "no latitude"),
        ({4: "-0.1", 5: "51.5"}, "latitude", "no latitude"),
        ({4: "40.7", 5: "-74"}, "latitude", "no latitude"),
        ({5: "151.2"}, "longitude", "no longitude in Great Britain; write degrees of -9 to 2"),
        ({4: ""}, "latitude", "the latitude is missing; give both or neither"),
        ({5: " "}, "longitude", "the longitude is missing; give both or neither"),
    ],
)
def test_rows_that_are_kept_out(changed: dict[int, str], column: str, reason: str) -> None:
    with pytest.raises(BadValue) as bad:
        checked([changed.get(at, value) for at, value in enumerate(ROW)], TODAY)
    assert bad.value.column == column
    assert bad.value.reason.startswith(reason)


@pytest.mark.parametrize(
    ("ward_code", "lsoa_code", "coordinates", "area", "expected"),
    [
        ("W1", "A2", (51.5, 0.0), "A3", ("W1", WARD)),
        ("W9", "A2", (51.5, 0.0), "A3", ("W2", AREA)),
        ("", "A2", None, None, ("W2", AREA)),
        ("W9", "A9", (51.5, 0.0), "A3", ("W3", POINT)),
        ("", "", (51.5, 0.0), "A3", ("W3", POINT)),
        ("", "", (51.5, 0.0), "A9", ("", NO_WARD)),
        ("", "", (51.5, 0.0), None, ("", NO_WARD)),
        ("W9", "", None, None, ("", NO_WARD)),
        ("", "A9", None, None, ("", NO_WARD)),
        ("", "", None, None, ("", NO_PLACE)),
    ],
)
def test_the_ward_code_holds_then_the_area_then_the_nearest_point(
    ward_code: str,
    lsoa_code: str,
    coordinates: tuple[float, float] | None,
    area: str | None,
    expected: tuple[str, str],
) -> None:
    latitude, longitude = coordinates or (None, None)
    flag = Flag("", TODAY, "Dark", ward_code, lsoa_code, latitude, longitude)
    assert ward_of(flag, {"W1"}, {"A2": "W2", "A3": "W3"}, lambda _up, _aside: area) == expected
