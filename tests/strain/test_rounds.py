"""A handful of rounds of every kind; ``python -m tests.strain --minutes 60`` plays them by the thousand."""

from __future__ import annotations

import pytest

from tests.strain.bases import Bases
from tests.strain.kinds import KINDS
from tests.strain.pace import play

SEED = 1
HANDFUL = [pytest.param(name, number, id=f"{name}-{number}") for name in KINDS for number in KINDS[name].handful]


@pytest.mark.parametrize(("name", "number"), HANDFUL)
def test_nothing_is_lost_and_nothing_crashes(name: str, number: int, bases: Bases) -> None:
    outcome = play(KINDS[name], SEED, number, bases).outcome
    assert (outcome.lost, outcome.crashed) == ([], []), outcome.steps
    assert outcome.counts
