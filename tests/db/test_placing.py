"""People are found in an order of everyone, few of them one by one and many at once."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import placing as module
from db.placing import Place, Placing


@pytest.mark.parametrize("few", [0, 1000], ids=["many", "few"])
@given(there=st.lists(st.integers(1, 60), unique=True), asked=st.sets(st.integers(1, 60)))
def test_who_is_there_is_found_and_nobody_else(few: int, there: list[int], asked: set[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FEW", few)
        ranked = len(there) // 2
        ranks = array("q", [*range(1, ranked + 1), *[0] * (len(there) - ranked)])
        every = Placing(array("q", there), ranks, array("d", range(len(there), 0, -1)))
        places = {
            person: Place(person, at + 1, at + 1 if at < ranked else None, len(there) - at)
            for at, person in enumerate(there)
            if person in asked
        }
        assert every.of(asked) == places
        assert every.ranks_of(asked) == {person: place.rank for person, place in places.items()}
