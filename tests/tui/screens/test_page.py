"""Pages about a person, a ward and a site, and a timeline, on the smallest screen."""

from __future__ import annotations

import pytest

from tests.tui.keyboard import MakeApp, seated
from tui.screens.page import SubjectPage
from tui.screens.timeline import TimelinePage
from tui.widgets.fact_lines import FactLines

_FACTS = 4


@pytest.mark.parametrize(("view", "least"), [("suspects", 3), ("wards", 3), ("fly_tips", 1)])
async def test_on_the_smallest_screen_a_page_shows_rows_and_says_how_many_facts_it_leaves_out(
    view: str, least: int, make_app: MakeApp
) -> None:
    async with seated(make_app(view=view), size=(60, 15)) as chair:
        await chair.settled()
        await chair.press("list.choose")
        page = chair.app.screen
        assert isinstance(page, SubjectPage)
        assert chair.view().records.size.height >= least
        facts = page.query_one(".facts", FactLines)
        whole = len(str(facts.content).splitlines())
        assert facts.size.height == min(whole, _FACTS)
        said = f" {whole - _FACTS} more"
        assert (said in await chair.screen_text()) == (whole > _FACTS)
        await chair.pilot.resize_terminal(60, 24)
        await chair.settled()
        assert facts.size.height == whole
        assert said not in await chair.screen_text()


async def test_on_the_smallest_screen_a_timeline_shows_rows_whatever_is_said_below_it(make_app: MakeApp) -> None:
    app = make_app(view="suspects")
    async with seated(app, size=(60, 15)) as chair:
        app.session.others = 1
        await chair.press("list.timeline")
        app.notify("Actions 61, 75, 86 and 6 more escalated by rule. E on one takes it back.", severity="warning")
        await chair.settled()
        page = app.screen
        assert isinstance(page, TimelinePage)
        assert chair.view().records.size.height > 2, "the titles and rows"
        assert not page.query_one(".caption").display
        await chair.pilot.resize_terminal(60, 24)
        await chair.settled()
        assert page.query_one(".caption").display
