"""How a list shares its width among its columns, cuts a cell and asks for its rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from rich.text import Text

from tui.widgets.columns import Cell, Column, fit, lay_out, widest
from tui.widgets.row_pages import RowPages

WIDE = ["日本語日本語日本語日本語", "e\u0301" * 40, "👍🏽👨👩" * 9, "ａｂｃ", "x" * 80, "日"]


@pytest.mark.parametrize("width", range(8))
@pytest.mark.parametrize("text", [*WIDE, "", "\u0301", "plain"])
def test_a_cell_has_exactly_its_width(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == cell_len(fit(text, width, "right")) == width


def test_the_least_important_columns_go_first_and_growing_ones_share() -> None:
    columns = (
        Column("a", "A", 10, grow=True),
        Column("b", "B", 10, priority=2),
        Column("c", "C", 10, priority=1),
        Column("d", "D", 10, grow=True),
        Column("e", "E", 10, priority=2),
    )

    def shown(room: int) -> list[tuple[str, int]]:
        return [(placed.column.key, placed.width) for placed in lay_out(columns, room)]

    assert shown(57) == [("a", 12), ("b", 10), ("c", 10), ("d", 11), ("e", 10)]
    assert [name for name, _ in shown(54)] == ["a", "b", "c", "d", "e"]
    assert [name for name, _ in shown(53)] == ["a", "b", "c", "d"]
    assert [name for name, _ in shown(42)] == ["a", "c", "d"]
    assert shown(21) == [("a", 10), ("d", 10)]
    assert sum(width for _, width in shown(12)) == 11
    assert shown(0) == [("a", 1), ("d", 1)]
    assert lay_out((), 10) == ()


NUMBERED = (
    Column("rank", "rank", 4, "right"),
    Column("name", "name", 16, grow=True),
    Column("borough", "borough", 12),
    Column("days", "days", 6, "right"),
    Column("move", "move", 6, "right"),
)


def test_numbers_have_their_full_width_words_give_it_and_the_last_number_is_dropped_first() -> None:
    def shown(room: int, **needs: int) -> dict[str, int]:
        places = {column.key: place for place, column in enumerate(NUMBERED)}
        placed = lay_out(NUMBERED, room, {places[key]: width for key, width in needs.items()})
        return {one.column.key: one.width for one in placed}

    assert shown(48) == {"rank": 4, "name": 16, "borough": 12, "days": 6, "move": 6}
    assert shown(36) == {"rank": 4, "name": 8, "borough": 8, "days": 6, "move": 6}
    assert shown(35) == {"rank": 4, "name": 11, "borough": 11, "days": 6}
    assert shown(28) == {"rank": 4, "name": 11, "borough": 11}
    assert shown(20) == {"rank": 4, "name": 7, "borough": 7}, "then words are narrowed further"
    assert shown(60, days=9, move=8)["name"] == 16 + 12 - 5
    assert shown(48, days=9, move=8) == {"rank": 4, "name": 11, "borough": 12, "days": 9, "move": 8}
    assert shown(36, days=9) == shown(36), "where words cannot give it, the number is scaled"


def test_the_widest_cell_of_every_column_is_seen_but_of_pictures() -> None:
    rows: list[Sequence[Cell]] = [("1", "A name", "B", Text("1,085"), "+1"), ("12", "日本語 here", "C", "9", "new")]
    assert widest(NUMBERED, rows) == {0: 2, 1: 11, 2: 1, 3: 5, 4: 3}
    pictured = [Column("bar", "", 8, picture=True), *NUMBERED[1:]]
    assert 0 not in widest(pictured, rows)


WORDED = (
    Column("name", "name", 8, grow=True),
    Column("days", "days", 6, "right"),
    Column("owner", "owner", 6),
    Column("text", "text", 8, grow=True),
    Column("by", "by", 8, priority=3),
)


def worded(room: int, needs: dict[int, int]) -> dict[str, int]:
    return {placed.column.key: placed.width for placed in lay_out(WORDED, room, needs)}


def test_words_that_are_cut_have_the_room_before_those_that_only_grow() -> None:
    assert worded(60, {}) == {"name": 18, "days": 6, "owner": 6, "text": 18, "by": 8}
    assert worded(60, {0: 10, 2: 11, 3: 14}) == {"name": 14, "days": 6, "owner": 11, "text": 17, "by": 8}
    assert worded(60, {0: 10, 2: 40, 3: 90}) == {"name": 10, "days": 6, "owner": 12, "text": 20, "by": 8}, "twice"


def test_a_column_of_little_use_gives_way_to_words_that_are_cut() -> None:
    assert worded(50, {0: 9})["by"] == 8
    assert worded(50, {0: 10, 2: 11, 3: 90}) == {"name": 10, "days": 6, "owner": 11, "text": 20}
    wanted = lay_out(WORDED, 50, {0: 10, 2: 11, 3: 90}, chosen={"by": True})
    assert [placed.column.key for placed in wanted] == ["name", "days", "owner", "text", "by"], (
        "but not if it is asked for"
    )


TIGHT = (
    Column("rank", "rank", 5, "right"),
    Column("name", "named suspect", 14, grow=True),
    Column("status", "status", 9),
    Column("days", "days", 9, "right"),
)


def test_a_column_gives_words_that_are_cut_what_neither_its_title_nor_its_cells_need() -> None:
    def widths(needs: dict[int, int]) -> list[int]:
        return [placed.width for placed in lay_out(TIGHT, 40, needs)]

    assert widths({}) == [5, 14, 9, 9], "nothing is known of the rows"
    assert widths({0: 2, 1: 26, 2: 6, 3: 6}) == [5, 19, 7, 6], "a cell is left beside a title for the arrow of the sort"
    assert widths({0: 2, 1: 16, 2: 6, 3: 6}) == [5, 16, 7, 9], "no more than is cut"
    assert widths({0: 2, 1: 14, 2: 6, 3: 6}) == [5, 14, 9, 9], "nothing is cut"
    assert widths({0: 2, 1: 26, 2: 9, 3: 9}) == [5, 14, 9, 9], "no cell is cut for it"


def test_a_fetch_that_loses_a_row_is_refused() -> None:
    pages = RowPages(lambda keys: [("a", "b", "c")] * (len(keys) - 1), list)
    with pytest.raises(ValueError, match="2 rows were asked for and 1 came"):
        pages.row(0, [1, 2])
