"""Granting a bid: which units it takes, ours that are free or those that are named, and what it says where none is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.bids import OUTCOMES, Outcome
from core.errors import Conflict
from db import bids, granting, meetings, papers, sealing
from db.bids import BidTerms
from db.deploying import stand_down
from db.deployments import board, deployment, units
from db.granting import Grant, could_fill, given_words
from db.record import deeds
from db.store import Store, make_store
from tests.db.files import file_writer, take

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
BRENT = "E05013496"
STARTS, ENDS = NOW + 9 * HOUR, NOW + 13 * HOUR
HEAD = "unit,base,officers,status,team,skills,whom"
ROWS = (
    "East 1,east,20,free,,,",
    "East 2,east,18,free,,search,",
    "BTP 1,,10,free,British Transport Police,search,BTP control room",
)


@pytest.fixture
def hours() -> list[datetime]:
    """The hours that the store has been told, the last of them the one that it is."""
    return [NOW]


@pytest.fixture
def store(tmp_path: Path, hours: list[datetime]) -> Iterator[Store]:
    write = file_writer(tmp_path, "units.csv", HEAD)
    with make_store(tmp_path / "d.db", "Insp A", lambda: hours[-1]) as made:
        take(made, write(*ROWS))
        yield made


def asked(store: Store, officers: int = 10) -> int:
    terms = BidTerms(ward_code=BRENT, tactic="weapon sweep", starts_at=STARTS, ends_at=ENDS, officers=officers)
    return bids.make_bid(store, "NW BCU", "NW", "Knives", "A sweep", "Brent", "", terms=terms)


def given(store: Store, names: tuple[str, ...], officers: int | None) -> Grant:
    numbers = {unit.unit: unit.id for unit in units(store)}
    return Grant(BRENT, "weapon sweep", STARTS, ENDS, officers, tuple(numbers[name] for name in names))


def taken(store: Store, made: int | None) -> list[tuple[str, int, str]]:
    found = deployment(store, made or 0)
    assert found is not None
    return [(sent.unit, sent.officers, sent.asked) for sent in found.units]


def test_of_named_units_no_more_officers_go_than_are_given(store: Store) -> None:
    made = granting.decide_bid(store, asked(store), "part", "as many", None, given(store, ("East 1",), 6))
    assert taken(store, made) == [("East 1", 6, "")]


def test_named_units_go_in_the_order_in_which_they_are_named_and_none_is_left_out_unsaid(store: Store) -> None:
    number = asked(store, 30)
    with pytest.raises(Conflict, match="East 1 is not needed: the others fill it"):
        granting.decide_bid(store, number, "part", "as many", None, given(store, ("East 2", "East 1"), 18))
    made = granting.decide_bid(store, number, "granted", "all", None, given(store, ("East 2", "East 1"), 30))
    assert taken(store, made) == [("East 2", 18, ""), ("East 1", 12, "")]


def test_a_named_unit_that_is_not_ours_is_asked_for(store: Store) -> None:
    made = granting.decide_bid(store, asked(store), "granted", "theirs", None, given(store, ("BTP 1",), None))
    assert taken(store, made) == [("BTP 1", 10, "BTP control room")]
    found = {unit.unit: unit.state.value for unit in board(store).units}
    assert found == {"East 1": "free", "East 2": "free", "BTP 1": "asked-for"}


def test_who_could_fill_a_bid_stands_in_the_order_in_which_it_is_filled(store: Store) -> None:
    number = asked(store)
    bid = bids.bid(store, number)
    assert bid is not None
    assert could_fill(board(store), bid) == "East 2 and 1 more, 38 officers", "who can search first"
    made = granting.decide_bid(store, number, "granted", "all")
    assert taken(store, made) == [("East 2", 10, "")]


def test_what_a_bid_was_given_is_told_by_who_where_and_how_it_stands(store: Store) -> None:
    made = granting.decide_bid(store, asked(store, 30), "granted", "all") or 0
    assert given_words(store, made, NOW) == "East 2 (18) and 1 more to Alperton, planned"
    assert given_words(store, made, ENDS) == "East 2 (18) and 1 more to Alperton, over"
    assert given_words(store, 99, NOW) == ""


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=lambda outcome: outcome.key)
def test_papers_say_what_became_of_a_bid_as_the_room_does(store: Store, outcome: Outcome) -> None:
    held = meetings.open_meeting(store, "weekly", "Chair", NOW.date())
    grant = given(store, ("East 1",), 6) if outcome.key in ("granted", "part") else None
    granting.decide_bid(
        store, asked(store, 6 if outcome.key == "granted" else 8), outcome.key, "as many", held.id, grant
    )
    [decided] = [deed.words.words for deed in deeds(store, held) if deed.words.what == "bid"]
    assert decided.startswith(f"{outcome.past}: NW BCU (NW)")


def test_all_that_was_asked_for_is_no_part(store: Store) -> None:
    number = asked(store)
    for grant in (None, given(store, ("East 1",), 10), given(store, ("BTP 1",), 12)):
        with pytest.raises(Conflict, match=r"All 10 officers that the bid asks for are free then .* Say granted"):
            granting.decide_bid(store, number, "part", "some", None, grant)
    assert bid_of(store, number).outcome == ""
    shorter = replace(given(store, ("East 1",), 10), ends=ENDS - HOUR)
    made = granting.decide_bid(store, number, "part", "an hour less", None, shorter)
    assert taken(store, made) == [("East 1", 10, "")]
    no_number = BidTerms(ward_code=BRENT, starts_at=STARTS, ends_at=ENDS)
    other = bids.make_bid(store, "CE BCU", "CE", "Knives", "A patrol", "Brent", "", terms=no_number)
    assert granting.decide_bid(store, other, "part", "one unit"), "nobody said how many would be all"


def test_a_bid_keeps_its_outcome_while_what_it_was_given_stands(store: Store, hours: list[datetime]) -> None:
    number = asked(store)
    made = granting.decide_bid(store, number, "part", "a few", None, given(store, ("East 1",), 6))
    for outcome in ("refused", "deferred", "granted"):
        with pytest.raises(
            Conflict, match=r"East 1 \(6\) to Alperton, planned, was made for this bid.*Stand that down"
        ):
            granting.decide_bid(store, number, outcome, "after all")
    granting.decide_bid(store, number, "part", "said better")
    kept = bid_of(store, number)
    assert (kept.outcome, kept.reason, kept.deployment) == ("part", "said better", made), "nothing more is given"
    hours.append(ENDS)
    with pytest.raises(Conflict, match=r"Alperton, over, was made for this bid, which keeps its outcome. R says what"):
        granting.decide_bid(store, number, "refused", "after all")


def test_a_bid_whose_units_were_stood_down_before_they_left_owes_nothing_and_may_be_granted_anew(store: Store) -> None:
    number = asked(store)
    first = granting.decide_bid(store, number, "part", "a few", None, given(store, ("East 1",), 6))
    stand_down(store, [unit.id for unit in units(store) if unit.unit == "East 1"], "not wanted")
    granting.decide_bid(store, number, "refused", "after all")
    refused = bid_of(store, number)
    assert (refused.deployment, refused.result_due) == (None, None), "what was never given has no result"
    made = granting.decide_bid(store, number, "granted", "again", None, given(store, ("East 2",), 10))
    assert made != first
    assert taken(store, made) == [("East 2", 10, "")]
    granted = bid_of(store, number)
    assert (granted.deployment, granted.result_due) == (made, ENDS + bids.RESULT_AFTER)


def bid_of(store: Store, number: int) -> bids.BidView:
    found = bids.bid(store, number)
    assert found is not None
    return found


def test_a_grant_that_clashes_promises_no_reason_that_would_save_it(store: Store) -> None:
    """Granting over-rules no clash, so that nobody saves again and again with the reason that is there."""
    number, few = asked(store), given(store, ("East 1",), 4)
    with pytest.raises(Conflict, match=r"takes 6 officers at least, 4 are sent .* A grant over-rules no clash") as told:
        granting.decide_bid(store, number, "part", "four of ten", grant=replace(few, tactic="knife arch"))
    assert "Why saves it" not in told.value.sentence
    assert told.value.title == "Clash"


def test_a_bid_whose_units_never_left_owes_no_result_and_is_no_silent_grant(
    store: Store, hours: list[datetime]
) -> None:
    """It stands in the list, at the seal and in the papers as what it is, and holds up no later bid."""
    meeting = meetings.open_meeting(store, "weekly", "Insp A", NOW.date())
    number = asked(store)
    granting.decide_bid(store, number, "part", "a few", meeting.id, given(store, ("East 1",), 6))
    assert not bid_of(store, number).given_nothing
    stand_down(store, [unit.id for unit in units(store) if unit.unit == "East 1"], "not wanted", meeting_id=meeting.id)
    found = bid_of(store, number)
    assert (found.outcome, found.given_nothing, found.result_due) == ("part", True, None)
    assert [bid.id for bid in bids.bids(store, meeting.id)] == [number]
    over = sealing.checklist(store, meeting, store.now(), "close")
    assert "1 bid given nothing, as the units were stood down before they left: NW BCU." in over
    assert "| part, stood down before it left | a few |" in papers.minutes(store, meeting, store.now())
    hours.append(ENDS + bids.RESULT_AFTER + HOUR)
    assert bids.owed_by(store, "NW BCU", store.now()) is None
    assert bids.bids(store, None, store.now()) == []
    assert asked(store), "a bid may be put without a result that nobody owes"
