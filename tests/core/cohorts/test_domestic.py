from __future__ import annotations

import pytest

from core.days import years_before
from core.reports import NamedBy, Role
from tests.core.cohorts.making import AS_OF, abuse, ask, case, day, facts, row

DAYS = ["2026-11-21", "2028-02-29", "2025-02-28", "2024-03-01", "2024-02-29", "2027-02-28"]
BOUNDARY = [(-1, False), (0, False), (1, True), (2, True)]


def spread(*boroughs: str, on: int = AS_OF) -> tuple[object, ...]:
    return tuple(abuse(on, f"V{number}", borough) for number, borough in enumerate(boroughs, 1))


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize(("after", "inside"), BOUNDARY)
def test_dauntless_needs_the_first_of_two_reports_within_12_months(as_of: str, after: int, inside: bool) -> None:
    now = day(as_of)
    person = case(abuse(now), abuse(years_before(now, 1) + after))
    assert (ask("dauntless", person, now) is not None) is inside


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize(("after", "inside"), BOUNDARY)
@pytest.mark.parametrize("key", ["dauntless-plus", "serial"])
def test_three_years_are_counted_from_the_run_date(key: str, as_of: str, after: int, inside: bool) -> None:
    now = day(as_of)
    old = abuse(years_before(now, 3) + after, "V3", "Hackney")
    person = case(abuse(now, "V1"), abuse(now, "V2", "Camden"), old)
    if key == "serial":
        person = case(abuse(now, "V1"), old)
    assert (ask(key, person, now) is not None) is inside


@pytest.mark.parametrize("key", ["dauntless", "dauntless-plus", "serial"])
def test_a_report_made_after_the_as_of_day_was_not_known(key: str) -> None:
    rows = [abuse(AS_OF, "V1"), abuse(AS_OF, "V2", "Camden"), abuse(AS_OF, "V3", "Hackney")]
    later = [abuse(AS_OF + 1, "V1"), abuse(AS_OF + 1, "V2", "Camden"), abuse(AS_OF, "V3", "Hackney")]
    assert ask(key, case(*rows))
    assert ask(key, case(*later)) is None
    assert ask(key, case(*later), AS_OF + 1)


def test_one_report_is_no_repeat_however_many_rows_and_victims_it_has() -> None:
    rows = [abuse(victim=f"V{number}", crime_ref="A") for number in range(4)]
    assert [ask(key, case(*rows)) for key in ("dauntless", "dauntless-plus", "serial")] == [None, None, None]


def test_dauntless_repeats_need_not_name_a_victim() -> None:
    found = ask("dauntless", case(abuse(victim=""), abuse(victim="")))
    assert found is not None
    assert found.sentence == "2 domestic abuse reports since 22/11/2025"


@pytest.mark.parametrize(
    ("victims", "boroughs", "expected"),
    [
        (("V1", "V2", "V3"), ("Brent", "Camden", "Hackney"), True),
        (("V1", "V2", "V2"), ("Brent", "Camden", "Hackney"), False),
        (("V1", "V2", "V3"), ("Brent", "Camden", " camden "), False),
        (("V1", "V2", ""), ("Brent", "Camden", "Hackney"), False),
        (("V1", "V2", "V3"), ("Brent", "Camden", ""), False),
    ],
)
def test_dauntless_plus_needs_three_victims_and_three_boroughs(
    victims: tuple[str, ...], boroughs: tuple[str, ...], expected: bool
) -> None:
    person = case(*(abuse(victim=who, borough=where) for who, where in zip(victims, boroughs, strict=True)))
    assert (ask("dauntless-plus", person) is not None) is expected


def test_what_is_no_domestic_abuse_does_not_help() -> None:
    person = case(abuse(victim="V1"), abuse(victim="V2", borough="Camden"), row(victim="V3", borough="Hackney"))
    assert ask("dauntless-plus", person) is None


def test_dauntless_plus_says_what_made_it_true() -> None:
    rows = [
        abuse(AS_OF - 900, "V1", "Hackney", "A"),
        abuse(AS_OF - 500, "V2", "Brent", "B"),
        abuse(AS_OF - 40, "V3", "Camden", "C"),
        abuse(AS_OF - 5, "V3", "BRENT", "D"),
    ]
    found = ask("dauntless-plus", case(*rows))
    assert found is not None
    assert list(found.facts.items()) == [
        ("reports", 4),
        ("victims", 3),
        ("boroughs", ["Brent", "Camden", "Hackney"]),
        ("from", "2023-11-22"),
        ("to", "2026-11-21"),
        ("crimes", ["D", "C", "B", "A"]),
    ]
    assert found.sentence == "4 domestic abuse reports against 3 victims in Brent, Camden, Hackney since 22/11/2023"


@pytest.mark.parametrize(
    ("as_of", "born_on", "expected"),
    [
        ("2026-11-20", "2010-11-21", False),
        ("2026-11-21", "2010-11-21", True),
        ("2026-11-22", "2010-11-21", True),
        ("2028-02-28", "2012-02-29", False),
        ("2028-02-29", "2012-02-29", True),
        ("2028-03-01", "2012-02-29", True),
    ],
)
def test_a_serial_perpetrator_is_16_on_the_as_of_day(as_of: str, born_on: str, expected: bool) -> None:
    now = day(as_of)
    person = case(abuse(now, "V1"), abuse(now, "V2"), born_on=day(born_on))
    assert (ask("serial", person, now) is not None) is expected


def test_an_unknown_age_leaves_no_serial_perpetrator_out_and_is_said() -> None:
    assert facts("serial", case(abuse(victim="V1"), abuse(victim="V2")))["age"] == "age not known"
    known = case(abuse(victim="V1"), abuse(victim="V2"), born_on=day("1990-01-01"))
    assert facts("serial", known)["age"] == "16 or over"


def test_serial_needs_two_victims_and_two_reports() -> None:
    assert ask("serial", case(abuse(victim="V1"), abuse(victim="V1"))) is None
    assert ask("serial", case(abuse(victim="V1"), abuse(victim="V2")))
    assert ask("serial", case(abuse(victim="V1", crime_ref="A"), abuse(victim="V2", crime_ref="A"))) is None


@pytest.mark.parametrize(
    ("role", "named_by", "expected"),
    [
        (Role.NAMED_SUSPECT, NamedBy.POLICE, True),
        (Role.NAMED_SUSPECT, NamedBy.NONE, True),
        (Role.NAMED_SUSPECT, NamedBy.INTELLIGENCE, False),
        (Role.ELIMINATED, NamedBy.VICTIM, False),
    ],
)
def test_police_may_name_a_repeat_suspect_but_not_intelligence_alone(
    role: Role, named_by: NamedBy, expected: bool
) -> None:
    other = row(abuse=True, victim="V1", role=role, named_by=named_by)
    assert (ask("dauntless", case(abuse(), other)) is not None) is expected
