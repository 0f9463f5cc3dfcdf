"""How every screen looks, small and comfortable."""

from __future__ import annotations

import pytest

from core.templates import template as agenda
from db.store import Store
from tests.tui.conftest import Looks
from tests.tui.keyboard import MakeApp, MovedClock, seated
from tui.palettes import Depth, Ground

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "comfortable"])
Size = tuple[int, int]


@SIZES
@pytest.mark.parametrize("kind", ["daily", "weekly"])
async def test_every_item_of_a_meeting(
    kind: str, size: Size, make_app: MakeApp, looks: Looks, moved: MovedClock
) -> None:
    async with seated(make_app(kind), size=size) as chair:
        for number, item in enumerate(agenda(kind).items, 1):
            for name in item.views:
                await looks(chair, f"{kind}-{number}-{name}")
                if name != item.views[-1]:
                    await chair.press("meeting.view")
            moved.forward(minutes=2, seconds=10)
            await chair.press("meeting.next")


@SIZES
async def test_a_person_and_why(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app(), size=size) as chair:
        await chair.press("meeting.item_4", "act.decision")
        await chair.fill(decision="Adopted as a priority", reason="Highest harm at large")
        await looks(chair, "decided")
        await chair.press("list.first", "list.choose")
        await looks(chair, "person")
        await chair.press("act.why")
        await looks(chair, "why-person")


@SIZES
async def test_a_ward_and_why(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app(), size=size) as chair:
        await chair.press("meeting.item_5", "list.choose")
        await looks(chair, "ward")
        await chair.press("act.why")
        await looks(chair, "why-ward")


async def test_whether_the_list_held_up(make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_5", "list.backtest")
        await looks(chair, "backtest")


@SIZES
async def test_why_an_action_is_here(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app(), size=size) as chair:
        await chair.press("meeting.item_2")
        number = chair.view().records.cursor_key
        await chair.press("act.carry")
        await chair.fill(due="+3d", words="not traced yet")
        assert number is not None
        chair.view().records.move_to_key(number)
        await chair.press("act.why")
        await looks(chair, "why-action")


@SIZES
async def test_sealed_minutes(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app("weekly"), size=size) as chair:
        await chair.press("meeting.view", "list.down", "list.choose")
        await looks(chair, "minutes")


@SIZES
async def test_what_stands_above_the_room(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app(), size=size) as chair:
        await chair.press("meeting.item_4", "room.help")
        await looks(chair, "help")
        await chair.press("help.close", "act.action")
        await chair.fill(action="Locate and arrest", owner="VCTF command", due="yesterday")
        await looks(chair, "form-with-an-error")
        await chair.press("form.leave", "meeting.item_6", "meeting.seal")
        await chair.fill()
        await looks(chair, "confirm")


@SIZES
@pytest.mark.usefixtures("frames")  # what stands below the list is written from rows that were painted
async def test_a_list_that_is_worked_on(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app(), size=size) as chair:
        await chair.press("meeting.item_4", "list.mark", "list.mark", "list.down", "list.mark", "list.filter")
        await chair.keys(*"hackney")
        await looks(chair, "filter")
        await chair.keys("enter")
        await chair.press("list.mark", "list.mark", "list.sort_right", "list.sort_right")
        await looks(chair, "filter-marks-and-order")
        await chair.press("list.back", "room.projector")
        await looks(chair, "projector")


@SIZES
async def test_one_list_without_a_meeting(size: Size, make_app: MakeApp, looks: Looks) -> None:
    async with seated(make_app(view="suspects"), size=size) as chair:
        await looks(chair, "suspects-alone")


@SIZES
async def test_an_empty_store_says_what_to_do_next(size: Size, make_app: MakeApp, looks: Looks, store: Store) -> None:
    async with seated(make_app(store=store), size=size) as chair:
        for item in agenda("daily").items:
            for name in item.views:
                await looks(chair, f"empty-{name}")
                if name != item.views[-1]:
                    await chair.press("meeting.view")
            await chair.press("meeting.next")


@pytest.mark.parametrize("depth", [Depth.TRUE, Depth.EIGHT_BIT, Depth.SIXTEEN], ids=str)
async def test_looks(depth: Depth, make_app: MakeApp, looks: Looks) -> None:
    """Each look over what has every tone: marked and late rows, the row of the cursor, the shades of the map; and over
    the palette, which the toolkit lays out.
    """
    app = make_app(depth=depth)
    async with seated(app, size=(80, 24)) as chair:
        await chair.press("meeting.item_2", "list.mark")
        for ground in Ground:
            app.wear(ground)
            await looks(chair, f"look-{ground}-{depth}-actions")
        await chair.press("meeting.item_5", "wards.map")
        for ground in Ground:
            app.wear(ground)
            await looks(chair, f"look-{ground}-{depth}-map")
        await chair.keys("colon", "down")
        for ground in Ground:
            app.wear(ground)
            await looks(chair, f"look-{ground}-{depth}-palette")


@pytest.mark.parametrize("size", [(60, 15), (200, 60)], ids=["smallest", "large"])
async def test_sizes(size: Size, make_app: MakeApp, looks: Looks) -> None:
    """The smallest screen and a large one over a list with pictures, one with words, and the roll-call."""
    async with seated(make_app(), size=size) as chair:
        await looks(chair, "size-attendance")
        await chair.press("meeting.item_2")
        await looks(chair, "size-actions")
        await chair.press("meeting.item_4")
        await looks(chair, "size-suspects")


async def test_no_color(make_app: MakeApp, looks: Looks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_2", "list.mark")
        await looks(chair, "no-color")
