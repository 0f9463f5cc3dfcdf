"""A form begins where its first field can be read."""

from __future__ import annotations

from textual.events import Paste
from textual.widgets import Input

from tests.tui.keyboard import MakeApp, seated
from tui.dialogs.form import in_two_lines


async def test_a_form_that_does_not_fit_begins_with_the_label_of_its_first_field(make_app: MakeApp) -> None:
    async with seated(make_app("weekly"), size=(80, 24)) as chair:
        await chair.press("meeting.item_6", "bid.new")
        shown = await chair.screen_text()
        assert "Who asks" in shown
        assert "When" in shown


async def test_a_refusal_takes_two_lines_at_most_and_names_the_nearest(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_5", "unit.deploy")
        first = chair.form()._fields[0]
        await chair.fill(**{first.key: first.choices[0], "tactic": "knife arhc"})
        assert "'knife arhc' is none of the" in chair.fault()
        assert "Nearest: knife arch" in chair.fault()
        shown = await chair.screen_text()
        assert "ctrl+s save" in shown
        assert "Why" in shown
        assert chair.form().query_one("#fault").size.height <= 2


def test_a_long_sentence_ends_with_an_ellipsis() -> None:
    assert in_two_lines("word " * 80).endswith("word…")
    assert in_two_lines("Owner is needed.") == "Owner is needed."


async def test_pasted_lines_become_one(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "act.action")
        field = chair.form().query_one("#field-action", Input)
        field.focus()
        field.post_message(Paste("Visit the flat\r\nand the garage\n"))
        await chair.settled()
        assert field.value == "Visit the flat and the garage"
