from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from core.rank_ranges import RankRange, rank_ranges

BANDS = ((10.0, 20.0), (365.0, 365.0))


def test_a_category_weighs_the_same_in_every_ward() -> None:
    """Their own bands overlap (500 to 1,000, 510 to 1,020), and yet one is above the other whatever it weighs."""
    assert rank_ranges({"A": [51, 0], "B": [50, 0]}, BANDS) == {"A": RankRange(1, 1), "B": RankRange(2, 2)}


def test_what_the_band_does_not_settle_is_open_to_both() -> None:
    """Twenty-five of the first weigh 250 to 500 days, one of the second 365."""
    found = rank_ranges({"A": [25, 0], "B": [0, 1], "C": [0, 0]}, BANDS)
    assert found == {"A": RankRange(1, 2), "B": RankRange(1, 2), "C": RankRange(3, 3)}
    assert not found["A"].settled
    assert found["C"].settled


def test_equal_wards_share_what_is_open() -> None:
    assert set(rank_ranges({"A": [5, 1], "B": [5, 1]}, BANDS).values()) == {RankRange(1, 2)}


def test_rounding_does_not_put_one_of_two_equal_wards_above_the_other() -> None:
    """Twelve at 2.1 days are as much as two of them and 21 of a day each: 25.2, however it is rounded."""
    assert set(rank_ranges({"A": [12, 0], "B": [2, 21]}, [(2.1, 2.1), (1.0, 1.0)]).values()) == {RankRange(1, 2)}


def test_no_wards_have_no_ranges() -> None:
    assert rank_ranges({}, BANDS) == {}


WARDS = st.dictionaries(
    st.sampled_from("ABCDEF"), st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=1, max_size=6
)
SPANS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (float(min(pair)), float(max(pair)))),
    min_size=3,
    max_size=3,
)


@given(WARDS, SPANS)
def test_it_is_what_trying_every_corner_of_the_bands_gives(
    wards: dict[str, list[int]], bands: list[tuple[float, float]]
) -> None:
    corners = list(product(*bands))

    def harm(code: str, weights: tuple[float, ...]) -> float:
        return sum(count * weight for count, weight in zip(wards[code], weights, strict=True))

    def surely(upper: str, lower: str) -> bool:
        return all(harm(upper, weights) > harm(lower, weights) for weights in corners)

    for code, found in rank_ranges(wards, bands).items():
        assert found.best == 1 + sum(surely(other, code) for other in wards)
        assert found.worst == len(wards) - sum(surely(code, other) for other in wards)


@given(WARDS, SPANS)
def test_the_rank_under_any_weights_lies_in_the_range(
    wards: dict[str, list[int]], bands: list[tuple[float, float]]
) -> None:
    found = rank_ranges(wards, bands)
    for weights in (tuple(low for low, _ in bands), tuple((low + high) / 2 for low, high in bands)):
        harm = {code: sum(c * w for c, w in zip(counts, weights, strict=True)) for code, counts in wards.items()}
        for code, mine in harm.items():
            higher = sum(other > mine for other in harm.values())
            assert found[code].best <= higher + 1 <= found[code].worst
