"""What a stored string may show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import in_unit, plain


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (None, ""),
        (12, "12"),
        ("O'Neill [red]x[/]", "O'Neill [red]x[/]"),
        ("Zoë Öztürk 日本", "Zoë Öztürk 日本"),
        ("one\ntwo\r\tthree", "one two  three"),
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00b\x07c", "a␀b␇c"),
        ("del\x7f", "del␡"),
        ("\x9b31m", "�31m"),
        ("\u202eright to left", "�right to left"),
        ("zero\u200bwidth", "zero�width"),
        ("\ud800", "�"),
        ("\u2028\u2029", "��"),
    ],
)
def test_what_is_shown(stored: object, shown: str) -> None:
    assert plain(stored) == shown


@given(st.text())
def test_any_text_becomes_one_printable_line_of_the_same_length(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for letter in shown)
    assert plain(shown) == shown
    assert shown.encode("utf-8").decode("utf-8") == shown


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_what_can_be_printed_is_left_alone(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("score", "unit", "words"),
    [
        (1, "d", "1 day"),
        (1825, "d", "1,825 days"),
        (0.5, "d", "0.5 days"),
        (1, "pt", "1 point"),
        (12, "pt", "12 points"),
    ],
)
def test_a_score_in_the_unit_of_its_method(score: float, unit: str, words: str) -> None:
    assert in_unit(score, unit) == words
