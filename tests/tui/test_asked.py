"""The terminal's answer is taken out of what is typed, however it was split, and no key is lost or made up."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from tui.asked import Answers, Asked, is_light
from tui.escape import EscapeParser

DARK, LIGHT = "\x1b]11;rgb:1717/1c1c/2525\x1b\\", "\x1b]11;rgb:ffff/ffff/ffff\x07"
TYPED = st.text("jkxa \x1b[B]1;/", max_size=6)


def split(text: str, places: list[int]) -> list[str]:
    """A text in pieces, as reads give it."""
    cuts = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return [text[first:last] for first, last in pairwise(cuts)]


@given(TYPED.filter(lambda text: "\x1b" not in text), st.text("jkxa \r", max_size=6), st.lists(st.integers(0, 40)))
def test_every_key_stays_and_the_answer_goes(before: str, after: str, places: list[int]) -> None:
    for answer, light in ((DARK, False), (LIGHT, True)):
        told: list[bool] = []
        answers = Answers(told.append)
        typed = "".join(answers.take(piece, 0.0) for piece in split(f"{before}{answer}{after}", places))
        assert typed + answers.late(1.0) == before + after
        assert told == [light]


@given(TYPED, st.lists(st.integers(0, 40)))
def test_what_is_no_answer_is_typed_as_it_came(typed: str, places: list[int]) -> None:
    answers = Answers(lambda _: None)
    seen = ""
    for piece in split(typed, places):
        seen += answers.take(piece, 0.0)
    assert seen + answers.late(1.0) == typed


def test_a_second_answer_is_no_key_either_and_an_escape_waits_only_while_one_is_awaited() -> None:
    told: list[bool] = []
    answers = Answers(told.append)
    assert (answers.take("\x1b", 0.0), answers.late(0.01), answers.late(0.06)) == ("", "", "\x1b")
    assert answers.take(LIGHT + DARK + "j", 0.1) == "j"
    assert told == [True]
    assert answers.take("\x1b", 0.2) == "\x1b"
    assert is_light("f", "f", "f")
    assert not is_light("80", "00", "00")


def test_the_parser_gives_what_was_typed_before_and_nothing_of_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(wanted=False)
    asked.answers.awaited = True
    asked.typed = "jj"
    monkeypatch.setattr(EscapeParser, "asked", asked)
    parser = EscapeParser()
    keys = [
        event.key
        for event in (*parser.tick(), *parser.feed("a" + DARK[:9]), *parser.feed(DARK[9:] + "b"))
        if isinstance(event, Key)
    ]
    assert keys == ["j", "j", "a", "b"]
    assert asked.light is False
    monkeypatch.setenv("TERM", "dumb")
    with Asked(wanted=True) as silent:
        assert silent.look(0.0) is None


def test_keys_wait_for_the_room_once_and_not_again_for_what_has_no_list() -> None:
    asked = Asked(wanted=False)
    asked.answers.awaited = False
    made = False
    asked.ready = lambda: made
    assert asked.keys("j", 0.0) == ""
    made = True
    assert asked.keys("k", 0.1) == "jk"
    made = False
    assert asked.keys("y", 0.2) == "y"
