from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ranking import Placed, Standing, movement, near_cut, place, would_be


def standing(person: int, score: float, *, crimes: int = 2, last: int = 100, ref: str = "") -> Standing:
    return Standing(person, ref or f"P{person:03d}", score, crimes, crimes, last)


def ranks(placed: list[Placed]) -> list[tuple[str, int | None]]:
    return [(one.standing.ref, one.rank) for one in placed]


def test_equal_scores_share_a_rank_and_the_next_is_skipped() -> None:
    scores = [30.0, 20.0, 20.0, 10.0]
    placed = place([standing(n, score) for n, score in enumerate(scores)], 2)
    assert [one.rank for one in placed] == [1, 2, 2, 4]
    assert [one.position for one in placed] == [1, 2, 3, 4]


def test_inside_a_tie_the_later_allegation_comes_first_then_the_reference() -> None:
    given = [
        standing(1, 5.0, last=10, ref="B"),
        standing(2, 5.0, last=11, ref="C"),
        standing(3, 5.0, last=10, ref="A"),
    ]
    assert ranks(place(given, 1)) == [("C", 1), ("A", 1), ("B", 1)]


@pytest.mark.parametrize(
    ("least", "expected"), [(1, [("A", 1), ("B", 2), ("C", 3)]), (2, [("B", 1), ("A", None), ("C", None)])]
)
def test_too_few_reports_make_no_rank_and_come_last(least: int, expected: list[tuple[str, int | None]]) -> None:
    given = [standing(1, 9.0, crimes=1, ref="A"), standing(2, 5.0, ref="B"), standing(3, 1.0, crimes=1, ref="C")]
    assert ranks(place(given, least)) == expected


def test_an_unranked_score_does_not_tie_with_a_ranked_one() -> None:
    given = [standing(1, 5.0, ref="A"), standing(2, 5.0, crimes=1, ref="B")]
    assert ranks(place(given, 2)) == [("A", 1), ("B", None)]


SCORED = st.lists(st.tuples(st.sampled_from([1.0, 2.0, 3.0, 5.0]), st.integers(1, 3), st.booleans()), max_size=30)


@given(SCORED, st.integers(1, 12))
def test_what_the_rule_leaves_out_would_hold_the_rank_that_it_has_without_the_rule(
    given: list[tuple[float, int, bool]], within: int
) -> None:
    first = {number for number, (_, _, ahead) in enumerate(given) if ahead}
    everyone = [standing(number, score, crimes=crimes) for number, (score, crimes, _) in enumerate(given)]
    placed = place(everyone, 2, first)
    without = {one.standing.person: one.rank or 0 for one in place(everyone, 1, first)}
    levels = {one.standing.person: (one.standing.person in first, one.standing.score) for one in placed}
    left_out = [one.standing.person for one in placed if one.rank is None]
    ranked = [levels[one.standing.person] for one in placed if one.rank is not None]
    found = would_be(ranked, [levels[person] for person in left_out], within)
    assert found == [without[person] for person in left_out if without[person] <= within]


def test_those_whom_a_pool_puts_first_stand_before_a_higher_score() -> None:
    given = [standing(1, 9.0, ref="A"), standing(2, 5.0, ref="B"), standing(3, 5.0, ref="C"), standing(4, 5.0, ref="D")]
    assert ranks(place(given, 1, {3, 4})) == [("C", 1), ("D", 1), ("A", 3), ("B", 4)]


def test_no_score_at_all_is_ranked_too() -> None:
    assert [one.rank for one in place([standing(1, 0.0), standing(2, 0.0)], 2)] == [1, 1]
    assert place([], 2) == []


STANDINGS = st.lists(
    st.builds(
        Standing,
        st.integers(1, 99),
        st.text("ABC", min_size=3, max_size=6),
        st.sampled_from([0.0, 0.3, 1.0, 19.0]),
        st.just(1),
        st.integers(1, 3),
        st.integers(1, 3),
    ),
    max_size=12,
    unique_by=lambda one: one.ref,
)


@given(STANDINGS, st.randoms(use_true_random=False), st.integers(1, 3))
def test_the_order_does_not_depend_on_the_order_given(given: list[Standing], chance: object, least: int) -> None:
    shuffled = list(given)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    placed = place(shuffled, least)
    assert placed == place(given, least)
    assert [one.position for one in placed] == list(range(1, len(given) + 1))
    for one in placed:
        above = sum(s.crimes >= least and s.score > one.standing.score for s in given)
        assert one.rank == (above + 1 if one.standing.crimes >= least else None)


@pytest.mark.parametrize(
    ("rank", "before", "first", "word"),
    [
        (3, 5, False, "+2"),
        (5, 3, False, "-2"),
        (4, 4, False, "="),
        (4, None, False, "new"),
        (4, None, True, ""),
        (None, 4, False, "out"),
        (None, 4, True, ""),
        (None, None, False, ""),
    ],
)
def test_movement_in_a_word(rank: int | None, before: int | None, first: bool, word: str) -> None:
    assert movement(rank, before, first=first) == word


def test_the_cliff_is_shown_around_the_capacity_line() -> None:
    assert [rank for rank in range(1, 151) if near_cut(rank)] == list(range(95, 111))
    assert not near_cut(None)
