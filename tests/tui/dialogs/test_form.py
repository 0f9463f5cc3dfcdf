"""A form is a sheet over the list: it begins at its first field, offers what may be typed, and says faults whole."""

from __future__ import annotations

import re

import pytest
from textual.events import Paste
from textual.widgets import Input

from core.errors import Problem
from db import actions
from db.store import Store
from tests.tui.keyboard import MakeApp, seated
from tui.dialogs.field import Field, fault_of, field_of
from tui.dialogs.form import Offers
from tui.dialogs.sheet import Beside


async def test_a_form_that_does_not_fit_begins_with_the_label_of_its_first_field(make_app: MakeApp) -> None:
    async with seated(make_app("weekly"), size=(80, 24)) as chair:
        await chair.press("meeting.item_6", "bid.new")
        shown = await chair.screen_text()
        assert "Who asks" in shown
        assert "When" in shown


async def test_a_hint_that_is_longer_than_its_field_says_so_and_no_number_of_it_is_cut(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_5", "deployment.deploy")
        assert "visits x minutes, as … Vehicles" in await chair.screen_text(), "not 'as 1'"
        await chair.pilot.resize_terminal(120, 40)
        assert "visits x minutes, as 12 x 15" in await chair.screen_text()
        await chair.press("form.leave")


async def test_a_hint_that_takes_two_lines_below_the_fields_stands_there_whole(make_app: MakeApp, city: Store) -> None:
    app = make_app("weekly")
    async with seated(app, size=(80, 24)) as chair:
        waits = actions.open_actions(city, app.session.now())[0].id
        words = "No officer of the ward team is free before the week after next, and the victim has asked twice"
        actions.escalate(city, [waits], "weekly", words)
        await chair.press("meeting.item_2", "list.first", "act.escalate")
        shown = " ".join(re.sub(r"[│\s]+", " ", await chair.screen_text()).split())
        assert f"Answer: escalated to weekly: {words}" in shown
        assert "ctrl+s save" in shown
        await chair.press("form.leave")


async def test_a_refusal_is_whole_and_the_offers_stand_in_a_list(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_5", "deployment.deploy")
        first = chair.form()._fields[0]
        await chair.fill(**{first.key: first.choices[0], "tactic": "knife arhc"})
        assert "'knife arhc' is none of the" in chair.fault()
        assert "Nearest: knife arch" in chair.fault()
        shown = await chair.screen_text()
        assert "OFFICIAL-SENSITIVE" in shown, "the marking stays in sight"
        assert "Tactic *" in shown, "what must be filled is marked"
        assert "ctrl+s save" in shown
        assert "takes an offer." in " ".join(shown.split()), "to its end"
        await chair.keys("x")
        assert chair.fault() == "", "what was wrong is being mended"
        await chair.keys("backspace")
        assert (chair.app.screen.focused or chair.form()).id == "field-tactic"
        await chair.keys("ctrl+u", *"knife a")
        assert chair.form().query_one(Offers).names == ["knife arch"]
        await chair.keys("down", "enter")
        assert chair.typed()["tactic"] == "knife arch"
        assert (chair.app.screen.focused or chair.form()).id == "field-starts", "the next field"
        await chair.press("form.leave")


@pytest.mark.parametrize("size", [(80, 24), (60, 15)], ids=str)
async def test_what_is_wrong_and_the_keys_are_in_sight_whatever_is_told_beside_the_fields(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    """Two units that are out, sent elsewhere: much is to be known, and the reason is missing."""
    async with seated(make_app(), size=size) as chair:
        await chair.burst("5", "tab", "/", *"vctf out", "enter", "space", "space", "t", *"bromley", "right")
        await chair.burst("ctrl+s")
        await chair.settled()
        sheet, keys = chair.form().query_one("#box"), chair.form().query_one("#keys")
        assert chair.form().query_one(Beside).size.height > 1
        assert "Why is needed" in chair.fault()
        for part in (keys, chair.form().query_one("#fault"), chair.form().query_one("#field-reason")):
            assert sheet.content_region.contains_region(part.region), part.id


@pytest.mark.parametrize("keys", ["4 J", "4 a", "5 t", "4 vertical_line", "4 m"])
async def test_a_sheet_has_its_keys_in_sight_on_the_smallest_screen_and_after_the_window_was_made_smaller(
    make_app: MakeApp, keys: str
) -> None:
    for sizes in (((60, 15), (61, 15), (60, 15)), ((200, 60), (60, 15)), ((60, 24), (60, 15), (80, 24))):
        async with seated(make_app(), size=sizes[0]) as chair:
            await chair.keys(*keys.split())
            for size in sizes:
                await chair.pilot.resize_terminal(*size)
                await chair.settled()
                sheet, foot = chair.app.screen.query_one("#box"), chair.app.screen.query_one("#keys")
                assert sheet.content_region.contains_region(foot.region), size
                assert chair.app.screen.region.contains_region(sheet.region), size
                assert not chair.app.screen.show_vertical_scrollbar, size
            await chair.keys("escape")


def test_offers_begin_with_what_was_typed_in_the_order_of_use() -> None:
    wards = Field("ward", "Ward", choices=("High Street, Harrow", "Bow East", "Highgate, Camden", "Old High, Ealing"))
    assert wards.offers("high") == ["High Street, Harrow", "Highgate, Camden", "Old High, Ealing"]
    assert wards.offers("bow east") == []
    assert wards.offers("zz") == []


def test_a_field_takes_so_many_letters_and_no_more_but_what_stood_there_stays() -> None:
    owner = Field("owner", "Owner", value="x" * 80, longest=60)
    assert "60 letters at most; this has 61" in fault_of(owner, "y" * 61)
    assert fault_of(owner, "x" * 80) == ""


def test_a_problem_goes_to_the_field_that_it_quotes_or_names() -> None:
    fields = [Field("why", "Why"), Field("due", "Due")]
    values = {"why": "because", "due": "Still hot"}
    assert field_of(Problem("'Still hot' is no time."), fields, values) == fields[1]
    assert field_of(Problem("Due lies before the start."), fields, values) == fields[1]
    assert field_of(Problem("The store is full."), fields, values) is None


async def test_a_draft_is_there_after_the_program_has_ended(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "act.action")
        await chair.keys(*"Visit")
        chair.tasking().session.drafts.write()  # as every second; then the program ends without a word
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "act.action")
        assert chair.typed()["action"] == "Visit"
        assert (chair.app.screen.focused or chair.form()).id == "field-action"
        await chair.fill(action="Visit her", owner="Ward team", due="+24h")
        chair.tasking().session.drafts.write()
    assert make_app().session.drafts == {}


async def test_pasted_lines_become_one(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "act.action")
        field = chair.form().query_one("#field-action", Input)
        field.focus()
        field.post_message(Paste("Visit the flat\r\nand the garage\n"))
        await chair.settled()
        assert field.value == "Visit the flat and the garage"
