"""Numbers that must fit: a number is shown whole or scaled, and words are never cut within one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from rich.text import Text

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_TIME = re.compile(r"\d[/:]\d")
_TAIL = "0123456789.,:/+-%"
_SCALES = ((1_000_000_000, "bn"), (1_000_000, "m"), (1_000, "k"))
_FILLED = 0.9995
"""What fills so much of a scale reads as one of it with three digits."""
_DIGITS = (3, 2, 1)
_BEGINNING, _ENDING, _LEAST = 6, 16, 9
"""The most cells that the beginning of a file's name has, those that its end has before it, and the least for both."""
TOO_WIDE = "#"
"""What fills a cell that no form of its number fits, as in a spreadsheet."""


def narrowed(text: str, width: int) -> str:
    """Give the cell of a number in *width* cells at the most: as it is, scaled (``1.09m``), or filled with ``#``.

    What stands beside the number, such as the letter of a reason, stays. Words without a digit are cut.
    """
    if cell_len(text) <= width:
        return text
    if not any(character.isdigit() for character in text):
        return cut(text, width)
    return next((form for form in _forms(text) if cell_len(form) <= width), TOO_WIDE * width)


def _forms(text: str) -> Iterator[str]:
    """Ever shorter forms of the numbers in a text; a day or a time of day has none."""
    if not _TIME.search(text):
        for digits in _DIGITS:
            yield _NUMBER.sub(lambda number, digits=digits: _scaled(number[0], digits), text)  # type: ignore[misc]


def _scaled(number: str, digits: int) -> str:
    """A number in the largest scale that it fills once, with so many digits; before the point it keeps all."""
    value = float(number.replace(",", ""))
    scale, word = next(((scale, word) for scale, word in _SCALES if value >= _FILLED * scale), (1, ""))
    decimals = max(0, digits - len(str(int(value / scale))))
    shown = f"{value / scale:.{decimals}f}"
    if value and not float(shown):
        return number
    return f"{shown.rstrip('0').rstrip('.') if decimals else shown}{word}"


def cut(text: str, width: int) -> str:
    """Cut printable *text* to *width* cells, ``…`` at its end, and never within a number or right behind one."""
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    kept = set_cell_size(text, width - 1)
    words = kept.rstrip(_TAIL)
    return f"{words if any(character.isdigit() for character in kept[len(words) :]) else kept}…"


def cut_inside(text: str, width: int) -> str:
    """Cut a file with its line to *width* cells in the middle of its name: its end and the line stay, numbers whole.

    An entry of the journal before it stays whole, too, where there is room for both.
    """
    if cell_len(text) <= width:
        return text
    if ";" in text:
        return cut(text, width)
    before, comma, behind = text.partition(", ")
    if comma and ":" not in before:
        room = width - cell_len(before) - len(comma)
        return f"{before}{comma}{cut_inside(behind, room)}" if room >= _LEAST else cut(text, width)
    head = max(0, min(_BEGINNING, width - _ENDING))
    tail = set_cell_size(text[::-1], width - 1 - head)[::-1]
    if text[: -len(tail)][-1:].isdigit():
        tail = tail.lstrip("0123456789")
    kept = cut(text, head + 1)
    line = text.rpartition(":")[2]
    return f"{kept}{tail}" if tail.endswith(f":{line}") else cut(text, width)


def cut_text(text: Text, width: int) -> Text:
    """The same for a text that has styles."""
    shown = cut(text.plain, width)
    if shown == text.plain:
        return text
    found = text.copy()
    found.truncate(cell_len(shown), overflow="ellipsis" if shown else "crop")
    return found
