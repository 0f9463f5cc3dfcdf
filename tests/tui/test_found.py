"""The palette finds wards, named suspects and open actions by their words, and opens them as their lists do."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from textual.command import CommandPalette, Hit
from textual.widgets import Input, OptionList

from core.errors import Problem
from db import actions
from db.actions import Subject
from db.store import Store
from tests.tui.keyboard import Chair, MakeApp, MovedClock, seated
from tui import found, keys_in_order
from tui.found import MOST, Found, Records
from tui.screens.person import PersonPage
from tui.screens.ward import WardPage
from tui.session import Session

HOSTILE = "Check [red]the[/red] \x1b]0;title\x07 shed"


async def hits(chair: Chair, words: str) -> list[Hit]:
    """What is found of the records by some words."""
    return [hit async for hit in Records(chair.app.screen).search(words) if isinstance(hit, Hit)]


def listed(chair: Chair) -> list[str]:
    """What the palette that is open shows, the first first."""
    assert isinstance(chair.app.screen, CommandPalette)
    return [str(option.prompt) for option in chair.app.screen.query_one(OptionList).options]


def raised(store: Store, what: str, about: Subject, now: MovedClock) -> None:
    actions.raise_actions(store, [about], what, "Ward team", now() + timedelta(hours=24))


async def test_a_ward_is_opened_by_its_words_from_the_room_and_from_a_page(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(60, 15)) as chair:
        await chair.burst("colon", *"hackney brownsw", "enter")
        page = chair.app.screen
        assert isinstance(page, WardPage)
        assert page.record.subject == Subject("ward", "E05009367", "Brownswood")
        await chair.keys("colon", *"e05013654")
        assert listed(chair) == ["Camden Square\n  ward in Camden, E05013654"]
        await chair.keys("enter")
        assert isinstance(chair.app.screen, WardPage)
        assert chair.app.screen.record.subject.label == "Camden Square"
        await chair.press("room.leave")
        assert chair.app.screen is page, "it is gone back to"


async def test_before_a_word_is_typed_the_commands_stand_as_help_has_them_and_it_says_what_it_finds(
    make_app: MakeApp,
) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_4")
        await chair.keys("colon")
        names = [shown.partition("  ")[0] for shown in listed(chair)]
        assert names[:3] == ["why", "action", "decide"], "the verbs of the list"
        assert names.index("Mark") < names.index("next item") < names.index("projector")
        assert names[-1].startswith("theme ")
        finds = chair.app.screen.query_one(Input).placeholder
        assert finds == "A command, list, ward, suspect or action, by its words"
        await chair.keys("escape")
        await chair.press("act.action")
        await chair.keys("ctrl+p")
        assert chair.app.screen.query_one(Input).placeholder == "A command, by its words", "a form finds no records"


async def test_commands_that_are_called_so_come_first_and_few_letters_find_commands_alone(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4")
        await chair.keys("colon", *"range")
        shown = listed(chair)
        assert shown[0].startswith("Range  (v)")
        assert any("range" in line.split("\n")[0].lower() and "ward in" in line for line in shown[1:])
        await chair.keys("backspace", "backspace", "backspace")
        assert not any("ward in" in line for line in listed(chair))


async def test_a_list_of_the_agenda_is_gone_to_by_its_name(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.burst("colon", *"cohorts", "enter")
        assert chair.view().name_in_record == "cohorts"
        await chair.burst("colon", *"wards next", "enter")
        assert chair.view().name_in_record == "wards"
        await chair.burst("colon", *"wards next", "enter")
        assert chair.view().name_in_record == "wards", "it is there already"


async def test_suspects_are_found_by_name_and_on_a_wall_by_reference(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        await chair.press("meeting.item_4")
        first = chair.view().under_cursor()
        assert first is not None
        surname = first.subject.label.split(",")[0]
        assert first.subject.label in [hit.text for hit in await hits(chair, first.subject.label.replace(",", ""))]
        assert len([hit for hit in await hits(chair, "wanted") if "named suspect" in str(hit.match_display)]) == MOST
        await chair.keys("colon", *first.subject.ref.lower(), "enter")
        assert isinstance(chair.app.screen, PersonPage)
        assert chair.app.screen.record.subject == first.subject
        await chair.press("room.leave", "room.projector")
        shown = [str(hit.match_display) for hit in await hits(chair, first.subject.ref)]
        assert any(line.startswith(first.subject.ref) for line in shown)
        assert not any(surname in line for line in shown)
        assert first.subject.ref not in str([hit.match_display for hit in await hits(chair, first.subject.label)])


async def test_an_action_is_found_by_what_it_says_and_opens_what_it_is_about(
    make_app: MakeApp, city: Store, moved: MovedClock
) -> None:
    ward = Subject("ward", "E05013654", "Camden Square")
    raised(city, HOSTILE, ward, moved)
    async with seated(make_app(store=city), size=(80, 24)) as chair:
        await chair.keys("colon", *"the shed")
        [line] = listed(chair)
        assert "[red]the[/red]" in line, "markup is text"
        assert "\x1b" not in line
        await chair.keys("enter")
        assert isinstance(chair.app.screen, WardPage)
        assert chair.app.screen.record.subject == ward
        await chair.press("room.projector")
        assert await hits(chair, "shed") == [], "what was written is hidden on a wall, and so not looked through"


async def test_what_cannot_be_read_is_said_and_commands_are_found_all_the_same(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> None:
        raise Problem("The store is damaged at [red].", "Store damaged")

    monkeypatch.setattr(found, "current_wards", damaged)
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.keys("colon", *"undo")
        first, *_, last = listed(chair)
        assert first.startswith("undo")
        assert last == "Records are not looked through: The store is damaged at [red]."
        chair.app.screen.query_one(OptionList).highlighted = len(listed(chair)) - 1
        await chair.keys("enter")
        assert chair.toasts()[-1] == "The store is damaged at [red]."


async def test_however_long_it_is_looked_for_enter_carries_out_what_was_typed(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(session: Session, query: str) -> list[Found]:
        if query == "camden sq":
            time.sleep(0.4)  # longer than any other key is waited for
        return read(session, query)

    read = found._read
    monkeypatch.setattr(found, "_read", slow)
    monkeypatch.setattr(keys_in_order, "_PATIENCE", 0.2)
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.burst("colon", *"camden sq", "enter")
        assert isinstance(chair.app.screen, WardPage)
        await chair.press("room.leave")
        await chair.burst("colon", *"camden sq", "escape", "enter")
        assert not isinstance(chair.app.screen, CommandPalette), "who gives up does not wait"


async def test_in_a_form_and_where_no_suspect_may_be_named_no_one_is_found(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(80, 24)) as chair:
        await chair.press("meeting.item_4", "act.action")
        assert await hits(chair, "camden") == []
    async with seated(make_app("council-focus"), size=(80, 24)) as chair:
        said = [str(hit.match_display) for hit in await hits(chair, "camden")]
        assert any("ward in Camden" in line for line in said)
        assert not any("named suspect" in line for line in said)
