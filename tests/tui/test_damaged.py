"""A page of the store that goes bad under the room is a sentence, whatever is pressed; the room goes on."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from textual.worker import WorkerFailed

from core.templates import agendas
from db import meetings
from db.store import Store, damage
from tests.tui.keyboard import Chair, MakeApp, seated
from tui.faults import unforeseen
from tui.views.ranked import RankedSource

KEYS = ("enter", "escape", "u", "a", "escape", "w", "escape", "]")
"""What reads and writes most in one item of a meeting."""


def spoil(path: Path) -> None:
    """Write over the first page of every table and index, so that whatever is read next is malformed."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        roots = [row[0] for row in connection.execute("SELECT rootpage FROM sqlite_master WHERE rootpage > 1")]
    with path.open("r+b") as file:
        for root in roots:
            file.seek((root - 1) * size)
            file.write(b"\xff" * size)


async def test_a_malformed_page_does_not_end_the_room(make_app: MakeApp, city: Store) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        chair = Chair(pilot)
        await chair.settled()
        spoil(city.path)
        heard: list[str] = []
        for _ in agendas()["daily"].items:
            await chair.keys(*KEYS)
            assert "Store damaged  0 " not in await chair.screen_text(), "how many there are is not known"
            heard += [note.message for note in app._notifications]
        assert app.is_running
    assert (
        "A page of the file cannot be read. Keep the file as it is and restore the latest copy: tasking restore FILE."
        in heard
    )


async def test_a_room_whose_clock_cannot_be_read_opens_and_says_so(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(*_given: object) -> dict[str, int]:
        raise damage.damaged("A page of the file cannot be read.")

    app = make_app("daily")
    monkeypatch.setattr(meetings, "spent", unreadable)
    async with seated(app) as chair:
        await chair.keys("]")
        assert app.is_running
        assert any("cannot be read" in note.message for note in app._notifications)


def test_a_fault_that_a_damaged_page_led_to_is_put_down_to_it(city: Store) -> None:
    error = TypeError("'<' not supported between RAFFERTY and 3")
    assert unforeseen(TypeError, error, None).startswith("Unforeseen fault: TypeError")
    spoil(city.path)
    said = unforeseen(TypeError, error, None)
    assert said.startswith("Store damaged: SQLite's own check finds london.db malformed. Keep the file")
    assert "RAFFERTY" not in said


async def test_a_row_that_cannot_be_read_is_said_and_the_room_goes_on(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object, **_named: object) -> None:
        raise AttributeError

    app = make_app(view="suspects")
    async with seated(app) as chair:
        await chair.settled()
        monkeypatch.setattr(damage, "opened_and_damaged", lambda: damage.damaged("a record cannot be read"))
        monkeypatch.setattr(RankedSource, "cells", broken)
        monkeypatch.setattr(RankedSource, "record", broken)
        await chair.press("list.down", "list.mark", "list.choose")
        await chair.painted()
        assert app.is_running
        assert [toast for toast in chair.toasts() if "A record cannot be read" in toast] == chair.toasts()[-1:]


async def test_a_fault_of_a_worker_is_told_with_its_kind_and_place(make_app: MakeApp) -> None:
    """What saves a form does so beside the screen: its fault is over there when the program leaves."""
    app = make_app("daily")
    async with seated(app):
        try:
            raise TypeError("RAFFERTY")
        except TypeError as error:
            failed = WorkerFailed(error)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(app, "_close_messages_no_wait", lambda: None)
            patched.setattr(app, "_exception", failed)
            app._fatal_error()
        told = str(app._exit_renderables.pop())
        assert re.fullmatch(r"Unforeseen fault: TypeError at test_damaged\.py:\d+\. Nothing was .*", told)
        assert "RAFFERTY" not in told
