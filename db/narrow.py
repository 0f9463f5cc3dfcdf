"""Whole numbers in as little memory as they all fit into: what is held of a run is held for hundreds of thousands."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

_WIDTHS = ("B", "H", "i")


def narrow(numbers: Sequence[int]) -> array[int]:
    """The same numbers in an array of one, two, four or eight bytes each."""
    for width in _WIDTHS:
        try:
            return array(width, numbers)
        except OverflowError:  # tried anew, as the widest number is known when all are looked at
            continue
    return array("q", numbers)
