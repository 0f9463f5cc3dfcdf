"""Stored strings are hostile until shown as plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_LINE_END = re.compile("(\r?\n)")
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


def plain_lines(text: str) -> str:
    """Give *text* of several lines with each line as plain text; the ends of lines stay as they are."""
    return "".join(part if part in ("\n", "\r\n") else plain(part) for part in _LINE_END.split(text))


def figure(value: float) -> str:
    """A figure with its thousands parted: six digits, more where that is not enough for those before the point.

    None is written as a power of ten.
    """
    shown = f"{value:,g}"
    if "e" not in shown:
        return shown
    return f"{value:,.0f}" if abs(value) > 1 else f"{value:.12f}".rstrip("0")


def counted(number: float, noun: str, several: str = "") -> str:
    """A number with its noun: ``1 victim``, ``2 victims``; *several* where more than one is not the noun with an s."""
    shown = f"{number:,}" if isinstance(number, int) else figure(number)
    return f"{shown} {noun if number == 1 else several or f'{noun}s'}"


def ordinal(number: int) -> str:
    """A place in words: 1st, 2nd, 11th."""
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def with_article(noun: str) -> str:
    """A noun behind ``a`` or ``an``."""
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"


def signed(change: float, form: str = ",.0f", nought: str = "0") -> str:
    """A change with its sign, ``+3``; *nought* where it is none or rounds to none, never ``+0``."""
    shown = f"{change:+{form}}"
    return shown if any(digit in shown for digit in "123456789") else nought


def by_percent(now: float, before: float) -> str:
    """How much more or less than before, ``+12%``: ``no change`` where it is the same, a small change by one digit.

    Raises ZeroDivisionError where there was nothing before: there is no such figure.
    """
    percent = 100 * (now - before) / before
    if not percent:
        return "no change"
    return f"{percent:+.1g}%" if abs(percent) < 1 else f"{percent:+,.0f}%"


def spans(numbers: Iterable[int]) -> str:
    """Numbers in order, those that follow each other as a span: ``3, 12-44, 61``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)


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


def in_days(days: float, form: str = "") -> str:
    """Days of harm in words: ``1 day``, ``1,825 days``. form: how it is written; as ``figure`` does if empty."""
    shown = f"{days:{form}}" if form else figure(days)
    return f"{shown} day" if shown == "1" else f"{shown} days"


def in_unit(score: float, unit: str) -> str:
    """A score in words. unit: what its method counts in, ``d`` for days of harm, ``pt`` for points."""
    if unit == "d":
        return in_days(score)
    shown = figure(score)
    return f"{shown} point" if shown == "1" else f"{shown} points"


def pool_named(pool: str) -> str:
    """A pool as the screen names it: an abbreviation in capitals, for the glossary has it so."""
    return pool.upper() if pool == "vawg" else pool
