from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.allegations import Window, admitted, allegations, leads, refusal
from core.pools import Pool
from core.reports import NamedBy, ReportRow, Role, is_cancelled

AS_OF = date(2026, 11, 21).toordinal()
ROW = ReportRow(
    id=1,
    crime_ref="1/26",
    ho_code="105/01",
    offence="Common assault",
    days=1.0,
    confidence="published",
    note="",
    committed_from=AS_OF - 10,
    reported_on=AS_OF - 5,
    vawg=True,
    outcome="under investigation",
    role=Role.NAMED_SUSPECT,
    named_by=NamedBy.VICTIM,
    victim_ref="V1",
    borough="Hackney",
    file="x.csv",
    line=2,
)
NONE = Pool(0)


@pytest.mark.parametrize("as_of", [date(2026, 11, 21), date(2024, 2, 29), date(2025, 2, 28), date(2025, 1, 1)])
def test_the_window_is_365_days_that_end_with_the_as_of_day(as_of: date) -> None:
    day = as_of.toordinal()
    window = Window(day)
    assert [window.refusal(day - back, day - back) is None for back in (366, 365, 364, 1, 0, -1)] == [
        False, False, True, True, True, False,
    ]  # fmt: skip


def test_a_leap_day_makes_the_window_no_longer() -> None:
    window = Window(date(2024, 12, 31).toordinal())
    first, too_old = date(2024, 1, 2).toordinal(), date(2024, 1, 1).toordinal()
    assert window.refusal(first, first) is None
    assert window.refusal(too_old, too_old) == "reported more than 365 days before the as-of date"


def test_by_committed_the_offence_must_be_inside_and_the_report_known() -> None:
    window = Window(AS_OF, 30, "committed")
    assert window.refusal(AS_OF, AS_OF - 29) is None
    assert window.refusal(AS_OF, AS_OF - 30) == "committed more than 30 days before the as-of date"
    assert window.refusal(AS_OF + 1, AS_OF) == "reported after the as-of date"
    assert window.refusal(AS_OF, AS_OF + 1) == "committed after the as-of date"
    assert Window(AS_OF, 30).refusal(AS_OF - 29, AS_OF - 9000) is None


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("namer", list(NamedBy))
@pytest.mark.parametrize("vawg", [True, False])
@pytest.mark.parametrize("outcome", ["charged", "Cancelled: no-crime"])
@pytest.mark.parametrize("person", [True, False])
@pytest.mark.parametrize("abuse", [True, False])
def test_who_is_admitted(role: Role, namer: NamedBy, vawg: bool, outcome: str, person: bool, abuse: bool) -> None:
    found = admitted(has_person=person, vawg=vawg, domestic_abuse=abuse, outcome=outcome, role=role, named_by=namer)
    allowed = person and outcome == "charged" and role is not Role.ELIMINATED
    public = allowed and namer in (NamedBy.VICTIM, NamedBy.WITNESS)
    police = public or (allowed and namer is NamedBy.POLICE)
    assert (Pool.VAWG in found, Pool.DOMESTIC_ABUSE in found) == (public and vawg, public and abuse)
    assert (Pool.VIOLENCE in found, Pool.EVERYTHING in found) == (public, public)
    assert (Pool.ROBBERY in found, Pool.NEIGHBOURHOOD in found) == (police, police)
    assert (Pool.KNIFE in found) == (police or (allowed and namer is NamedBy.NONE)), "suspect on CRIS, DOMAIN 3"
    assert namer is not NamedBy.INTELLIGENCE or not found, "nobody on intelligence alone"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"has_person": False}, "no suspect is named"),
        ({"vawg": False}, "not violence against women and girls"),
        ({"pool": Pool.DOMESTIC_ABUSE}, "not domestic abuse"),
        ({"pool": Pool.ROBBERY}, "not in the pool robbery"),
        ({"pool": Pool.KNIFE, "groups": Pool.KNIFE | Pool.EVERYTHING}, None),
        ({"pool": Pool.EVERYTHING, "vawg": False}, None),
        ({"outcome": "No Crime"}, "the report was cancelled"),
        ({"role": Role.ELIMINATED}, "eliminated as a suspect"),
        ({"named_by": NamedBy.NONE}, "the extract does not say who named the suspect"),
        ({"named_by": NamedBy.INTELLIGENCE}, "named by intelligence only, not by a victim or witness"),
        ({"named_by": NamedBy.POLICE}, "named by police only, not by a victim or witness"),
        ({"named_by": NamedBy.WITNESS}, None),
        ({"pool": Pool.KNIFE, "groups": Pool.KNIFE, "named_by": NamedBy.POLICE}, None),
        ({"pool": Pool.KNIFE, "groups": Pool.KNIFE, "named_by": NamedBy.NONE}, None),
        (
            {"pool": Pool.ROBBERY, "groups": Pool.ROBBERY, "named_by": NamedBy.INTELLIGENCE},
            "named by intelligence only, not by a victim, witness or police",
        ),
    ],
)
def test_a_refusal_says_why(changed: dict[str, object], why: str | None) -> None:
    given: dict[str, object] = {
        "has_person": True, "vawg": True, "domestic_abuse": False, "outcome": "", "role": Role.CHARGED,
        "named_by": NamedBy.VICTIM, "pool": Pool.VAWG,
    }  # fmt: skip
    assert refusal(**{**given, **changed}) == why  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "cancelled"),
    [("Cancelled", True), ("NO-CRIME", True), ("no crime (AVI)", True), ("charged", False), ("", False)],
)
def test_a_cancelled_report_is_known_by_its_words(outcome: str, cancelled: bool) -> None:
    assert is_cancelled(outcome) is cancelled


@given(
    st.lists(
        st.tuples(st.sampled_from([NONE, Pool.VAWG]), st.none() | st.sampled_from([0.0, 0.3, 1.0, 19.0, 1825.0])),
        min_size=1,
        max_size=8,
    )
)
def test_each_admitted_pool_is_led_by_exactly_one_row(rows: list[tuple[Pool, float | None]]) -> None:
    numbered = [(number, pools, days) for number, (pools, days) in enumerate(rows, 1)]
    found = leads(reversed(numbered))
    assert set(found) == {number for number, _, _ in numbered}
    for pool in Pool:
        able = [(days is not None, days or 0.0, -number) for number, pools, days in numbered if pools & pool]
        leading = [number for number, pools in found.items() if pools & pool]
        assert leading == ([-max(able)[2]] if able else [])
    assert all(found[number] & ~pools == NONE for number, pools, _ in numbered)


def test_a_report_counts_once_however_many_victims_it_has() -> None:
    rows = [ROW._replace(id=i, days=days, victim_ref=f"V{i}") for i, days in ((1, 1.0), (2, 10.0), (3, None))]
    [found] = allegations(rows, Window(AS_OF))
    assert (found.row.id, found.days, found.victims, found.counted) == (2, 10.0, 3, True)
    assert found.victim_refs == {"V1", "V2", "V3"}


def test_a_row_that_is_not_admitted_neither_leads_nor_brings_a_victim() -> None:
    rows = [ROW._replace(id=1), ROW._replace(id=2, days=1825.0, victim_ref="V2", named_by=NamedBy.INTELLIGENCE)]
    [found] = allegations(rows, Window(AS_OF))
    assert (found.row.id, found.victims, set(found.victim_refs)) == (1, 1, {"V1"})


def test_a_report_without_a_weight_is_in_the_pool_and_not_in_the_score() -> None:
    [found] = allegations([ROW._replace(days=None, note="no weight for 9/9")], Window(AS_OF))
    assert (found.in_pool, found.counted, found.why_not) == (True, False, "no weight for 9/9")
    [silent] = allegations([ROW._replace(days=None, note="")], Window(AS_OF))
    assert (silent.counted, silent.why_not) == (False, "no weight")


def test_every_report_is_listed_the_newest_first_with_why_it_does_not_count() -> None:
    rows = [
        ROW._replace(id=1, crime_ref="old", reported_on=AS_OF - 365, committed_from=AS_OF - 365),
        ROW._replace(id=2, crime_ref="b"),
        ROW._replace(id=3, crime_ref="a"),
        ROW._replace(id=4, crime_ref="new", reported_on=AS_OF, role=Role.ELIMINATED),
    ]
    found = allegations(rows, Window(AS_OF))
    assert [(line.row.crime_ref, line.counted) for line in found] == [
        ("new", False), ("a", True), ("b", True), ("old", False),
    ]  # fmt: skip
    assert found[0].why_not == "eliminated as a suspect"
    assert found[3].why_not == "reported more than 365 days before the as-of date"


@pytest.mark.parametrize(("days_before", "historic"), [(365, False), (366, True), (0, False)])
def test_an_offence_over_a_year_old_when_reported_is_historic(days_before: int, historic: bool) -> None:
    row = ROW._replace(committed_from=ROW.reported_on - days_before)
    assert allegations([row], Window(AS_OF))[0].historic is historic
