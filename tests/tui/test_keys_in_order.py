"""Keys that come faster than they are carried out do what they do when they are typed slowly."""

from __future__ import annotations

import asyncio
from time import sleep

import pytest
from textual.app import ComposeResult
from textual.events import Key

from tests.tui.keyboard import MakeApp, seated
from tui import keys_in_order
from tui.dialogs.confirm import Confirm
from tui.dialogs.form import Form
from tui.keys_in_order import _within
from tui.reading import Reading
from tui.screens.room import MeetingRoom
from tui.views import list_reading, ranked
from tui.views.actions import ActionsView
from tui.views.list_head import FilterLine
from tui.views.list_panel import ListPanel


async def test_a_burst_goes_where_it_was_meant_to(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.settled()
        await chair.burst("4", "j", "j", "a", *"Knock", "enter", *"Ward")
        assert isinstance(chair.app.screen, Form), "the item was gone to, its list read, the form opened"
        typed = chair.typed()
        assert "Knock" in typed.values()
        assert "Ward" in typed.values()

        await chair.burst("escape", "slash", *"zz", "escape", "g", "j")
        view = chair.view()
        assert view.records.cursor_index == 1
        assert not view.query_one(FilterLine).needle

        wanted = chair.cell("name", 7)
        await chair.burst("slash", *wanted.split(",")[0].casefold(), "enter", "a")
        assert isinstance(chair.app.screen, Form)
        found = view.under_cursor()
        assert found is not None
        assert found.subject.label.casefold().startswith(wanted.split(",")[0].casefold()), "the row on the screen"

        await chair.burst("escape", "escape", "g")
        answers: list[bool | None] = []
        chair.app.push_screen(Confirm("Sure?"), answers.append)
        await chair.settled()
        await chair.burst("enter", "y", "j")
        assert answers == [True]
        assert isinstance(chair.app.screen, MeetingRoom), "what nothing is bound to is bound to nothing later"
        assert view.records.cursor_index == 1


async def test_a_move_is_made_among_the_rows_that_the_key_before_has_asked_for(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_reading, "_SOON", 60)  # sorting and filtering are not made quick: rows come from a worker
    async with seated(make_app()) as chair:
        await chair.keys("4")
        wanted = chair.cell("name", 7).split(",")[0].casefold()
        await chair.burst("slash", *wanted, "enter", "escape", "g", "j")
        assert not chair.view().source.at_once
        assert chair.view().records.cursor_index == 1, "from the first of all rows, not of those that the filter left"


async def test_a_key_that_comes_just_as_the_last_is_done_is_carried_out(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.burst("4")
        records = chair.view().records
        keys = getattr(chair.app, "_keys")  # noqa: B009 - as the terminal puts them
        move = records.action_move

        def move_and_type_on(way: str) -> None:
            """Move; the key after comes before anybody has been told that this one is done."""
            records.action_move = move  # type: ignore[method-assign]
            asyncio.get_running_loop().call_soon(keys.put, Key("j", "j"))
            move(way)

        records.action_move = move_and_type_on  # type: ignore[method-assign]
        await chair.burst("j")
        await chair.settled()
        assert records.cursor_index == 2


async def test_what_is_typed_for_a_form_that_takes_long_to_be_made_stands_in_it(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = Form.compose

    def slowly(form: Form) -> ComposeResult:
        sleep(0.4)  # as on a machine that is busy
        return compose(form)

    monkeypatch.setattr(Form, "compose", slowly)
    async with seated(make_app()) as chair:
        await chair.keys("4")
        monkeypatch.setattr(keys_in_order, "_PATIENCE", 0.0)  # however long it takes, a key has waited long enough
        await chair.burst("a", *"Knock", "enter", *"Ward")
        assert [value for value in chair.typed().values() if value][:2] == ["Knock", "Ward"]


async def test_a_form_that_is_made_bit_by_bit_is_waited_for(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    compose = Form._compose

    async def with_others_between(form: Form) -> None:
        await asyncio.sleep(0.3)
        await compose(form)

    monkeypatch.setattr(Form, "_compose", with_others_between)
    async with seated(make_app()) as chair:
        await chair.keys("4")
        monkeypatch.setattr(keys_in_order, "_PATIENCE", 0.0)
        await chair.burst("a", *"Knock")
        assert "Knock" in chair.typed().values()


async def test_to_the_last_row_is_to_that_of_all_rows_and_not_of_the_first_page(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranked, "_FIRST", 150)
    # a terminal that takes long to paint: all rows are ordered after the first are painted
    monkeypatch.setattr(ListPanel, "call_after_refresh", lambda panel, then: panel.set_timer(0.3, then))
    async with seated(make_app()) as chair:
        await chair.settled()
        await chair.burst("4", "j", "j", "a", "escape", "G", "k")
        records = chair.view().records
        assert records.count == 600
        assert records.cursor_index == 598


async def test_a_move_that_has_waited_in_vain_for_the_first_rows_says_so(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys_in_order, "_PATIENCE", 0.05)
    work = Reading._work

    def slowly(reading: Reading[object], *others: object) -> None:
        sleep(0.3 if isinstance(reading._owner, ActionsView) else 0)
        work(reading, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(Reading, "_work", slowly)
    async with seated(make_app()) as chair:
        await chair.burst("2", "j")
        assert chair.toasts() == ["The list is still being read: that key did nothing."]
        assert chair.view().records.cursor_index == 0
        await chair.keys("j")
        assert chair.view().records.cursor_index == 1
        assert len(chair.toasts()) == 1


async def test_rows_that_a_key_has_asked_for_are_waited_for_longer_than_anything_else(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_reading, "_SOON", 60)
    monkeypatch.setattr(keys_in_order, "_PATIENCE", 0.05)
    work = Reading._work

    def slowly(reading: Reading[object], *others: object) -> None:
        sleep(0.5 if reading.orders else 0)
        work(reading, *others)  # type: ignore[arg-type]

    async with seated(make_app()) as chair:
        await chair.keys("4")
        view = chair.view()
        wanted = chair.cell("name", 7).split(",")[0].casefold()
        monkeypatch.setattr(Reading, "_work", slowly)
        await chair.burst("slash", *wanted, "enter", "space")
        assert view.records.marked == (view.records.keys[0],)
        assert chair.cell("name", 0).casefold().startswith(wanted)


async def test_what_holds_the_program_up_uses_no_patience_up() -> None:
    """A disk that is slow for longer than is waited for: what was done by then is seen to be done."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    loop.call_later(0.02, sleep, 0.3)
    loop.call_later(0.05, loop.call_soon, done.set)
    await _within(done.wait(), 0.2)
    assert done.is_set()


async def test_a_page_of_rows_is_as_many_as_there_is_room_for_when_the_key_before_is_done(make_app: MakeApp) -> None:
    found = []
    for fast in (False, True):
        async with seated(make_app(view="suspects"), size=(80, 24)) as chair:
            await chair.settled()
            for keys in (("3", "ctrl+d"), ("pagedown", "ctrl+o", "ctrl+u")):  # 3 and ctrl+o do nothing, and say so
                chair.app.clear_notifications()
                await chair.settled()
                await (chair.burst(*keys) if fast else chair.keys(*keys))
                records = chair.view().records
                found.append((records.cursor_index, records.scroll_offset.y))
    assert found[:2] == found[2:]


@pytest.mark.parametrize("behind", ["right_square_bracket", "2", "x", "slash", "question_mark"])
async def test_keys_behind_the_one_that_quits_do_nothing(behind: str, make_app: MakeApp) -> None:
    app = make_app()
    async with seated(app) as chair:
        await chair.burst("q", behind, behind)
    assert app.return_code == 0, "a fault of a screen that is taken away would end it otherwise"
