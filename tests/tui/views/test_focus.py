"""The focus ward of the week from the keyboard: proposed, agreed, worked, summed up for its councillors."""

from __future__ import annotations

import pytest

from core.days import monday_of, uk
from core.errors import Conflict
from db import focus, focus_comments, focus_measures
from db.focus import ItemView, WeekView
from db.store import Store
from tests.tui.conftest import CHAIR
from tests.tui.keyboard import Chair, MakeApp, entries, seated
from tests.tui.places import TODAY, emptied, go_to, here, said
from tui.dialogs.form import Form
from tui.screens.room import MeetingRoom
from tui.screens.ward import WardPage
from tui.verb import verb_named
from tui.verbs.context import VerbContext, function_of
from tui.views.focus import FocusView

MONDAY = monday_of(TODAY)
WEEK = 7
TO_FOCUS = ("meeting.item_5", *["meeting.view"] * 3)
"""From anywhere in the weekly meeting to its focus ward."""


def week(store: Store, monday: int = MONDAY) -> WeekView:
    found = focus.week_of(store, monday)
    assert found is not None
    return found


def offered(store: Store, monday: int = MONDAY) -> ItemView:
    return next(item for item in week(store, monday).items if item.state == "offered")


@pytest.fixture
def proposed(city: Store) -> Store:
    """The synthetic London with a week that was proposed, and nothing of it agreed."""
    emptied(city, "focus_comment", "focus_reading", "focus_item", "focus_week")
    focus.propose(city, focus.model_of(city), MONDAY)
    return city


async def opened(chair: Chair) -> None:
    await chair.settled()
    assert chair.view().records.count


async def test_the_weeks_before_and_after_and_one_without_a_focus_ward_yet(make_app: MakeApp, city: Store) -> None:
    draft = focus.drafted(city, focus.model_of(city), MONDAY + WEEK)
    async with seated(make_app(view="focus"), size=(200, 30)) as chair:
        await opened(chair)
        assert chair.heading().startswith(f"Week of {uk(MONDAY)}: {week(city).ward} ({week(city).area}), ")
        await chair.press("focus.after")
        assert chair.heading().startswith(
            f"Week of {uk(MONDAY + WEEK)}: no focus ward yet; next is {draft.ward} ({draft.area}), "
        )
        assert f"{draft.because} n proposes it;" in chair.heading(), "one full stop between the two"
        assert set(chair.column("kind")) == {"measure"}
        for verb in ("focus.letter", "focus.comment"):
            await chair.press(verb)
            assert chair.toasts()[-1] == "This week has no focus ward yet. n proposes one."
        await chair.press("focus.before")
        for command, monday in (
            ("focus.before", MONDAY - WEEK),
            ("focus.before", MONDAY - 2 * WEEK),
            ("focus.after", MONDAY - WEEK),
        ):
            await chair.press(command)
            shown = week(city, monday)
            assert chair.heading().startswith(f"Week of {uk(monday)}: {shown.ward} ({shown.area})")
            assert chair.column("what")[: len(shown.items)] == [item.words for item in shown.items]
        await chair.press("focus.letter")
        assert chair.typed()["summary"] == week(city, MONDAY - WEEK).summary, "verbs are about the week that is shown"


async def test_the_rota_proposes_the_next_free_week_or_another_ward_is_named_by_its_words(
    make_app: MakeApp, city: Store
) -> None:
    draft = focus.drafted(city, focus.model_of(city), MONDAY + WEEK)
    async with seated(make_app(view="focus")) as chair:
        await opened(chair)
        await chair.press("focus.propose")
        assert chair.typed() == {"day": uk(MONDAY + WEEK), "ward": ""}
        assert f"Ward, if not {draft.ward} ({draft.area})" in await chair.screen_text()
        await chair.fill()
        made = week(city, MONDAY + WEEK)
        assert (made.ward_code, made.area, made.hours) == (draft.ward_code, draft.area, draft.hours)
        assert {item.state for item in made.items} == {"offered"}
        assert (
            chair.toasts()[-1]
            == f"{draft.ward} proposed as the focus ward of the week of {uk(MONDAY + WEEK)}. u undoes."
        )
        await chair.press("focus.after")
        assert chair.heading().startswith(f"Week of {uk(MONDAY + WEEK)}: {draft.ward} ({draft.area})")
        await chair.press("room.undo")
        assert focus.week_of(city, MONDAY + WEEK) is None
        assert "no focus ward yet" in chair.heading()
        await chair.press("focus.propose")
        for ward, words in (
            ("Brownswood", "'Brownswood' is none of the"),
            ("kenton", "'kenton' fits 2 names: Kenton East; Kenton West."),
            ("[red]x[/]", "'[red]x[/]' is none of the"),
        ):
            await chair.fill(ward=ward)
            assert chair.fault().startswith(words)
            assert chair.typed()["ward"] == ward
        await chair.fill(ward="west kenton", day="+28d")
        made = week(city, monday_of(TODAY + 28))
        assert (made.ward, made.area) == ("Kenton West", "Central")
        assert "Kenton West was named by hand" in made.chosen_because
        assert focus.week_of(city, MONDAY + WEEK) is None


async def test_a_week_that_is_given_already_is_refused_in_the_form(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="focus")) as chair:
        await opened(chair)
        await chair.press("focus.propose")
        await chair.fill(day=uk(TODAY))
        assert chair.fault().startswith(f"The week of {uk(MONDAY)} has a focus ward, {week(city).ward}.")
        await chair.fill(day="one day")
        assert "'one day' is no date" in chair.fault()
        assert len(focus.weeks(city)) == 3


async def test_marked_items_are_agreed_in_the_name_of_the_chair(make_app: MakeApp, proposed: Store) -> None:
    first, second, *_ = week(proposed).items
    async with seated(make_app("weekly")) as chair:
        await chair.press(*TO_FOCUS, "list.mark", "list.mark", "focus.agree")
        now = week(proposed)
        assert [item.state for item in now.items[:3]] == ["agreed", "agreed", "offered"]
        assert (now.agreed_by, now.meeting_id) == (CHAIR, meeting_of(chair))
        assert chair.toasts()[-1] == f"{first.words} and 1 more agreed. u undoes."
        assert entries(proposed)[-1].startswith(f"{first.words} and 1 more agreed for {now.ward}, week of ")
        assert f"2 of {len(now.items)} agreed, first by {CHAIR}" in chair.heading()
        await chair.press("focus.leave_out")
        await chair.fill(reason="no officers")
        told = f"2 of {len(now.items) - 1} agreed, first by {CHAIR}, 1 left out"
        assert told in chair.heading(), "what is off the menu is not to be agreed"
        await chair.press("room.undo")
        await go_to(chair, str(now.items[4].id))
        await chair.press("focus.agree")
        assert week(proposed).items[4].state == "agreed"
        assert here(chair) == str(now.items[5].id), "the cursor is on the next"
        await chair.press("room.undo", "room.undo")
        assert {item.state for item in week(proposed).items} == {"offered"}
        assert week(proposed).agreed_by == ""
        assert {first.id, second.id} < {item.id for item in week(proposed).items}


def meeting_of(chair: Chair) -> int:
    screen = chair.app.screen
    assert isinstance(screen, MeetingRoom)
    assert screen.session.meeting_id is not None
    return screen.session.meeting_id


async def test_only_items_are_agreed_changed_and_done_one_at_a_time_and_left_out(
    make_app: MakeApp, city: Store
) -> None:
    planned, item = week(city).hours_planned, week(city).items[0]
    async with seated(make_app(view="focus")) as chair:
        await opened(chair)
        await go_to(chair, focus.model_of(city).measures[0].key)
        for verb in ("focus.agree", "focus.edit", "focus.done", "focus.leave_out"):
            await chair.press(verb)
            assert "is no focus item" in chair.toasts()[-1]
            assert isinstance(chair.app.screen, MeetingRoom)
        await go_to(chair, str(item.id))
        await chair.press("focus.leave_out")
        await chair.fill(reason="No skips")
        assert week(city).items[0].state == "left out"
        assert week(city).hours_planned == planned - item.hours
        assert chair.cell("state", 0) == "left out"
        assert chair.toasts()[-1] == f"{item.words} left out: No skips. u undoes."
        await chair.press("room.undo")
        assert week(city).items[0].state == "agreed"
        await go_to(chair, str(item.id))
        await chair.press("list.mark", "list.mark")
        for verb in ("focus.edit", "focus.done"):
            await chair.press(verb)
            assert chair.toasts()[-1].startswith("This is done one row at a time.")


async def test_an_item_is_changed_agreed_anew_and_a_menu_too_full_says_by_how_much(
    make_app: MakeApp, city: Store
) -> None:
    item = week(city).items[0]
    assert item.state == "agreed"
    async with seated(make_app(view="focus"), size=(200, 30)) as chair:
        await opened(chair)
        await chair.press("focus.edit")
        assert chair.typed() == {"planned": str(item.planned), "words": item.words}
        assert f"{item.hours_each:g} officer-hours each" in await chair.screen_text()
        await chair.fill(planned="ten")
        assert chair.fault() == "Planned: 'ten' is no whole number of 0 to 99,999. Write 12."
        await chair.fill(planned="-3")
        assert "'-3' is no whole number" in chair.fault()
        await chair.fill(planned="10", words="")
        assert chair.fault() == "What is to be done is needed."
        await chair.fill(words="Skips in Mill Lane")
        changed = week(city).items[0]
        assert (changed.planned, changed.words, changed.state) == (10, "Skips in Mill Lane", "offered")
        assert chair.cell("what", 0) == "Skips in Mill Lane"
        assert chair.cell("hours", 0) == f"{10 * item.hours_each:g}"
        await chair.press("room.undo")
        assert week(city).items[0] == item
        await go_to(chair, str(item.id))
        await chair.press("focus.edit")
        await chair.fill(planned="100")
        now = week(city)
        over = now.hours_planned - now.hours
        assert over > 100 * item.hours_each - now.hours
        assert f"{over:g} h too many" in chair.heading()


async def test_on_a_wall_an_item_goes_by_the_title_of_its_option(make_app: MakeApp, proposed: Store) -> None:
    item, model = offered(proposed), focus.model_of(proposed)
    focus.change_item(proposed, item.id, item.planned, "Visit Mr Tester at 9")
    async with seated(make_app(view="focus"), size=(200, 30)) as chair:
        await chair.press("room.projector")
        shown = await chair.screen_text()
    assert all(one.title in shown for one in model.options), "in words, as on any other day"
    assert item.option not in shown
    assert "Mr Tester" not in shown


async def test_nothing_planned_is_not_agreed(make_app: MakeApp, proposed: Store) -> None:
    focus.change_item(proposed, week(proposed).items[0].id, 0, "Nothing")
    async with seated(make_app(view="focus")) as chair:
        await opened(chair)
        await chair.press("list.mark", "list.mark", "focus.agree")
        assert "has nothing planned" in chair.toasts()[-1]
        assert {item.state for item in week(proposed).items} == {"offered"}, "all or none"
        assert len(chair.view().records.marked) == 2, "the marks stay"


async def test_what_was_done_of_an_agreed_item_and_of_no_other(make_app: MakeApp, city: Store) -> None:
    item = week(city).items[0]
    async with seated(make_app(view="focus")) as chair:
        await opened(chair)
        await chair.press("focus.done")
        assert chair.typed() == {"done": "", "result": ""}
        await chair.fill()
        assert chair.fault() == "How many were done is needed."
        await chair.fill(done="3.5")
        assert "'3.5' is no whole number" in chair.fault()
        await chair.fill(done="3", result="Two prosecuted")
        made = week(city).items[0]
        assert (made.done, made.result) == (3, "Two prosecuted")
        assert (chair.cell("done", 0), chair.cell("words", 0)) == ("3", "Two prosecuted")
        assert chair.toasts()[-1] == f"{item.words}: 3 done. u undoes."
        await go_to(chair, str(item.id))
        await chair.press("focus.edit")
        assert chair.toasts()[-1] == f"{item.words} has its outcome already, 3 done. Nothing was changed."
        await chair.press("focus.done")
        assert chair.typed() == {"done": "3", "result": "Two prosecuted"}, "to put it right"
        await chair.press("form.leave", "room.undo")
        assert week(city).items[0].done is None
        await go_to(chair, str(offered(city).id))
        await chair.press("focus.done")
        assert "officers work only what weekly tasking has agreed" in chair.toasts()[-1]
        assert offered(city).done is None


async def test_a_councillor_comments_and_nominates_and_a_measure_is_read(make_app: MakeApp, proposed: Store) -> None:
    now = week(proposed)
    model = focus.model_of(proposed)
    read = next(one for one in model.measures if not one.option)
    summed = next(one for one in model.measures if one.option)
    async with seated(make_app(view="focus")) as chair:
        await opened(chair)
        at = here(chair)
        await chair.press("focus.comment")
        assert chair.typed() == {"councillor": "", "words": "", "nominates": ""}
        await chair.fill(councillor="Cllr D. Example")
        assert chair.fault() == "What they say is needed."
        await chair.fill(words="More at night", nominates="Mill Lane garages")
        one = focus_comments.comments(proposed)[0]
        assert (one.week_id, one.ward_code, one.councillor) == (now.id, now.ward_code, "Cllr D. Example")
        assert (one.words, one.nominates) == ("More at night", "Mill Lane garages")
        assert here(chair) == at, "the cursor stays"
        last = chair.view().records.count - 1
        assert chair.cell("kind", last) == "comment"
        assert chair.cell("what", last) == "Cllr D. Example: More at night"
        assert chair.cell("words", last) == "nominates Mill Lane garages"
        assert focus_comments.needs(proposed)[now.ward_code].nominations == 1
        await chair.press("room.undo")
        assert focus_comments.comments(proposed) == []
        await chair.press("focus.reading")
        assert chair.typed() == {"measure": read.title, "value": "", "day": uk(TODAY), "by": CHAIR}
        await chair.fill(measure=summed.title, value="3")
        assert chair.fault() == f"Measure must be one of: {read.title}."
        await chair.fill(measure=read.title.upper(), value="few")
        assert "'few' is no whole number" in chair.fault()
        await chair.fill(value="120", day=uk(TODAY - 1))
        found = {one.measure.key: one for one in focus_measures.measures(proposed, model, TODAY)}[read.key]
        assert found.progress.value == 120
        await go_to(chair, read.key)
        assert (chair.cell("done"), chair.cell("words")) == ("120", found.progress.words)
        assert f"{read.title}, {read.better} is better" in said(chair, ".made-of")
        await chair.press("room.undo")
        assert chair.cell("done") == ""


async def test_enter_opens_the_page_of_the_ward(make_app: MakeApp, city: Store) -> None:
    now = week(city)
    async with seated(make_app(view="focus")) as chair:
        await opened(chair)
        for ref in (str(now.items[0].id), focus.model_of(city).measures[0].key):
            await go_to(chair, ref)
            await chair.press("list.choose")
            assert isinstance(chair.app.screen, WardPage)
            assert said(chair).startswith(f"{now.ward}, Harrow")
            assert f"focus ward in the week of {uk(MONDAY)}" in said(chair)
            await chair.press("list.back")
            assert here(chair) == ref


def test_the_daily_meeting_agrees_nothing(make_app: MakeApp, proposed: Store) -> None:
    session = make_app("daily").session
    source, _ = FocusView(session).read()
    item = source.record(source.order(None, descending=False, needle="")[0])
    told: list[str] = []
    context = VerbContext(
        session, [item], "next", lambda *_: None, lambda _: None, told.append, lambda words, **_: told.append(words)
    )
    with pytest.raises(Conflict, match="Only the weekly tasking meeting agrees"):
        function_of(verb_named("agree_item"))(context)
    assert told == []
    assert {item.state for item in week(proposed).items} == {"offered"}


async def test_a_sealed_meeting_changes_nothing_of_the_week(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_7", "meeting.seal")
        await chair.fill()
        await chair.press("confirm.yes", *TO_FOCUS)
        before = focus.weeks(city)
        for verb in ("propose", "agree", "done", "edit", "leave_out", "comment", "reading"):
            await chair.press(f"focus.{verb}")
            assert chair.toasts()[-1].startswith("Sealed at 09:00")
            assert not isinstance(chair.app.screen, Form)
        assert focus.weeks(city) == before


async def test_a_model_that_is_wrong_is_said(make_app: MakeApp, city: Store) -> None:
    (city.path.parent / "focus.toml").write_text("borough = 3\n", encoding="utf-8")
    async with seated(make_app(view="focus")) as chair:
        await chair.settled()
        assert "focus.toml" in await chair.screen_text()
        await chair.press("focus.propose")
        assert "focus.toml" in chair.toasts()[-1]
