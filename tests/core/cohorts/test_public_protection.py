"""MAPPA, registered sex offenders and their reactive management, wanted for high harm."""

from __future__ import annotations

import pytest

from core.cohorts.case import Case
from core.cohorts.rso import low_since, must_leave
from core.days import uk, years_before
from core.harm import weigh
from core.markers import KINDS, Marker
from core.reports import NamedBy, ReportRow, Role
from tests.core.cohorts.making import AS_OF, abuse, ask, case, day, facts, mark, marked, row

THREE_YEARS_AGO = years_before(AS_OF, 3)
RSO = mark("rso", "registered", AS_OF - 4000)
LOW = mark("arms", "low", THREE_YEARS_AGO)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1/2", (1, 2)), (" 4 / 3 ", (4, 3)), ("0/1", None), ("5/1", None), ("1/4", None), ("1", None), ("", None)],
)
def test_a_mappa_value_is_a_category_and_a_level_and_one_that_is_neither_stays(
    value: str, expected: tuple[int, int] | None
) -> None:
    found = ask("mappa", marked(mark("mappa", value, AS_OF)))
    assert found is not None
    assert (found.facts["category"], found.facts["level"]) == (expected or (None, None))
    unread = f"MAPPA, category and level not readable ({value}), since 21/11/2026"
    assert (found.sentence == unread) is (expected is None)


def test_mappa_is_said_in_words_and_holds_only_while_it_lasts() -> None:
    person = marked(mark("mappa", "1/2", day("2026-01-05"), AS_OF))
    found = ask("mappa", person)
    assert found is not None
    assert found.sentence == (
        "MAPPA category 1 (registered sexual offender), level 2 (active multi-agency) since 05/01/2026"
    )
    assert ask("mappa", person, AS_OF + 1) is None
    assert ask("mappa", person, day("2026-01-04")) is None
    assert facts("mappa", marked(*person.markers, mark("mappa", "2/3", AS_OF)))["category"] == 2


def test_a_registered_sex_offender_is_one_while_the_registration_lasts() -> None:
    person = marked(mark("rso", "registered", AS_OF - 1, AS_OF))
    assert [bool(ask("rso", person, AS_OF + on)) for on in (-2, -1, 0, 1)] == [False, True, True, False]
    assert facts("rso", person) == {"since": "2026-11-20"}


@pytest.mark.parametrize("as_of", ["2026-11-21", "2028-02-29", "2027-02-28", "2024-03-01"])
@pytest.mark.parametrize(("after", "expected"), [(-1, True), (0, True), (1, False)])
def test_arms_must_be_low_for_three_years(as_of: str, after: int, expected: bool) -> None:
    now = day(as_of)
    low = mark("arms", "low", years_before(now, 3) + after)
    assert (ask("rso-reactive", marked(RSO, low), now) is not None) is expected


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([], True),
        ([mark("arms", "low", AS_OF - 10)], True),
        ([mark("arms", "medium", AS_OF - 10)], False),
        ([mark("arms", "high", AS_OF - 800), mark("arms", "low", AS_OF - 700)], False),
        ([mark("arms", "very high", THREE_YEARS_AGO - 400)], True),
        ([mark("arms", "medium", THREE_YEARS_AGO)], False),
        ([mark("arms", "medium", AS_OF + 1)], True),
    ],
)
def test_every_assessment_of_the_three_years_is_low(others: list[Marker], expected: bool) -> None:
    assert (ask("rso-reactive", marked(RSO, LOW, *others)) is not None) is expected


def test_an_assessment_that_ended_leaves_a_gap_that_is_not_low() -> None:
    early = mark("arms", "low", THREE_YEARS_AGO - 100, AS_OF - 500)
    assert low_since([early], AS_OF) is None
    assert low_since([early, mark("arms", "low", AS_OF - 499)], AS_OF) == early.starts
    assert low_since([early, mark("arms", "low", AS_OF - 498)], AS_OF) == AS_OF - 498
    assert low_since([], AS_OF) is None


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (THREE_YEARS_AGO - 90, THREE_YEARS_AGO - 1, True),
        (THREE_YEARS_AGO - 90, THREE_YEARS_AGO, True),
        (THREE_YEARS_AGO - 90, THREE_YEARS_AGO + 1, False),
        (AS_OF, None, False),
        (AS_OF + 1, None, True),
    ],
)
def test_the_three_years_are_in_the_community(starts: int, ends: int | None, expected: bool) -> None:
    assert (ask("rso-reactive", marked(RSO, LOW, mark("custody", "recall", starts, ends))) is not None) is expected


@pytest.mark.parametrize("kind", KINDS["order"].values)
def test_any_order_but_a_tag_bars_reactive_management(kind: str) -> None:
    found = [ask("rso-reactive", marked(RSO, LOW, mark("order", kind, AS_OF - 50, AS_OF + on))) for on in (-1, 0, 1)]
    assert [one is not None for one in found] == [True, kind == "TAG", kind == "TAG"]


@pytest.mark.parametrize(("ends", "fit"), [(AS_OF - 1, True), (AS_OF, False), (None, False)])
def test_nobody_who_is_wanted_comes_into_reactive_management(ends: int | None, fit: bool) -> None:
    assert (ask("rso-reactive", marked(RSO, LOW, mark("wanted", "105/01", AS_OF - 400, ends))) is not None) is fit


def test_reactive_management_is_for_registered_sex_offenders_and_says_why() -> None:
    assert ask("rso-reactive", marked(LOW)) is None
    found = ask("rso-reactive", marked(RSO, LOW))
    assert found is not None
    assert found.facts["arms_low_since"] == "2023-11-21"
    words = "ARMS low since 21/11/2023, in the community for 3 years, no civil order in force"
    assert found.sentence == f"{words}, no report as suspect in 12 months, not wanted"


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (marked(RSO, LOW), None),
        (marked(RSO), None),
        (marked(RSO, LOW, mark("order", "SHPO", AS_OF)), "SHPO in force"),
        (marked(RSO, LOW, mark("order", "SHPO", AS_OF + 1)), None),
        (marked(RSO, LOW, mark("wanted", "105/01", AS_OF - 9)), "wanted since 12/11/2026"),
        (marked(RSO, LOW, mark("wanted", "105/01", AS_OF - 9, AS_OF - 1)), None),
        (marked(RSO, LOW, mark("order", "SRO", AS_OF - 9, AS_OF - 1)), None),
        (marked(RSO, LOW, mark("order", "TAG", AS_OF)), None),
        (marked(RSO, LOW, mark("arms", "medium", AS_OF)), "ARMS medium since 21/11/2026"),
        (marked(RSO, LOW, mark("arms", "high", AS_OF + 1)), None),
        (case(row("", AS_OF - 31)), None),
        (case(row("", AS_OF - 30)), "1 new allegation since 22/10/2026"),
        (case(row("", AS_OF - 29), row("", AS_OF)), "2 new allegations since 22/10/2026"),
        (case(row("", AS_OF + 1)), None),
        (case(row("", AS_OF, named_by=NamedBy.INTELLIGENCE)), None),
    ],
)
def test_what_ends_reactive_management(person: Case, expected: str | None) -> None:
    assert must_leave(person, AS_OF, since=AS_OF - 30) == expected


def test_high_harm_starts_at_365_days() -> None:
    assert [weigh(code, "").days for code in ("001/01", "034/01", "105/01")] == [5475, 365, 1]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("001/01", "001/01 (5,475 days by code)"),
        ("34/1", "034/01 (365 days by code)"),
        ("008/59", None),
        ("105/01", None),
        ("999/99", "999/99 (unweighed)"),
        ("028/01", "028/01 (unweighed)"),
        ("", "no offence given (unweighed)"),
        ("yes", "yes (unweighed)"),
        ("High-Harm", "High-Harm"),
        ("recall, high harm", "recall, high harm"),
    ],
)
def test_wanted_for_high_harm_by_code_or_by_words(value: str, expected: str | None) -> None:
    found = ask("wanted-high-harm", marked(mark("wanted", value, day("2026-02-01"))))
    assert (found and found.sentence) == (expected and f"Wanted since 01/02/2026: {expected}")


def test_wanted_names_every_reason_that_is_high_and_only_while_it_lasts() -> None:
    person = marked(
        mark("wanted", "001/01", AS_OF - 5, AS_OF), mark("wanted", "105/01"), mark("wanted", "high harm", AS_OF - 9)
    )
    assert facts("wanted-high-harm", person)["wanted"] == [
        {"for": "high harm", "days": None, "weight_by": None, "crime": None, "unweighed": False, "since": "2026-11-12"},
        {
            "for": "001/01",
            "days": 5475.0,
            "weight_by": "code",
            "crime": None,
            "unweighed": False,
            "since": "2026-11-16",
        },
    ]
    assert len(facts("wanted-high-harm", person, AS_OF + 1)["wanted"]) == 1  # type: ignore[arg-type]
    assert ask("wanted-high-harm", case(abuse(), abuse())) is None


@pytest.mark.parametrize(
    ("reported_on", "changed", "fit"),
    [
        (AS_OF, {}, False),
        (years_before(AS_OF, 1) + 1, {}, False),
        (years_before(AS_OF, 1), {}, True),
        (AS_OF, {"role": Role.CHARGED}, False),
        (AS_OF, {"role": Role.ELIMINATED}, True),
        (AS_OF, {"outcome": "cancelled"}, True),
        (AS_OF, {"named_by": NamedBy.INTELLIGENCE}, True),
    ],
)
def test_nobody_with_a_report_of_the_last_year_comes_into_reactive_management(
    reported_on: int, changed: dict[str, object], *, fit: bool
) -> None:
    person = case(row("C1", reported_on, **changed), markers=(RSO, LOW))  # type: ignore[arg-type]
    assert (ask("rso-reactive", person) is not None) is fit


SPLIT = ("008/01", "Wounding")


def weighed(crime: str, ago: int, days: float | None, **changed: object) -> ReportRow:
    """A report of a split code with a weight of its own."""
    return row(crime, AS_OF - ago, offence=SPLIT)._replace(days=days, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((), ("008/01 (547.5 days by code)", "code", None)),
        ((weighed("C1", 9, 365.0),), ("008/01 (365 days)", "report", "C1")),
        ((weighed("C1", 9, 19.0),), None),
        ((weighed("C1", 9, 19.0), weighed("C2", 3, 547.5)), ("008/01 (547.5 days)", "report", "C2")),
        ((weighed("C1", 9, 547.5), weighed("C2", 3, 19.0)), None),
        ((weighed("C1", 9, 547.5), weighed("C2", 3, None)), ("008/01 (547.5 days)", "report", "C1")),
        ((weighed("C1", 3, 19.0), weighed("C2", 3, 547.5)), ("008/01 (547.5 days)", "report", "C2")),
        ((weighed("C1", 3, 19.0, role=Role.ELIMINATED),), ("008/01 (547.5 days by code)", "code", None)),
        ((weighed("C1", 3, 19.0, outcome="cancelled"),), ("008/01 (547.5 days by code)", "code", None)),
        ((weighed("C1", 3, 19.0, ho_code="008/06"),), ("008/01 (547.5 days by code)", "code", None)),
        ((weighed("C1", -3, 19.0),), ("008/01 (547.5 days by code)", "code", None)),
        ((weighed("C1", 3, 19.0, named_by=NamedBy.INTELLIGENCE),), None),
    ],
)
def test_a_wanted_marker_weighs_what_the_persons_own_latest_weighed_report_of_the_code_weighs(
    rows: tuple[ReportRow, ...], expected: tuple[str, str, str | None] | None
) -> None:
    found = ask("wanted-high-harm", case(*rows, markers=(mark("wanted", "008/01", AS_OF - 2),)))
    if expected is None:
        assert found is None
        return
    words, by, crime = expected
    assert found
    assert found.sentence == f"Wanted since {uk(AS_OF - 2)}: {words}"
    told = found.facts["wanted"]
    assert isinstance(told, list)
    assert [(one["weight_by"], one["crime"]) for one in told] == [(by, crime)]
    assert found.facts["crimes"] == ([crime] if crime else [])
