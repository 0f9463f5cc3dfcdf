"""What is declared as a value says what it is, under a key of its own: a new one without words fails here."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from core.bids import OPEN, OUTCOMES, is_settled
from core.cohorts import COHORTS
from core.fly_tips import FINDINGS
from core.hot_violence import HOT, INJURY
from core.markers import KINDS
from core.meetings import NOT_CALLED, STATES, next_state
from core.methods import METHODS
from core.papers import PAPERS
from core.pools import POOLS
from core.tactics import TACTICS

SAID: dict[str, Mapping[str, str]] = {
    "pools": {key: pool.says for key, pool in POOLS.items()},
    "methods": {key: method.says for key, method in METHODS.items()},
    "cohorts": {key: cohort.rule for key, cohort in COHORTS.items()},
    "markers": {key: kind.says for key, kind in KINDS.items()},
    "papers": {key: paper.says for key, paper in PAPERS.items()},
    "outcomes of bids": {key: outcome.says for key, outcome in OUTCOMES.items()},
}
NAMED = {"tactics": TACTICS, "findings": FINDINGS, "states": STATES}


@pytest.mark.parametrize("declared", SAID)
def test_each_says_what_it_is_in_a_line(declared: str) -> None:
    words = SAID[declared]
    assert all(line.endswith(".") and "\n" not in line for line in words.values())
    assert len(set(words.values())) == len(words), "no two say the same"


@pytest.mark.parametrize("declared", NAMED)
def test_each_name_stands_once(declared: str) -> None:
    names = NAMED[declared]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name == name.strip() and name.isprintable() for name in names)


def test_the_key_of_a_value_is_its_own() -> None:
    assert [pool.words for pool in POOLS.values()] == list(POOLS)
    assert [kind.key for kind in KINDS.values()] == list(KINDS)
    assert [outcome.key for outcome in OUTCOMES.values()] == list(OUTCOMES)


def test_a_bid_is_settled_unless_it_is_open_or_deferred() -> None:
    assert {key for key in OUTCOMES if not is_settled(key)} == {"deferred"}
    assert not is_settled(OPEN)
    assert is_settled("withdrawn"), "a word that is not known is not decided anew"


def test_the_roll_call_goes_round_through_every_state() -> None:
    walked = [NOT_CALLED]
    while (state := next_state(walked[-1])) != NOT_CALLED:
        walked.append(state)
    assert walked == [NOT_CALLED, *STATES]


def test_hot_violence_is_said_in_small_letters_and_holds_injury() -> None:
    assert HOT > INJURY
    assert all(category == category.casefold() for category in HOT)


def test_each_paper_has_a_file_of_its_own() -> None:
    assert [paper.key for paper in PAPERS.values()] == list(PAPERS)
    assert len({paper.stem for paper in PAPERS.values()}) == len(PAPERS)
