"""A small synthetic London, a clock that is moved by hand, and pictures of screens that are the same everywhere."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension
from syrupy.location import PyTestLocation
from textual.widgets import Input

from core.days import at_clock, day_of
from core.scope import scope_of
from db import meetings
from db.store import Store, digests, open_store
from tests.kept import kept
from tests.tui.difference import write_difference
from tests.tui.keyboard import Chair, MakeApp, MovedClock
from tests.tui.quick import (
    draw_nothing_ahead,
    name_pictures_alike,
    paint_every_frame,
    paint_what_is_read,
    rest_at_once,
    share_rules,
)
from tui.app import TaskingApp
from tui.palettes import Depth
from tui.session import Session

_HERE = Path(__file__).resolve().parent
_DIFFERENCES = _HERE.parent / "differences"
"""Where pictures of what differs are written; they are not kept."""
_HERE = Path(__file__).resolve().parent
AS_OF = date(2026, 11, 21)
CHAIR = "Det Supt A. Chair"
share_rules(pytest.MonkeyPatch())
paint_what_is_read(pytest.MonkeyPatch())
name_pictures_alike(pytest.MonkeyPatch())
rest_at_once(pytest.MonkeyPatch())
draw_nothing_ahead(pytest.MonkeyPatch())
Looks = Callable[[Chair, str], Awaitable[None]]


@pytest.fixture(scope="session")
def london(demo_store: Path, of_run: Path) -> Path:
    """A store of the synthetic London with fewer wards and the ranking of the day; copy it, do not write to it."""

    def make(path: Path) -> None:
        shutil.copy(demo_store, path)
        thin(path)
        with closing(open_store(path, CHAIR, MovedClock(at_clock(AS_OF, 9)))) as store:
            with store.change("Leave wards out", meeting=None) as writing:
                digests.note(writing, anew=True)
            meetings.run_for(store, day_of(AS_OF))
        with closing(sqlite3.connect(path)) as shorter:
            shorter.execute("VACUUM")  # every test copies it

    return kept("london", of_run, make)


def thin(path: Path) -> None:
    """Leave a fifth of the wards in the release, and those that anything is done about: lists are read sooner."""
    with closing(sqlite3.connect(path)) as store, store:
        store.execute(
            "DELETE FROM ward_series WHERE ward_code NOT IN (SELECT ward_code FROM priority_ward) AND ward_code NOT IN "
            "(SELECT subject_ref FROM action) AND ward_code NOT IN (SELECT ward_code FROM deployment) "
            "AND CAST(SUBSTR(ward_code, 4) AS INTEGER) % 5 <> 0"
        )


@pytest.fixture
def moved() -> MovedClock:
    """Nine in the morning in London, until it is moved."""
    return MovedClock(at_clock(AS_OF, 9))


@pytest.fixture
def city(tmp_path: Path, london: Path, moved: MovedClock) -> Iterator[Store]:
    """This test's own copy of the synthetic London."""
    path = tmp_path / "london.db"
    shutil.copy(london, path)
    store = open_store(path, CHAIR, moved)
    yield store
    store.close()


@pytest.fixture
def make_app(city: Store, moved: MovedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeApp:
    """Opens the room as the command line does: on a meeting of a kind, or on one view alone."""
    monkeypatch.setattr(Input.cursor_blink, "_default", False)
    # What is said in passing is there to be read, however slow the machine.
    monkeypatch.setattr(TaskingApp, "NOTIFICATION_TIMEOUT", 600)

    def make(
        kind: str = "daily",
        view: str | None = None,
        *,
        store: Store | None = None,
        keys: dict[str, str] | None = None,
        scope: str = "force",
        depth: Depth = Depth.TRUE,
    ) -> TaskingApp:
        session = Session(store or city, CHAIR, AS_OF, kind, moved, tmp_path / "papers", scope=scope_of(scope))
        if view is None:
            session.meeting = meetings.open_meeting(session.store, kind, CHAIR, AS_OF, scope=scope)
            session.run_id = session.meeting.run_id
        else:
            session.run_id = meetings.run_for(session.store, day_of(AS_OF))
        app = TaskingApp(session, view, keys, depth=depth)
        app.animation_level = "none"
        return app

    return make


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every frame is painted, as before a terminal, for tests of what is done when a widget is painted."""
    paint_every_frame(monkeypatch)


class Pictures(SingleFileSnapshotExtension):
    """Pictures of the screen, in tests/snapshots as their tests stand in tests/tui; written as bytes, so with LF."""

    file_extension = "svg"

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        file = Path(test_location.filepath).relative_to(_HERE.parent)
        folder = Path(*file.parts[1:]) if file.parts[0] == _HERE.name else file  # asked of every test that is collected
        return str(_HERE.parent / "snapshots" / folder.with_suffix(""))


def _recalled(kept: SnapshotAssertion) -> str:
    """The picture that was compared with; empty where none is kept."""
    *_, last = kept.executions.values()
    return last.recalled_data.decode() if isinstance(last.recalled_data, bytes) else ""


@pytest.fixture
def looks(snapshot: SnapshotAssertion) -> Looks:
    """Compares the screen with its picture. Hashes are blanked: they change with every record of the demo."""
    pictures = snapshot.use_extension(Pictures)

    async def compare(chair: Chair, name: str) -> None:
        chair.app.clear_notifications()
        await chair.painted()
        picture = chair.app.export_screenshot(title="tasking", simplify=True)
        picture = re.sub(r"\b[0-9a-f]{16,}\b", lambda found: "0" * len(found[0]), picture)
        kept = pictures(name=name)
        if picture.encode() != kept:
            differing = write_difference(_DIFFERENCES, name, _recalled(kept), picture)
            pytest.fail(
                f"{name} looks different: {differing} shows where. "
                "If that is meant, run with --snapshot-update and look at the picture."
            )

    return compare
