"""What holds for anybody: made-up people, not examples."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.cohorts import COHORTS, Case
from core.days import years_before
from core.markers import KINDS, Marker
from core.pools import of_offence
from core.reports import NamedBy, ReportRow, Role, is_cancelled
from tests.core.cohorts.making import AS_OF, ASSAULT, BLADE, BURGLARY, FRAUD, WOUNDING, row

BASE = row()
EDGES = st.sampled_from([years_before(AS_OF, years) + after for years in (1, 2, 3) for after in (0, 1)])
DAYS = st.one_of(st.integers(AS_OF - 300, AS_OF), EDGES, st.integers(AS_OF - 1200, AS_OF + 5))
SUSPECTS = (Role.NAMED_SUSPECT, Role.CHARGED, Role.CONVICTED)
NAMERS = (NamedBy.VICTIM, NamedBy.WITNESS, NamedBy.POLICE, NamedBy.NONE)
REACTIVE = (Marker("rso", "registered", 1, None), Marker("arms", "low", AS_OF - 1200, None))
VALUES = {"ogrs": ("10", "60", "80%", "?"), "mappa": ("1/2", "x"), "wanted": ("001/01", "high harm", "105/01")}


@st.composite
def rows(draw: st.DrawFn) -> ReportRow:
    """A row of one of eight reports; victim, borough and flags differ even within a report."""
    code, title = draw(st.sampled_from([ASSAULT, BLADE, WOUNDING, BURGLARY, FRAUD]))
    return BASE._replace(
        crime_ref=draw(st.sampled_from("ABCDEFGH")),
        ho_code=code,
        offence=title,
        groups=of_offence(code, title),
        reported_on=draw(DAYS),
        role=draw(st.sampled_from([*SUSPECTS, Role.ELIMINATED])),
        named_by=draw(st.sampled_from([*NAMERS, NamedBy.INTELLIGENCE])),
        outcome=draw(st.sampled_from(["", "charged", "arrested", "cancelled"])),
        victim_ref=draw(st.sampled_from(["", "V1", "V2", "V3", "V4"])),
        borough=draw(st.sampled_from(["", "Brent", " BRENT", "Camden", "Hackney"])),
        domestic_abuse=draw(st.sampled_from([True, True, False])),
        knife=draw(st.booleans()),
    )


@st.composite
def markers(draw: st.DrawFn) -> Marker:
    kind = draw(st.sampled_from(sorted(KINDS)))
    starts = draw(DAYS)
    ends = draw(st.none() | st.integers(0, 900).map(lambda length: starts + length))
    return Marker(kind, draw(st.sampled_from(KINDS[kind].values or VALUES[kind])), starts, ends)


@st.composite
def people(draw: st.DrawFn) -> Case:
    found = draw(st.lists(rows(), min_size=draw(st.sampled_from([0, 3, 9])), max_size=14))
    numbered = tuple(one._replace(id=number) for number, one in enumerate(found))
    born_on = draw(st.none() | st.integers(AS_OF - 20000, AS_OF - 4000))
    held = draw(st.sampled_from([(), REACTIVE, (Marker("ogrs", "80", AS_OF - 300, None),)]))
    return Case("P1", born_on, "", numbered, (*held, *draw(st.lists(markers(), max_size=6))))


def answers(person: Case) -> dict[str, dict[str, object]]:
    found = {key: cohort.qualifies(person, AS_OF) for key, cohort in COHORTS.items()}
    return {key: one.facts for key, one in found.items() if one is not None}


@given(people(), rows(), st.sampled_from(["cancelled", "eliminated", "intelligence", "later"]))
def test_a_row_that_does_not_count_changes_nothing(person: Case, extra: ReportRow, why: str) -> None:
    extra = extra._replace(id=999, crime_ref=extra.crime_ref if why != "later" else "Z")
    match why:
        case "cancelled":
            extra = extra._replace(outcome="No crime")
        case "eliminated":
            extra = extra._replace(role=Role.ELIMINATED)
        case "intelligence":
            extra = extra._replace(named_by=NamedBy.INTELLIGENCE)
        case _:
            extra = extra._replace(reported_on=AS_OF + 1)
    assert answers(replace(person, rows=(*person.rows, extra))) == answers(person)


@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_markers_does_not_matter(person: Case, chance: object) -> None:
    shuffle = chance.shuffle  # type: ignore[attr-defined]
    mixed_rows, mixed_markers = list(person.rows), list(person.markers)
    shuffle(mixed_rows)
    shuffle(mixed_markers)
    assert answers(replace(person, rows=tuple(mixed_rows), markers=tuple(mixed_markers))) == answers(person)


@given(people())
def test_dauntless_plus_implies_serial_from_16(person: Case) -> None:
    found = answers(person)
    old_enough = person.born_on is None or person.born_on <= years_before(AS_OF, 16)
    assert "dauntless-plus" not in found or ("serial" in found) is old_enough


@given(people())
def test_one_of_the_three_iom_streams_at_most(person: Case) -> None:
    assert len([key for key in answers(person) if key.startswith("iom-")]) <= 1


@given(people())
def test_reactive_management_implies_registration(person: Case) -> None:
    found = answers(person)
    assert "rso-reactive" not in found or "rso" in found


@given(people())
def test_the_facts_can_be_counted_again_from_the_crimes_they_name(person: Case) -> None:
    for key, facts in answers(person).items():
        if "crimes" not in facts:
            continue
        named = facts["crimes"]
        assert isinstance(named, list)
        if "reports" in facts:
            own = [one for one in person.rows if one.crime_ref in named and _stands(one)]
            assert facts["reports"] == len(named) == len({one.crime_ref for one in own})
            assert facts.get("victims") in (None, len({one.victim_ref for one in own} - {""}))
        only = replace(person, rows=tuple(one for one in person.rows if one.crime_ref in named))
        assert answers(only)[key] == facts


@given(people())
def test_the_facts_are_json(person: Case) -> None:
    found = answers(person)
    assert json.loads(json.dumps(found)) == found


def _stands(one: ReportRow) -> bool:
    return one.role in SUSPECTS and one.named_by in NAMERS and not is_cancelled(one.outcome)
