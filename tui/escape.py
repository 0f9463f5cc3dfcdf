"""Esc is a key of its own: a key that follows it, however soon, is the next one.

A terminal sends Esc as the character that every longer sequence begins with, so a program waits to see whether more
comes. Textual waits 100 ms and takes what comes meanwhile for Alt and a key, or loses both. No command of this program
has Alt, so Esc and a printable character are two keys here, in one read too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from time import monotonic
from typing import ClassVar

from textual._xterm_parser import XTermParser
from textual.events import Key
from textual.message import Message

from tui.asked import Asked

DRIVER = "textual.drivers.win32" if sys.platform == "win32" else "textual.drivers.linux_driver"
"""What reads the terminal here."""
_PARSER = "XTermParser"
_ESC = "\x1b"
_GAP = 0.01
"""Seconds after which what follows Esc is no part of its sequence: a terminal sends the whole of one at once."""
_BEGIN_LONGER = "[O]P_^X"
"""What a longer sequence goes on with after Esc; whether it does is known once nothing more comes."""
_WORDS = "bf"
"""Some terminals send Esc and one of these for a word to the left and to the right, in a field."""


class EscapeParser(XTermParser):
    """Reads what the terminal sends as Textual does, but for Esc and a key after it."""

    asked: ClassVar[Asked | None] = None
    """The terminal that was asked for its ground, whose answer is no key."""

    def __init__(self, debug: bool = False) -> None:
        self._alone_since: float | None = None
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """Give the keys of what was read; an Esc that was read before, by itself, is a key then."""
        now = monotonic()
        if self.asked is not None and data:
            data = self.asked.keys(data, now)
            if not data:
                return
        since, waits = self._alone_since, self._timeout_time is not None
        if data and waits and since is not None and now - since >= _GAP:
            self._timeout_time = 0.0
            yield from self.tick()
        self._alone_since = now if data.endswith(_ESC) else None
        yield from super().feed(data)

    def tick(self) -> Iterable[Message]:
        """Give what was typed before the room was open, and what waited to be told from an answer."""
        if self.asked is not None:
            typed = self.asked.keys("", monotonic())
            if typed:
                yield from self._feed_typed(typed)
        yield from super().tick()

    def _feed_typed(self, typed: str) -> Iterable[Message]:
        self._alone_since = monotonic() if typed.endswith(_ESC) else None
        yield from super().feed(typed)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        """Give the keys of a sequence; *alt*: of a character that came after Esc and went on to nothing longer."""
        if alt:
            yield Key("escape", _ESC)
            yield from super()._sequence_to_key_events(sequence)
        elif _is_two_keys(sequence):
            yield Key("escape", _ESC)
            yield from super()._sequence_to_key_events(sequence[1])
        elif _is_word(sequence):
            yield from (Key(event.key, sequence) for event in super()._sequence_to_key_events(sequence))
        else:
            yield from super()._sequence_to_key_events(sequence)


def apart(key: Key) -> tuple[Key, Key] | None:
    """Esc and the letter that a key may have been: what a terminal sends for a word in a field is both. Else None.

    Who types fast, or over a slow line, sends them in one read; where no field has the cursor they are two keys.
    """
    sent = key.character or ""
    return (Key("escape", _ESC), Key(sent[1], sent[1])) if _is_word(sent) else None


def _is_word(sequence: str) -> bool:
    return len(sequence) == 2 and sequence[0] == _ESC and sequence[1] in _WORDS


def _is_two_keys(sequence: str) -> bool:
    if len(sequence) != 2 or sequence[0] != _ESC:
        return False
    return sequence[1].isprintable() and sequence[1] not in _BEGIN_LONGER + _WORDS


def keep_escape_apart(asked: Asked | None = None) -> None:
    """Have the terminal read by :class:`EscapeParser`; *asked*: it was asked for its ground.

    Textual has no setting for it, and is pinned to one release.
    """
    EscapeParser.asked = asked
    driver = import_module(DRIVER)
    vars(driver)[_PARSER] = EscapeParser
