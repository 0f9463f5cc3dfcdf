"""Coordinates as files write them: with a decimal comma, not at all, or so that they cannot be read.

Rule: a cell that is blank, or holds a word for unknown, tells no place. What is no number, or lies outside Great
Britain, cannot be read, and is said with its lines: it is not the same as none.
"""

from __future__ import annotations

from collections.abc import Sequence

from core import nearest
from core.figures import is_unknown, plain_degrees
from core.not_counted import lines_in_words
from core.text import counted


def plain(text: str) -> str:
    """Degrees with a decimal point and a hyphen as minus; what is written otherwise as it stands."""
    return text if "," not in text and text.isascii() else plain_degrees(text)


def value(text: str, degrees: float | None) -> float | str:
    """What two cells are compared by: their degrees, or their text where they write none that can be read."""
    return text if degrees is None else degrees


def unreadable(latitude: str, longitude: str) -> bool:
    """Whether a cell holds something that is not degrees in Great Britain; one that is blank or unknown does not."""
    return (nearest.latitude(latitude) is None and not is_unknown(latitude)) or (
        nearest.longitude(longitude) is None and not is_unknown(longitude)
    )


def note(lines: Sequence[int]) -> str:
    """What a batch says of rows whose coordinates cannot be read; nothing where there are none."""
    if not lines:
        return ""
    rows = counted(len(lines), "row has", "rows have")
    return (
        f"{rows} coordinates that cannot be read: {lines_in_words(lines)}. Write degrees in Great Britain, as 51.5072; "
        "they are counted, without a point."
    )
