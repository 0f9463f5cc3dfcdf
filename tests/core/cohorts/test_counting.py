from __future__ import annotations

import random

import pytest

from core.cohorts.case import Case
from core.cohorts.counting import boroughs, counts, period, reports, victims
from core.days import iso
from core.reports import NamedBy, ReportRow, Role
from tests.core.cohorts.making import AS_OF, BLADE, WOUNDING, case, day, mark, marked, row


@pytest.mark.parametrize(
    ("as_of", "years", "first"),
    [
        ("2026-11-21", 3, "2023-11-22"),
        ("2026-11-21", 1, "2025-11-22"),
        ("2028-02-29", 1, "2027-03-01"),
        ("2028-02-29", 2, "2026-03-01"),
        ("2028-02-29", 3, "2025-03-01"),
        ("2028-02-29", 4, "2024-03-01"),
        ("2025-02-28", 1, "2024-02-29"),
        ("2027-02-28", 3, "2024-02-29"),
        ("2025-03-01", 1, "2024-03-02"),
        ("2024-03-01", 1, "2023-03-02"),
        ("2024-03-01", 3, "2021-03-02"),
        ("2027-01-01", 1, "2026-01-02"),
    ],
)
def test_a_window_starts_the_day_after_the_same_calendar_day(as_of: str, years: int, first: str) -> None:
    within = period(day(as_of), years)
    assert (iso(within.first), iso(within.last)) == (first, as_of)
    kept = case(*(row(str(back), within.first + back) for back in (-1, 0, 1))).reports(within)
    assert [one.crime_ref for one in kept] == ["1", "0"]
    kept = case(*(row(str(on), within.last + on) for on in (-1, 0, 1))).reports(within)
    assert [one.crime_ref for one in kept] == ["0", "-1"]


@pytest.mark.parametrize(
    ("role", "named_by", "outcome", "expected"),
    [
        (Role.NAMED_SUSPECT, NamedBy.VICTIM, "", True),
        (Role.CHARGED, NamedBy.WITNESS, "", True),
        (Role.CONVICTED, NamedBy.POLICE, "charged", True),
        (Role.NAMED_SUSPECT, NamedBy.NONE, "", True),
        (Role.NAMED_SUSPECT, NamedBy.INTELLIGENCE, "", False),
        (Role.CONVICTED, NamedBy.INTELLIGENCE, "", False),
        (Role.ELIMINATED, NamedBy.VICTIM, "", False),
        (Role.NONE, NamedBy.VICTIM, "", False),
        (Role.NAMED_SUSPECT, NamedBy.VICTIM, "Cancelled", False),
        (Role.CHARGED, NamedBy.VICTIM, "no-crime", False),
    ],
)
def test_which_rows_make_a_suspect_on_cris(role: Role, named_by: NamedBy, outcome: str, expected: bool) -> None:
    assert counts(row(role=role, named_by=named_by, outcome=outcome)) is expected


def test_a_report_counts_once_however_many_rows_it_has() -> None:
    rows = (row("A", victim="V1"), row("A", victim="V2"), row("B", victim="V2"), row("B", victim=" "))
    found = reports(rows)
    assert [one.crime_ref for one in found] == ["A", "B"]
    assert victims(found) == {"V1", "V2"}


def test_a_report_named_by_intelligence_and_by_a_victim_counts_for_the_rows_of_the_victim() -> None:
    told = row("A", victim="V1")
    found = reports((told, row("A", victim="V2", named_by=NamedBy.INTELLIGENCE)))
    assert [one.victims for one in found] == [{"V1"}]
    assert reports((told._replace(named_by=NamedBy.INTELLIGENCE),)) == ()


def test_boroughs_are_told_apart_without_regard_to_capitals_and_outer_spaces() -> None:
    names = ("Brent", " BRENT ", "brent", "", "  ", "City of  London", "city of london", "Camden")
    found = reports(row(borough=name) for name in names)
    assert len({name.casefold() for name in boroughs(found)}) == len(boroughs(found)) == 3
    shuffled = list(found)
    random.Random(3).shuffle(shuffled)
    assert boroughs(shuffled) == boroughs(found)


def test_a_report_has_one_borough_that_of_its_first_row_with_one() -> None:
    first, second, third = row("A"), row("A", borough="Brent"), row("A", borough="Camden")
    assert boroughs(reports((third, second, first))) == ["Brent"]


def test_a_report_is_what_any_of_its_rows_is() -> None:
    (report,) = reports((row("A", offence=BLADE), row("A", offence=WOUNDING, abuse=True)))
    assert report.domestic_abuse
    assert report.knife
    assert len(report.traits) == 2


@pytest.mark.parametrize("kind", [Case, ReportRow])
def test_no_rule_can_see_sex_ethnicity_or_name(kind: type[Case] | type[ReportRow]) -> None:
    names = set(kind.__annotations__)
    assert not [name for name in names if any(word in name for word in ("sex", "gender", "ethnic", "race", "faith"))]
    assert not names & {"name", "surname", "forename", "full_name", "nationality", "religion", "disability"}
    if kind is Case:
        assert names == {"ref", "born_on", "status", "rows", "markers"}


def test_custody_and_markers_in_force_include_both_their_ends() -> None:
    person = marked(mark("custody", "prison", AS_OF - 10, AS_OF - 5), mark("rso", "registered", AS_OF, AS_OF))
    assert [bool(person.holding("rso", AS_OF + on)) for on in (-1, 0, 1)] == [False, True, False]
    within = period(AS_OF - 5, 1), period(AS_OF - 11, 1), period(AS_OF - 10, 1)
    assert [bool(person.custody(one)) for one in within] == [True, False, True]


def test_a_report_has_one_day_the_earliest_of_its_rows() -> None:
    rows = row("A", AS_OF - 3), row("A", AS_OF - 5), row("A", AS_OF + 1)
    assert [one.reported_on for one in reports(rows)] == [AS_OF - 5]
