from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.officers import ADOPTED, ALL, POSTS, Edit, Limits, edited, placed_words, proposal


def _posts(needs: dict[str, float], total: int, limits: Limits | None = None) -> dict[str, int]:
    return {code: place.posts for code, place in proposal(needs, total, limits or Limits(0, total)).items()}


@pytest.mark.parametrize(
    ("needs", "total", "expected"),
    [
        ({"A": 3, "B": 1}, 4, {"A": 3, "B": 1}),
        ({"A": 5, "B": 3, "C": 2}, 4, {"A": 2, "B": 1, "C": 1}),  # 2, 1.2, 0.8
        ({"A": 1, "B": 1, "C": 1}, 2, {"A": 1, "B": 1, "C": 0}),  # equal remainders and needs: by code
        ({"B": 1.0, "A": 0.0}, 3, {"A": 0, "B": 3}),
        ({"A": 0, "B": 0}, 3, {"A": 2, "B": 1}),
        ({"A": 7}, 0, {"A": 0}),
        ({}, 0, {}),
    ],
)
def test_posts_by_largest_remainder(needs: dict[str, float], total: int, expected: dict[str, int]) -> None:
    assert _posts(needs, total) == expected


def test_what_a_cap_leaves_is_shared_by_the_others() -> None:
    assert _posts({"A": 80, "B": 12, "C": 8}, 10, Limits(0, 5)) == {"A": 5, "B": 3, "C": 2}
    assert _posts({"A": 80, "B": 20, "C": 0}, 10, Limits(0, 4)) == {"A": 4, "B": 4, "C": 2}


def test_what_a_floor_takes_is_given_up_by_the_others() -> None:
    assert _posts({"A": 90, "B": 9, "C": 1}, 10, Limits(1, 10)) == {"A": 8, "B": 1, "C": 1}


def test_floors_and_caps_at_once_and_of_a_ward_of_its_own() -> None:
    assert _posts({"A": 1000, "B": 10, "C": 9, "D": 0}, 8, Limits(1, 4)) == {"A": 4, "B": 2, "C": 1, "D": 1}
    own = proposal({"A": 5, "B": 5}, 6, Limits(0, 6), {"A": Limits(0, 1)})
    assert {code: place.posts for code, place in own.items()} == {"A": 1, "B": 5}


def test_the_share_stands_beside_the_posts() -> None:
    found = proposal({"A": 5, "B": 3, "C": 2}, 4)
    assert [found[code].share for code in "ABC"] == [2, 1.2, 0.8]
    assert sum(place.posts for place in proposal({str(n): n for n in range(679)}).values()) == POSTS == 442


@pytest.mark.parametrize(
    ("needs", "total", "limits", "sentence"),
    [
        ({"A": 1, "B": 1}, 3, Limits(2, 4), "3 posts will not fit: the floors of 2 wards take 4. Lower the floor"),
        ({"A": 1}, -1, Limits(), "-1 posts will not fit: the floors of 1 ward take 0."),
        ({"A": 1}, 1, Limits(3, 2), "Ward A: a floor of 3 and a cap of 2 leave nothing between them"),
        ({"A": 1}, 1, Limits(-1, 2), "Ward A: a floor of -1"),
        ({"A": -0.5}, 1, Limits(), "Ward A: '-0.5' is no need of 0 or more."),
        ({"A": float("nan")}, 1, Limits(), "Ward A: 'nan' is no need"),
        ({"A": float("inf")}, 1, Limits(), "Ward A: 'inf' is no need"),
    ],
)
def test_what_cannot_be_placed_is_refused_in_a_sentence(
    needs: dict[str, float], total: int, limits: Limits, sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        proposal(needs, total, limits)
    assert refused.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("wards", "total", "among", "cut", "words"),
    [
        (
            12, 442, ADOPTED, False,
            "48 of 442 placed in 12 priority wards at 4 each; 394 left: raise the cap or adopt more",
        ),
        (
            1, 5, ADOPTED, True,
            "4 of 5 placed in 1 priority ward at 4 each; 1 left: raise the cap, take more wards or adopt more",
        ),
        (2, 9, ALL, False, "8 of 9 placed in 2 wards at 4 each; 1 left: raise the cap"),
        (2, 9, ALL, True, "8 of 9 placed in 2 wards at 4 each; 1 left: raise the cap or take more wards"),
        (3, 2, ALL, False, "2 of 2 placed in 2 of 3 wards"),
        (3, 12, ADOPTED, False, "12 of 12 placed in 3 priority wards"),
    ],
)  # fmt: skip
def test_what_the_caps_do_not_hold_is_left_over_and_said(
    wards: int, total: int, among: str, cut: bool, words: str
) -> None:
    needs = {f"W{at}": 9.0 for at in range(wards)}
    posts = {code: place.posts for code, place in proposal(needs, total).items()}
    assert sum(posts.values()) == min(total, 4 * wards)
    assert placed_words(posts, total, Limits(), among, cut=cut) == words


_NEED = st.just(0.0) | st.floats(0, 1_000_000) | st.integers(0, 5).map(float)
_NEEDS = st.lists(_NEED, min_size=1, max_size=14).map(lambda needs: {f"W{at:02d}": n for at, n in enumerate(needs)})


@st.composite
def _placings(draw: st.DrawFn) -> tuple[dict[str, float], int, dict[str, Limits]]:
    """Needs, limits for every ward, and a total that the floors leave room for."""
    needs = draw(_NEEDS)
    alike = draw(st.booleans())
    some = st.tuples(st.integers(0, 4), st.integers(0, 8)).map(lambda two: Limits(two[0], two[0] + two[1]))
    same = draw(some)
    limits = {code: same if alike else draw(some) for code in needs}
    least, most = sum(one.floor for one in limits.values()), sum(one.cap for one in limits.values())
    return needs, draw(st.integers(least, most + 3)), limits


@given(_placings())
def test_the_sum_is_exact_and_floors_and_caps_hold(placing: tuple[dict[str, float], int, dict[str, Limits]]) -> None:
    needs, total, limits = placing
    found = proposal(needs, total, own=limits)
    assert sum(place.posts for place in found.values()) == min(total, sum(one.cap for one in limits.values()))
    for code, place in found.items():
        assert limits[code].floor <= place.posts <= limits[code].cap
        assert abs(place.posts - place.share) < 1


@given(_placings())
def test_more_need_is_never_fewer_posts(placing: tuple[dict[str, float], int, dict[str, Limits]]) -> None:
    needs, total, limits = placing
    found = proposal(needs, total, own=limits)
    for one in needs:
        for other in needs:
            if needs[one] > needs[other] and limits[one] == limits[other]:
                assert found[one].posts >= found[other].posts


@given(_placings(), st.data())
def test_a_ward_never_loses_a_post_because_its_need_grew(
    placing: tuple[dict[str, float], int, dict[str, Limits]], data: st.DataObject
) -> None:
    needs, total, limits = placing
    code = data.draw(st.sampled_from(sorted(needs)))
    grown = {**needs, code: needs[code] + data.draw(st.floats(0, 1_000_000))}
    assert proposal(grown, total, own=limits)[code].posts >= proposal(needs, total, own=limits)[code].posts


@given(_NEEDS, st.integers(0, 20), st.randoms())
def test_the_order_of_the_wards_does_not_matter(needs: dict[str, float], total: int, chance: object) -> None:
    backwards = dict(reversed(needs.items()))
    assert proposal(needs, total, Limits(0, 20)) == proposal(backwards, total, Limits(0, 20))


HARM = {"A": 900.0, "B": 600.0, "C": 200.0, "D": 30.0}


def test_a_post_more_comes_from_where_a_post_costs_the_least_harm() -> None:
    posts, moves = edited({"A": 3, "B": 2, "C": 1, "D": 0}, HARM, [Edit("D", 1)], Limits())
    assert posts == {"A": 3, "B": 2, "C": 0, "D": 1}
    [move] = moves
    assert (move.source, move.target, move.given_up, move.gained, move.cost) == ("C", "D", 200, 30, 170)


def test_a_post_fewer_goes_where_it_stands_for_the_most_harm() -> None:
    posts, moves = edited({"A": 1, "B": 2, "C": 3, "D": 0}, HARM, [Edit("C", -2)], Limits())
    assert posts == {"A": 3, "B": 2, "C": 1, "D": 0}
    assert [(move.target, move.cost) for move in moves] == [("A", 200 / 3 - 450), ("A", 100 - 300)]


def test_wards_that_are_edited_neither_give_nor_get() -> None:
    posts, moves = edited({"A": 3, "B": 2, "C": 1, "D": 0}, HARM, [Edit("D", 1), Edit("C", 1)], Limits())
    assert (posts, [move.source for move in moves]) == ({"A": 2, "B": 1, "C": 2, "D": 1}, ["A", "B"])


def test_wards_that_are_kept_give_nothing_and_still_get() -> None:
    before = {"A": 3, "B": 2, "C": 1, "D": 0}
    posts, [move] = edited(before, HARM, [Edit("D", 1)], Limits(), keeping={"C"})
    assert (move.source, posts) == ("A", {"A": 2, "B": 2, "C": 1, "D": 1}), "C gives without it"
    posts, [move] = edited(before, HARM, [Edit("D", 1)], Limits(), ("A", "C"))
    assert (move.source, posts) == ("B", {"A": 3, "B": 1, "C": 1, "D": 1})
    posts, moves = edited(before, HARM, [Edit("B", -1)], Limits(), ("A", "C", "D"))
    assert ([move.target for move in moves], posts) == (["A"], {"A": 4, "B": 1, "C": 1, "D": 0})
    posts, moves = edited(before, HARM, [Edit("C", -1)], Limits(), ("A", "C"))
    assert (moves[0].source, posts["C"]) == ("C", 0), "one that is edited itself gives what it is asked for"
    with pytest.raises(Refused, match="Ward D: no other ward can give a post"):
        edited(before, HARM, [Edit("D", 1)], Limits(), "ABC")


@pytest.mark.parametrize(
    ("edit", "limits", "sentence"),
    [
        (Edit("X", 1), Limits(), "Ward X is not among those that posts are placed in."),
        (Edit("A", 2), Limits(0, 4), "Ward A has 4 posts, its cap is 4. Move the limit, or edit it by less."),
        (Edit("C", -1), Limits(1, 4), "Ward C has 1 post, its floor is 1."),
        (Edit("C", 3), Limits(1, 3), "Ward C: no other ward can give a post within the limits."),
    ],
)
def test_what_cannot_be_moved_is_refused_in_a_sentence(edit: Edit, limits: Limits, sentence: str) -> None:
    posts = {"A": 3, "B": 2, "C": 1} if limits.cap != 3 else {"A": 2, "B": 1, "C": 0}
    with pytest.raises(Refused) as refused:
        edited(posts, HARM, [edit], limits)
    assert refused.value.sentence.startswith(sentence)


@given(
    st.lists(st.integers(0, 4), min_size=2, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from([-2, -1, 1, 2])), max_size=4),
    st.data(),
)
def test_edits_keep_the_total_and_the_limits(
    posts: list[int], changes: list[tuple[int, int]], data: st.DataObject
) -> None:
    before = {f"W{at}": number for at, number in enumerate(posts)}
    harm = {code: data.draw(st.floats(0, 1000)) for code in before}
    edits = [Edit(f"W{at}", change) for at, change in changes]
    keeping = data.draw(st.sets(st.sampled_from(sorted(before))))
    try:
        after, moves = edited(before, harm, edits, Limits(0, 4), keeping)
    except Refused:
        return
    assert sum(after.values()) == sum(before.values())
    assert all(0 <= number <= 4 for number in after.values())
    assert len(moves) == sum(abs(change) for _, change in changes)
    for code in {edit.ward_code for edit in edits}:
        assert after[code] - before[code] == sum(edit.change for edit in edits if edit.ward_code == code)
    for code in keeping - {edit.ward_code for edit in edits}:
        assert after[code] >= before[code]
