"""A form begins where its first field can be read."""

from __future__ import annotations

from tests.tui.keyboard import MakeApp, seated


async def test_a_form_that_does_not_fit_begins_with_the_label_of_its_first_field(make_app: MakeApp) -> None:
    async with seated(make_app("weekly"), size=(80, 24)) as chair:
        await chair.press("meeting.item_6", "bid.new")
        shown = await chair.screen_text()
        assert "Who asks" in shown
        assert "When" in shown
