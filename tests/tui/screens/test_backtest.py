"""The page that says whether a list held up: words, curves, figures; and which release is missing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event

import pytest
from textual.widgets import Static

from core.backtest_words import Backtest
from core.errors import Problem
from db import backtest_people
from tests.tui.keyboard import MakeApp, seated
from tui.screens import backtest
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


async def test_a_bar_says_how_far_it_has_come_and_who_will_not_wait_goes_back(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Event()

    def slow(*_: object, step: Callable[[float], object], **__: object) -> Backtest:
        step(0.25)
        go_on.wait(60)
        raise Problem("Nothing is told.")

    monkeypatch.setattr(backtest_people, "backtest", slow)
    monkeypatch.setattr(backtest, "_AT_ONCE", 0.0)
    async with seated(make_app(view="suspects")) as chair:
        await chair.settled()
        await chair.pilot.press("F")
        while not isinstance(page := chair.app.screen, BacktestPage) or "25%" not in _facts(page):
            await asyncio.sleep(0.01)
        assert _facts(page).startswith("Working the backtest  ███████▌ ")
        await chair.pilot.press("escape")
        while isinstance(chair.app.screen, BacktestPage):
            await asyncio.sleep(0.01)
        go_on.set()
        await chair.settled()
        assert "Nothing is told" not in await chair.screen_text()


def _facts(page: BacktestPage) -> str:
    return "".join(str(shown.render()) for shown in page.query(".facts").results(Static))
