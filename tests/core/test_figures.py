"""Figures as other programs write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import decimal_mark, plain_degrees, plain_figure


@pytest.mark.parametrize(
    ("written", "decimal", "plain"),
    [
        ("3.0", ".", "3"), ("3,0", ".", "3"), ("3.0", ",", "3"), ("1,203", ".", "1203"), ("1.203", ",", "1203"),
        ("1,203", ",", "1.203"), ("1.203", ".", "1.203"), ("7,5", ".", "7.5"), ("1,203.5", ",", "1203.5"),
        ("1.203.456", ".", "1203456"), ("1 203", ".", "1203"), ("1\u202f203,5", ".", "1203.5"), ("0.750", ",", "0.750"),
        (" 12 ", ".", "12"), (".5", ".", "0.5"),
    ],
)  # fmt: skip
def test_a_figure_in_plain_digits(written: str, decimal: str, plain: str) -> None:
    assert plain_figure(written, decimal) == plain


@pytest.mark.parametrize("text", ["", "-2", "1,2,3", "12,34,567", "1e3", "x", "1_000", "\u0663", "1.2.3", "1 20"])
def test_what_is_written_otherwise_is_left_as_it_stands(text: str) -> None:
    assert plain_figure(text, ".") == text


def test_a_count_with_three_digits_behind_its_decimal_mark_could_be_either() -> None:
    assert (plain_figure("12.000", ".", whole=True), plain_figure("12.000", ",", whole=True)) == ("12.000", "12000")


@given(st.integers(0, 10**9))
def test_thousands_are_read_by_either_mark(number: int) -> None:
    assert plain_figure(f"{number:,}", ".") == plain_figure(f"{number:,}".replace(",", "."), ",") == str(number)


def test_marks_and_degrees() -> None:
    assert [decimal_mark(mark) for mark in ",;\t|"] == [".", ",", ".", "."]
    assert [plain_degrees(text) for text in ("51,5", "-0,123", "51.5", "x,y")] == ["51.5", "-0.123", "51.5", "x,y"]
