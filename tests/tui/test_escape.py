"""Esc and what follows it, as a terminal sends it: two keys, unless it is one of the longer sequences."""

from __future__ import annotations

from importlib import import_module

import pytest
from textual.events import Key

from tests.tui.keyboard import MakeApp, seated
from tui import escape
from tui.dialogs.pick import Pick
from tui.escape import DRIVER, EscapeParser, keep_escape_apart
from tui.views.list_head import FilterLine


def keys(parser: EscapeParser, read: str) -> list[str]:
    return [message.key for message in parser.feed(read) if isinstance(message, Key)]


def after(parser: EscapeParser) -> list[str]:
    """The keys once nothing more has come."""
    parser._timeout_time = 0.0
    return [message.key for message in parser.tick() if isinstance(message, Key)]


@pytest.mark.parametrize(
    ("key", "name"), [("j", "j"), ("G", "G"), ("1", "1"), ("?", "question_mark"), ("=", "equals_sign"), (" ", "space")]
)
def test_esc_and_a_key_in_one_read_are_two_keys(key: str, name: str) -> None:
    assert keys(EscapeParser(), f"\x1b{key}k") == ["escape", name, "k"]


@pytest.mark.parametrize(
    ("key", "name"), [("[", "left_square_bracket"), ("]", "right_square_bracket"), ("O", "O"), ("P", "P")]
)
def test_so_is_a_key_that_a_longer_sequence_goes_on_with(key: str, name: str) -> None:
    parser = EscapeParser()
    assert keys(parser, f"\x1b{key}") == []
    assert after(parser) == ["escape", name]


@pytest.mark.parametrize(
    ("read", "name"),
    [("\x1b[A", "up"), ("\x1b[Z", "shift+tab"), ("\x1bOP", "f1"), ("\x1b[6~", "pagedown"), ("\x1bb", "ctrl+left")],
)
def test_a_sequence_of_one_key_is_one_key(read: str, name: str) -> None:
    assert keys(EscapeParser(), f"{read}k") == [name, "k"]


def test_what_is_read_later_is_no_part_of_an_esc_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    monkeypatch.setattr(escape, "monotonic", lambda: moment[0])
    for key, name in (("]", "right_square_bracket"), ("b", "b"), ("\x1b", "")):
        parser = EscapeParser()
        assert keys(parser, "\x1b") == []
        moment[0] += 0.02
        assert keys(parser, key) == ["escape", *([name] if name else [])]
    parser = EscapeParser()
    keys(parser, "\x1b")
    assert keys(parser, "[A") == ["up"], "a sequence that came in two reads at once"


def test_a_key_long_after_esc_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    monkeypatch.setattr(escape, "monotonic", lambda: moment[0])
    parser = EscapeParser()
    assert keys(parser, "\x1b") == []
    assert after(parser) == ["escape"], "nothing more has come"
    moment[0] += 5
    assert keys(parser, "j") == ["j"]
    assert keys(parser, "\x1b[A") == ["up"]


def test_the_terminal_is_read_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = vars(import_module(DRIVER))
    monkeypatch.setitem(driver, "XTermParser", driver["XTermParser"])
    keep_escape_apart()
    assert driver["XTermParser"] is EscapeParser


async def test_esc_and_a_letter_that_are_a_word_in_a_field_are_two_keys_in_a_list(make_app: MakeApp) -> None:
    async with seated(make_app(view="suspects")) as chair:
        driver = chair.app._driver
        assert driver is not None

        async def send(sequence: str) -> None:
            for one in EscapeParser().feed(sequence):
                driver.send_message(one)
            await chair.settled()

        await chair.keys("slash", *"sm ha")
        line = chair.view().query_one(FilterLine)
        await send("\x1bb")
        assert (line.value, line.cursor_position) == ("sm ha", 3), "a word to the left, in the field"
        await chair.keys("enter")
        await send("\x1bb")
        assert line.value == "", "Esc clears the filter"
        assert isinstance(chair.app.screen, Pick), "b asks for a BCU or a borough"
