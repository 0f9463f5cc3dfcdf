"""Whole numbers in as little memory as they all fit into: what is held of a run is held for hundreds of thousands."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

_WIDTHS = ("B", "H", "i", "q")


class Narrow:
    """Room for so many numbers, noughts at first, that becomes as wide as those that are put into it."""

    def __init__(self, size: int) -> None:
        self.numbers: array[int] = array(_WIDTHS[0], bytes(size))

    def put(self, here: slice, numbers: Sequence[int]) -> None:
        """Put as many numbers as there are places."""
        while True:
            try:
                self.numbers[here] = array(self.numbers.typecode, numbers)
            except OverflowError:
                wider = _WIDTHS[_WIDTHS.index(self.numbers.typecode) + 1]
                self.numbers = array(wider, self.numbers)
            else:
                return


def narrow(numbers: Sequence[int]) -> array[int]:
    """The same numbers in an array of one, two, four or eight bytes each."""
    held = Narrow(len(numbers))
    held.put(slice(None), numbers)
    return held.numbers
