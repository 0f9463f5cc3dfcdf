"""Priority wards from the keyboard: the composite proposes, a named person adopts, reviews and drops."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.widgets import Input

from core.composite import PARTS
from core.days import uk
from db import priority_wards
from db.composite import parts
from db.composite_weights import weights_of
from db.priority_wards import put_forward
from db.rank_ranges import ranges_of
from db.store import Store
from db.wards import ranking
from tests.tui.conftest import CHAIR
from tests.tui.keyboard import (
    Hands,
    MakeApp,
    MovedClock,
    cell,
    column,
    entries,
    fault,
    fill,
    form,
    heading,
    press,
    screen_text,
    settled,
    tasking,
    toasts,
    typed,
    view,
)
from tests.tui.places import TODAY, adopted, emptied, go_to, here, ranked, said
from tui.screens.room import MeetingRoom
from tui.screens.ward import WardPage

FOUR_WEEKS = 28
NO_PRIORITY = "No ward here is a priority ward. A makes one."


@pytest.fixture
def city(city: Store) -> Store:
    """The synthetic London without priority wards, so that a test makes its own."""
    return emptied(city, "priority_ward")


async def opened(pilot: Hands, name: str) -> None:
    """Wait for the list that a program was opened on."""
    await settled(pilot)
    assert view(pilot).records.count, name


async def test_due_for_review_first_then_the_others_then_every_ward(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    wards = ranked(city)
    adopted(city, wards[2])
    adopted(city, wards[30], review=0)
    adopted(city, wards[40], review=-3)
    app = make_app(view="priority")
    async with app.run_test() as pilot:
        await opened(pilot, "priority")
        assert column(pilot, "rank")[:6] == [str(wards[n].rank) for n in (30, 40, 2, 0, 1, 3)]
        assert column(pilot, "state")[:5] == ["DUE", "DUE", "priority", "", ""]
        assert column(pilot, "review")[:4] == ["21/11/26", "18/11/26", "01/12/26", ""]
        assert heading(pilot).startswith("3 priority wards, 2 due for review; composite ")
        assert view(pilot).records.count == len(wards)
        moved.forward(days=10)
        app.session.as_of = moved().date()
        await press(pilot, "room.refresh")
        assert column(pilot, "state")[:4] == ["DUE", "DUE", "DUE", ""], "a review becomes due with the day"


async def test_marked_wards_are_adopted_with_reason_person_and_review(make_app: MakeApp, city: Store) -> None:
    wards, known = ranked(city), facts_of_first(city)
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "list.mark", "list.down", "list.mark", "priority.adopt")
        assert typed(pilot) == {
            "reason": "", "adopted_by": CHAIR, "since": uk(TODAY), "review_on": uk(TODAY + FOUR_WEEKS),
        }  # fmt: skip
        assert f"proposed by: composite of {known['release']}, rank 1" in await screen_text(pilot)
        form(pilot).query_one("#field-reason", Input).value = "Half typed"
        await press(pilot, "form.leave", "priority.adopt")
        assert typed(pilot)["reason"] == "Half typed", "it waited for the form to be opened again"
        await fill(pilot, reason="")
        assert fault(pilot) == "Reason is needed."
        await fill(pilot, reason="Robbery up", adopted_by="")
        assert fault(pilot) == "Adopted by is needed."
        await fill(pilot, adopted_by="Cdr B. Second", review_on=uk(TODAY))
        assert "must lie after" in fault(pilot)
        await fill(pilot, review_on="never")
        assert "'never' is no time." in fault(pilot)
        assert typed(pilot)["reason"] == "Robbery up", "nothing typed is lost"
        assert priority_wards.priority_wards(city) == []
        await fill(pilot, review_on="+14d")
        found = {one.ward_code: one for one in priority_wards.priority_wards(city)}
        assert set(found) == {wards[0].ward.ward_code, wards[2].ward.ward_code}
        first = found[wards[0].ward.ward_code]
        assert first.facts == known, "what the composite knew is kept"
        assert first.proposed_by == f"composite of {known['release']}, rank 1"
        assert set(known["parts"]) == set(PARTS)  # type: ignore[call-overload]
        one = found[wards[2].ward.ward_code]
        assert (one.since, one.reason, one.adopted_by, one.review_on) == (
            TODAY, "Robbery up", "Cdr B. Second", TODAY + 14,
        )  # fmt: skip
        assert toasts(pilot)[-1] == "2 priority wards adopted. u undoes."
        assert column(pilot, "state")[:3] == ["priority", "priority", ""]
        assert view(pilot).records.marked == ()
        await press(pilot, "room.undo")
        assert priority_wards.priority_wards(city) == []
        assert cell(pilot, "state", 0) == ""
        await press(pilot, "room.redo")
        assert len(priority_wards.priority_wards(city)) == 2


def facts_of_first(store: Store) -> Mapping[str, object]:
    return put_forward(parts(store), weights_of(store), ranked(store)[0]).facts


async def test_of_marked_wards_those_that_are_priorities_are_not_adopted_but_dropped(
    make_app: MakeApp, city: Store
) -> None:
    wards = ranked(city)
    adopted(city, wards[0])
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "list.mark", "list.mark", "priority.adopt")
        await fill(pilot, reason="Again")
        assert fault(pilot) == f"{wards[0].ward.ward} ({wards[0].ward.ward_code}) is a priority ward already."
        assert typed(pilot)["reason"] == "Again"
        assert len(priority_wards.priority_wards(city)) == 1, "all or none"
        await press(pilot, "form.leave", "priority.drop")
        await fill(pilot, reason="Better")
        assert toasts(pilot)[-1] == "1 priority ward dropped. u undoes.", "of marked wards only the priorities"


async def test_a_review_moves_the_date_and_keeps_the_reason(make_app: MakeApp, city: Store) -> None:
    wards = ranked(city)
    adopted(city, wards[0], review=-2, reason="Knife crime")
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "priority.review")
        assert typed(pilot) == {"review_on": uk(TODAY + FOUR_WEEKS), "reason": ""}
        await fill(pilot, review_on=uk(TODAY))
        assert "must lie after" in fault(pilot)
        await fill(pilot, review_on="+21d")
        one = priority_wards.priority_wards(city)[0]
        assert (one.review_on, one.reason) == (TODAY + 21, "Knife crime")
        assert cell(pilot, "state", 0) == "priority", "no longer due"
        assert toasts(pilot)[-1] == f"1 priority ward confirmed, next review on {uk(TODAY + 21)}. u undoes."
        await go_to(pilot, wards[0].ward.ward_code)
        await press(pilot, "priority.review")
        await fill(pilot, reason="Robbery now")
        one = priority_wards.priority_wards(city)[0]
        assert (one.reason, [review.words for review in one.reviews]) == ("Knife crime", ["Robbery now", ""])
        await go_to(pilot, wards[0].ward.ward_code)
        record = view(pilot).under_cursor()
        assert record is not None
        assert f"{CHAIR}: Knife crime; confirmed {uk(TODAY)} by {CHAIR}: Robbery now" in record.made_of
        await press(pilot, "room.undo", "room.undo")
        assert priority_wards.priority_wards(city)[0].review_on == TODAY - 2
        assert cell(pilot, "state", 0) == "DUE"


async def test_dropped_wards_are_history_only_and_one_key_drops_one_after_the_other(
    make_app: MakeApp, city: Store
) -> None:
    wards = ranked(city)
    numbers = [adopted(city, wards[place]) for place in (10, 11, 12)]
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "priority.drop")
        assert typed(pilot) == {"reason": "", "by": CHAIR}
        await fill(pilot)
        assert fault(pilot) == "Reason is needed."
        await fill(pilot, reason="Harm has halved")
        for place in (11, 12):
            assert here(pilot) == wards[place].ward.ward_code, "the cursor is on the next"
            await press(pilot, "priority.drop")
            await fill(pilot, reason="Better")
        assert priority_wards.priority_wards(city) == []
        assert heading(pilot).startswith("0 priority wards")
        assert set(column(pilot, "state")) == {""}
        past = priority_wards.history(city, wards[10].ward.ward_code)
        assert [(one.id, one.ended_on, one.ended_reason, one.ended_by) for one in past] == [
            (numbers[0], TODAY, "Harm has halved", CHAIR)
        ]
        await press(pilot, "room.undo")
        assert cell(pilot, "state", 0) == "priority"
        assert entries(city)[-1] == "Undo: Drop 1 priority ward"


async def test_only_a_priority_ward_is_reviewed_and_dropped_and_enter_opens_any(make_app: MakeApp, city: Store) -> None:
    first = ranked(city)[0].ward
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        for many, verb in enumerate(("priority.review", "priority.drop"), 1):
            await press(pilot, verb)
            assert toasts(pilot) == [NO_PRIORITY] * many
            assert isinstance(pilot.app.screen, MeetingRoom), "no form is open"
        await press(pilot, "list.choose")
        assert isinstance(pilot.app.screen, WardPage)
        assert said(pilot).startswith(f"{first.ward}, {first.borough}")
        await press(pilot, "list.back")
        assert here(pilot) == first.ward_code


async def test_the_weekly_meeting_adopts_in_its_item_of_places_until_it_is_sealed(
    make_app: MakeApp, city: Store
) -> None:
    first = ranked(city)[0].ward
    async with make_app("weekly").run_test() as pilot:
        await press(pilot, "meeting.item_5", "priority.adopt")
        await fill(pilot, reason="Tasked")
        (made,) = priority_wards.priority_wards(city)
        assert made.ward_code == first.ward_code
        await press(pilot, "meeting.view")
        await go_to(pilot, first.ward_code)
        assert cell(pilot, "priority") == "P", "the list of wards knows it"
        await press(pilot, "meeting.item_7", "meeting.seal")
        await fill(pilot)
        await press(pilot, "confirm.yes", "meeting.item_5")
        for verb in ("priority.adopt", "priority.review", "priority.drop"):
            await press(pilot, verb)
            assert "is sealed and can only be read" in toasts(pilot)[-1]
            assert isinstance(pilot.app.screen, MeetingRoom)
        assert priority_wards.priority_wards(city) == [made]


async def test_from_the_list_of_wards_and_its_mark(make_app: MakeApp, city: Store) -> None:
    async with make_app(view="wards").run_test() as pilot:
        await opened(pilot, "wards")
        second = view(pilot).source.record(view(pilot).records.keys[1]).subject
        await press(pilot, "list.down", "priority.adopt")
        assert "put forward by name" in await screen_text(pilot)
        await fill(pilot, reason="Ward team asks")
        one = priority_wards.priority_wards(city)[0]
        assert (one.ward_code, one.proposed_by, one.facts["rank"]) == (second.ref, "put forward by name", "2")
        assert column(pilot, "priority")[:3] == ["", "P", ""]
        tasking(pilot).session.as_of = tasking(pilot).session.as_of.replace(year=2027)
        await press(pilot, "room.refresh")
        assert cell(pilot, "priority", 1) == "P!", "its review is due"


async def test_the_line_below_names_every_part_that_adds_and_goes_with_its_ward(make_app: MakeApp, city: Store) -> None:
    spans = ranges_of(city, ranking(city))
    wards = ranked(city)
    one = next(one for one in wards[:50] if not spans[one.ward.ward_code].settled and not all(one.adds.values()))
    async with make_app(view="priority").run_test(size=(200, 60)) as pilot:
        await opened(pilot, "priority")
        await go_to(pilot, one.ward.ward_code)
        line, span = said(pilot, ".made-of"), spans[one.ward.ward_code]
        assert f"{one.score:.1f} = " in line
        for key in PARTS:
            told = f"{key.replace('_', ' ')} {one.adds[key]:.1f}"
            assert (told in line) == (one.adds[key] >= 0.05), key
        assert f"by harm between {span.best} and {span.worst}" in line
        await press(pilot, "priority.adopt")
        await fill(pilot, reason="Knife crime")
        assert column(pilot, "state")[:2] == ["priority", ""]
        following = wards[wards.index(one) + 1].ward.ward_code
        assert here(pilot) == following, "the cursor is on the next, wherever its row went"
        await press(pilot, "list.mark", "room.undo")
        assert view(pilot).acted_on()[0].subject.ref == following, "the mark stays on its ward"
        await press(pilot, "room.redo")
        await go_to(pilot, one.ward.ward_code)
        assert said(pilot, ".made-of").startswith(
            f"priority since {uk(TODAY)}, {CHAIR}: Knife crime; {one.score:.1f} = "
        )


async def test_a_part_that_is_not_known_is_a_question_mark(make_app: MakeApp, city: Store) -> None:
    emptied(city, "unsafe_place")
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        assert set(column(pilot, "unsafe_places")) == {"?"}
        assert "?" not in set(column(pilot, "harm"))


async def test_without_ward_counts_it_says_what_to_import(make_app: MakeApp, store: Store) -> None:
    async with make_app(view="priority", store=store).run_test() as pilot:
        await settled(pilot)
        assert "Import a Met ward-level file" in await screen_text(pilot)
        await press(pilot, "priority.weights")
        assert isinstance(pilot.app.screen, MeetingRoom)
        assert "no ward counts" in toasts(pilot)[-1]


async def test_a_file_of_weights_that_is_wrong_is_said(make_app: MakeApp, city: Store) -> None:
    Path(city.path.parent / "composite.toml").write_text("[weights]\nluck = 3\n", encoding="utf-8")
    async with make_app(view="priority").run_test() as pilot:
        await settled(pilot)
        assert "'luck', which is no part" in await screen_text(pilot)
        await press(pilot, "priority.weights")
        assert isinstance(pilot.app.screen, MeetingRoom)
        assert "'luck', which is no part" in toasts(pilot)[-1]
