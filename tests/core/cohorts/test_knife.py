from __future__ import annotations

import pytest

from core.days import years_before
from core.reports import ReportRow
from tests.core.cohorts.making import AS_OF, ASSAULT, BLADE, WOUNDING, ask, case, day, facts, mark, row

KEY = "habitual-knife-carrier"
DAYS = ["2026-11-21", "2028-02-29", "2025-02-28", "2024-03-01", "2024-02-29"]
BOUNDARY = [(-1, False), (0, False), (1, True)]


def blade(on: int = AS_OF) -> ReportRow:
    return row("", on, offence=BLADE)


def stabbing(on: int = AS_OF, *, abuse: bool = False) -> ReportRow:
    return row("", on, offence=WOUNDING, knife=True, abuse=abuse)


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize(("after", "inside"), BOUNDARY)
def test_the_second_report_is_within_two_years(as_of: str, after: int, inside: bool) -> None:
    now = day(as_of)
    assert (ask(KEY, case(blade(now), blade(years_before(now, 2) + after)), now) is not None) is inside


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize(("after", "inside"), BOUNDARY)
def test_one_report_is_within_12_months(as_of: str, after: int, inside: bool) -> None:
    now = day(as_of)
    last = years_before(now, 1) + after
    assert (ask(KEY, case(blade(last), blade(last - 30)), now) is not None) is inside


@pytest.mark.parametrize("as_of", DAYS)
@pytest.mark.parametrize(("after", "inside"), BOUNDARY)
def test_prison_for_any_day_of_the_12_months_stands_in_for_a_report_in_them(
    as_of: str, after: int, inside: bool
) -> None:
    now = day(as_of)
    year_ago = years_before(now, 1)
    prison = mark("custody", "prison", year_ago - 60, year_ago + after)
    person = case(blade(year_ago - 70), blade(year_ago - 90), markers=(prison,))
    assert (ask(KEY, person, now) is not None) is inside


def test_custody_after_the_as_of_day_is_not_known_yet() -> None:
    old = years_before(AS_OF, 1) - 10
    for on, expected in ((-1, True), (0, True), (1, False)):
        person = case(blade(old), blade(old), markers=(mark("custody", "remand", AS_OF + on),))
        assert (ask(KEY, person) is not None) is expected


def test_the_facts_say_which_of_the_two_holds() -> None:
    old = years_before(AS_OF, 1) - 10
    prison = mark("custody", "prison", day("2026-02-01"), day("2026-06-30"))
    inside = ask(KEY, case(blade(old), stabbing(old), markers=(prison,)))
    assert inside is not None
    assert inside.facts["because"] == "in custody in the last 12 months"
    assert inside.facts["custody"] == [{"kind": "prison", "from": "2026-02-01", "to": "2026-06-30"}]
    assert inside.sentence == (
        "2 weapon or knife-injury reports since 22/11/2024, none in the last 12 months "
        "but prison from 01/02/2026 to 30/06/2026"
    )
    outside = ask(KEY, case(blade(old), blade(), markers=(prison,)))
    assert outside is not None
    assert (outside.facts["because"], outside.facts["custody"]) == ("reported in the last 12 months", [])
    assert outside.sentence == "2 weapon or knife-injury reports since 22/11/2024, 1 in the last 12 months"


def test_custody_that_lasts_has_no_end() -> None:
    old = years_before(AS_OF, 1) - 10
    person = case(blade(old), blade(old), markers=(mark("custody", "remand", day("2026-02-01")),))
    assert facts(KEY, person)["custody"] == [{"kind": "remand", "from": "2026-02-01", "to": None}]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (stabbing(), True),
        (stabbing(abuse=True), False),
        (row(offence=BLADE, abuse=True), True),
        (row(offence=WOUNDING), False),
        (row(offence=ASSAULT, knife=True), False),
        (row(offence=("005/01", "Wounding with a machete")), True),
    ],
)
def test_which_offences_count(second: ReportRow, expected: bool) -> None:
    assert (ask(KEY, case(blade(), second)) is not None) is expected


def test_possession_and_injury_are_counted_apart() -> None:
    found = facts(KEY, case(blade(), stabbing(), stabbing()))
    assert (found["reports"], found["possession"], found["knife_injury"]) == (3, 1, 2)


def test_a_blade_and_a_wound_in_one_report_are_one() -> None:
    rows = row("A", offence=BLADE), row("A", offence=WOUNDING, knife=True)
    assert ask(KEY, case(*rows)) is None


def test_domestic_abuse_on_any_row_makes_the_injury_domestic() -> None:
    rows = row("A", offence=WOUNDING, knife=True), row("A", offence=WOUNDING, knife=True, abuse=True)
    assert ask(KEY, case(blade(), *rows)) is None


@pytest.mark.parametrize(
    ("offence", "counts"),
    [
        (("008/26", "Having an article with a blade or point in a public place"), True),
        (("008/11", "Possession of offensive weapon without lawful authority or reasonable excuse"), True),
        (("008/64", "Threaten with a blade or sharply pointed article in a public place"), True),
        (("081/26", "Carrying loaded firearm"), False),
        (("008/23", "Possessing firearm or imitation firearm with intent to cause fear of violence"), False),
    ],
)
def test_a_weapon_or_blade_is_no_firearm(offence: tuple[str, str], *, counts: bool) -> None:
    person = case(blade(), row("", AS_OF, offence=offence))
    assert (ask(KEY, person) is not None) is counts


def test_attempted_murder_with_a_knife_is_violence_with_injury() -> None:
    attempt = row("", AS_OF, offence=("002/00", "Attempted murder"), knife=True)
    assert ask(KEY, case(blade(), attempt))
    assert ask(KEY, case(blade(), row("", AS_OF, offence=("002/00", "Attempted murder")))) is None
