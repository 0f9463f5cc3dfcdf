"""Extra ward officers: proposed, kept, moved one post at a time, taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.applying import DoesNotApply
from core.composite_weights import default, typed
from core.days import stamp
from core.errors import Conflict, NotFound, Refused
from core.officers import Limits, edited
from db import meetings, officers, priority_wards
from db.composite import WardParts, parts
from db.loading.importing import import_file
from db.meetings import Papers
from db.officers import Proposed
from db.priority_wards import Proposal
from db.store import Store, make_store
from db.store.journal import last_entry
from db.store.undo import redo, undo
from db.store.verify import verify
from tests.conftest import NOW
from tests.db.made_releases import write_release, write_street

A, B, C, D = WARDS = ("E05013806", "E05013808", "E05013810", "E05014053")
ROBBERIES = dict(zip(WARDS, (60, 28, 20, 12), strict=True))
"""A robbery is 365 days, so 120 robberies by 8 posts are 15 robberies a post: shares of 4, 1.87, 1.33 and 0.8."""
POSTS = {A: 4, B: 2, C: 1, D: 1}
HARM = {code: 365 * many for code, many in ROBBERIES.items()}


def _import(store: Store, folder: Path) -> WardParts:
    months = [f"2024{month:02d}" for month in range(1, 13)]
    rows = [("ROBBERY OF PERSONAL PROPERTY", code, "X", [many] + [0] * 11) for code, many in ROBBERIES.items()]
    import_file(store, write_release(folder / "r.csv", months, rows), today=NOW.date())
    return parts(store)


@pytest.fixture
def found(store: Store, tmp_path: Path) -> WardParts:
    return _import(store, tmp_path)


@pytest.fixture
def put_forward(found: WardParts) -> Proposed:
    return officers.proposed(found, default(), "harm", 8)


@pytest.fixture
def kept(store: Store, put_forward: Proposed) -> int:
    return officers.keep(store, put_forward, "Chair")


def _held(store: Store) -> dict[str, int]:
    stands = officers.placement(store)
    assert stands is not None
    return stands.held


def test_posts_are_proposed_in_proportion_to_harm_and_nothing_is_stored(store: Store, put_forward: Proposed) -> None:
    assert [ward.ward_code for ward in put_forward.wards] == [A, B, C, D], "in the order of their need"
    assert put_forward.needs == HARM
    assert {code: place.posts for code, place in put_forward.placed.items()} == POSTS
    assert [put_forward.placed[code].share for code in WARDS] == pytest.approx([4, 28 / 15, 20 / 15, 0.8])
    assert (put_forward.release, put_forward.basis, put_forward.limits) == ("202401-202412", "harm", Limits(0, 4))
    assert (put_forward.months[0], len(put_forward.months)) == ("202401", 12)
    assert officers.placement(store) is None


def test_by_composite_in_the_first_wards_and_within_limits(found: WardParts) -> None:
    by_score = officers.proposed(found, typed("x", {"harm": "1"}), "composite", 6)
    assert by_score.needs == pytest.approx({A: 2, B: 28 / 30, C: 20 / 30, D: 0.4})
    assert by_score.posts == {A: 3, B: 1, C: 1, D: 1}
    assert (by_score.among, by_score.cut) == ("all", False)
    two = officers.proposed(found, default(), "harm", 5, Limits(2, 3), first=2)
    assert (two.posts, two.cut) == ({A: 3, B: 2}, True)
    many = officers.proposed(found, default(), "harm", 17)
    assert (many.total, many.posts) == (17, dict.fromkeys(WARDS, 4)), "what the caps do not hold is not forced"
    with pytest.raises(Refused, match="3 posts will not fit: the floors of 4 wards take 4"):
        officers.proposed(found, default(), "harm", 3, Limits(1, 4))


def _adopt(store: Store, *codes: str) -> None:
    day = NOW.date().toordinal()
    given = [Proposal(code, "by hand", {}) for code in codes]
    priority_wards.adopt(store, given, since=day, reason="Knives", adopted_by="Chair", review_on=day + 28)


def test_posts_go_among_the_adopted_wards_where_there_are_any(store: Store, found: WardParts) -> None:
    assert officers.among_of(store, found) == ("all", None)
    with pytest.raises(Refused, match="No ward of release 202401-202412 is adopted as a priority ward; adopt some"):
        officers.among_of(store, found, "adopted")
    with pytest.raises(Refused, match="'each' is no choice of wards; use adopted or all"):
        officers.among_of(store, found, "each")
    _adopt(store, B, D, "E05000026")
    assert officers.among_of(store, found, "all") == ("all", None)
    among, within = officers.among_of(store, found)
    assert (among, sorted(within or ())) == ("adopted", [B, D]), "one that the release does not count is left out"
    given = officers.proposed(found, default(), "harm", 442, within=within)
    assert (given.posts, given.total, given.among) == ({B: 4, D: 4}, 442, "adopted")
    officers.keep(store, given, "Chair")
    stands = officers.placement(store)
    assert stands is not None
    assert (stands.basis, stands.among, stands.total, stands.held) == ("harm", "adopted", 442, {B: 4, D: 4})
    assert stands.words == "8 of 442 placed in 2 priority wards at 4 each; 434 left: raise the cap or adopt more"
    first = officers.proposed(found, default(), "harm", 3, first=1, within=within)
    assert (first.posts, first.cut) == ({B: 3}, True)


def test_a_release_without_wards_takes_no_posts(store: Store, tmp_path: Path) -> None:
    import_file(store, write_street(tmp_path / "s.csv", [{}]), today=NOW.date())
    with pytest.raises(
        NotFound, match="No ward has a count in release 202405-202405-metropolitan: no lookup that is held"
    ):
        officers.proposed(parts(store), default(), "harm", 1)


def test_a_plan_that_is_kept_says_all_of_itself(store: Store, kept: int) -> None:
    stands = officers.placement(store)
    assert stands is not None
    assert (stands.id, stands.made_at, stands.made_by) == (kept, stamp(NOW), "Chair")
    assert (stands.release, stands.basis, stands.total, stands.limits) == ("202401-202412", "harm", 8, Limits(0, 4))
    assert list(stands.posts) == [A, B, C, D]
    assert (stands.held, {code: post.harm for code, post in stands.posts.items()}) == (POSTS, HARM)
    second = stands.posts[B]
    assert (second.need, second.share, second.proposed, second.posts) == (28 * 365, 1.8667, 2, 2)


def test_the_latest_plan_holds_and_undo_takes_it_back(store: Store, found: WardParts, kept: int) -> None:
    later = officers.keep(store, officers.proposed(found, default(), "harm", 4, Limits(1, 2)), "Deputy")
    stands = officers.placement(store)
    assert stands is not None
    assert (stands.id, stands.made_by, stands.total, stands.limits) == (later, "Deputy", 4, Limits(1, 2))
    assert stands.held == dict.fromkeys(WARDS, 1)
    assert undo(store) == "4 extra officers placed in 4 wards"
    stands = officers.placement(store)
    assert stands is not None
    assert (stands.id, stands.held) == (kept, POSTS)
    assert undo(store) == "8 extra officers placed in 4 wards"
    assert officers.placement(store) is None
    assert redo(store) == "8 extra officers placed in 4 wards"
    assert _held(store) == POSTS
    assert verify(store).fault is None


def test_a_plan_can_be_kept_as_it_was_moved_by_hand(store: Store, put_forward: Proposed) -> None:
    officers.keep(store, put_forward, "Chair", by_hand={A: 3, D: 2})
    stands = officers.placement(store)
    assert stands is not None
    assert stands.held == {**POSTS, A: 3, D: 2}
    assert {code: post.proposed for code, post in stands.posts.items()} == POSTS
    [moved] = officers.move(store, C, 1)
    assert moved.source == B, "a post of D stands for the least harm, yet D was given one by hand; then comes B"


def test_a_move_takes_the_post_that_stands_for_the_least_and_says_what_it_costs(store: Store, kept: int) -> None:
    [moved] = officers.move(store, C, 1)
    assert (moved.source, moved.target) == (D, C), "12 robberies a post against 15 and 14"
    assert (moved.given_up, moved.gained, moved.cost) == (12 * 365, 10 * 365, 2 * 365)
    assert _held(store) == {A: 4, B: 2, C: 2, D: 0}
    stands = officers.placement(store)
    assert stands is not None
    assert (stands.id, stands.total, stands.posts[C].proposed) == (kept, 8, 1)
    assert undo(store) == "One extra officer moved from Abbey to Abbey"
    assert _held(store) == POSTS
    assert verify(store).fault is None


def test_a_post_taken_goes_where_it_will_stand_for_the_most(store: Store, kept: int) -> None:
    moves = officers.move(store, A, -2)
    assert kept
    assert [(move.source, move.target, move.given_up, move.gained) for move in moves] == [
        (A, C, 15 * 365, 10 * 365), (A, B, 20 * 365, 28 * 365 / 3),
    ]  # fmt: skip
    assert _held(store) == {A: 2, B: 3, C: 2, D: 1}
    assert last_entry(store)[0] == 3, "the import, the placement, and both moves in one entry"


@pytest.mark.usefixtures("kept")
def test_a_ward_above_its_proposal_never_gives(store: Store) -> None:
    officers.move(store, C, 1)
    assert [move.source for move in officers.move(store, D, 1)] == [B], "a post of C now stands for the least"
    assert _held(store) == {A: 4, B: 1, C: 2, D: 1}
    assert [move.source for move in officers.move(store, D, 1)] == [A], "B has one post of 28 left, A four of 15"
    assert _held(store) == {A: 3, B: 1, C: 2, D: 2}
    assert [move.target for move in officers.move(store, C, -1)] == [A], "it gives where it is asked itself"
    assert [move.target for move in officers.move(store, D, -1)] == [B]
    assert _held(store) == POSTS
    assert [move.source for move in officers.move(store, C, 1)] == [D], "at its proposal again, D gives again"


@pytest.mark.usefixtures("kept")
def test_limits_refuse_and_nothing_is_written(store: Store) -> None:
    before = last_entry(store)
    for code, change, sentence in (
        (A, 1, f"Ward {A} has 4 posts, its cap is 4."),
        (D, 4, f"Ward {D} has 4 posts, its cap is 4."),
        (D, -2, f"Ward {D} has 0 posts, its floor is 0."),
        ("X1", 1, "Ward X1 is not among those that posts are placed in."),
    ):
        with pytest.raises(Refused) as refused:
            officers.move(store, code, change)
        assert refused.value.sentence.startswith(sentence)
    assert (_held(store), last_entry(store)) == (POSTS, before)


def test_no_ward_can_give_where_all_others_hold_their_floor_or_were_given(store: Store, found: WardParts) -> None:
    given = officers.proposed(found, default(), "harm", 8, Limits(1, 4))
    assert {code: place.posts for code, place in given.placed.items()} == POSTS
    officers.keep(store, given, "Chair", by_hand={A: 1, B: 1, C: 4, D: 2})
    with pytest.raises(Refused, match=f"Ward {B}: no other ward can give a post within the limits"):
        officers.move(store, B, 1)


def test_without_a_plan_there_is_nothing_to_move(store: Store) -> None:
    with pytest.raises(NotFound, match="No placement of extra officers is kept yet"):
        officers.move(store, A, 1)


def test_a_sealed_meeting_takes_no_plan_and_no_move(store: Store, put_forward: Proposed) -> None:
    meeting = meetings.open_meeting(store, "weekly", "Chair", NOW.date()).id
    officers.keep(store, put_forward, "Chair", meeting)
    officers.move(store, C, 1, meeting)
    meetings.seal_meeting(store, meeting, lambda: Papers("minutes", "report"))
    before = last_entry(store)
    with pytest.raises(Conflict, match="sealed"):
        officers.keep(store, put_forward, "Chair", meeting)
    for code, change in ((C, 1), ("X1", 1), (D, 0)):
        with pytest.raises(Conflict, match="sealed"):
            officers.move(store, code, change, meeting)
    assert (_held(store), last_entry(store)) == ({A: 4, B: 2, C: 2, D: 0}, before)


@pytest.mark.usefixtures("kept")
def test_no_one_else_writes_between_reading_the_plan_and_moving(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def watched(*given: Any) -> Any:
        other = sqlite3.connect(store.path, timeout=0, isolation_level=None)
        try:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        finally:
            other.close()
        return edited(*given)

    monkeypatch.setattr(officers, "edited", watched)
    assert len(officers.move(store, C, 1)) == 1


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, WardParts]]:
    """A store of its own for many placements."""
    folder = tmp_path_factory.mktemp("officers")
    store = make_store(folder / "o.db", "tester", lambda: datetime(2026, 11, 21, tzinfo=UTC))
    yield store, _import(store, folder)
    store.close()


@settings(max_examples=15)
@given(
    st.integers(4, 16),
    st.lists(st.tuples(st.sampled_from(WARDS), st.integers(-3, 3).filter(bool)), max_size=6),
)
def test_any_moves_keep_the_total_the_limits_and_what_was_given_by_hand(
    filled: tuple[Store, WardParts], total: int, moves: list[tuple[str, int]]
) -> None:
    store, found = filled
    given = officers.proposed(found, default(), "harm", total, Limits(1, 4))
    with suppress(DoesNotApply):
        officers.keep(store, given, "Chair")
    stands, done = officers.placement(store), 0
    assert stands is not None
    for code, change in moves:
        before = _held(store)
        try:
            made = officers.move(store, code, change)
        except Refused:
            assert _held(store) == before
            continue
        after, done = _held(store), done + 1
        assert (len(made), after[code] - before[code]) == (abs(change), change)
        assert sum(after.values()) == total
        assert all(1 <= posts <= 4 for posts in after.values())
        given_by_hand = {one for one, post in stands.posts.items() if before[one] > post.proposed and one != code}
        assert all(after[one] >= before[one] for one in given_by_hand)
    for _ in range(done):
        undo(store)
    assert officers.placement(store) == stands
