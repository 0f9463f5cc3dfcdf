"""Reading beside the keys: what was overtaken is dropped, what cannot be read is said, and the head asks seldom."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest

from core.errors import Damaged
from core.scope import WHOLE_FORCE, Scope
from db import actions
from db.actions import Counts, Subject
from db.store import Store
from tests.tui.keyboard import MakeApp, MovedClock, seated
from tests.tui.places import said
from tui.pulse import Pulse
from tui.reading import Reading
from tui.screens.base import RoomScreen
from tui.screens.compare import ComparePage
from tui.screens.fly_tip import FlyTipPage
from tui.screens.pages import MinutesPage
from tui.screens.person import PersonPage
from tui.screens.timeline import TimelinePage
from tui.session import Session
from tui.views.list_reading import Heading
from tui.views.source import Record, Source


async def test_only_the_last_that_was_asked_for_is_handed_over(make_app: MakeApp) -> None:
    first_may_end = threading.Event()
    taken: list[str] = []

    def slow() -> str:
        assert first_may_end.wait(20)
        return "first"

    async with seated(make_app(view="wards")) as chair:
        await chair.settled()
        reading = Reading[str](chair.app.screen, taken.append)
        reading.start(slow)
        reading.start(lambda: "second")
        await chair.settled()
        first_may_end.set()
        await chair.settled()
        reading.start(lambda: "dropped")
        reading.drop()
        await chair.settled()
    assert taken == ["second"]


async def test_a_filter_typed_while_a_list_is_read_holds_for_what_is_read(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    async with seated(make_app(view="wards")) as chair:
        await chair.settled()
        name = chair.column("ward")[3]
        before, everyone = chair.view().source, chair.view().records.count
        read = chair.view().read

        def slowly() -> tuple[Source, Heading]:
            assert go_on.wait(20)
            return read()

        monkeypatch.setattr(chair.view()._reading, "_read", slowly)
        chair.view().reload()
        chair.view().action_filter()
        await chair.pilot.press(*name)
        go_on.set()
        await chair.settled()
        assert chair.view().source is not before, "what was read is shown, though the filter came between"
        assert name in chair.column("ward")
        assert chair.view().records.count < everyone


def pages(session: Session) -> list[RoomScreen]:
    """Each page that is read, about what no store holds."""

    def nobody(kind: str) -> Record:
        return Record(Subject(kind, "987654", "Nobody"))

    return [
        PersonPage(session, nobody("person")),
        TimelinePage(session, nobody("person")),
        ComparePage(session, nobody("person"), nobody("person")),
        FlyTipPage(session, nobody("site")),
        MinutesPage(session, nobody("meeting")),
    ]


async def test_what_cannot_be_read_is_said_in_the_page(make_app: MakeApp) -> None:
    async with seated(make_app(view="wards")) as chair:
        await chair.settled()
        for page in pages(chair.tasking().session):
            chair.app.push_screen(page)
            await chair.settled()
            words = str(page.query(".facts").first().render())
            assert words.startswith(("No ", "There is no ")), (type(page).__name__, words)
            await chair.press("room.refresh")
            await chair.keys("q")
            assert chair.app.screen is not page


async def test_a_page_whose_store_breaks_says_so_and_recovers(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seated(make_app(view="wards")) as chair:
        await chair.settled()
        await chair.press("list.choose")
        before = said(chair)

        def broken(_store: Store, _subject: Subject, _now: datetime) -> list[actions.ActionView]:
            raise Damaged("The store could not be read: disk I/O error. Try again.", "Store not readable")

        with monkeypatch.context() as patched:
            patched.setattr("db.actions.about", broken)
            await chair.press("room.refresh")
            assert said(chair) == "The store could not be read: disk I/O error. Try again."
        await chair.press("room.refresh")
        assert said(chair) == before


def test_the_figures_of_the_head_are_asked_for_once_a_second(
    city: Store, moved: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[datetime] = []
    counts = actions.counts

    def counting(store: Store, now: datetime, kind: str | None = None, scope: Scope = WHOLE_FORCE) -> Counts:
        asked.append(now)
        return counts(store, now, kind, scope)

    monkeypatch.setattr("db.actions.counts", counting)
    pulse = Pulse()
    for seconds in (0, 0.4, 0.4, 0.4, -60):
        moved.forward(seconds=seconds)
        pulse.totals(city, moved())
    assert len(asked) == 3, "at first, a second later, and where the clock was put back"
    pulse.forget()
    assert pulse.totals(city, moved()).actions == counts(city, moved())
    assert len(asked) == 4


async def test_only_the_room_on_top_writes_its_head(make_app: MakeApp, moved: MovedClock) -> None:
    from tui.widgets.header import RoomHeader

    async with seated(make_app(view="wards")) as chair:
        await chair.settled()
        beneath = chair.app.screen
        await chair.press("list.choose")
        moved.forward(minutes=5)
        for screen in chair.app.screen_stack:
            screen.tick()  # type: ignore[attr-defined]
        assert chair.app.screen.query_one(RoomHeader).head.clock == "09:05"
        assert beneath.query_one(RoomHeader).head.clock == "09:00"
        await chair.press("list.back")
        assert chair.app.screen is beneath
        assert beneath.query_one(RoomHeader).head.clock == "09:05", "written when it comes up again"
