from __future__ import annotations

from datetime import date

import pytest

from core.extract import (
    BadValue,
    Description,
    circumstance,
    count,
    day,
    description,
    flag,
    no_suspect,
    offence_code,
    optional_day,
    report,
)
from core.pools import Pool
from core.reports import DetectedBy, NamedBy, Role

TODAY = date(2026, 11, 21).toordinal()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29/02/2024", date(2024, 2, 29)),
        ("2024-02-29", date(2024, 2, 29)),
        ("1/2/2026", date(2026, 2, 1)),
        (" 21/11/2026 ", date(2026, 11, 21)),
        ("21/11/2026 23:59", date(2026, 11, 21)),
        ("2026-11-21T10:00:00Z", date(2026, 11, 21)),
        ("31/12/1899", date(1899, 12, 31)),
    ],
)
def test_a_date(text: str, expected: date) -> None:
    assert day("reported_on", text, TODAY) == expected.toordinal()


@pytest.mark.parametrize(
    "text",
    ["29/02/2025", "2025-02-29", "00/01/2026", "32/01/2026", "2026-00-10", "01/02/26", "26-02-01", "11/21/2026",
     "20261121", "01.02.2026", "0000-01-01", "today", "01/02/2026x", "1/2/20266"],
)  # fmt: skip
def test_no_date(text: str) -> None:
    with pytest.raises(BadValue, match=r"no such date|names the format") as caught:
        optional_day("born_on", text, TODAY)
    assert (caught.value.column, caught.value.value) == ("born_on", text)


def test_tomorrow_lies_in_the_future_and_today_does_not() -> None:
    assert day("reported_on", "21/11/2026", TODAY) == TODAY
    with pytest.raises(BadValue, match="in the future"):
        day("reported_on", "22/11/2026", TODAY)


@pytest.mark.parametrize("text", ["", "  ", "\t"])
def test_a_date_left_out(text: str) -> None:
    assert optional_day("committed_to", text, TODAY) is None
    with pytest.raises(BadValue, match="needed"):
        day("reported_on", text, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Yes", True), (" y ", True), ("TRUE", True), ("1", True), ("", False), ("N", False), ("0", False)],
)
def test_a_flag(text: str, expected: bool) -> None:
    assert flag("vawg", text) is expected


@pytest.mark.parametrize("text", ["2", "maybe", "yess"])
def test_no_flag(text: str) -> None:
    with pytest.raises(BadValue, match="neither yes nor no"):
        flag("vawg", text)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "1,000", "²", "٣", "1234567890", "x"])
def test_no_count(text: str) -> None:
    with pytest.raises(BadValue, match="not a count"):
        count("count", text)


def test_a_count() -> None:
    assert [count("count", text) for text in ("0", " 12 ", "999999999")] == [0, 12, 999_999_999]


def test_circumstances_are_read_whatever_their_case_and_spacing() -> None:
    found = circumstance("Y", "yes", "Public", "under investigation", True, " Named_Suspect ", "VICTIM")
    assert found == (True, True, DetectedBy.PUBLIC, Role.NAMED_SUSPECT, NamedBy.VICTIM, Pool(255))


@pytest.mark.parametrize(
    ("vawg", "outcome", "role", "named_by", "has_person"),
    [
        ("no", "", "named suspect", "victim", True),
        ("yes", "Cancelled", "named suspect", "victim", True),
        ("yes", "No-crimed", "named suspect", "victim", True),
        ("yes", "", "eliminated", "victim", True),
        ("yes", "", "named suspect", "intelligence", True),
        ("yes", "", "named suspect", "police", True),
        ("yes", "", "named suspect", "", True),
        ("yes", "", "", "", False),
    ],
)
def test_what_admits_a_row_to_no_pool(vawg: str, outcome: str, role: str, named_by: str, has_person: bool) -> None:
    assert circumstance("no", vawg, "", outcome, has_person, role, named_by).allowed & Pool.VAWG == Pool(0)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("role", ("no", "no", "", "", True, "offender", "victim")),
        ("role", ("no", "no", "", "", True, "", "victim")),
        ("role", ("no", "no", "", "", False, "offender", "")),
        ("named_by", ("no", "no", "", "", True, "charged", "hearsay")),
        ("detected_by", ("no", "no", "camera", "", True, "charged", "victim")),
        ("vawg", ("no", "?", "", "", True, "charged", "victim")),
        ("domestic_abuse", ("?", "no", "", "", True, "charged", "victim")),
    ],
)
def test_words_that_are_not_known(column: str, values: tuple[str, str, str, str, bool, str, str]) -> None:
    with pytest.raises(BadValue) as caught:
        circumstance(*values)
    assert caught.value.column == column


def test_a_description_is_stripped_and_its_birth_date_checked() -> None:
    assert description(" A ", "B", "", "F", "", " x", TODAY) == Description("A", "B", None, "F", "", "x")
    for ward, owner, home in (
        ("e05013496", "", "Brent"),
        ("E05013496", "nw", "Brent"),
        ("", "SE", "BCU SE"),
        ("", "Central East", "BCU CE"),
        ("n/a", "n/a", ""),
    ):
        assert description("A", "B", "", "", "", "", TODAY, home_ward_code=ward, owning_bcu=owner).home == home
    assert description("A", "", "", "", "", "", TODAY, home_ward_code="E05013496", owning_bcu="SE").home == "BCU SE"
    with pytest.raises(BadValue, match="no ward code"):
        description("A", "B", "", "", "", "", TODAY, home_ward_code="Brent")
    with pytest.raises(BadValue, match="unknown BCU"):
        description("A", "B", "", "", "", "", TODAY, owning_bcu="XX")
    with pytest.raises(BadValue, match="no such date"):
        description("A", "B", "30/02/1980", "F", "", "", TODAY)


def test_references() -> None:
    assert report(" 1/26 ") == "1/26"
    no_suspect(" ", "", " ")
    with pytest.raises(BadValue, match="reference of the crime report is missing"):
        report(" ")
    with pytest.raises(BadValue, match="their reference is missing"):
        no_suspect("", "", "Al")


@pytest.mark.parametrize("code", ["08-Jun", "8-jun", "Jun-08", "Sept-26", " 08/06/2026 "])
def test_a_code_that_a_spreadsheet_made_a_date_of_is_refused(code: str) -> None:
    with pytest.raises(BadValue, match="a spreadsheet made a date of the code") as caught:
        offence_code(code)
    assert (caught.value.column, caught.value.value) == ("ho_code", code)


@pytest.mark.parametrize(("code", "kept"), [("8/6", "008/06"), ("00806", "008/06"), (" OWN-08 ", "OWN-08"), ("", "")])
def test_other_codes_are_kept(code: str, kept: str) -> None:
    assert offence_code(code) == kept
