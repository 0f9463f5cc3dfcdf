"""A table that is laid out here is the one that the library paints, byte for byte, wherever it has room."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from core.text import plain
from tui import printing
from tui.printing import folded_table, print_table
from tui.tabled import laid_out

_CELL = st.text("aZ9 -.é漢[]😀\u0301\x1b", max_size=9).map(lambda text: plain(text).strip())


def _painted(heads: list[str], rows: list[list[str]], right: list[int], width: int) -> str:
    console = Console(markup=False, emoji=False, highlight=False, width=width, file=io.StringIO())
    console.print(folded_table(heads, rows, right))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@given(
    st.integers(1, 5).flatmap(
        lambda many: st.tuples(
            st.lists(_CELL, min_size=many, max_size=many),
            st.lists(st.lists(_CELL, min_size=many, max_size=many), max_size=4),
            st.lists(st.integers(0, many - 1), unique=True),
        )
    )
)
def test_it_is_what_the_library_paints(table: tuple[list[str], list[list[str]], list[int]]) -> None:
    heads, rows, right = table
    lines = laid_out(heads, rows, right, 200)
    assert lines is not None
    assert "\n".join(lines) + "\n" == _painted(heads, rows, right, 200)
    room = max(map(len, lines)) - 1
    if all(line.isascii() for line in [*heads, *(cell for row in rows for cell in row)]):
        assert laid_out(heads, rows, right, room) is None, "one cell too few"
        assert laid_out(heads, rows, right, room + 1) == lines


def test_spaces_at_an_edge_are_left_to_the_library() -> None:
    assert laid_out(["a"], [[" b"]], [], 80) is None
    assert laid_out([], [], [], 80) is None


def test_what_has_no_room_is_folded_and_figures_are_not_cut(capsys: pytest.CaptureFixture[str]) -> None:
    assert printing.folded_table is folded_table
    print_table(["name", "number"], [["word " * 60, 12345], [None, ""]], right=[1])
    folded = capsys.readouterr().out.splitlines()
    assert len(folded) == 7
    assert max(map(len, folded)) <= 200
    assert folded[3].endswith("12345 ")
    print_table(["name", "number"], [["a\x1bb", 12345]], right=[1])
    shown = capsys.readouterr().out.splitlines()
    assert [line.split() for line in shown[1:4:2]] == [["name", "number"], ["a␛b", "12345"]]
