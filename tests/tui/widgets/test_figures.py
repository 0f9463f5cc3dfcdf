"""A number is shown whole or scaled; words are not cut within one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from tui.widgets.figures import cut, cut_inside, cut_text, narrowed


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("1,085,710", 9, "1,085,710"),
        ("1,085,710", 8, "1.09m"),
        ("1,085,710", 4, "1.1m"),
        ("1,085,710", 3, "1m"),
        ("1,085,710", 1, "#"),
        ("15,244", 5, "15.2k"),
        ("999,999", 6, "1m"),
        ("+6063 S", 7, "+6063 S"),
        ("+6063 S", 6, "+6k S"),
        ("-12,345 SW", 9, "-12.3k SW"),
        ("-12,345 SW", 6, "######"),
        ("677,512-1,085,900", 12, "678k-1.09m"),
        ("12 of 3456", 9, "12 of 3k"),
        ("2.71", 3, "2.7"),
        ("0.05", 3, "0.1"),
        ("0.05", 2, "##"),
        ("21/11/2026", 9, "#########"),
        ("09:30", 4, "####"),
        ("not known", 5, "not …"),
    ],
)
def test_a_number_that_does_not_fit_is_scaled_with_its_sign_and_its_letter(text: str, width: int, shown: str) -> None:
    assert narrowed(text, width) == shown


@given(st.floats(0.5, 1e12), st.integers(0, 3), st.integers(1, 14))
def test_a_scaled_number_is_the_number_or_is_filled(value: float, decimals: int, width: int) -> None:
    text = f"{value:,.{decimals}f}"
    shown = narrowed(text, width)
    assert cell_len(shown) <= width
    assert "…" not in shown
    found = re.fullmatch(r"([\d.,]+)(k|m|bn|)", shown)
    if found is None:
        assert set(shown) == {"#"}
    else:
        scale = {"": 1, "k": 1e3, "m": 1e6, "bn": 1e9}[found[2]]
        assert float(found[1].replace(",", "")) * scale == pytest.approx(float(text.replace(",", "")), rel=0.5)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("hold 7.2% of harm", 8, "hold …"),
        ("hold 7.2% of harm", 9, "hold …"),
        ("hold 7.2% of harm", 10, "hold …"),
        ("hold 7.2% of harm", 11, "hold 7.2% …"),
        ("1,085 d", 4, "…"),
        ("Kilburn", 5, "Kilb…"),
        ("Kilburn", 0, ""),
        ("a: b", 3, "a:…"),
    ],
)
def test_words_are_not_cut_within_a_number_or_right_behind_one(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == cut_text(Text(text), width).plain == shown


def test_a_text_keeps_its_styles() -> None:
    text = Text("12 due", style="bold").append(" 345 open", style="dim")
    assert [(span.start, span.end, span.style) for span in cut_text(text, 9).spans] == [(6, 8, "dim")]
    assert cut_text(text, 99) is text


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("crime-reports-2026-11-27.csv:4821", 40, "crime-reports-2026-11-27.csv:4821"),
        ("crime-reports-2026-11-27.csv:4821", 26, "crime-…2026-11-27.csv:4821"),
        ("crime-reports-2026-11-27.csv:4821", 14, "…-27.csv:4821"),
        ("crime-reports-2026-11-27.csv:4821", 6, "…:4821"),
        ("entry 716, deployments-2026-11-28.csv:12", 26, "entry 716, …-11-28.csv:12"),
        ("entry 716, deployments-2026-11-28.csv:12", 14, "entry 716, de…"),
        ("a.csv:12; b.csv:13, 14", 14, "a.csv:12; b.c…"),
    ],
)
def test_a_file_keeps_its_end_and_its_line_where_its_name_is_cut(text: str, width: int, shown: str) -> None:
    assert cut_inside(text, width) == shown
    assert cell_len(shown) <= width


@given(st.from_regex(r"[a-z-]{1,20}-20\d\d-\d\d-\d\d\.csv:\d{1,5}", fullmatch=True), st.integers(9, 40))
def test_the_line_of_a_file_is_whole_in_nine_cells(text: str, width: int) -> None:
    shown = cut_inside(text, width)
    assert cell_len(shown) <= width
    assert shown.endswith(text[text.index(":") :])
