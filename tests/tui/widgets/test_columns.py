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


def test_the_widest_numbers_of_rows_are_seen_and_words_are_not_looked_at() -> None:
    rows: list[Sequence[Cell]] = [("1", "A name", "B", Text("1,085"), "+1"), ("12", "Another name", "C", "9", "new")]
    assert widest(NUMBERED, rows) == {0: 2, 3: 5, 4: 3}


def test_a_fetch_that_loses_a_row_is_refused() -> None:
    pages = RowPages(lambda keys: [("a", "b", "c")] * (len(keys) - 1))
    with pytest.raises(ValueError, match="2 rows were asked for and 1 came"):
        pages.row(0, [1, 2])
