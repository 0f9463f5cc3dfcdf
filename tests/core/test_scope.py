"""Whose a meeting, a list or a paper is (DOMAIN.md sections 5 and 7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotFound
from core.geography import bcus, boroughs
from core.localities import NOWHERE, locality_of
from core.scope import WHOLE_FORCE, Scope, scope_of


@pytest.mark.parametrize(
    ("written", "scope"),
    [
        ("force", WHOLE_FORCE),
        (" Force ", WHOLE_FORCE),
        ("NW", Scope("bcu", "NW")),
        ("nw", Scope("bcu", "NW")),
        ("north west", Scope("bcu", "NW")),
        ("Brent", Scope("borough", "Brent")),
        ("hammersmith & fulham", Scope("borough", "Hammersmith and Fulham")),
        ("City of London", Scope("borough", "City of London")),
    ],
)
def test_a_scope_is_known_however_it_is_written(written: str, scope: Scope) -> None:
    assert scope_of(written) == scope


@pytest.mark.parametrize("written", ["", "London", "XX", "forces", "NW Brent", "[red]NW"])
def test_what_is_no_scope_is_refused_with_what_there_is(written: str) -> None:
    with pytest.raises(NotFound) as refused:
        scope_of(written)
    assert all(name in refused.value.sentence for name in (*bcus(), *boroughs(), "force"))


def test_labels_and_what_lies_in_a_scope() -> None:
    north_west = scope_of("NW")
    assert (north_west.label, scope_of("Brent").label, WHOLE_FORCE.label) == ("NW (North West)", "Brent", "the force")
    assert north_west.boroughs == ("Barnet", "Brent", "Harrow")
    assert (north_west.bcus, scope_of("Brent").bcus, WHOLE_FORCE.bcus) == (("NW",), (), tuple(bcus()))
    assert (north_west.bcu, scope_of("Brent").bcu, WHOLE_FORCE.bcu) == ("NW", "NW", "")


@given(st.sampled_from(sorted(boroughs())))
def test_the_bcus_add_up_to_the_force_and_what_has_no_bcu_stands_apart(borough: str) -> None:
    place = locality_of(borough)
    holding = [code for code in bcus() if scope_of(code).holds(place)]
    assert holding == ([place.bcu] if place.bcu else [])
    assert scope_of(borough).holds(place)
    assert WHOLE_FORCE.holds(place)


def test_what_has_no_known_place_is_the_force_s_alone() -> None:
    assert WHOLE_FORCE.holds(NOWHERE)
    assert not any(scope_of(code).holds(NOWHERE) for code in (*bcus(), *boroughs()))
