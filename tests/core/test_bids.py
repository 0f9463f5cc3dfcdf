"""Bids are scored by a matrix after MoRiLE (DOMAIN section 7), with a confidence beside the score."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.bids import matrix, score

QUESTIONS = matrix().questions
ANSWERS = st.dictionaries(st.sampled_from(QUESTIONS), st.integers(0, matrix().highest))


def test_the_matrix_is_of_three_groups_that_weigh_100() -> None:
    assert [group.key for group in matrix().groups] == ["harm", "likelihood", "organisation"]
    assert sum(group.weight for group in matrix().groups) == 100
    assert len(set(QUESTIONS)) == len(QUESTIONS) == 10


def test_the_highest_answers_are_100_and_the_lowest_0() -> None:
    assert score(dict.fromkeys(QUESTIONS, 4)).value == 100
    assert score(dict.fromkeys(QUESTIONS, 0)).value == 0
    assert score({"physical": 4, "likelihood": 2}).value == 81.2, "(50 x 1 + 30 x 0.5) / 80"


def test_what_is_not_answered_drops_out_and_is_counted() -> None:
    assert score({}).value is None
    assert score({}).words == ""
    assert score({"physical": 3}, "low").words == "75 (1 of 10, confidence low)"


@given(ANSWERS, st.sampled_from(QUESTIONS))
def test_a_higher_answer_never_scores_lower(answers: dict[str, int], question: str) -> None:
    less, more = score({**answers, question: 1}).value, score({**answers, question: 2}).value
    assert less is not None
    assert more is not None
    assert 0 <= less <= more <= 100
