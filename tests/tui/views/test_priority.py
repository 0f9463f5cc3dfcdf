"""Priority wards from the keyboard: the composite proposes, a named person adopts, reviews and drops."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from textual.widgets import Input

from core.applying import WHY_NEEDED
from core.composite import PARTS, harm_held, most_harm_held
from core.days import uk
from db import priority_wards
from db.composite import parts
from db.composite_weights import weights_of
from db.priority_wards import put_forward
from db.rank_ranges import ranges_of
from db.store import Store
from db.wards import ranking
from tests.tui.conftest import CHAIR
from tests.tui.keyboard import Chair, MakeApp, MovedClock, entries, seated
from tests.tui.places import TODAY, adopted, emptied, go_to, here, ranked, said
from tui.screens.room import MeetingRoom
from tui.screens.ward import WardPage

FOUR_WEEKS = 28


@pytest.fixture
def city(city: Store) -> Store:
    """The synthetic London without priority wards, so that a test makes its own."""
    return emptied(city, "priority_ward")


async def opened(chair: Chair, name: str) -> None:
    """Wait for the list that a program was opened on."""
    await chair.settled()
    assert chair.view().records.count, name


async def test_due_for_review_first_then_the_others_then_every_ward(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    wards = ranked(city)
    adopted(city, wards[2])
    adopted(city, wards[30], review=0)
    adopted(city, wards[40], review=-3)
    app = make_app(view="priority")
    async with seated(app) as chair:
        await opened(chair, "priority")
        assert chair.column("rank")[:6] == [str(wards[n].rank) for n in (30, 40, 2, 0, 1, 3)]
        assert chair.column("state")[:5] == ["DUE", "DUE", "priority", "", ""]
        assert chair.column("review")[:4] == ["21/11/26", "18/11/26", "01/12/26", ""]
        assert chair.heading().startswith("3 priority wards, 2 due for review; first 10 hold ")
        held, most = 100 * harm_held(wards, 10), 100 * most_harm_held(wards, 10)
        assert f"first 10 hold {held:.1f}% of harm, best {most:.1f}%; composite " in chair.heading()
        assert chair.view().records.count == len(wards)
        moved.forward(days=10)
        app.session.as_of = moved().date()
        await chair.press("room.refresh")
        assert chair.column("state")[:4] == ["DUE", "DUE", "DUE", ""], "a review becomes due with the day"


async def test_marked_wards_are_adopted_with_reason_person_and_review(make_app: MakeApp, city: Store) -> None:
    wards, known = ranked(city), facts_of_first(city)
    async with seated(make_app(view="priority")) as chair:
        await opened(chair, "priority")
        await chair.press("list.mark", "list.down", "list.mark", "priority.adopt")
        assert chair.typed() == {
            "reason": "", "adopted_by": CHAIR, "since": uk(TODAY), "review_on": uk(TODAY + FOUR_WEEKS),
        }  # fmt: skip
        assert f"proposed by: composite of {known['release']}, rank 1" in await chair.screen_text()
        chair.form().query_one("#field-reason", Input).value = "Half typed"
        await chair.press("form.leave", "priority.adopt")
        assert chair.typed()["reason"] == "Half typed", "it waited for the form to be opened again"
        await chair.fill(reason="")
        assert chair.fault() == WHY_NEEDED
        await chair.fill(reason="Robbery up", adopted_by="")
        assert chair.fault() == "Adopted by is needed."
        await chair.fill(adopted_by="Cdr B. Second", review_on=uk(TODAY))
        assert "must lie after" in chair.fault()
        await chair.fill(review_on="never")
        assert "'never' is no date." in chair.fault()
        assert chair.typed()["reason"] == "Robbery up", "nothing typed is lost"
        assert priority_wards.priority_wards(city) == []
        await chair.fill(review_on="+14d")
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
        assert chair.toasts()[-1] == f"{wards[0].ward.ward} and 1 more adopted as a priority ward. u undoes."
        assert chair.column("state")[:3] == ["priority", "priority", ""]
        assert chair.view().records.marked == ()
        await chair.press("room.undo")
        assert priority_wards.priority_wards(city) == []
        assert chair.cell("state", 0) == ""
        await chair.press("room.redo")
        assert len(priority_wards.priority_wards(city)) == 2


def facts_of_first(store: Store) -> Mapping[str, object]:
    return put_forward(parts(store), weights_of(store), ranked(store)[0]).facts


async def test_a_marked_set_is_adopted_or_dropped_whole_or_not_at_all(make_app: MakeApp, city: Store) -> None:
    wards = ranked(city)
    adopted(city, wards[0])
    first, second = (one.ward.ward for one in wards[:2])
    async with seated(make_app(view="priority")) as chair:
        await opened(chair, "priority")
        await chair.press("list.mark", "list.mark", "priority.adopt")
        assert chair.toasts()[-1].startswith(f"{first} is a priority ward already. None of the 2 was changed")
        await chair.press("priority.drop")
        assert chair.toasts()[-1].startswith(f"{second} is no priority ward. None of the 2 was changed")
        assert len(priority_wards.priority_wards(city)) == 1, "all or none"
        await chair.press("list.up", "list.mark", "priority.drop")
        await chair.fill(reason="Better")
        assert chair.toasts()[-1] == f"{first} dropped as a priority ward: Better. u undoes."


async def test_a_review_moves_the_date_and_keeps_the_reason(make_app: MakeApp, city: Store) -> None:
    wards = ranked(city)
    adopted(city, wards[0], review=-2, reason="Knife crime")
    async with seated(make_app(view="priority")) as chair:
        await opened(chair, "priority")
        await chair.press("priority.review")
        assert chair.typed() == {"review_on": uk(TODAY + FOUR_WEEKS), "reason": ""}
        await chair.fill(review_on=uk(TODAY))
        assert "must lie after" in chair.fault()
        await chair.fill(review_on="+21d")
        one = priority_wards.priority_wards(city)[0]
        assert (one.review_on, one.reason) == (TODAY + 21, "Knife crime")
        assert chair.cell("state", 0) == "priority", "no longer due"
        assert chair.toasts()[-1] == f"{wards[0].ward.ward} kept as a priority ward until {uk(TODAY + 21)}. u undoes."
        await go_to(chair, wards[0].ward.ward_code)
        await chair.press("priority.review")
        await chair.fill(reason="Robbery now")
        one = priority_wards.priority_wards(city)[0]
        assert (one.reason, [review.words for review in one.reviews]) == ("Knife crime", ["Robbery now", ""])
        await go_to(chair, wards[0].ward.ward_code)
        record = chair.view().under_cursor()
        assert record is not None
        assert f"{CHAIR}: Knife crime; confirmed {uk(TODAY)} by {CHAIR}: Robbery now" in record.made_of
        await chair.press("room.undo", "room.undo")
        assert priority_wards.priority_wards(city)[0].review_on == TODAY - 2
        assert chair.cell("state", 0) == "DUE"


async def test_dropped_wards_are_history_only_and_one_key_drops_one_after_the_other(
    make_app: MakeApp, city: Store
) -> None:
    wards = ranked(city)
    numbers = [adopted(city, wards[place]) for place in (10, 11, 12)]
    async with seated(make_app(view="priority")) as chair:
        await opened(chair, "priority")
        await chair.press("priority.drop")
        assert chair.typed() == {"reason": "", "by": CHAIR}
        await chair.fill()
        assert chair.fault() == WHY_NEEDED
        await chair.fill(reason="Harm has halved")
        for place in (11, 12):
            assert here(chair) == wards[place].ward.ward_code, "the cursor is on the next"
            await chair.press("priority.drop")
            await chair.fill(reason="Better")
        assert priority_wards.priority_wards(city) == []
        assert chair.heading().startswith("0 priority wards")
        assert set(chair.column("state")) == {""}
        past = priority_wards.history(city, wards[10].ward.ward_code)
        assert [(one.id, one.ended_on, one.ended_reason, one.ended_by) for one in past] == [
            (numbers[0], TODAY, "Harm has halved", CHAIR)
        ]
        await chair.press("room.undo")
        assert chair.cell("state", 0) == "priority"
        assert entries(city)[-1] == f"Undo: {wards[12].ward.ward} dropped as a priority ward: Better"


async def test_only_a_priority_ward_is_reviewed_and_dropped_and_enter_opens_any(make_app: MakeApp, city: Store) -> None:
    first = ranked(city)[0].ward
    async with seated(make_app(view="priority")) as chair:
        await opened(chair, "priority")
        for many, verb in enumerate(("priority.review", "priority.drop"), 1):
            await chair.press(verb)
            assert chair.toasts() == [f"{first.ward} is no priority ward. Nothing was changed."] * many
            assert isinstance(chair.app.screen, MeetingRoom), "no form is open"
        await chair.press("list.choose")
        assert isinstance(chair.app.screen, WardPage)
        assert said(chair).startswith(f"{first.ward}, {first.borough}")
        await chair.press("list.back")
        assert here(chair) == first.ward_code


async def test_the_weekly_meeting_adopts_in_its_item_of_places_until_it_is_sealed(
    make_app: MakeApp, city: Store
) -> None:
    first = ranked(city)[0].ward
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_5", "priority.adopt")
        await chair.fill(reason="Tasked")
        (made,) = priority_wards.priority_wards(city)
        assert made.ward_code == first.ward_code
        await chair.press("meeting.view")
        await go_to(chair, first.ward_code)
        assert chair.cell("priority") == "P", "the list of wards knows it"
        await chair.press("meeting.item_7", "meeting.seal")
        await chair.fill()
        await chair.press("confirm.yes", "meeting.item_5")
        for verb in ("priority.adopt", "priority.review", "priority.drop"):
            await chair.press(verb)
            assert chair.toasts()[-1].startswith("Sealed at 09:00")
            assert isinstance(chair.app.screen, MeetingRoom)
        assert priority_wards.priority_wards(city) == [made]


async def test_from_the_list_of_wards_and_its_mark(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="wards")) as chair:
        await opened(chair, "wards")
        second = chair.view().source.record(chair.view().records.keys[1]).subject
        await chair.press("list.down", "priority.adopt")
        assert "name, by no rule or rank" in await chair.screen_text()
        await chair.fill(reason="Ward team asks")
        one = priority_wards.priority_wards(city)[0]
        assert (one.ward_code, one.proposed_by, one.facts["rank"]) == (second.ref, "name, by no rule or rank", "2")
        assert chair.column("priority")[:3] == ["", "P", ""]
        chair.tasking().session.as_of = chair.tasking().session.as_of.replace(year=2027)
        await chair.press("room.refresh")
        assert chair.cell("priority", 1) == "P!", "its review is due"


async def test_the_line_below_names_every_part_that_adds_and_goes_with_its_ward(make_app: MakeApp, city: Store) -> None:
    spans = ranges_of(city, ranking(city))
    wards = ranked(city)
    one = next(one for one in wards[:50] if not spans[one.ward.ward_code].settled and not all(one.adds.values()))
    async with seated(make_app(view="priority"), size=(200, 60)) as chair:
        await opened(chair, "priority")
        await go_to(chair, one.ward.ward_code)
        line, span = said(chair, ".made-of"), spans[one.ward.ward_code]
        assert f"{one.score:.2f} x the average ward = " in line
        for key in PARTS:
            told = f"{key.replace('_', ' ')} {one.adds[key]:.2f}"
            assert (told in line) == (one.adds[key] >= 0.005), key
        assert f"by harm between {span.best} and {span.worst}" in line
        await chair.press("priority.adopt")
        await chair.fill(reason="Knife crime")
        assert chair.column("state")[:2] == ["priority", ""]
        following = wards[wards.index(one) + 1].ward.ward_code
        assert here(chair) == following, "the cursor is on the next, wherever its row went"
        await chair.press("list.mark", "room.undo")
        assert chair.view().acted_on()[0].subject.ref == following, "the mark stays on its ward"
        await chair.press("room.redo")
        await go_to(chair, one.ward.ward_code)
        assert said(chair, ".made-of").startswith(
            f"priority since {uk(TODAY)}, {CHAIR}: Knife crime; {one.ward.harm:,.0f} days of harm"
        )


async def test_a_part_that_is_not_known_is_a_question_mark(make_app: MakeApp, city: Store) -> None:
    emptied(city, "unsafe_place")
    async with seated(make_app(view="priority")) as chair:
        await opened(chair, "priority")
        assert set(chair.column("unsafe_places")) == {"?"}
        assert "?" not in set(chair.column("harm"))


async def test_without_ward_counts_it_says_what_to_import(make_app: MakeApp, store: Store) -> None:
    async with seated(make_app(view="priority", store=store)) as chair:
        await chair.settled()
        assert "Import a Met ward-level file" in await chair.screen_text()
        await chair.press("priority.weights")
        assert isinstance(chair.app.screen, MeetingRoom)
        assert "no ward counts" in chair.toasts()[-1]


async def test_a_file_of_weights_that_is_wrong_is_said(make_app: MakeApp, city: Store) -> None:
    Path(city.path.parent / "composite.toml").write_text("[weights]\nluck = 3\n", encoding="utf-8")
    async with seated(make_app(view="priority")) as chair:
        await chair.settled()
        assert "'luck', which is no part" in await chair.screen_text()
        await chair.press("priority.weights")
        assert isinstance(chair.app.screen, MeetingRoom)
        assert "'luck', which is no part" in chair.toasts()[-1]
