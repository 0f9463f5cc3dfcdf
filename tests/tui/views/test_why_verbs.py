"""On the page that says why, an action is raised and a decision recorded on whom the page is about."""

from __future__ import annotations

import pytest

from db import actions, decisions
from db.store import Store
from tests.tui.keyboard import MakeApp, seated
from tui.screens.pages import WhyPage

LISTS = (("daily", "meeting.item_4"), ("daily", "meeting.item_5"), ("weekly", "meeting.item_5"))
"""Named suspects, wards by harm, priority wards: of each row the page says what it is made of."""


@pytest.mark.parametrize(("meeting", "item"), LISTS)
async def test_verbs_act_on_whom_the_page_is_about_whatever_row_the_cursor_is_on(
    meeting: str, item: str, make_app: MakeApp, city: Store
) -> None:
    async with seated(make_app(meeting), size=(120, 40)) as chair:
        await chair.press(item)
        about = chair.view().under_cursor()
        assert about is not None
        await chair.press("act.why", "list.down", "act.action")
        await chair.fill(action="See to it from here", owner="Public protection", due="+24h")
        assert isinstance(chair.app.screen, WhyPage), "the page stays"
        raised = actions.about(city, about.subject, chair.tasking().session.now())
        assert "See to it from here" in [one.action for one in raised]
        [of_item] = {one.item for one in raised if one.action == "See to it from here"}
        assert of_item == chair.tasking().session.item
        await chair.press("act.decision")
        await chair.fill(decision="Watched", reason="As the reports say")
        assert "Watched" in [one.decision for one in decisions.about(city, about.subject)]
        await chair.press("room.undo")
        assert "Watched" not in [one.decision for one in decisions.about(city, about.subject)]
