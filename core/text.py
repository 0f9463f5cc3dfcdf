"""Stored strings are hostile until shown as plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_REPLACED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(value: object) -> str:
    """Give *value* as one line of printable text.

    Control characters (ANSI escapes, newlines, tabs), direction overrides and lone surrogates become a
    visible stand-in, so that what a record holds cannot move the cursor, colour the screen or hide itself.
    """
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def counted(number: int, noun: str, several: str = "") -> str:
    """A number with its noun: ``1 victim``, ``2 victims``; *several* where more than one is not the noun with an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {several or f'{noun}s'}"


def named(labels: Sequence[str]) -> str:
    """Records by name, short enough to be read aloud: the first, and how many more."""
    first = labels[0] if labels else ""
    return first if len(labels) < 2 else f"{first} and {len(labels) - 1:,} more"


def list_name(surname: str, forenames: str) -> str:
    """A person as a briefing lists them: surname in capitals, then forenames."""
    return ", ".join(part for part in (surname.upper(), forenames) if part)


def _visible(character: str) -> str:
    if character in "\n\r\t":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return "�" if unicodedata.category(character) in _REPLACED else character
