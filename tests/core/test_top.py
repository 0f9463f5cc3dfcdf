"""``--top N``: ranks 1 to N, ties at the last up to 2N rows, then how many more share that rank."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.top import first_ranks


def _ranks(scores: list[int]) -> list[int]:
    ordered = sorted(scores, reverse=True)
    return [1 + ordered.index(score) for score in ordered]


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(1, 12))
def test_no_rank_within_the_limit_is_lost_but_ties_at_the_last(scores: list[int], limit: int) -> None:
    ranks = _ranks(scores)
    shown = first_ranks(ranks, limit, lambda rank: rank)
    wanted = [rank for rank in ranks if rank <= limit]
    assert list(shown.rows) == wanted[: 2 * limit]
    assert sum(many for _, many in shown.more) == len(wanted) - len(shown.rows)
    assert all(rank == shown.rows[-1] for rank, _ in shown.more)


def test_what_more_there_is_is_said_in_words() -> None:
    assert first_ranks([1] * 9, 1, lambda rank: rank).words == "7 more share rank 1"
    assert first_ranks([1] * 3, 1, lambda rank: rank).words == "1 more shares rank 1"
    assert first_ranks([1] * 9, None, lambda rank: rank) == first_ranks([1] * 9, 5, lambda rank: rank)


def test_of_two_rankings_each_is_cut_by_itself() -> None:
    rows = [(1, 3), (2, 1), (3, 1), (4, 1), (5, None)]
    shown = first_ranks(rows, 1, lambda row: row[0], lambda row: row[1])
    assert (shown.rows, shown.more) == (((1, 3), (2, 1), (3, 1)), ((1, 1),))
