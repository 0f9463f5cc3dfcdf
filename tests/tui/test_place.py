"""A meeting that is opened again stands where it was left, however its program ended; a sealed one does not."""

from __future__ import annotations

import json
from time import sleep

import pytest

from db import meetings
from db.meetings import Papers
from db.store import Store
from tests.tui.keyboard import Chair, MakeApp, seated
from tui.app import TaskingApp
from tui.place import Place, PlaceKeeper
from tui.reading import Reading
from tui.screens.room import MeetingRoom
from tui.views.list_head import FilterLine
from tui.views.list_panel import Standing, standing
from tui.widgets.header import RoomHeader


def stands(chair: Chair) -> tuple[str, str | None, Standing, str, int | None]:
    """Item, view, how the list stands, whose actions are listed, and the ranking looked at."""
    room, session = chair.app.screen, chair.tasking().session
    assert isinstance(room, MeetingRoom)
    return room.item.key, chair.view().id, standing(chair.view()), session.register, session.run_id


async def keep(chair: Chair) -> None:
    """What the room does every second."""
    room = chair.tasking().screen_stack[0]
    assert isinstance(room, MeetingRoom)
    room.keep_place()
    await chair.settled()


def keeper(app: TaskingApp) -> PlaceKeeper:
    """What keeps the place of the chair."""
    assert app.session.meeting_id is not None
    return PlaceKeeper(app.session.store.path, app.session.meeting_id, app.session.chair)


def left(app: TaskingApp) -> Place | None:
    """What is kept of the meeting."""
    return keeper(app).recall()


async def filtered(chair: Chair, text: str) -> None:
    await chair.press("list.filter")
    await chair.keys(*text, "enter")


@pytest.mark.parametrize("end", ["room.leave", "app.quit", "killed"])
async def test_it_stands_at_its_item_view_filter_order_and_record(
    make_app: MakeApp, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view")
        await filtered(chair, "vctf")
        await chair.press("list.sort_right", "list.sort_right", "list.sort_reverse")
        await chair.press("list.first", "list.down", "list.down")
        before = stands(chair)
        assert before[2].row == 2
        if end == "killed":
            await keep(chair)
            monkeypatch.setattr(PlaceKeeper, "write", lambda _keeper: None)  # nothing more is written from here on
        else:
            await chair.press(end)
    monkeypatch.undo()
    async with seated(make_app()) as chair:
        await chair.settled()
        assert stands(chair) == before
        assert chair.view().query_one(FilterLine).needle == "vctf"
        assert "filter vctf" in await chair.screen_text()
        await chair.press("list.back")
        assert chair.view().query_one(FilterLine).needle == "", "Esc clears it as ever"
        await chair.press("meeting.item_1", "meeting.item_5")
        assert standing(chair.view()).arranged.needle == ""


async def test_the_narrowed_register_and_the_ranking_that_was_looked_at_come_back(make_app: MakeApp) -> None:
    async with seated(make_app("weekly")) as chair:
        await chair.press("meeting.item_2", "list.narrow", "list.last")
        before = stands(chair)
        assert before[3] == "weekly"
        await chair.press("room.leave")
    async with seated(make_app("weekly")) as chair:
        await chair.settled()
        assert stands(chair) == before
        assert "weekly only" in await chair.screen_text()
        await chair.press("meeting.item_4", "list.down", "list.down", "list.down")
        before = stands(chair)
        await chair.press("room.leave")
    async with seated(make_app("weekly")) as chair:
        await chair.settled()
        assert stands(chair) == before, "a list that is otherwise read at once"


async def test_a_list_that_was_narrowed_to_a_bcu_is_narrowed_again(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5", "meeting.view", "list.down", "list.locality")
        await chair.keys("enter")
        before, heading = stands(chair), chair.heading()
        assert before[2].arranged.within
        await keep(chair)
    async with seated(make_app()) as chair:
        await chair.settled()
        assert (stands(chair), chair.heading()) == (before, heading)


async def test_where_the_record_is_gone_the_cursor_is_on_its_row(make_app: MakeApp, city: Store) -> None:
    from db import actions

    async with seated(make_app()) as chair:
        await chair.press("meeting.item_2", "list.down", "list.down")
        record = chair.view().records.cursor_key
        assert record is not None
        await chair.press("room.leave")
    actions.close_actions(city, [record], "located")
    async with seated(make_app()) as chair:
        await chair.settled()
        assert chair.view().records.cursor_index == 2
    async with seated(make_app()) as chair:
        await filtered(chair, "no such thing")
        await chair.press("room.leave")
    async with seated(make_app()) as chair:
        await chair.settled()
        assert chair.view().records.count == 0
        assert "No match" in await chair.screen_text()


async def test_each_meeting_has_its_own_and_a_sealed_one_has_none(make_app: MakeApp, city: Store) -> None:
    daily, weekly = make_app("daily"), make_app("weekly")
    async with seated(daily) as chair:
        await chair.press("meeting.item_3", "room.leave")
    async with seated(weekly) as chair:
        await chair.press("meeting.item_6", "room.leave")
    assert [place.item for app in (daily, weekly) if (place := left(app))] == ["activity", "bids"]
    async with seated(again := make_app("daily")) as chair:
        await chair.settled()
        assert again.session.meeting is not None
        meetings.seal_meeting(city, again.session.meeting.id, lambda: Papers("minutes", "report"))
        again.session.meeting = meetings.meeting(city, again.session.meeting.id)
        await keep(chair)
        await keep(chair)
    assert left(daily) is None
    assert list(city.path.parent.glob("*.room-*")) == [keeper(weekly).path]
    assert left(weekly) is not None


def _read_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is read takes a fifth of a second longer."""
    work = Reading._work

    def slowly(reading: Reading[object], *others: object) -> None:
        sleep(0.2)
        work(reading, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(Reading, "_work", slowly)


async def test_a_key_typed_before_the_page_is_open_again_is_for_the_page(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.down", "list.choose")
        page, record = type(chair.app.screen), chair.app.screen.record  # type: ignore[attr-defined]
        await keep(chair)
        await chair.press("app.quit")
    _read_slowly(monkeypatch)
    async with seated(make_app(), at_rest=False) as chair:
        await chair.burst("j", "j")
        assert type(chair.app.screen) is page
        assert chair.app.screen.record.subject == record.subject  # type: ignore[attr-defined]


async def test_a_page_is_not_opened_again_over_an_item_that_was_gone_to_meanwhile(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.choose")
        await keep(chair)
        await chair.press("app.quit")
    _read_slowly(monkeypatch)
    async with seated(make_app(), at_rest=False) as chair:
        await chair.burst("right_square_bracket")
        assert isinstance(chair.app.screen, MeetingRoom)
        assert "5/6" in await chair.screen_text()


async def test_outside_a_meeting_nothing_is_kept(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="wards")) as chair:
        await chair.press("list.down", "room.leave")
    assert list(city.path.parent.glob("*.room-*")) == []


async def test_a_page_that_was_open_is_opened_again(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.down")
        before = stands(chair)
        await chair.press("list.choose")
        page, name = type(chair.app.screen), chair.app.screen.query_one(RoomHeader).head.where
        await chair.press("act.why")
        await keep(chair)
        await chair.press("app.quit")
    async with seated(make_app()) as chair:
        await chair.settled()
        assert (type(chair.app.screen), chair.app.screen.query_one(RoomHeader).head.where) == (page, name)
        await chair.press("room.leave")
        assert stands(chair) == before
        await keep(chair)
        await chair.press("app.quit")
    async with seated(make_app()) as chair:
        await chair.settled()
        assert stands(chair) == before, "once it is left it stays so"


async def test_another_person_in_the_same_meeting_has_a_place_of_their_own(make_app: MakeApp) -> None:
    async with seated(mine := make_app()) as chair:
        await chair.press("meeting.item_4", "list.down")
        before = stands(chair)
        await chair.press("room.leave")
    other = make_app()
    other.session.chair = "Supt Other"
    async with seated(TaskingApp(other.session)) as chair:
        await chair.press("meeting.item_2", "room.leave")
    assert [path.exists() for path in (keeper(mine).path, keeper(other).path)] == [True, True]
    async with seated(make_app()) as chair:
        await chair.settled()
        assert stands(chair) == before


async def test_nothing_is_written_while_nothing_moves(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_2")
        await keep(chair)
        with monkeypatch.context() as patched:
            patched.setattr(PlaceKeeper, "write", lambda _keeper: pytest.fail("written again"))
            await keep(chair)


@pytest.mark.parametrize(
    "place",
    [
        None, [], "x", {}, {"item": 7}, {"item": "gone"}, {"item": "next", "view": "gone", "row": -4},
        {"item": "next", "view": "wards", "sort": "no such column", "row": 1 << 40, "record": "1", "run": 1 << 40},
        {"item": "next", "view": "wards", "needle": "x" * 5000, "register": "hourly", "more": 1, "descending": 1},
    ],
)  # fmt: skip
async def test_a_file_that_holds_anything_stops_no_meeting(make_app: MakeApp, city: Store, place: object) -> None:
    app = make_app()
    path = keeper(app).path
    path.write_text(json.dumps({"place": place}), encoding="utf-8")
    async with seated(make_app()) as chair:
        await chair.settled()
        assert chair.tasking().session.register == ""
        await chair.press("meeting.item_2", "list.down")


async def test_only_its_owner_reads_it_and_a_folder_that_cannot_be_written_stops_nothing(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(app := make_app()) as chair:
        await chair.press("meeting.item_2")
        await keep(chair)
    path = keeper(app).path
    assert path.stat().st_mode & 0o777 == 0o600
    path.unlink()
    path.mkdir()
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_3")
        await keep(chair)
        await chair.press("room.leave")
