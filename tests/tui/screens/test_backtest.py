"""The page that says whether a list held up: words, curves, figures; and which release is missing."""

from __future__ import annotations

import pytest

from tests.tui.keyboard import MakeApp, seated
from tui.screens.backtest import BacktestPage
from tui.widgets.curves import Curves


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_it_opens_from_both_lists_by_one_key(make_app: MakeApp, size: tuple[int, int]) -> None:
    async with seated(make_app(view="suspects"), size=size) as chair:
        await chair.settled()
        await chair.press("list.backtest")
        await chair.settled()
        assert isinstance(chair.app.screen, BacktestPage)
        text = await chair.screen_text()
        assert "The first " in text
        assert "could." in text
        assert "chance" in text
        lines = chair.app.screen.query_one(Curves).render().plain.splitlines()
        assert max(map(len, lines)) <= size[0] - 2
        await chair.press("read.page_down", "read.page_up", "read.back")
        assert not isinstance(chair.app.screen, BacktestPage)


async def test_it_names_the_release_that_is_missing(make_app: MakeApp) -> None:
    async with seated(make_app(view="wards")) as chair:
        await chair.settled()
        await chair.press("list.backtest")
        await chair.settled()
        assert "is missing: a backtest ranks on one that ends before" in " ".join((await chair.screen_text()).split())
