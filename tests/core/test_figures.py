"""Figures as other programs write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import decimal_mark, is_unknown, plain_degrees, plain_figure, why_no_count


@pytest.mark.parametrize(
    ("written", "decimal", "plain"),
    [
        ("3.0", ".", "3"), ("3,0", ".", "3"), ("3.0", ",", "3"), ("1,203", ".", "1203"), ("1.203", ",", "1203"),
        ("1,203", ",", "1.203"), ("1.203", ".", "1.203"), ("7,5", ".", "7.5"), ("1,203.5", ",", "1203.5"),
        ("1.203.456", ".", "1203456"), ("1 203", ".", "1203"), ("1\u202f203,5", ".", "1203.5"), ("0.750", ",", "0.750"),
        (" 12 ", ".", "12"), (".5", ".", "0.5"), ("1203.0", ".", "1203"), ("1203,00", ",", "1203"),
        ("1.203E3", ".", "1203"), ("1,203E+03", ",", "1203"), ("1e5", ".", "100000"), ("1.2e-3", ".", "0.0012"),
        ("12.5E1", ".", "125"), ("12.34E-1", ".", "1.234"), ("0e0", ".", "0"),
        ("+7", ".", "7"), ("+1,203", ".", "1203"),
        ("1\u2009203", ".", "1203"), ("1\u00a0203\u00a0456", ",", "1203456"), ("1'203", ".", "1203"),
        ("1\u2019203.5", ".", "1203.5"), ("\u00a012\u2009", ".", "12"), ("\ufeff12\u200b", ".", "12"),
        ("1\u2007203", ".", "1203"), ("0", ".", "0"), ("000", ".", "000"),
    ],
)  # fmt: skip
def test_a_figure_in_plain_digits(written: str, decimal: str, plain: str) -> None:
    assert plain_figure(written, decimal) == plain


@pytest.mark.parametrize(
    "text",
    [
        *("", "-2", "1,2,3", "12,34,567", "x", "1_000", "\u0663", "1.2.3", "1 20", "0 203", "1 203'456", "e3", "1e"),
        *("1e100", "++1", "£5", "5%", "1,203E", "(3)", "1.203.45"),
    ],
)
def test_what_is_written_otherwise_is_left_as_it_stands(text: str) -> None:
    assert plain_figure(text, ".") == text


def test_a_count_with_three_digits_behind_its_decimal_mark_could_be_either() -> None:
    assert (plain_figure("12.000", ".", whole=True), plain_figure("12.000", ",", whole=True)) == ("12.000", "12000")


@given(st.integers(0, 10**9))
def test_thousands_are_read_by_either_mark(number: int) -> None:
    assert plain_figure(f"{number:,}", ".") == plain_figure(f"{number:,}".replace(",", "."), ",") == str(number)


@given(st.integers(0, 10**6), st.integers(-9, 9))
def test_an_exponent_moves_the_point_and_rounds_nothing_away(number: int, power: int) -> None:
    assert Decimal(plain_figure(f"{number}E{power}", ".")) == Decimal(number).scaleb(power)


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "-", "–", "—", "−", "..", "...", "n/a", "N/A", "#N/A", "NaN", "*"])
@pytest.mark.parametrize("around", ["", " ", "\u202f"])
def test_marks_and_words_for_unknown(text: str, around: str) -> None:
    assert is_unknown(around + text + around)


@pytest.mark.parametrize("text", ["0", "nil", "x", "-1", "no", "12"])
def test_what_says_something_is_not_unknown(text: str) -> None:
    assert not is_unknown(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("£1,203", "a currency sign stands with it; take the sign out"),
        ("12 EUR", "a currency sign"),
        ("-", "it says that the figure is not known, and one is needed here; write it, 0 for none"),
        ("", "nothing stands here"),
        (
            "12.000",
            "it could mean thousands (12,000) or a fraction (12.000); write it without a mark, or name the decimal",
        ),
        ("-3", "less than 0"),
        ("\u22123", "less than 0"),
        ("1234567890", "more than 999,999,999"),
        ("5%", "a percentage"),
        ("<5", "it says less or more than a figure"),
        ("≥ 10", "it says less or more than a figure"),
        ("about 300", "; write a whole number, as 1203, 0 for none"),
        ("7.5", "; write a whole number"),
    ],
)
def test_a_refusal_says_why_and_what_would_be_read(text: str, words: str) -> None:
    assert why_no_count(text).startswith("not a count")
    assert words in why_no_count(text)
    assert "profile file" not in why_no_count(text, by_profile=False)


def test_marks_and_degrees() -> None:
    assert [decimal_mark(mark) for mark in ",;\t|"] == [".", ",", ".", "."]
    assert [plain_degrees(text) for text in ("51,5", "-0,123", "\u22120.123", "51.5", "x,y")] == [
        "51.5", "-0.123", "-0.123", "51.5", "x,y",
    ]  # fmt: skip
