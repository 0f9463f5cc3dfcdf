"""Two windows on one store: each knows of the other, and its lists follow what the other does."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from textual.app import ComposeResult

from core.errors import Damaged
from db import actions, meetings
from db.loading.importing import import_file
from db.meetings import Papers
from db.newer_reports import newer_reports
from db.store import Store, open_store
from db.store.open_sittings import announced
from tests.conftest import WriteExtract
from tests.tui.conftest import AS_OF
from tests.tui.keyboard import Chair, MakeApp, MovedClock, seated
from tui.app import TaskingApp
from tui.dialogs.form import Form
from tui.views.list_head import FilterLine
from tui.views.list_panel import ListPanel
from tui.watching import Keeper, News, Watcher
from tui.widgets.header import RoomHeader


@pytest.fixture
def other(city: Store, moved: MovedClock) -> Iterator[Store]:
    """Another program on the same store."""
    with open_store(city.path, "another", moved) as opened:
        yield opened


def watched(make_app: MakeApp, kind: str = "daily", view: str | None = None) -> TaskingApp:
    """A room that looks at what others do, fifty times a second so that tests need not wait."""
    made = make_app(kind, view)
    return TaskingApp(made.session, view, looks_every=0.02)


async def head_lines(chair: Chair) -> list[str]:
    """The first lines of the screen that hold anything."""
    return [line for line in (await chair.screen_text()).splitlines() if line.strip()][:4]


async def becomes(chair: Chair, holds: Callable[[], bool]) -> None:
    """Wait until something holds, a second at most: that is how soon lists follow."""
    end = asyncio.get_running_loop().time() + 2
    while not holds():
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.01)
        await chair.settled()


async def test_a_list_follows_what_another_does_and_the_cursor_stays_on_its_record(
    make_app: MakeApp, other: Store, moved: MovedClock
) -> None:
    async with seated(watched(make_app), size=(80, 24)) as chair:
        await chair.press("meeting.item_2", "list.down", "list.down", "list.mark", "list.down")
        records = chair.view().records
        first, stays, (marked,) = records.keys[0], records.cursor_key, records.marked
        count = records.count
        actions.close_actions(other, [first], "arrested")
        await becomes(chair, lambda: records.count == count - 1)
        assert (records.cursor_key, records.marked) == (stays, (marked,))
        assert chair.app.screen.query_one(RoomHeader).head.open == count - 1
        actions.close_actions(other, [marked], "arrested")
        await becomes(chair, lambda: records.marked == ())
        assert records.cursor_key == stays


async def test_what_is_being_typed_stays_and_the_list_behind_follows(
    make_app: MakeApp, other: Store, moved: MovedClock
) -> None:
    async with seated(watched(make_app)) as chair:
        await chair.press("meeting.item_2")
        view = chair.view()
        await chair.press("list.filter")
        await chair.keys(*"ward")
        shown, total = view.records.count, view.source.total()
        actions.close_actions(other, [view.records.keys[0]], "arrested")
        await becomes(chair, lambda: view.source.total() == total - 1)
        assert view.records.count == shown - 1
        assert view.query_one(FilterLine).value == "ward", "the filter holds, and is still typed in"
        assert isinstance(chair.app.focused, FilterLine)
        await chair.keys("enter", "c", *"+3d")
        assert isinstance(chair.app.screen, Form)
        typed = chair.typed()
        last = view.records.keys[-1]
        actions.close_actions(other, [last], "arrested")
        await becomes(chair, lambda: view.source.total() == total - 2)
        assert isinstance(chair.app.screen, Form)
        assert chair.typed() == typed


async def test_a_page_that_is_open_follows_too(make_app: MakeApp, other: Store, moved: MovedClock) -> None:
    async with seated(watched(make_app, view="suspects")) as chair:
        await chair.settled()
        await chair.press("list.choose")
        page = chair.view()
        count = page.records.count
        about = page.acted_on()[0].subject
        actions.raise_actions(other, [about], "Visit", "Ward team", moved() + timedelta(1))
        await becomes(chair, lambda: page.records.count == count + 1)


async def test_a_seal_by_another_is_told_and_the_meeting_is_read_from_then_on(make_app: MakeApp, other: Store) -> None:
    async with seated(watched(make_app), size=(120, 40)) as chair:
        await chair.press("meeting.item_2")
        session = chair.tasking().session
        assert session.meeting is not None
        meetings.seal_meeting(other, session.meeting.id, lambda: Papers("minutes", "report"))
        await becomes(chair, lambda: session.meeting is not None and session.meeting.sealed_at is not None)
        assert "was sealed in another sitting" in chair.toasts()[-1]
        assert "SEALED" in await chair.screen_text()


async def test_reports_that_come_in_are_said_and_count_at_the_next_meeting_or_with_m(
    make_app: MakeApp, other: Store, write_extract: WriteExtract, city: Store
) -> None:
    said = "2 reports came in since this ranking was made: they count at the next meeting, or now with m."
    async with seated(watched(make_app), size=(80, 24)) as chair:
        await chair.press("meeting.item_4")
        assert "came in since" not in chair.heading()
        rows = [{"crime_ref": f"26{number}/26", "person_ref": "P-NEW"} for number in (91, 92)]
        import_file(other, write_extract(rows), today=AS_OF)
        await becomes(chair, lambda: said in chair.toasts())
        await becomes(chair, lambda: said in chair.heading())
        assert chair.view().records.count > 0, "the list is as it was"
        await chair.press("list.method")
        await chair.keys("enter")
        await becomes(chair, lambda: "came in since" not in chair.heading())
    held = meetings.meeting(city, meetings.meetings(city, "daily")[0].id)
    assert newer_reports(city, held.run_id) == said, "its papers go by the ranking of its opening"


@pytest.mark.parametrize("kind", ["daily", "weekly"])
async def test_the_head_says_that_another_sitting_is_open_and_pushes_nothing_out(
    make_app: MakeApp, city: Store, kind: str
) -> None:
    async with seated(watched(make_app, kind), size=(80, 24)) as chair:
        await chair.press("meeting.item_5")
        before = await head_lines(chair)
        with announced(city.path):
            await becomes(chair, lambda: chair.tasking().session.others == 1)
            lines = await head_lines(chair)
            assert lines[:2] == before[:2], "marking, item, its clock, and what is said at it are whole"
            [counts] = [line.strip() for line in before if "actions: " in line]
            [beside] = [line.strip() for line in lines if "actions: " in line]
            assert beside.split() == ["2", "windows", *counts.split()], "beside the counts, none of them cut"
            assert "Another sitting is open" in chair.toasts()[-1]
        await becomes(chair, lambda: chair.tasking().session.others == 0)
        assert "windows" not in await chair.screen_text()


async def test_with_room_it_stands_beside_the_counts(make_app: MakeApp, city: Store) -> None:
    for view, size in ((None, (120, 40)), ("wards", (80, 24))):
        async with seated(watched(make_app, view=view), size=size) as chair:
            with announced(city.path):
                await becomes(chair, lambda: chair.tasking().session.others == 1)
                assert any("2 windows  actions: " in line for line in await head_lines(chair))


async def test_it_looks_beside_the_screen_and_lets_go_at_the_end(make_app: MakeApp, city: Store) -> None:
    async with seated(watched(make_app)) as chair:
        await chair.settled()
        assert [one.name for one in threading.enumerate()].count("watcher") == 1, "one for the whole program"
    assert "watcher" not in [one.name for one in threading.enumerate()]
    assert list(city.path.parent.glob("*.sitting-*")) == []


async def test_nothing_looks_unless_it_is_asked_to(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.settled()
        assert "watcher" not in [one.name for one in threading.enumerate()]


async def test_actions_that_cannot_be_counted_are_none_and_not_zero(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise Damaged("The store could not be read: no such column: b.borough. Try again.")

    monkeypatch.setattr("db.actions.counts", fails)
    async with seated(make_app()) as chair:
        header = chair.app.screen.query_one(RoomHeader)
        assert (header.head.open, header.head.clock) == (None, "09:00")
        assert "actions not counted" in header.render().plain
        assert "0 open" not in header.render().plain


def test_a_store_that_cannot_be_read_ends_no_program(city: Store) -> None:
    city.path.rename(city.path.with_name("away.db"))
    heard: list[object] = []
    watcher = Watcher(city, heard.append, 0.01)
    watcher.start()
    watcher.stop()
    assert heard == []


def test_one_room_of_a_meeting_keeps_its_clock_the_chairs_else_the_first(city: Store) -> None:
    meeting = meetings.open_meeting(city, "daily", "Supt Chair", AS_OF)
    other = meetings.open_meeting(city, "weekly", "Supt Chair", AS_OF)
    first, second = Keeper(meeting, "Insp One"), Keeper(meeting, "Insp Two")
    chair, elsewhere = Keeper(meeting, "Supt Chair"), Keeper(other, "Supt Chair")
    rooms = [first, second, chair, elsewhere, Keeper(None, "Supt Chair")]

    def kept_by_another(room: Keeper, *there: Keeper) -> bool:
        return room.is_kept_by([one.says for one in there if one is not room] + ["", "{", "[1]"])

    assert [kept_by_another(room, *rooms) for room in rooms] == [True, True, False, False, False]
    assert [kept_by_another(room, first, second, elsewhere) for room in (first, second)] == [False, True]


async def test_what_another_does_while_a_page_is_made_is_followed_on_it_and_beneath(
    make_app: MakeApp, other: Store, moved: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = ListPanel.compose
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.keys("2")
        before = chair.view()
        rows = before.records.count

        def amid(panel: ListPanel) -> ComposeResult:
            monkeypatch.setattr(ListPanel, "compose", compose)
            actions.close_actions(other, [before.records.keys[0]], "arrested")
            chair.tasking()._heard(News(True, 1))
            return compose(panel)

        monkeypatch.setattr(ListPanel, "compose", amid)
        await chair.keys("G", "enter")
        assert chair.view() is not before, "a page was opened"
        assert chair.tasking().session.others == 1
        await chair.keys("escape")
        assert chair.view() is before
        assert before.records.count == rows - 1
