"""Priority wards from the keyboard: the composite proposes, a named person adopts, reviews and drops."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.composite import PARTS
from core.days import uk
from db import priority_wards
from db.priority_wards import facts as facts_of
from db.rank_ranges import ranges_of
from db.store import Store
from db.wards import ranking
from db.weights import weights_of
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


async def test_due_for_review_first_then_the_others_then_every_ward(make_app: MakeApp, city: Store) -> None:
    wards = ranked(city)
    adopted(city, wards[2])
    adopted(city, wards[30], review=0)
    adopted(city, wards[40], review=-3)
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        assert column(pilot, "rank")[:6] == [str(wards[n].rank) for n in (30, 40, 2, 0, 1, 3)]
        assert column(pilot, "state")[:5] == ["DUE", "DUE", "priority", "", ""]
        assert column(pilot, "review")[:4] == ["21/11/26", "18/11/26", "01/12/26", ""]
        assert heading(pilot).startswith("3 priority wards, 2 due for review; composite ")
        assert view(pilot).records.count == len(wards)


async def test_a_review_becomes_due_with_the_day_of_the_meeting(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    adopted(city, ranked(city)[0], review=3)
    app = make_app(view="priority")
    async with app.run_test() as pilot:
        await opened(pilot, "priority")
        assert cell(pilot, "state", 0) == "priority"
        moved.forward(days=3)
        app.session.as_of = moved().date()
        await press(pilot, "room.refresh")
        assert cell(pilot, "state", 0) == "DUE"


async def test_marked_wards_are_adopted_with_reason_person_and_review(make_app: MakeApp, city: Store) -> None:
    wards = ranked(city)
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "list.mark", "list.down", "list.mark", "priority.adopt")
        assert typed(pilot) == {
            "reason": "", "adopted_by": CHAIR, "since": uk(TODAY), "review_on": uk(TODAY + FOUR_WEEKS),
        }  # fmt: skip
        release = str(facts_of_first(city)["release"])
        assert f"proposed by: composite of {release}, rank 1" in await screen_text(pilot)
        await fill(pilot)
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


def facts_of_first(store: Store) -> dict[str, object]:
    from db.composite import parts

    return facts_of(parts(store), weights_of(store), ranked(store)[0])


async def test_what_the_composite_knew_is_kept_with_the_adoption(make_app: MakeApp, city: Store) -> None:
    known = facts_of_first(city)
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "priority.adopt")
        await fill(pilot, reason="Highest")
        one = priority_wards.priority_wards(city)[0]
        assert one.facts == known
        assert one.proposed_by == f"composite of {known['release']}, rank 1"
        assert set(known["parts"]) == set(PARTS)  # type: ignore[call-overload]


async def test_half_typed_words_wait_for_the_form_to_be_opened_again(make_app: MakeApp, city: Store) -> None:
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "priority.adopt")
        form(pilot).query_one("#field-reason").value = "Robbery up"  # type: ignore[attr-defined]
        await press(pilot, "form.leave", "priority.adopt")
        assert typed(pilot)["reason"] == "Robbery up"


async def test_a_ward_that_is_a_priority_already_is_named(make_app: MakeApp, city: Store) -> None:
    wards = ranked(city)
    adopted(city, wards[0])
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "list.mark", "list.mark", "priority.adopt")
        await fill(pilot, reason="Again")
        assert fault(pilot) == f"{wards[0].ward.ward} ({wards[0].ward.ward_code}) is a priority ward already."
        assert typed(pilot)["reason"] == "Again"
        assert len(priority_wards.priority_wards(city)) == 1, "all or none"


async def test_the_cursor_stays_on_its_ward_when_others_move(make_app: MakeApp, city: Store) -> None:
    wards = ranked(city)
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await go_to(pilot, wards[20].ward.ward_code)
        await press(pilot, "priority.adopt")
        await fill(pilot, reason="Asks for help")
        assert column(pilot, "state")[:2] == ["priority", ""]
        assert here(pilot) == wards[21].ward.ward_code, "the cursor is on the next"
        await press(pilot, "list.mark", "room.undo")
        assert view(pilot).acted_on()[0].subject.ref == wards[21].ward.ward_code, "the mark stays on its ward"


async def test_one_ward_after_the_other_is_dropped_with_the_same_key(make_app: MakeApp, city: Store) -> None:
    wards = ranked(city)
    for place in (10, 11, 12):
        adopted(city, wards[place])
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        for place in (10, 11, 12):
            assert here(pilot) == wards[place].ward.ward_code
            await press(pilot, "priority.drop")
            await fill(pilot, reason="Better")
        assert priority_wards.priority_wards(city) == []


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
        assert priority_wards.priority_wards(city)[0].reason == "Robbery now"
        await press(pilot, "room.undo", "room.undo")
        assert priority_wards.priority_wards(city)[0].review_on == TODAY - 2
        assert cell(pilot, "state", 0) == "DUE"


async def test_a_ward_that_is_dropped_is_history_only(make_app: MakeApp, city: Store) -> None:
    wards = ranked(city)
    number = adopted(city, wards[5])
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "priority.drop")
        assert typed(pilot) == {"reason": "", "by": CHAIR}
        await fill(pilot)
        assert fault(pilot) == "Reason is needed."
        await fill(pilot, reason="Harm has halved")
        assert heading(pilot).startswith("0 priority wards")
        assert set(column(pilot, "state")) == {""}
        past = priority_wards.history(city, wards[5].ward.ward_code)
        assert [(one.id, one.dropped_on, one.dropped_reason, one.dropped_by) for one in past] == [
            (number, TODAY, "Harm has halved", CHAIR)
        ]
        await press(pilot, "room.undo")
        assert cell(pilot, "state", 0) == "priority"
        assert entries(city)[-1] == "Undo: Drop 1 priority ward"


@pytest.mark.parametrize("verb", ["priority.review", "priority.drop"])
async def test_only_a_priority_ward_is_reviewed_and_dropped(verb: str, make_app: MakeApp) -> None:
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, verb)
        assert toasts(pilot) == [NO_PRIORITY]
        assert isinstance(pilot.app.screen, MeetingRoom), "no form is open"


async def test_of_marked_wards_only_the_priorities_are_dropped(make_app: MakeApp, city: Store) -> None:
    wards = ranked(city)
    adopted(city, wards[7])
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "list.mark", "list.mark", "priority.drop")
        await fill(pilot, reason="Better")
        assert toasts(pilot)[-1] == "1 priority ward dropped. u undoes."


async def test_a_sealed_meeting_adopts_no_ward(make_app: MakeApp, city: Store) -> None:
    number = adopted(city, ranked(city)[0])
    async with make_app("weekly").run_test() as pilot:
        await press(pilot, "meeting.item_7", "meeting.seal")
        await fill(pilot)
        await press(pilot, "confirm.yes", "meeting.item_5")
        for verb in ("priority.adopt", "priority.review", "priority.drop"):
            await press(pilot, verb)
            assert "is sealed and can only be read" in toasts(pilot)[-1]
            assert isinstance(pilot.app.screen, MeetingRoom)
        found = priority_wards.priority_wards(city)
        assert [(one.id, one.review_on) for one in found] == [(number, TODAY + 10)]


async def test_the_weekly_meeting_adopts_in_its_item_of_places(make_app: MakeApp, city: Store) -> None:
    async with make_app("weekly").run_test() as pilot:
        await press(pilot, "meeting.item_5")
        await press(pilot, "priority.adopt")
        await fill(pilot, reason="Tasked")
        assert len(priority_wards.priority_wards(city)) == 1
        await press(pilot, "meeting.view")
        first = ranked(city)[0].ward
        await go_to(pilot, first.ward_code)
        assert cell(pilot, "priority") == "P", "the list of wards knows it"


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


async def test_the_line_below_names_every_part_that_adds_and_the_open_ranks(make_app: MakeApp, city: Store) -> None:
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


async def test_enter_opens_the_page_of_the_ward(make_app: MakeApp, city: Store) -> None:
    first = ranked(city)[0].ward
    async with make_app(view="priority").run_test() as pilot:
        await opened(pilot, "priority")
        await press(pilot, "list.choose")
        assert isinstance(pilot.app.screen, WardPage)
        assert said(pilot).startswith(f"{first.ward}, {first.borough}")
        await press(pilot, "list.back")
        assert here(pilot) == first.ward_code


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
