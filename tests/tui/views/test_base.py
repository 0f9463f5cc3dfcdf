"""Working on a list: the filter, the order, marks, copying, and letters that are only letters in a field."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

from textual.widgets import Input

from db.store import Store
from db.wards import ranking
from tests.tui.keyboard import MakeApp, entries, seated
from tui.screens.room import MeetingRoom


async def test_the_filter_is_live_says_n_of_m_and_esc_clears_it(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_5")
        line = chair.view().query_one(".filter", Input)
        assert not line.focusable, "a screen that comes up gives the first keys to the list"
        await chair.press("list.filter")
        assert line.focusable
        everyone = chair.view().records.count
        await chair.keys(*"hack")
        fewer = chair.view().records.count
        assert 0 < fewer < everyone
        assert chair.heading().startswith(f" filter hack: {fewer} of {everyone}")
        assert all("hack" in " ".join(chair.cells(row)).casefold() for row in range(fewer))
        await chair.keys("enter")
        assert chair.heading().startswith(" filter hack"), "the filter is visible while it holds"
        await chair.press("list.choose", "list.back")
        assert chair.heading().startswith(" filter hack"), "and holds when a page was opened and left"
        await chair.keys("escape")
        assert chair.view().records.count == everyone
        assert isinstance(chair.app.screen, MeetingRoom)
        await chair.keys("escape")
        assert isinstance(chair.app.screen, MeetingRoom), "one Esc too many does not end the meeting"


async def test_a_filter_puts_the_cursor_where_it_would_however_fast_it_is_typed(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.down", "list.down", "list.down")
        records, found = chair.view().records, []
        before = records.cursor_key
        for steps in (["hackney"], ["h", "hack", "hackney"], ["ha", "hac", "hackn", "hackney"]):
            await chair.press("list.filter")
            for text in steps:
                chair.view().query_one(".filter", Input).value = text
                await chair.settled()
            found.append(records.cursor_key)
            await chair.keys("escape")
            assert records.cursor_key == before, "back on its record when the filter is cleared"
        assert len(set(found)) == 1


async def test_a_filter_that_hides_the_record_puts_the_cursor_on_the_first_match(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", *["list.down"] * 3)
        records = chair.view().records
        last = chair.view().source.order(None, False, "")[-1]
        name = chair.view().source.record(last).subject.label.partition(",")[0]
        await chair.press("list.filter")
        await chair.keys(*name.casefold(), "enter")
        assert records.count
        assert records.cursor_index == 0


async def test_a_filter_without_a_match_says_how_to_clear_it(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.filter")
        await chair.keys(*"zq[/", "enter")
        assert chair.view().records.count == 0
        assert "Esc clears the filter" in chair.view().records.empty_text
        assert not chair.commands()["act.action"].enabled, "there is no row to act on"


async def test_a_sort_goes_to_the_top_and_ctrl_o_to_the_record_from_before_all_sorts(make_app: MakeApp) -> None:
    async with seated(make_app(), size=(120, 40)) as chair:
        for item in ("meeting.item_4", "meeting.item_5"):
            await chair.press(item, "list.down", "list.down", "list.down")
            records = chair.view().records
            key, order = records.cursor_key, records.keys[:]
            await chair.press("list.sort_right", "list.sort_right", "list.sort_right")
            column = records.sort_column
            assert records.cursor_index == 0
            forward = records.keys[:]
            assert sorted(forward) == sorted(order)
            await chair.press("list.sort_reverse")
            assert records.keys != forward
            assert (records.cursor_index, records.sort_column) == (0, column)
            await chair.press("list.sort_left", "list.return")
            assert records.sort_column != column
            assert records.cursor_key == key


async def test_letters_typed_in_a_field_fire_no_command(make_app: MakeApp, city: Store) -> None:
    letters = "adtcxewuypqsvGUS15?:<["
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4")
        before = len(entries(city)), chair.view().records.cursor_key, len(chair.app.screen_stack)
        await chair.press("list.filter")
        await chair.keys(*letters)
        line = chair.app.focused
        assert isinstance(line, Input)
        assert line.value == letters
        assert isinstance(chair.app.screen, MeetingRoom)
        assert chair.app.screen.item.key == "suspects"
        await chair.keys("escape")
        assert (len(entries(city)), chair.view().records.cursor_key, len(chair.app.screen_stack)) == before
        assert chair.view().records.marked == ()
        assert not chair.tasking().session.projector


async def test_yank_and_copy_put_the_row_on_the_clipboard(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_4", "list.yank")
        row = chair.app.clipboard.split("\t")
        assert row == chair.cells()
        assert chair.toasts()[-1] == "Row copied."
        await chair.press("list.down")
        await chair.keys("ctrl+c")
        assert chair.app.clipboard.split("\t") == chair.cells() != row


async def test_other_views_are_fresh_when_they_are_shown_again(make_app: MakeApp) -> None:
    async with seated(make_app()) as chair:
        await chair.press("meeting.item_2")
        many = chair.view().records.count
        await chair.press("meeting.item_4", "act.action")
        await chair.keys(*"Go", "enter", *"Ward team", "enter", "enter")
        await chair.press("meeting.item_2")
        assert chair.view().records.count == many + 1
        await chair.settled()


async def test_doubtful_categories_come_into_the_harm_of_wards_and_the_cursor_stays(
    make_app: MakeApp, city: Store
) -> None:
    with_them = {one.ward_code: one for one in ranking(city, with_doubtful=True).table.entries}
    async with seated(make_app(view="wards"), size=(120, 40)) as chair:
        await chair.settled()
        await chair.press("list.down", "list.down")
        record = chair.view().under_cursor()
        assert record is not None
        before = chair.column("harm")
        await chair.press("wards.doubtful")
        assert "doubtful categories in" in chair.heading()
        assert chair.column("harm") == [
            f"{one.harm:,.0f}" for one in sorted(with_them.values(), key=lambda one: one.rank)
        ]
        assert chair.view().under_cursor() == replace(record, facts=mock.ANY, made_of=mock.ANY, wall=mock.ANY)
        await chair.press("wards.doubtful")
        assert chair.column("harm") == before
