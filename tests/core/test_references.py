"""A word for unknown in place of a reference names nobody: else every row that has it would be of one person."""

from __future__ import annotations

from datetime import date

import pytest

from core import deployments, incident_file, markers, particulars, unsafe_places
from core.extract import BadValue, day, no_suspect, optional_day, reference, report

TODAY = date(2026, 11, 21).toordinal()
WORDS = ("N/A", " n/a ", "Unknown", "UNKNOWN", "-", "NULL", "(null)", "Not known", "None", "nan", "(blank)", "?", "")


@pytest.mark.parametrize("word", WORDS)
def test_a_word_for_unknown_is_no_reference(word: str) -> None:
    assert reference(word) == ""
    with pytest.raises(BadValue, match="reference of the crime report is missing"):
        report(word)
    with pytest.raises(BadValue, match="reference of the person is missing"):
        markers.checked((word, "rso", "registered", "01/01/2026", "", ""), TODAY)
    with pytest.raises(BadValue, match="reference of the incident is missing"):
        incident_file.checked((word, "stabbing", "2026-11-20", *[""] * 6), TODAY, 0, ())
    with pytest.raises(BadValue, match="the unit is missing"):
        deployments.checked((word, "", "8", *[""] * 5), ())
    assert unsafe_places.checked(("01/11/2026", "dark", "", "", "", "", word), TODAY).ref == ""
    assert particulars.particulars(("", "", "", "", "", "", word, "")).linked_ref == ""


@pytest.mark.parametrize("ref", ["P1", "1", "N/A-7", "unknown 3", "Anon", "X", "12/34"])
def test_any_other_word_is_one(ref: str) -> None:
    assert reference(f" {ref} ") == ref


def test_an_incident_of_an_unknown_owner_has_none() -> None:
    told = incident_file.checked(("I1", "stabbing", "2026-11-20", "", "", "", "", "Unknown", ""), TODAY, 0, ())
    assert told.owner == ""


def test_a_suspect_of_whom_every_column_says_unknown_is_none() -> None:
    no_suspect("N/A", "Unknown", "-", "NULL", "", "n/a")
    with pytest.raises(BadValue) as told:
        no_suspect("N/A", "Ashworth", "-", "", "", "")
    assert (told.value.column, told.value.value) == ("person_ref", "N/A")


@pytest.mark.parametrize("name", ["Total", "TOTAL", "Grand Total", "Totals"])
def test_a_line_of_totals_is_no_unit(name: str) -> None:
    with pytest.raises(BadValue, match="a line of totals is no unit"):
        deployments.checked((name, "", "62", *[""] * 5), ())


def test_a_word_for_unknown_in_a_date_that_may_be_empty_says_so() -> None:
    with pytest.raises(BadValue) as told:
        optional_day("born_on", "N/A", TODAY)
    assert told.value.reason.endswith("; leave it empty where it is not known")
    with pytest.raises(BadValue) as needed:
        day("reported_on", "N/A", TODAY)
    assert "leave it empty" not in needed.value.reason
