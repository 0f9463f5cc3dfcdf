from __future__ import annotations

import pytest

from core.stability import TOPS, WINDOW_STEP, Band, Cut, Listed, Variant, bands, cut, windows


def band(rank: int | None, *ranks: int | None) -> Band:
    return Band("P1", rank, {f"v{turn}": each for turn, each in enumerate(ranks)})


@pytest.mark.parametrize(
    ("rank", "ranks", "sentence"),
    [
        (4, (4, *range(4, 11), 4, 5, 6, 19), "top 10 in 11 of 12 variants, 4-19"),
        (10, (10, 11), "top 10 in 1 of 2 variants, 10-11"),
        (11, (10, 11), "top 20 in 2 of 2 variants, 10-11"),
        (21, (21, 51), "top 50 in 1 of 2 variants, 21-51"),
        (100, (100, 101), "top 100 in 1 of 2 variants, 100-101"),
        (101, (100, 101), "top 100 in 1 of 2 variants, 100-101"),
        (2500, (2500, 2501), "top 100 in 0 of 2 variants, 2500-2501"),
        (1, (1, 1, 1), "top 10 in 3 of 3 variants, 1"),
        (3, (3, None, 9, None), "top 10 in 2 of 4 variants, 3-9; not ranked in 2 of 4"),
        (None, (None, 12, 30), "top 20 in 1 of 3 variants, 12-30; not ranked in 1 of 3"),
        (None, (None, None), "not ranked in any of 2 variants"),
    ],
)
def test_a_band_in_words(rank: int | None, ranks: tuple[int | None, ...], sentence: str) -> None:
    assert band(rank, *ranks).sentence == sentence


@pytest.mark.parametrize(
    ("ranks", "best", "worst", "median"),
    [((7, 3, 5), 3, 7, 5.0), ((8, 3, 4, 5), 3, 8, 4.5), ((None, 9), 9, 9, 9.0), ((None,), None, None, None)],
)
def test_best_worst_and_middle_are_over_the_ranks_there_are(
    ranks: tuple[int | None, ...], best: int | None, worst: int | None, median: float | None
) -> None:
    found = band(ranks[0], *ranks)
    assert (found.best, found.worst, found.median) == (best, worst, median)


def test_each_head_of_the_list_is_counted_up_to_its_last_rank() -> None:
    found = band(10, 10, 11, 20, 21, 50, 51, 100, 101, None)
    assert found.tops == dict(zip(TOPS, (1, 3, 5, 7), strict=True))


def test_which_variant_puts_someone_lowest() -> None:
    assert band(1, 1, 4, 2, 4).lowest_in == "v1"
    assert band(1, 1, 400, None).lowest_in == "v2"
    assert band(3, 3, 3).lowest_in == ""


def test_bands_come_from_ranks_by_variant() -> None:
    found = bands({"a": {"P1": 1, "P2": 2}, "b": {"P2": 1, "P3": 2}}, "a")
    assert found == {
        "P1": Band("P1", 1, {"a": 1, "b": None}),
        "P2": Band("P2", 2, {"a": 2, "b": 1}),
        "P3": Band("P3", None, {"a": None, "b": 2}),
    }


def test_windows_are_a_step_shorter_and_longer_and_never_of_no_days() -> None:
    assert WINDOW_STEP == 30
    assert windows(365) == (335, 365, 395)
    assert windows(31) == (1, 31, 61)
    assert windows(30) == (30, 60)


def test_a_variant_has_the_name_of_what_it_is() -> None:
    assert Variant("CCHI 2020, lowest split", 335).name == "CCHI 2020, lowest split, 335 d"


def listed(*scores: float) -> list[Listed]:
    """Places in order; equal scores share a rank."""
    return [Listed(scores.index(score) + 1, f"P{turn}", score) for turn, score in enumerate(scores, 1)]


def test_near_the_cut_are_ranks_95_to_110_with_their_gap_to_place_100() -> None:
    found = cut(listed(*(1000.0 - 2.5 * turn for turn in range(1, 121))))
    assert found.score == 750
    assert [(one.rank, one.person) for one in found.near] == [(n, f"P{n}") for n in range(95, 111)]
    assert [one.gap for one in found.near] == [2.5 * (100 - n) for n in range(95, 111)]
    assert not any(one.tied for one in found.near)


def test_exact_ties_near_the_cut_are_named() -> None:
    scores = [1000.0 - turn for turn in range(1, 121)]
    scores[97] = scores[96]  # places 97 and 98
    scores[109] = scores[110] = scores[111]  # places 110 to 112 share rank 110
    found = cut(listed(*scores))
    assert [(one.person, one.score) for one in found.near if one.tied] == [
        ("P97", 903.0), ("P98", 903.0), ("P110", 888.0), ("P111", 888.0), ("P112", 888.0),
    ]  # fmt: skip
    assert [(one.rank, one.tied) for one in found.near if 96 <= one.rank <= 99] == [
        (96, False), (97, True), (97, True), (99, False),
    ]  # fmt: skip
    assert found.near[-1].person == "P112"


def test_a_tie_across_the_line_is_near_it_whatever_its_rank() -> None:
    found = cut(listed(*[9.0] * 50, *[5.0] * 100, *[1.0] * 10))
    assert (found.score, len(found.near)) == (5, 100)
    assert {(one.rank, one.gap, one.tied) for one in found.near} == {(51, 0, True)}


def test_nobody_is_cut_off_where_fewer_are_ranked() -> None:
    assert cut(listed(*map(float, range(99, 0, -1)))) == Cut(None, ())
    assert len(cut(listed(*map(float, range(100, 0, -1)))).near) == 6
