"""A table that is laid out here is the one that the library paints, byte for byte, in much room and in little."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from core.text import plain
from tui.printing import print_table
from tui.tabled import laid_out, library_table

_CELL = st.text("aZ9 -.é漢[]😀\u0301\x1b", max_size=14).map(plain)
_FIGURE = st.integers(-10, 10**7).map(lambda number: f"{number:,}")
_TABLES = st.integers(1, 5).flatmap(
    lambda many: st.tuples(
        st.lists(_CELL, min_size=many, max_size=many),
        st.lists(st.lists(_CELL | _FIGURE, min_size=many, max_size=many), max_size=4),
        st.lists(st.integers(0, many - 1), unique=True),
    )
)


def _console(width: int) -> Console:
    return Console(markup=False, emoji=False, highlight=False, width=width, file=io.StringIO())


def _painted(console: Console, heads: list[str], rows: list[list[str]], right: list[int]) -> str:
    with console.capture() as painted:
        console.print(library_table(heads, rows, right))
    return painted.get()


@given(_TABLES, st.integers(1, 70) | st.just(200))
def test_it_is_what_the_library_paints(table: tuple[list[str], list[list[str]], list[int]], width: int) -> None:
    heads, rows, right = table
    lines = laid_out(heads, rows, right, _console(width))
    assert lines is not None or width < 70 or "\u0301" in heads, "a mark alone has no width"
    if lines is not None:
        assert "\n".join(lines) + "\n" == _painted(_console(width), heads, rows, right)


def test_where_there_is_no_room_at_all_it_is_left_to_the_library() -> None:
    assert laid_out(["a", "b"], [["c", "d"]], [], _console(4)) is None
    assert laid_out([], [], [], _console(80)) is None


def test_what_has_no_room_is_folded_and_figures_are_not_cut(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["name", "number"], [["word " * 60, 12345], [None, ""]], right=[1])
    folded = capsys.readouterr().out.splitlines()
    assert len(folded) == 7
    assert max(map(len, folded)) <= 200
    assert folded[3].endswith("12345 ")
    print_table(["name", "number"], [["a\x1bb", 12345]], right=[1])
    shown = capsys.readouterr().out.splitlines()
    assert [line.split() for line in shown[1:4:2]] == [["name", "number"], ["a␛b", "12345"]]


def test_in_a_pipe_no_code_and_no_name_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    heads = ["code", "ward", *(f"figure of the year {number}" for number in range(12)), "why"]
    row = ["E05013808", "Waterloo & South Bank", *("1,234,567 +2.75" for _ in range(12)), "for a reason " * 20]
    print_table(heads, [row], range(2, 14))
    printed = capsys.readouterr().out
    assert "E05013808   Waterloo & South Bank   " in printed
    assert printed.count("for a reason") > 1, "what is long goes on in the next line"
    assert max(map(len, printed.splitlines())) < 400
