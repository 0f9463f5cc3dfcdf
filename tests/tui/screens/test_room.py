"""Going through a meeting: the agenda, its clocks, its views, and leaving."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from textual.events import Resize
from textual.geometry import Size

from core.errors import Damaged
from core.text import counted
from db import actions, meetings
from db.store import Store
from tests.tui.keyboard import Chair, MakeApp, MovedClock, entries, seated
from tests.tui.people import top
from tui.dialogs.form import Offers
from tui.screens.room import MeetingRoom
from tui.views.detail import Detail


def item(chair: Chair) -> str:
    """The agenda item the meeting is at."""
    assert isinstance(chair.app.screen, MeetingRoom)
    return chair.app.screen.item.key


async def test_next_before_and_numbers_stay_within_the_agenda(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        assert item(chair) == "opening"
        await chair.press("meeting.before")
        assert item(chair) == "opening"
        await chair.press("meeting.next", "meeting.next")
        assert item(chair) == "activity"
        await chair.press("meeting.item_6", "meeting.next")
        assert item(chair) == "close"
        assert not chair.commands()["meeting.item_7"].enabled
        await chair.keys("9", "2")
        assert item(chair) == "actions"
        await chair.press("meeting.before")
        assert item(chair) == "opening"


async def test_an_item_with_two_views_shows_one_after_the_other(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_6")
        assert not chair.commands()["meeting.view"].enabled
        await chair.press("meeting.item_5")
        assert "Wards by harm" in chair.heading()
        await chair.press("meeting.view")
        assert "officers: 5 out" in chair.heading()
        await chair.press("meeting.view")
        assert "Wards by harm" in chair.heading()
        await chair.press("meeting.view_before")
        assert "officers: 5 out" in chair.heading()


async def test_what_is_done_is_read_back_at_the_item_where_it_was_pressed_also_on_a_page(
    make_app: MakeApp,
) -> None:
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_3", "act.action")
        await chair.fill(action="Ask for the returns", owner="Intelligence", due="+24h")
        await chair.press("meeting.item_5", "meeting.view", "deployment.deploy")
        free = chair.form().query_one(Offers).names[0]
        await chair.fill(unit=free, tactic="weapon sweep", reason="robberies")
        await chair.press("list.choose", "act.action")
        await chair.fill(action="Walk the parade", owner="Ward team", due="+24h")
        await chair.press("room.leave", "meeting.item_6", "room.undo", "room.redo")
        await chair.press("meeting.item_7")
        assert list(zip(chair.column("item"), chair.column("what"), strict=True)) == [
            ("3", "action"), ("5", "deployed"), ("5", "action")
        ]  # fmt: skip
        await chair.press("act.edit")
        await chair.fill(owner="Investigation")
        assert list(zip(chair.column("item"), chair.column("what"), strict=True))[-1] == ("7", "edited")


async def test_the_clocks_run_and_the_time_of_each_item_is_noted(
    make_app: MakeApp, moved: MovedClock, city: Store
) -> None:
    app = make_app()
    assert app.session.meeting_id is not None
    async with seated(app, size=(120, 40)) as chair:
        await chair.settled()
        moved.forward(seconds=40)
        await chair.press("room.refresh")
        shown = await chair.screen_text()
        assert "item 00:40/01:00" in shown
        assert "meeting 00:40/15:00" in shown
        moved.forward(seconds=50)
        await chair.press("meeting.next")
        assert meetings.spent(city, app.session.meeting_id) == {"opening": 90}
        shown = await chair.screen_text()
        assert "!▸····" in shown, "an item over its time says so in the agenda"
        assert "item 00:00/03:00" in shown
        assert "meeting 01:30/15:00" in shown
        moved.forward(minutes=2)
        await chair.press("meeting.item_1")
        moved.forward(seconds=5)
        await chair.press("room.leave")
    assert meetings.spent(city, app.session.meeting_id) == {"opening": 95, "actions": 120}
    assert entries(city, "clock")[-3:] == ["Time on opening", "Time on actions", "Time on opening"]


async def test_a_meeting_that_was_left_goes_on_where_its_clock_stood(make_app: MakeApp, moved: MovedClock) -> None:
    first = make_app()
    async with seated(first) as chair:
        await chair.settled()
        moved.forward(minutes=3)
        await chair.press("room.leave")
    again = make_app()
    assert again.session.meeting_id == first.session.meeting_id
    async with seated(again, size=(120, 40)) as chair:
        await chair.settled()
        assert "item +03:00/01:00" in await chair.screen_text() or "item 03:00/01:00" in await chair.screen_text()
        assert "meeting 03:00/15:00" in await chair.screen_text()


async def test_outside_a_meeting_agenda_commands_are_dimmed(make_app: MakeApp) -> None:
    async with seated(make_app(view="wards")) as chair:
        await chair.settled()
        found = chair.commands()
        assert not any(found[name].enabled for name in ("meeting.next", "meeting.item_1"))
        await chair.keys("right_square_bracket", "3")
        assert "Wards by harm" in chair.heading()


async def test_from_120_columns_the_detail_stands_beside_the_list_with_what_is_open(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_2")
        detail, records = chair.view().query_one(Detail), chair.view().records
        assert detail.region.x == records.region.right
        assert detail.region.y == records.region.y
        shown = await chair.screen_text()
        assert re.search(r"\d+ actions? open", shown)
        await chair.press("meeting.zoom")
        assert not detail.display
        assert records.region.width == 120
        await chair.press("meeting.zoom")
        assert detail.display
        await chair.pilot.resize_terminal(80, 24)
        await chair.settled()
        assert detail.region.y == records.region.bottom


async def test_the_first_row_is_told_beside_the_list_before_any_key(make_app: MakeApp, city: Store) -> None:
    first = top(city, 1)[0]
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        told = str(chair.app.screen.query_one(Detail).render())
        assert first.surname.upper() in told
        assert "allegation" in told


async def test_beside_the_roll_call_stands_what_a_role_owns(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.settled()
        shown = ""
        for _ in range(chair.view().records.count):
            role = chair.cell("role")
            owned = [one for one in actions.open_actions(city, chair.tasking().session.now()) if one.owner == role]
            shown = str(chair.app.screen.query_one(Detail).render())
            wanted = counted(len(owned), "action") + " open" if owned else "No action open"
            assert wanted in shown
            assert all(f"{one.id}  {one.due_at:%d/%m}" in shown for one in owned[:6])
            if owned:
                break
            await chair.press("list.down")
            await chair.settled()
        assert "open" in shown
        assert "No action" not in shown, "some role of the daily owns an action"


async def test_a_clock_that_goes_on_lays_no_screen_out_again(
    make_app: MakeApp, moved: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_5")
        await chair.settled()
        screen = chair.app.screen
        laid_out: list[object] = []
        monkeypatch.setattr(screen, "_refresh_layout", lambda *told, **more: laid_out.append((told, more)))
        moved.forward(seconds=5)
        chair.tasking().screen.tick()  # type: ignore[attr-defined]
        await chair.settled()
        assert "00:05" in await chair.screen_text()
        assert not laid_out


async def test_a_room_below_a_page_paints_nothing_of_it(make_app: MakeApp, moved: MovedClock) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "list.choose")
        page = chair.app.screen
        assert not chair.app._background_screens
        await chair.press("act.action")
        assert chair.app._background_screens[-1] is page, "a form lets the page be seen"


async def test_a_dialog_that_closes_has_the_room_laid_out_for_the_line_of_status_alone(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(make_app(view="suspects"), size=(120, 40)) as chair:
        await chair.press("list.method")
        room, laid_out = chair.app.screen_stack[0], []
        monkeypatch.setattr(room, "_refresh_layout", lambda *told, **more: laid_out.append((told, more)))
        await chair.keys("escape")
        await chair.settled()
        assert chair.app.screen is room
        assert "named suspect" in await chair.screen_text()
        assert len(laid_out) <= 1


async def to_a_person(chair: Chair) -> str:
    """Go down the register to an action on a person; gives the surname as it is written there."""
    while ", " not in chair.cell("subject"):
        await chair.press("list.down")
    return chair.cell("subject").split(",")[0]


async def test_the_projector_hides_names_everywhere_and_in_the_words_of_forms(make_app: MakeApp, city: Store) -> None:
    ranked = top(city, 1)[0].surname.upper()
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4")
        assert ranked in await chair.screen_text()
        await chair.press("room.projector")
        assert ranked not in await chair.screen_text()
        await chair.press("act.action")
        assert ranked not in await chair.screen_text()
        await chair.press("form.leave", "list.choose")
        assert ranked not in await chair.screen_text()
        await chair.press("act.why")
        assert ranked not in await chair.screen_text()
        await chair.press("list.back", "list.back", "room.projector")
        assert ranked in await chair.screen_text()
        await chair.press("meeting.item_2")
        registered = await to_a_person(chair)
        await chair.press("room.projector")
        assert registered not in await chair.screen_text(), "names in the register are hidden too"
        await chair.press("act.edit")
        assert registered not in await chair.screen_text()


async def test_the_projector_is_switched_on_the_page_that_is_open(make_app: MakeApp, city: Store) -> None:
    ranked = top(city, 1)[0].surname.upper()
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "list.choose", "act.why", "room.projector")
        assert ranked not in await chair.screen_text()
        await chair.press("list.back")
        assert ranked not in await chair.screen_text()
        await chair.press("list.back", "meeting.item_2", "room.projector")
        registered = await to_a_person(chair)
        await chair.press("act.why")
        assert registered in await chair.screen_text()
        await chair.press("room.projector")
        assert registered not in await chair.screen_text()
        await chair.press("list.back")
        assert registered not in await chair.screen_text()


async def test_a_clock_that_cannot_be_written_is_said_and_the_meeting_goes_on(
    make_app: MakeApp, moved: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: object) -> None:
        raise Damaged("The store could not be used: attempt to write a readonly database. Nothing was changed.")

    async with seated(make_app()) as chair:
        moved.forward(minutes=2)
        monkeypatch.setattr(meetings, "note_time", refuses)
        await chair.press("meeting.next")
        assert item(chair) == "actions"
        assert "readonly" in chair.toasts()[-1]


async def test_the_time_of_an_item_is_written_down_while_it_goes_on(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    app = make_app()
    app.session.notes_every = 20
    async with seated(app) as chair:
        moved.forward(seconds=19)
        room = app.screen
        assert isinstance(room, MeetingRoom)
        room.tick()
        await chair.settled()
        assert meetings.spent(city, app.session.meeting_id or 0) == {}
        moved.forward(seconds=2)
        room.tick()
        await chair.settled()
        assert meetings.spent(city, app.session.meeting_id or 0) == {"opening": 21}


async def test_a_terminal_that_comes_back_to_its_size_is_painted_whole(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(make_app(view="wards"), size=(80, 24)) as chair:
        await asyncio.sleep(0.1)  # it had its first size a moment ago
        await chair.settled()
        compositor, whole = chair.tasking().screen._compositor, []
        update = compositor.render_update

        def noted(**how: Any) -> Any:
            if compositor.size.region in compositor._dirty_regions:
                whole.append(compositor.size)
            return update(**how)

        monkeypatch.setattr(compositor, "render_update", noted)
        chair.tasking().post_message(Resize(Size(80, 24), Size(80, 24)))
        await asyncio.sleep(0.1)
        await chair.settled()
        assert whole == [Size(80, 24)]
