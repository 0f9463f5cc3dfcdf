"""The list that every screen uses: order, cursor, marks, hostile cells, narrow screens and long lists."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import ClassVar

import pytest
from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.pilot import Pilot

from tui.dressed import Dressed
from tui.means import Meaning
from tui.palettes import Ground
from tui.safe import safe
from tui.widgets.columns import Cell, Column
from tui.widgets.list_messages import ListMessage
from tui.widgets.record_list import RecordList

pytestmark = pytest.mark.usefixtures("frames")
COLUMNS = (
    Column("name", "Name", 20, grow=True),
    Column("harm", "Harm", 8, align="right"),
    Column("bcu", "BCU", 6, priority=1),
)
SIZE = (80, 24)


class Rows:
    """A source of rows that counts how often it is asked and can hold special cells."""

    def __init__(self, special: dict[int, Cell] | None = None) -> None:
        self.special = special or {}
        self.asked: list[tuple[int, ...]] = []

    def __call__(self, keys: Sequence[int]) -> list[tuple[Cell, ...]]:
        self.asked.append(tuple(keys))
        return [(self.special.get(key, f"person {key}"), f"{key * 7:,}", "SE") for key in keys]


class Room(Dressed):
    """A screen with one list; notes what the list says and whether Escape came through."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave")]

    def __init__(self, keys: Sequence[int], rows: Rows | None = None, columns: Sequence[Column] = COLUMNS) -> None:
        super().__init__()
        self.rows = rows or Rows()
        self.list = RecordList(columns, self.rows, empty="No [b]records[/]", id="people")
        self.list.show(keys)
        self.said: list[ListMessage] = []
        self.read = 0
        self.backs = 0

    def compose(self) -> ComposeResult:
        yield self.list

    def action_leave(self) -> None:
        self.backs += 1

    def hear(self, message: Message) -> None:
        # A message is seen once by every widget it passes on its way up.
        if isinstance(message, ListMessage) and message not in self.said:
            self.said.append(message)

    def heard(self) -> list[tuple[object, ...]]:
        """Give what the list said since the last call: the kind of message and what it carries."""
        fresh, self.read = self.said[self.read :], len(self.said)
        return [_note(message) for message in fresh]


def _note(message: ListMessage) -> tuple[object, ...]:
    match message:
        case RecordList.Highlighted() | RecordList.Chosen():
            return type(message).__name__, message.key
        case RecordList.Marked():
            return "Marked", message.count
        case RecordList.Sorted():
            return "Sorted", message.column, message.descending
    raise AssertionError(message)


def lines(listing: RecordList) -> list[str]:
    return [listing.render_line(y).text for y in range(listing.size.height)]


async def settle(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_rows_are_shown_in_the_given_order_under_the_head() -> None:
    app = Room([5, 3, 9])
    async with app.run_test(size=SIZE):
        shown = lines(app.list)
    assert shown[0].split() == ["Name", "Harm", "BCU"]
    assert [line.split()[:3] for line in shown[1:4]] == [
        ["▸", "person", "5"],
        ["person", "3", "21"],
        ["person", "9", "63"],
    ]
    assert {cell_len(line) for line in shown} == {79}
    assert shown[1].endswith("35 SE    ")


async def test_the_cursor_stays_on_its_record_when_the_order_changes() -> None:
    app = Room(range(100))
    async with app.run_test(size=SIZE, message_hook=app.hear) as pilot:
        await settle(pilot, *"jjj")
        assert app.heard() == [("Highlighted", 0), ("Highlighted", 1), ("Highlighted", 2), ("Highlighted", 3)]
        app.list.show(range(99, -1, -1), total=200)
        await pilot.pause()
        assert (app.list.cursor_key, app.list.cursor_index, app.list.total) == (3, 96, 200)
        assert any(line.startswith("▸ person 3 ") for line in lines(app.list))
        assert app.heard() == []


async def test_a_vanished_record_leaves_the_cursor_on_its_row() -> None:
    app = Room([1, 2, 3, 4])
    async with app.run_test(size=SIZE, message_hook=app.hear) as pilot:
        await settle(pilot, "j", "j")
        app.heard()
        app.list.show([1, 2, 4])
        await pilot.pause()
        assert (app.list.cursor_index, app.list.cursor_key) == (2, 4)
        assert app.heard() == [("Highlighted", 4)]
        app.list.show([1])
        app.list.show([1])
        await pilot.pause()
        assert app.list.cursor_index == 0
        assert app.heard() == [("Highlighted", 1)]
        app.list.show([])
        await pilot.pause()
        assert app.list.cursor_key is None
        assert app.heard() == [("Highlighted", None)]


@pytest.mark.parametrize("steps", [[], [[1, 2, 4, 5, 6]], [[1, 2, 4, 5, 6], [2, 5, 6]], [[3, 5, 6], []]])
async def test_however_many_steps_of_a_filter_are_shown_the_cursor_ends_where_it_would(steps: list[list[int]]) -> None:
    app = Room([1, 2, 3, 4, 5, 6])
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot, "j", "j")
        for keys in steps:
            app.list.show(keys, passing=True)
        app.list.show([5, 6], passing=True)
        assert app.list.cursor_key == 5, "its record is hidden: on the first"
        app.list.show([1, 3, 5], passing=True)
        assert app.list.cursor_key == 3, "on its record, when that is back"
        await settle(pilot, "j")
        app.list.show([1, 2, 3, 4, 5, 6], passing=True)
        assert app.list.cursor_key == 5, "where it was moved to meanwhile"


@pytest.mark.parametrize("steps", [[], [[1, 3], []], [[3], [3], [1, 3]]])
async def test_however_many_steps_of_a_filter_are_shown_marks_are_those_from_before(steps: list[list[int]]) -> None:
    app = Room(range(1, 100))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot, "space", "space", *["pagedown"] * 2, "k")
        top = app.list.scroll_offset.y
        for keys in steps:
            app.list.show(keys, passing=True)
            app.list.show(keys)
        app.list.show([2, 3], passing=True)
        assert list(app.list.marked) == [2], "a verb acts on no row that is not shown"
        app.list.show(range(1, 100), passing=True)
        assert (list(app.list.marked), app.list.cursor_index, app.list.scroll_offset.y) == ([1, 2], 47, top)
        app.list.show([2, 3], passing=True)
        await settle(pilot, "g", "space")
        app.list.show(range(1, 100), passing=True)
        assert list(app.list.marked) == [], "marks that were set meanwhile stay as they were set"
        app.list.clear()
        app.list.show(range(1, 100), passing=True)
        assert (list(app.list.marked), app.list.cursor_index) == ([], 0), "other records"


@pytest.mark.parametrize("room_first", [True, False])
async def test_rows_that_come_before_or_after_a_line_of_room_stand_alike(room_first: bool) -> None:
    app = Room([60])
    async with app.run_test(size=(SIZE[0], 10)) as pilot:
        await settle(pilot)
        if not room_first:
            app.list.show(range(100))
        await pilot.resize_terminal(SIZE[0], 11)
        await settle(pilot)
        if room_first:
            app.list.show(range(100))
        await settle(pilot)
        assert (app.list.cursor_key, app.list.scroll_offset.y) == (60, 51)
        assert app.list.vertical_scrollbar.position == 51


async def test_marks_targets_and_the_loss_of_a_marked_record() -> None:
    app = Room([10, 20, 30, 40])
    async with app.run_test(size=SIZE, message_hook=app.hear) as pilot:
        assert app.list.targets() == (10,)
        await settle(pilot, "space", "j", "space")
        assert list(app.list.marked) == list(app.list.targets()) == [10, 30]
        assert app.list.cursor_key == 40
        assert [note for note in app.heard() if note[0] == "Marked"] == [("Marked", 1), ("Marked", 2)]
        assert lines(app.list)[1].startswith(" ●person 10")
        app.list.show([40, 30, 20])
        await pilot.pause()
        assert list(app.list.marked) == [30]
        assert app.heard() == [("Marked", 1)]
        app.list.show([40, 30, 20, 10])
        assert list(app.list.marked) == [30]
        app.list.unmark([30])
        assert app.list.targets() == (40,)


async def test_space_takes_a_mark_away_again() -> None:
    app = Room([1, 2])
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot, "space", "k", "space")
        assert app.list.marked == ()


async def test_advance_goes_to_the_next_unhandled_row_below_and_never_back_to_one_above() -> None:
    app = Room([1, 2, 3, 4])
    async with app.run_test(size=SIZE):
        assert app.list.advance([1, 2])
        assert app.list.cursor_key == 3
        assert not app.list.advance({3, 4})
        assert app.list.cursor_key == 3
        app.list.move_to_key(4)
        assert not app.list.advance({4})
        assert app.list.cursor_key == 4
        assert not app.list.move_to_key(99)


async def test_a_range_is_seen_while_open_and_marked_when_closed() -> None:
    app = Room(range(1, 9))
    async with app.run_test(size=SIZE, message_hook=app.hear) as pilot:
        await settle(pilot, *"jvjj")
        assert [line[:2] for line in lines(app.list)[1:6]] == ["  ", " ○", " ○", "▸○", "  "]
        assert list(app.list.marked) == []
        await settle(pilot, "v")
        assert list(app.list.marked) == [2, 3, 4]
        assert [line[:2] for line in lines(app.list)[1:6]] == ["  ", " ●", " ●", "▸●", "  "]
        assert [note for note in app.heard() if note[0] == "Marked"] == [("Marked", 3)]


async def test_escape_leaves_an_open_range_and_else_belongs_to_the_screen() -> None:
    app = Room(range(5))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot, "v", "j", "escape")
        assert (app.backs, app.list.marked) == (0, ())
        assert "○" not in "".join(lines(app.list))
        await settle(pilot, "escape")
        assert app.backs == 1


async def test_a_new_order_closes_an_open_range_and_a_refresh_does_not() -> None:
    app = Room(range(5))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot, "v", "j")
        app.list.show(range(5))
        assert "○" in "".join(lines(app.list))
        app.list.show([4, 3, 2, 1, 0])
        assert "○" not in "".join(lines(app.list))


async def test_a_long_list_fetches_only_the_pages_in_sight() -> None:
    app = Room(array("q", range(35_000)))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert [asked[0] for asked in app.rows.asked] == [0]
        await settle(pilot, "G")
        assert app.list.cursor_key == 34_999
        assert app.list.scroll_offset.y == 35_000 - 23
        assert lines(app.list)[-1].startswith("▸ person 34999 ")
        await settle(pilot, "ctrl+u", "pageup")
        assert app.list.cursor_key == 34_999 - 11 - 23
        await settle(pilot, "g", "pagedown", "ctrl+d", "pagedown")
        assert app.list.cursor_key == 23 + 11 + 23
        await settle(pilot, "end", "home", "k")
        assert app.list.cursor_key == 0
        assert {asked[0] // 23 for asked in app.rows.asked} == {0, 1, 2, 1520, 1521}, "what was painted"
        assert max(len(asked) for asked in app.rows.asked) == 23, "no more rows at a time than are seen"


async def test_invalidate_fetches_again_only_what_changed() -> None:
    app = Room(array("q", range(200)))
    async with app.run_test(size=(80, 100)) as pilot:
        await pilot.pause()
        app.rows.asked.clear()
        await settle(pilot, "pagedown", *["j"] * 9)
        assert [asked[0] for asked in app.rows.asked] == [99], "the page that came into sight"
        app.rows.special[105] = "changed"
        app.list.invalidate([105])
        await pilot.pause()
        assert [asked[0] for asked in app.rows.asked] == [99, 99]
        assert any(line.startswith("  changed ") for line in lines(app.list))
        app.list.invalidate()
        await pilot.pause()
        assert [asked[0] for asked in app.rows.asked] == [99, 99, 0, 99]


async def test_a_list_that_shows_more_rows_reads_that_many_at_a_time() -> None:
    app = Room(range(200))
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.pause()
        assert [len(asked) for asked in app.rows.asked] == [16], "as many as the least page has"
        await pilot.resize_terminal(80, 61)
        await pilot.pause()
        assert [len(asked) for asked in app.rows.asked][1:] == [60]


HOSTILE = ["[red]x", "[/", "[@click=app.quit]x[/]", "\x1b[31mred", "a\nb", "‮gnp"]
HARMLESS = ["[red]x", "[/", "[@click=app.quit]x[/]", "␛[31mred", "a b", "�gnp"]


@pytest.mark.parametrize("make", [str, safe, Text])
async def test_hostile_strings_are_shown_as_they_are(make: type[str]) -> None:
    app = Room(range(6), Rows({key: make(text) for key, text in enumerate(HOSTILE)}))
    async with app.run_test(size=SIZE):
        for y, expected in enumerate(HARMLESS, start=1):
            strip = app.list.render_line(y)
            assert strip.text[2:].startswith(expected + " ")
            assert cell_len(strip.text) == 79
            assert all(not (segment.style and segment.style.meta) for segment in strip)


async def test_a_hostile_title_and_sentence_are_shown_as_they_are() -> None:
    app = Room([], columns=[Column("x", "[b]X\x1b[0m", 20)])
    async with app.run_test(size=SIZE):
        shown = lines(app.list)
        assert shown[0].startswith("  [b]X␛[0m ")
        assert shown[1].strip() == "No [b]records[/]"
        app.list.empty_text = "No match. Esc clears the filter."
        assert lines(app.list)[1].strip() == "No match. Esc clears the filter."


async def test_keys_do_nothing_in_an_empty_list() -> None:
    app = Room([])
    async with app.run_test(size=SIZE, message_hook=app.hear) as pilot:
        await settle(pilot, "j", "k", "g", "G", "space", "v", "enter", "pagedown", "ctrl+u", "s")
        assert (app.list.cursor_index, app.list.cursor_key, app.list.targets()) == (0, None, ())
        assert app.heard() == []
        app.list.advance(())
        app.list.show([7])
        await pilot.pause()
        assert app.heard() == [("Highlighted", 7)]


WIDE = ["日本語日本語日本語日本語", "e\u0301" * 40, "👍🏽👨👩" * 9, "ａｂｃ", "x" * 80, "日"]


@pytest.mark.parametrize("make", [str, safe])
async def test_wide_and_combining_characters_keep_the_columns_aligned(make: type[str]) -> None:
    columns = (Column("name", "Name", 11), Column("harm", "Harm", 6, align="right"), Column("bcu", "BCU", 6))
    app = Room(range(6), Rows({key: make(text) for key, text in enumerate(WIDE)}), columns)
    async with app.run_test(size=SIZE):
        for key, line in enumerate(lines(app.list)[1:7]):
            before, _, _ = line.partition(f"{key * 7} SE")
            assert cell_len(before) == 2 + 22 + 1 + 6 - len(str(key * 7))
            assert cell_len(line) == 79
            assert ("…" in line) == (key in (0, 1, 2, 4))


async def test_a_narrow_list_drops_columns_and_keeps_the_cursor_in_sight() -> None:
    app = Room(range(100))
    async with app.run_test(size=(80, 40)) as pilot:
        app.list.move_to_key(30)
        await pilot.pause()
        await pilot.resize_terminal(34, 10)
        await pilot.pause()
        shown = lines(app.list)
        assert shown[0].split() == ["Name", "Harm"]
        assert shown[-1].startswith("▸ person 30 ")
        assert {cell_len(line) for line in shown} == {33}


async def test_the_head_shows_the_sort_and_keys_ask_for_it() -> None:
    app = Room(range(3))
    async with app.run_test(size=SIZE, message_hook=app.hear) as pilot:
        app.heard()
        await settle(pilot, "s", ">", "s", "<", "<")
        assert app.heard() == [
            ("Sorted", "name", False),
            ("Sorted", "harm", True),
            ("Sorted", "harm", False),
            ("Sorted", "name", False),
            ("Sorted", "bcu", False),
        ]
        assert "▲" not in lines(app.list)[0]
        app.list.set_sort("harm", True)
        assert (app.list.sort_column, app.list.sort_descending) == ("harm", True)
        assert "  Harm ▼ BCU" in lines(app.list)[0]
        await settle(pilot, "s")
        assert app.heard() == [("Sorted", "harm", False)]
        app.list.set_sort("bcu", False)
        assert "Harm BCU ▲" in lines(app.list)[0]


async def test_enter_opens_the_record_under_the_cursor() -> None:
    app = Room([4, 8])
    async with app.run_test(size=SIZE, message_hook=app.hear) as pilot:
        await settle(pilot, "down", "enter")
        assert app.heard()[-1] == ("Chosen", 8)


async def test_another_view_of_the_same_records_keeps_the_cursor_and_the_marks() -> None:
    app = Room([1, 2, 3])
    async with app.run_test(size=SIZE, message_hook=app.hear) as pilot:
        await settle(pilot, "space")
        app.heard()
        app.list.use([Column("id", "Reference", 12)], lambda keys: [(f"REF-{key}",) for key in keys])
        await pilot.pause()
        assert [line.strip() for line in lines(app.list)[:4]] == ["Reference", "●REF-1", "▸ REF-2", "REF-3"]
        assert (app.heard(), app.list.marked) == ([], (1,))


async def test_the_style_of_a_cell_survives_except_on_the_cursor_row() -> None:
    app = Room([0, 1], Rows({key: safe("late", "bold red on yellow") for key in (0, 1)}))

    def style_of(y: int) -> Style:
        found = [segment.style for segment in app.list.render_line(y) if segment.text == "late"]
        assert found[0] is not None
        return found[0]

    async with app.run_test(size=SIZE):
        cursor = app.list.get_component_rich_style("record-list--cursor")
        assert (style_of(2).color, style_of(2).bgcolor) == (Style.parse("red").color, Style.parse("on yellow").bgcolor)
        assert (style_of(1).color, style_of(1).bgcolor, style_of(1).bold) == (cursor.color, cursor.bgcolor, True)


async def test_a_change_of_look_repaints_the_rows_and_what_they_mean() -> None:
    app = Room([0, 1], Rows({key: Text("late", style=Meaning.LATE.value) for key in (0, 1)}))
    async with app.run_test(size=SIZE) as pilot:
        seen = set()
        for ground in (Ground.DARK, Ground.LIGHT, Ground.CONTRAST):
            app.wear(ground)
            await pilot.pause()
            for y in (1, 2):
                segments = list(app.list.render_line(y))
                late = next(segment.style for segment in segments if segment.text == "late")
                plain = segments[0].style
                assert late is not None
                assert plain is not None
                assert late.color != plain.color
                seen |= {late.color, plain.bgcolor}
        assert len(seen) >= 9, "each look has its own, on the row of the cursor and elsewhere"


async def test_a_click_moves_the_cursor() -> None:
    app = Room(range(50))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.click("#people", offset=(5, 4))
        assert app.list.cursor_index == 3
        await pilot.click("#people", offset=(5, 0))
        assert app.list.cursor_index == 3


async def test_every_key_of_the_list_can_be_rebound_and_explains_itself() -> None:
    app = Room(range(5))
    async with app.run_test(size=SIZE) as pilot:
        own = [entry.binding for entry in app.screen.active_bindings.values() if entry.node is app.list]
        assert {binding.key for binding in own} >= {"j", "down", "G", "less_than_sign", "greater_than_sign", "space"}
        assert all(binding.id and binding.id.startswith("list.") for binding in own)
        assert all(binding.tooltip and binding.description and not binding.show for binding in own)
        app.set_keymap({"list.down": "n"})
        await settle(pilot, "n", "j")
        assert app.list.cursor_index == 1


async def test_a_wider_number_makes_its_column_wider_on_every_line_of_the_next_paint() -> None:
    columns = (Column("name", "Name", 20, grow=True), Column("harm", "Harm", 5, align="right"), COLUMNS[2])
    app = Room([1, 2, 155_101, *range(3, 200), 155_101_400], columns=columns)
    async with app.run_test(size=(40, 8)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()  # what stands there, not what would be painted now
        shown = ["".join(segment.text for segment in strip) for strip in strips]
        ends = [
            line.index(word) + len(word) for line, word in zip(shown, ("Harm", " 7", "14", "1,085,707"), strict=False)
        ]
        assert len(set(ends)) == 1, "head and rows stand under each other"
        await settle(pilot, "G")
        shown = lines(app.list)
        assert shown[-1].split()[-2:] == ["1,085,709,800", "SE"]
        assert {cell_len(line) for line in shown} == {39}
        assert "…" not in "".join(shown)


async def test_columns_are_panned_and_chosen_and_the_wheel_takes_the_cursor_along_at_the_edge() -> None:
    columns = (Column("name", "Name", 12, grow=True), *(Column(f"c{n}", f"Col{n}", 12) for n in range(6)))
    app = Room(range(60), columns=columns)
    app.rows = Rows()
    app.list.use(columns, lambda keys: [[f"{key}", *"abcdef"] for key in keys])
    async with app.run_test(size=(40, 12)) as pilot:
        await settle(pilot)
        assert app.list.shown_columns() == columns, "narrowed, with none left out"
        await settle(pilot, *["right"] * 9)
        shown = [column.key for column in app.list.shown_columns()]
        assert (shown[0], shown[-1]) == ("name", "c5"), "the first stays, the last is in sight"
        assert lines(app.list)[0].startswith("‹ ")
        await settle(pilot, *["left"] * 9)
        assert not lines(app.list)[0].startswith("‹")
        app.list.choose_columns({"c0": False, "c1": False, "c2": False, "c3": False})
        assert [column.key for column in app.list.shown_columns()] == ["name", "c4", "c5"]
        await pilot._post_mouse_events([MouseScrollDown], "#people", offset=(4, 4))
        await pilot.pause()
        assert (app.list.scroll_offset.y, app.list.cursor_index) == (3, 3)
        await settle(pilot, "j")
        await pilot._post_mouse_events([MouseScrollUp], "#people", offset=(4, 4))
        await pilot.pause()
        assert (app.list.scroll_offset.y, app.list.cursor_index) == (0, 4)


async def test_the_scrollbar_is_clicked_and_dragged() -> None:
    app = Room(range(500))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        bar = app.list.vertical_scrollbar
        await pilot.click(bar, offset=(0, 20))
        await settle(pilot)
        below = app.list.scroll_offset.y
        assert below > 0, "a click below the thumb shows what is further down"
        thumb = next(
            y for y in range(bar.size.height) if app.screen.get_style_at(79, y).meta == {"@mouse.down": "grab"}
        )
        await pilot.mouse_down(bar, offset=(0, thumb))
        await pilot.hover(bar, offset=(0, thumb + 6))
        await pilot.mouse_up(bar, offset=(0, thumb + 6))
        await settle(pilot)
        assert app.list.scroll_offset.y > below + 50, "it is dragged"
