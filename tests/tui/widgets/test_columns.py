"""How a list shares its width among its columns, cuts a cell and asks for its rows."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui.widgets.columns import Column, fit, lay_out
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


def test_a_fetch_that_loses_a_row_is_refused() -> None:
    pages = RowPages(lambda keys: [("a", "b", "c")] * (len(keys) - 1))
    with pytest.raises(ValueError, match="2 rows were asked for and 1 came"):
        pages.row(0, [1, 2])
