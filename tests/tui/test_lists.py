"""Working on a list: the filter, the order, marks, copying, and letters that are only letters in a field."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

from textual.widgets import Input

from db.store import Store
from db.wards import ranking
from tests.tui.keyboard import (
    MakeApp,
    cells,
    column,
    commands,
    entries,
    heading,
    keys,
    press,
    settled,
    tasking,
    toasts,
    view,
)
from tui.screens.room import MeetingRoom


async def test_the_filter_is_live_says_n_of_m_and_esc_clears_it(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_5")
        await press(pilot, "list.filter")
        everyone = view(pilot).records.count
        await keys(pilot, *"hack")
        fewer = view(pilot).records.count
        assert 0 < fewer < everyone
        assert heading(pilot).startswith(f" filter hack: {fewer} of {everyone}")
        assert all("hack" in " ".join(cells(pilot, row)).casefold() for row in range(fewer))
        await keys(pilot, "enter")
        assert heading(pilot).startswith(" filter hack"), "the filter is visible while it holds"
        await press(pilot, "list.choose", "list.back")
        assert heading(pilot).startswith(" filter hack"), "and holds when a page was opened and left"
        await keys(pilot, "escape")
        assert view(pilot).records.count == everyone
        assert isinstance(pilot.app.screen, MeetingRoom)
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, MeetingRoom), "one Esc too many does not end the meeting"


async def test_a_filter_puts_the_cursor_where_it_would_however_fast_it_is_typed(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_4", "list.down", "list.down", "list.down")
        records, found = view(pilot).records, []
        before = records.cursor_key
        for steps in (["hackney"], ["h", "hack", "hackney"], ["ha", "hac", "hackn", "hackney"]):
            await press(pilot, "list.filter")
            for text in steps:
                view(pilot).query_one(".filter", Input).value = text
                await settled(pilot)
            found.append(records.cursor_key)
            await keys(pilot, "escape")
            assert records.cursor_key == before, "back on its record when the filter is cleared"
        assert len(set(found)) == 1


async def test_a_filter_without_a_match_says_how_to_clear_it(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_4", "list.filter")
        await keys(pilot, *"zq[/", "enter")
        assert view(pilot).records.count == 0
        assert "Esc clears the filter" in view(pilot).records.empty_text
        assert not commands(pilot)["act.action"].enabled, "there is no row to act on"


async def test_sorting_keeps_the_cursor_on_its_record(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        for item in ("meeting.item_4", "meeting.item_5"):
            await press(pilot, item, "list.down", "list.down", "list.down")
            records = view(pilot).records
            key, order = records.cursor_key, records.keys[:]
            await press(pilot, "list.sort_right", "list.sort_right", "list.sort_right")
            column = records.sort_column
            assert records.cursor_key == key
            forward = records.keys[:]
            assert sorted(forward) == sorted(order)
            await press(pilot, "list.sort_reverse")
            assert records.keys != forward
            assert (records.cursor_key, records.sort_column) == (key, column)
            await press(pilot, "list.sort_left")
            assert records.sort_column != column
            assert records.cursor_key == key


async def test_letters_typed_in_a_field_fire_no_command(make_app: MakeApp, city: Store) -> None:
    letters = "adtcxewuypqsvGUS15?:<["
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_4")
        before = len(entries(city)), view(pilot).records.cursor_key, len(pilot.app.screen_stack)
        await press(pilot, "list.filter")
        await keys(pilot, *letters)
        line = pilot.app.focused
        assert isinstance(line, Input)
        assert line.value == letters
        assert isinstance(pilot.app.screen, MeetingRoom)
        assert pilot.app.screen.item.key == "suspects"
        await keys(pilot, "escape")
        assert (len(entries(city)), view(pilot).records.cursor_key, len(pilot.app.screen_stack)) == before
        assert view(pilot).records.marked == ()
        assert not tasking(pilot).session.projector


async def test_yank_and_copy_put_the_row_on_the_clipboard(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_4", "list.yank")
        row = pilot.app.clipboard.split("\t")
        assert row == cells(pilot)
        assert toasts(pilot)[-1] == "Row copied."
        await press(pilot, "list.down")
        await keys(pilot, "ctrl+c")
        assert pilot.app.clipboard.split("\t") == cells(pilot) != row


async def test_other_views_are_fresh_when_they_are_shown_again(make_app: MakeApp) -> None:
    async with make_app().run_test() as pilot:
        await press(pilot, "meeting.item_2")
        many = view(pilot).records.count
        await press(pilot, "meeting.item_4", "act.action")
        await keys(pilot, *"Go", "enter", *"Ward team", "enter", "enter")
        await press(pilot, "meeting.item_2")
        assert view(pilot).records.count == many + 1
        await settled(pilot)


async def test_doubtful_categories_come_into_the_harm_of_wards_and_the_cursor_stays(
    make_app: MakeApp, city: Store
) -> None:
    with_them = {one.ward_code: one for one in ranking(city, with_doubtful=True).table.entries}
    async with make_app(view="wards").run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "list.down", "list.down")
        record = view(pilot).under_cursor()
        assert record is not None
        before = column(pilot, "harm")
        await press(pilot, "wards.doubtful")
        assert "doubtful categories in" in heading(pilot)
        assert column(pilot, "harm") == [
            f"{one.harm:,.0f}" for one in sorted(with_them.values(), key=lambda one: one.rank)
        ]
        assert view(pilot).under_cursor() == replace(record, facts=mock.ANY, made_of=mock.ANY)
        await press(pilot, "wards.doubtful")
        assert column(pilot, "harm") == before
