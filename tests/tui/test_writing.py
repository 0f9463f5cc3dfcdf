"""What cannot be written at once waits beside the room: nothing typed is lost, no key is held up, exits are true."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from db import actions, meetings
from db.store import Store, history
from db.store.backup import back_up
from tests.db.test_held_file import written_over
from tests.tui.keyboard import Chair, MakeApp, MovedClock, entries, seated
from tui.dialogs.form import Form
from tui.screens.room import MeetingRoom
from tui.widgets.keybar import KeyBar


@contextmanager
def writing_beside(path: Path) -> Iterator[sqlite3.Connection]:
    """Another program that is writing to the store."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        if other.in_transaction:
            other.execute("ROLLBACK")


async def until_written(chair: Chair) -> None:
    """Wait until nothing waits for the store."""
    while chair.tasking().session.writes.waits:
        await asyncio.sleep(0.01)
    await chair.settled()


def foot(chair: Chair) -> str:
    return str(chair.app.screen.query_one(KeyBar).content)


async def test_a_form_waits_with_what_was_typed_and_is_saved_when_the_other_has_ended(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    async with seated(make_app(view="suspects")) as chair:
        before = len(actions.open_actions(city, moved()))
        with writing_beside(city.path) as other:
            await chair.press("act.action")
            await chair.fill(action="Find him", owner="Ward team", due="+24h")
            await asyncio.sleep(0.5)
            assert chair.fault().startswith("Waiting for the store: another program is writing (")
            assert chair.typed()["action"] == "Find him"
            assert len(actions.open_actions(city, moved())) == before
            other.execute("ROLLBACK")
            await until_written(chair)
        assert not isinstance(chair.app.screen, Form)
        assert len(actions.open_actions(city, moved())) == before + 1
        assert "raised on" in chair.toasts()[-1]


async def test_escape_gives_the_wait_up_and_leaves_the_form_as_it_was(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="suspects")) as chair:
        before = entries(city)
        with writing_beside(city.path):
            await chair.press("act.action")
            await chair.fill(action="Find him", owner="Ward team", due="+24h")
            await chair.keys("x", "j")
            assert chair.typed()["due"] == "+24h", "keys behind a form wait with it"
            await chair.keys("escape")
            assert chair.fault().startswith("Nothing was written.")
            assert chair.typed() == {"action": "Find him", "owner": "Ward team", "due": "+24h", **_of_a_child(chair)}
        assert entries(city) == before
        await chair.press("form.save")
        assert len(entries(city)) == len(before) + 1


def _of_a_child(chair: Chair) -> dict[str, str]:
    return {"exploited": "not known"} if "exploited" in chair.typed() else {}


async def test_keys_typed_behind_a_form_come_after_it_in_their_order(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="suspects")) as chair:
        with writing_beside(city.path) as other:
            await chair.press("act.action")
            await chair.fill(action="Find him", owner="Ward team", due="+24h")
            await chair.keys("a", "N", "o")
            other.execute("ROLLBACK")
            await until_written(chair)
        assert chair.form().query(Input).first().value == "No"


async def test_the_room_goes_on_beside_a_write_that_waits(make_app: MakeApp, city: Store, moved: MovedClock) -> None:
    async with seated(make_app()) as chair:
        room = chair.app.screen
        assert isinstance(room, MeetingRoom)
        moved.forward(seconds=40)
        with writing_beside(city.path):
            await chair.press("meeting.next")
            assert room.item.key == "actions"
            await chair.press("meeting.item_3", "list.down", "room.help")
            await chair.keys("escape")
            assert "STORE BUSY" in await chair.screen_text()
        room.tick()
        await chair.settled()
        spent = meetings.spent(city, chair.tasking().session.meeting_id or 0)
        assert sum(spent.values()) == 40, "no second is lost"
        room.tick()
        assert "STORE BUSY" not in await chair.screen_text()


async def test_what_waits_is_told_at_the_item_where_it_was_pressed(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app()) as chair:
        await chair.settled()
        with writing_beside(city.path) as other:
            await chair.press("roll.call", "meeting.item_3")
            assert chair.tasking().session.writes.waits
            other.execute("ROLLBACK")
            await until_written(chair)
        assert chair.tasking().session.item == city.item == "activity"
        called = [one for one in history.entries(city) if one.kind == "command"][-1]
        assert (called.what, called.item) == ("VCTF command: present", "opening")


async def test_undo_waits_at_the_foot_and_no_second_write_goes_before_it(make_app: MakeApp, city: Store) -> None:
    async with seated(make_app(view="suspects")) as chair:
        await chair.press("act.action")
        await chair.fill(action="Find him", owner="Ward team", due="+24h")
        with writing_beside(city.path) as other:
            await chair.press("room.undo")
            await asyncio.sleep(0.5)
            assert foot(chair).startswith("Waiting for the store")
            await chair.press("act.action")
            assert "still waits for the store" in chair.toasts()[-1]
            other.execute("ROLLBACK")
            await until_written(chair)
        assert chair.toasts()[-1].startswith("Undone: ")
        assert not foot(chair).startswith("Waiting")


async def test_leaving_is_at_once_and_says_what_was_not_written(
    make_app: MakeApp, city: Store, moved: MovedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    app = make_app()
    async with seated(app) as chair:
        await chair.settled()
        moved.forward(seconds=40)
        with writing_beside(city.path):
            await chair.press("room.leave")
    assert app.return_code == 1
    assert "Not written: 40 seconds of the meeting's time." in capsys.readouterr().err


async def test_leaving_with_all_written_is_no_failure(make_app: MakeApp, city: Store, moved: MovedClock) -> None:
    app = make_app()
    async with seated(app) as chair:
        await chair.settled()
        moved.forward(seconds=40)
        await chair.press("room.leave")
    assert app.return_code == 0
    assert sum(meetings.spent(city, app.session.meeting_id or 0).values()) == 40


async def test_a_full_disk_is_said_in_the_form_and_the_same_key_works_once_there_is_room(
    make_app: MakeApp, city: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(city.path)) as other:
        other.execute("VACUUM")
    async with seated(make_app(view="suspects")) as chair:
        await chair.press("act.action")
        await chair.fill(action="Find him", owner="Ward team", due="+24h")
        before = entries(city)
        _pages(city, "1")
        await chair.press("act.action")
        long = replace(chair.form()._fields[0], longest=100_000)
        monkeypatch.setattr(chair.form(), "_fields", [long, *chair.form()._fields[1:]])
        await chair.fill(action="x" * 100_000, owner="Ward team", due="+24h")
        assert "is full. Nothing was changed. Make room on it" in chair.fault()
        assert entries(city) == before
        _pages(city, "1000000")
        await chair.press("form.save")
        assert len(entries(city)) == len(before) + 1


def _pages(store: Store, most: str) -> None:
    """Let the store grow to so many pages, never to fewer than it has."""
    assert store._engine is not None
    with closing(store._engine.raw_connection()) as connection:
        connection.cursor().execute(f"PRAGMA max_page_count={most}").close()


async def test_a_store_that_can_only_be_read_says_so_and_each_verb_refuses(make_app: MakeApp, city: Store) -> None:
    app = make_app(view="suspects")
    city.only_read = "its folder cannot be written"
    async with seated(app) as chair:
        assert "READ ONLY" in await chair.screen_text()
        await chair.press("act.action")
        assert "can only be read: its folder cannot be written" in chair.toasts()[-1]
        await chair.press("act.why")


async def test_a_store_that_is_replaced_under_the_room_takes_nothing_more(make_app: MakeApp, city: Store) -> None:
    app = make_app(view="suspects")
    async with seated(app) as chair:
        await chair.press("act.action")
        city.path.rename(city.path.with_name("elsewhere.db"))
        city.path.write_bytes(b"")
        await chair.fill(action="Find him", owner="Ward team", due="+24h")
        assert "was replaced by another file while it was open" in chair.fault()
        assert chair.typed()["action"] == "Find him"


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be written over there")
async def test_a_store_that_is_written_over_under_the_room_takes_nothing_more(
    make_app: MakeApp, city: Store, tmp_path: Path
) -> None:
    copy = back_up(city.path, tmp_path / "copy.db").path
    app = make_app(view="suspects")
    async with seated(app) as chair:
        await chair.press("act.action")
        await chair.fill(action="Find him", owner="Ward team", due="+24h")
        await chair.press("act.action")
        written_over(city, copy)
        await chair.fill(action="Find her", owner="Ward team", due="+24h")
        assert "was replaced by another file while it was open" in chair.fault()
        assert chair.typed()["action"] == "Find her"
    city.close()
    assert city.path.read_bytes() == copy.read_bytes(), "nothing was mixed with it"
