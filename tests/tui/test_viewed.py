"""What a room shows is on the record, written beside the keys; what is copied leaves the clipboard after a while."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from core.errors import Problem, Refused
from db import users
from db.store import Store, access, open_store
from db.store.viewings import Recorder, Shown, entries
from tests.tui.cli.printed import kept_store
from tests.tui.keyboard import Chair, MakeApp, MovedClock, seated
from tui import app as application
from tui import exits
from tui.dialogs.form import Form
from tui.main import app
from tui.viewed import Viewed


@pytest.fixture
def shared(city: Store, moved: MovedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The synthetic London with users, opened by its owner."""
    monkeypatch.setattr(access, "machine_user", lambda: "keeper")
    users.add(city, "d.eputy", "deputy", "DI D. Eputy")
    city.close()
    with closing(open_store(city.path, "x", moved)) as opened:
        users.add(opened, "an.alyst", "analyst", "An Alyst")
        yield opened


def shown(store: Store) -> list[tuple[str, str, str, str]]:
    return [(one.sort, one.what, one.ref, one.recipient) for one, _ in entries(store.read)]


async def left(chair: Chair) -> None:
    await chair.press("app.quit")


async def test_lists_pages_filters_and_copies_are_an_entry_each(shared: Store, make_app: MakeApp) -> None:
    async with seated(make_app(store=shared), size=(120, 40)) as chair:
        await chair.press("meeting.item_4")
        record = chair.view().under_cursor()
        assert record is not None
        await chair.press("list.down", "list.down", "list.first", "list.yank", "list.filter")
        await chair.keys(*"smith", "enter")
        await chair.press("list.back", "list.choose")
        await left(chair)
    ref = record.subject.ref
    assert shown(shared) == [
        ("list", "attendance", "", ""),
        ("list", "suspects", "", ""),
        ("export", "a row of suspects", ref, "clipboard"),
        ("list", "suspects", "", ""),
        ("person", "person", ref, ""),
    ]
    assert [one.how for one, _ in entries(shared.read)][3] == "room, filter smith"
    assert {one.login for one, _ in entries(shared.read)} == {"keeper"}


async def test_a_store_without_users_records_nothing(city: Store, make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4")
        await left(chair)
    assert shown(city) == []


async def test_where_nothing_can_be_recorded_the_room_ends_and_says_so(
    shared: Store, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Refused("the disk is full", "Disk full")

    opened = make_app(store=shared)
    async with seated(opened, size=(120, 40)) as chair:
        monkeypatch.setattr(Recorder, "record_all", full)
        opened.session.viewed.show(Shown("list", "wards"))
        for _ in range(500):
            if opened.return_code is not None:
                break
            await asyncio.sleep(0.02)
        assert (opened.return_code, chair.app) == (exits.REFUSED, opened)


def test_an_entry_waits_for_a_store_that_is_busy_and_keeps_its_moment(shared: Store, moved: MovedClock) -> None:
    room = Viewed(shared)
    seen_at = moved.moment
    with closing(sqlite3.connect(shared.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("db.store.viewings._PATIENCE", 0.01)
            room.show(Shown("list", "wards"))
            moved.forward(minutes=9)
            other.execute("ROLLBACK")
            assert room.end(20) == ""
    [(one, _)] = entries(shared.read)
    assert one.at.startswith(f"{seen_at:%Y-%m-%dT%H:%M}")


def test_what_could_not_be_written_is_said(shared: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.store.viewings._PATIENCE", 0.01)
    room = Viewed(shared)
    with closing(sqlite3.connect(shared.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        room.show(Shown("list", "wards"))
        assert "what was shown last is not on its record" in room.end(0.3)


async def test_the_clipboard_is_cleared_after_a_while_and_when_the_room_is_left(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = make_app()
    async with seated(opened, size=(120, 40)) as chair:
        await chair.press("meeting.item_4", "list.yank")
        assert opened.clipboard.strip()
        monkeypatch.setattr(application, "CLEARED_AFTER", 0.01)
        await chair.press("list.yank")
        for _ in range(200):
            await chair.pilot.pause(0.02)
            if not opened.clipboard.strip():
                break
        assert not opened.clipboard.strip()
        monkeypatch.setattr(application, "CLEARED_AFTER", 60)
        await chair.press("list.yank")
        assert opened.clipboard.strip()
        await left(chair)
    assert not opened.clipboard.strip()


async def test_who_chairs_is_one_of_the_users_who_may(shared: Store, make_app: MakeApp) -> None:
    async with seated(make_app(store=shared), size=(120, 40)) as chair:
        await chair.settled()
        view = chair.view()
        view.records.move_to_key(
            next(one for one in view.records.keys if view.source.record(one).subject.ref == "Chair")
        )
        for key in ("roll.name", "meeting.hand_over"):
            await chair.press(key)
            form = chair.app.screen
            assert isinstance(form, Form)
            [field] = [one for one in form._fields if one.key == "name"]
            assert (list(field.choices), field.only) == (["keeper", "DI D. Eputy (d.eputy)"], True)
            chair.app.pop_screen()
            await chair.settled()


def test_a_file_goes_to_somebody_or_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "machine_user", lambda: "keeper")
    store = kept_store(tmp_path / "tasking.db")

    def run(*words: str) -> Any:
        return CliRunner().invoke(app, [*words, "--store", str(store)])

    for number, words in enumerate((("minutes", "1", "--to"), ("letter", "--to"), ("quarantine", "--export"))):
        target = tmp_path / f"out{number}"
        refused = run(*words, str(target))
        assert isinstance(refused.exception, Problem)
        assert "Say who: --recipient" in refused.exception.sentence
        assert not target.exists()
        done = run(*words, str(target), "--recipient", "Supt Other")
        assert done.exit_code == exits.OK, done.exception
        assert target.exists()
    with closing(open_store(store, "x")) as opened:
        named = "sort = 'export' AND recipient = 'Supt Other'"
        told = [(one.sort, one.how, one.recipient) for one, _ in entries(opened.read, named)]
    assert told == [("export", str(tmp_path / f"out{number}"), "Supt Other") for number in range(3)]
