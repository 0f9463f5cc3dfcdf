"""The words above a list are read aloud: they are whole at every width, and count one by its singular."""

from __future__ import annotations

import pytest

from core.meetings import views
from tests.tui.keyboard import Chair, MakeApp, seated
from tui.views.list_head import HeadWords, ListHead

SIZES = ((80, 24), (120, 40))
MOST = {80: 3, 120: 2}
"""How many lines of the screen they may take, by its width."""


async def _whole(chair: Chair, where: str, width: int) -> None:
    await chair.pilot.pause()
    head = chair.view().query_one(ListHead)
    shown = head.render().plain
    assert "…" not in shown, where
    assert shown.split() == chair.heading().split(), f"{where}: no word is left out"
    assert head.size.height == len(shown.splitlines()), f"{where}: every line is in sight"
    assert len(shown.splitlines()) <= MOST[width], f"{where} at {width}: shorten these words: {chair.heading()}"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
@pytest.mark.parametrize("name", views())
async def test_the_head_of_every_list_is_whole(name: str, size: tuple[int, int], make_app: MakeApp) -> None:
    async with seated(make_app("weekly", view=name), size=size) as chair:
        await chair.settled()
        if name == "officers":
            await chair.press("officers.place")
            await chair.fill()
        await _whole(chair, name, size[0])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
async def test_the_heads_of_registers_and_of_what_is_behind_a_row_are_whole(
    size: tuple[int, int], make_app: MakeApp
) -> None:
    async with seated(make_app(view="cohorts"), size=size) as chair:
        for number in range(14):
            await chair.press("cohort.qualify")
            await chair.keys(*["j"] * number, "enter")
            await chair.settled()
            await _whole(chair, f"register {number}", size[0])
            if chair.view().records.count:
                await chair.press("act.why")
                await _whole(chair, f"why of register {number}", size[0])
                await chair.press("list.back")
            await chair.press("list.back")
    for name in ("suspects", "wards", "priority", "actions", "deployments"):
        async with seated(make_app(view=name), size=size) as chair:
            await chair.settled()
            await chair.press("act.why")
            await _whole(chair, f"why of {name}", size[0])


def test_one_is_counted_by_its_singular() -> None:
    assert HeadWords("", "wards", "ward", 1, 1).text.plain == "  1 ward"
    assert HeadWords("", "wards", "ward", 2, 2).text.plain == "  2 wards"
