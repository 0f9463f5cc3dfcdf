"""How every screen looks, small and comfortable."""

from __future__ import annotations

import pytest

from core.meetings import agenda
from db.store import Store
from tests.tui.conftest import Looks
from tests.tui.keyboard import MakeApp, MovedClock, fill, keys, press, view

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
Size = tuple[int, int]


@SIZES
@pytest.mark.parametrize("kind", ["daily", "weekly"])
async def test_every_item_of_a_meeting(
    kind: str, size: Size, make_app: MakeApp, looks: Looks, moved: MovedClock
) -> None:
    async with make_app(kind).run_test(size=size) as pilot:
        for number, item in enumerate(agenda(kind).items, 1):
            for name in item.views:
                await looks(pilot, f"{kind}-{number}-{name}")
                if name != item.views[-1]:
                    await press(pilot, "meeting.view")
            moved.forward(minutes=2, seconds=10)
            await press(pilot, "meeting.next")


@SIZES
async def test_a_person_and_why(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with make_app().run_test(size=size) as pilot:
        await press(pilot, "meeting.item_4", "act.decision")
        await fill(pilot, decision="Adopted as a priority", reason="Highest harm at large")
        await press(pilot, "list.first", "list.choose")
        await looks(pilot, "person")
        await press(pilot, "act.why")
        await looks(pilot, "why-person")


@SIZES
async def test_a_ward_and_why(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with make_app().run_test(size=size) as pilot:
        await press(pilot, "meeting.item_5", "list.choose")
        await looks(pilot, "ward")
        await press(pilot, "act.why")
        await looks(pilot, "why-ward")


@SIZES
async def test_why_an_action_is_here(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with make_app().run_test(size=size) as pilot:
        await press(pilot, "meeting.item_2")
        number = view(pilot).records.cursor_key
        await press(pilot, "act.carry")
        await fill(pilot, due="+3d", words="not traced yet")
        assert number is not None
        view(pilot).records.move_to_key(number)
        await press(pilot, "act.why")
        await looks(pilot, "why-action")


@SIZES
async def test_sealed_minutes(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with make_app("weekly").run_test(size=size) as pilot:
        await press(pilot, "meeting.view", "list.down", "list.choose")
        await looks(pilot, "minutes")


@SIZES
async def test_what_stands_above_the_room(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with make_app().run_test(size=size) as pilot:
        await press(pilot, "meeting.item_4", "room.help")
        await looks(pilot, "help")
        await press(pilot, "help.close", "act.action")
        await fill(pilot, action="Locate and arrest", owner="VCTF command", due="yesterday")
        await looks(pilot, "form-with-an-error")
        await press(pilot, "form.leave", "meeting.item_6", "meeting.seal")
        await fill(pilot)
        await looks(pilot, "confirm")


@SIZES
async def test_a_list_that_is_worked_on(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with make_app().run_test(size=size) as pilot:
        await press(pilot, "meeting.item_4", "list.mark", "list.mark", "list.down", "list.mark", "list.filter")
        await keys(pilot, *"hackney")
        await looks(pilot, "filter")
        await keys(pilot, "enter")
        await press(pilot, "list.mark", "list.mark", "list.sort_right", "list.sort_right")
        await looks(pilot, "filter-marks-and-order")
        await press(pilot, "list.back", "room.projector")
        await looks(pilot, "projector")


@SIZES
async def test_one_list_without_a_meeting(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with make_app(view="suspects").run_test(size=size) as pilot:
        await looks(pilot, "suspects-alone")


@SIZES
async def test_an_empty_store_says_what_to_do_next(size: Size, make_app: MakeApp, looks: Looks, store: Store) -> None:
    async with make_app(store=store).run_test(size=size) as pilot:
        for item in agenda("daily").items:
            for name in item.views:
                await looks(pilot, f"empty-{name}")
                if name != item.views[-1]:
                    await press(pilot, "meeting.view")
            await press(pilot, "meeting.next")


@pytest.mark.parametrize("theme", ["high-contrast", "textual-light"])
async def test_themes(theme: str, make_app: MakeApp, looks: Looks) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme
        await press(pilot, "meeting.item_2", "list.mark")
        await looks(pilot, f"theme-{theme}")


async def test_no_color(make_app: MakeApp, looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with make_app().run_test(size=(80, 24)) as pilot:
        await press(pilot, "meeting.item_2", "list.mark")
        await looks(pilot, "no-color")
