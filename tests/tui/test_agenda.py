"""Going through a meeting: the agenda, its clocks, its views, and leaving."""

from __future__ import annotations

from db import meetings
from db.store import Store
from tests.tui.keyboard import Hands, MakeApp, MovedClock, commands, entries, heading, keys, press, screen_text, settled
from tui.screens.room import MeetingRoom


def item(pilot: Hands) -> str:
    """The agenda item the meeting is at."""
    assert isinstance(pilot.app.screen, MeetingRoom)
    return pilot.app.screen.item.key


async def test_next_before_and_numbers_stay_within_the_agenda(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        assert item(pilot) == "opening"
        await press(pilot, "meeting.before")
        assert item(pilot) == "opening"
        await press(pilot, "meeting.next", "meeting.next")
        assert item(pilot) == "activity"
        await press(pilot, "meeting.item_6", "meeting.next")
        assert item(pilot) == "close"
        assert not commands(pilot)["meeting.item_7"].enabled
        await keys(pilot, "9", "2")
        assert item(pilot) == "actions"
        await press(pilot, "meeting.before")
        assert item(pilot) == "opening"


async def test_an_item_with_two_views_shows_one_after_the_other(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        assert not commands(pilot)["meeting.view"].enabled
        await press(pilot, "meeting.item_5")
        assert "Wards by harm" in heading(pilot)
        await press(pilot, "meeting.view")
        assert "VCTF" in heading(pilot)
        await press(pilot, "meeting.view")
        assert "Wards by harm" in heading(pilot)
        await press(pilot, "meeting.view_before")
        assert "VCTF" in heading(pilot)


async def test_the_clocks_run_and_the_time_of_each_item_is_noted(
    make_app: MakeApp, moved: MovedClock, city: Store
) -> None:
    app = make_app()
    assert app.session.meeting_id is not None
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        moved.forward(seconds=40)
        await press(pilot, "room.refresh")
        assert "item 00:40/01:00  meeting 00:40/15:00" in await screen_text(pilot)
        moved.forward(seconds=50)
        await press(pilot, "meeting.next")
        assert meetings.spent(city, app.session.meeting_id) == {"opening": 90}
        assert "+01:30/01:00" in await screen_text(pilot), "an item over its time says so in the agenda"
        assert "item 00:00/03:00  meeting 01:30/15:00" in await screen_text(pilot)
        moved.forward(minutes=2)
        await press(pilot, "meeting.item_1")
        moved.forward(seconds=5)
        await press(pilot, "room.leave")
    assert meetings.spent(city, app.session.meeting_id) == {"opening": 95, "actions": 120}
    assert entries(city, "clock")[-3:] == ["Time on opening", "Time on actions", "Time on opening"]


async def test_a_meeting_that_was_left_goes_on_where_its_clock_stood(make_app: MakeApp, moved: MovedClock) -> None:
    first = make_app()
    async with first.run_test() as pilot:
        await settled(pilot)
        moved.forward(minutes=3)
        await press(pilot, "room.leave")
    again = make_app()
    assert again.session.meeting_id == first.session.meeting_id
    async with again.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "item +03:00/01:00" in await screen_text(pilot) or "item 03:00/01:00" in await screen_text(pilot)
        assert "meeting 03:00/15:00" in await screen_text(pilot)


async def test_outside_a_meeting_agenda_commands_are_dimmed(make_app: MakeApp) -> None:
    async with make_app(view="wards").run_test() as pilot:
        await settled(pilot)
        found = commands(pilot)
        assert not any(found[name].enabled for name in ("meeting.next", "meeting.item_1", "meeting.zoom"))
        await keys(pilot, "right_square_bracket", "3")
        assert "Wards by harm" in heading(pilot)


async def test_zoom_hides_the_agenda_and_shows_it_again(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "Read-back and seal" in await screen_text(pilot)
        await press(pilot, "meeting.zoom")
        assert "Read-back and seal" not in await screen_text(pilot)
        await press(pilot, "meeting.zoom")
        assert "Read-back and seal" in await screen_text(pilot)


async def test_the_projector_hides_names_everywhere_and_in_the_words_of_forms(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await press(pilot, "meeting.item_4")
        assert "HOSSAIN" in await screen_text(pilot)
        await press(pilot, "room.projector")
        assert "HOSSAIN" not in await screen_text(pilot)
        await press(pilot, "act.action")
        assert "HOSSAIN" not in await screen_text(pilot)
        await press(pilot, "form.leave", "list.choose")
        assert "HOSSAIN" not in await screen_text(pilot)
        await press(pilot, "act.why")
        assert "HOSSAIN" not in await screen_text(pilot)
        await press(pilot, "list.back", "list.back", "room.projector")
        assert "HOSSAIN" in await screen_text(pilot)
        await press(pilot, "room.projector", "meeting.item_2")
        assert "GODDARD" not in await screen_text(pilot), "names in the register are hidden too"
        await press(pilot, "act.edit")
        assert "GODDARD" not in await screen_text(pilot)


async def test_the_projector_is_switched_on_the_page_that_is_open(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await press(pilot, "meeting.item_4", "list.choose", "act.why", "room.projector")
        assert "HOSSAIN" not in await screen_text(pilot)
        await press(pilot, "list.back")
        assert "HOSSAIN" not in await screen_text(pilot)
        await press(pilot, "list.back", "meeting.item_2", "room.projector", "act.why")
        assert "GODDARD" in await screen_text(pilot)
        await press(pilot, "room.projector")
        assert "GODDARD" not in await screen_text(pilot)
        await press(pilot, "list.back")
        assert "GODDARD" not in await screen_text(pilot)
