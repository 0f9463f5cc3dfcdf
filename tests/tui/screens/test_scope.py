"""Whose meeting it is: lists, counts and head of a BCU's meeting, widened to the force and back; a masked one."""

from __future__ import annotations

from datetime import timedelta

from core.geography import bcu_of
from core.scope import scope_of
from db.deployments import board
from db.store import Store
from tests.tui.keyboard import MakeApp, seated


async def test_a_bcu_s_meeting_shows_its_own_and_one_key_widens_and_narrows_back(make_app: MakeApp) -> None:
    async with seated(make_app("daily", scope="NW"), size=(120, 40)) as chair:
        await chair.press("meeting.item_4")
        own = chair.column("borough")
        assert own
        assert {bcu_of(borough) for borough in own} == {"NW"}
        text = await chair.screen_text()
        assert "Grip & Pace NW 4/6" in text
        await chair.press("meeting.item_2")
        assert chair.heading().startswith("NW, all meetings, overdue first: 0 open"), "it has raised none"
        await chair.press("meeting.item_4", "meeting.widen")
        assert {bcu_of(borough) for borough in chair.column("borough")} > {"NW"}
        assert "Grip & Pace NW WIDENED to the force" in await chair.screen_text()
        await chair.press("meeting.item_3", "meeting.view")
        assert len([one for one in chair.view().source.columns if len(one.key) == 2]) == 12
        await chair.press("meeting.widen")
        assert [one.key for one in chair.view().source.columns if len(one.key) == 2] == ["NW"]
        await chair.press("meeting.item_5")
        assert {bcu_of(borough) for borough in chair.column("borough")} == {"NW"}


async def test_the_opening_of_a_bcu_counts_its_own_units_and_those_that_are_free_elsewhere(
    make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app("daily", scope="NW"), size=(120, 40)) as chair:
        await chair.settled()
        whole = board(city, chair.tasking().session.now(), kept=timedelta(0))
        own, every = (
            [unit for unit in units if unit.is_free and not unit.whom]
            for units in (whole.within(scope_of("NW")).units, whole.units)
        )
        assert len(own) < len(every)
        text = " ".join((await chair.screen_text()).split())
        assert f"Units {len(own)} free with " in text
        assert f" in NW; {len(every) - len(own)} free elsewhere" in text.replace("; 0 more to be asked for", "")
        await chair.press("meeting.widen")
        await chair.settled()
        text = " ".join((await chair.screen_text()).split())
        assert f"Units {len(every)} free with " in text
        assert "free elsewhere" not in text


async def test_the_force_s_meeting_has_nothing_to_widen(make_app: MakeApp) -> None:
    async with seated(make_app("daily")) as chair:
        assert "meeting.widen" not in chair.commands()


async def test_the_council_s_meeting_masks_names_says_so_and_cannot_unmask(make_app: MakeApp) -> None:
    async with seated(make_app("council-focus", scope="Harrow"), size=(120, 40)) as chair:
        app = chair.tasking()
        assert app.session.projector
        assert "NAMES MASKED (a mask, not a lock)" in await chair.screen_text()
        await chair.press("room.projector")
        assert app.session.projector
        assert "names no suspects" in chair.toasts()[-1]
