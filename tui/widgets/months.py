"""A ward's months as bars: what is a fragment is drawn hollow, what is not held is a question mark and never zero."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.widget import Widget

from tui.widgets.weeks import bars

_LETTERS = "JFMAMJJASOND"
_ROOMY = 5
"""From this height on the years have a line of their own."""
_WIDEST = 5
_YEAR = 4
"""Room for a year in full."""
FRAGMENT, UNKNOWN = "░", "?"


@dataclass(frozen=True)
class Month:
    """One month, ``YYYYMM``: offences, None where the release does not hold it; whether it is a fragment."""

    name: str
    count: int | None
    fragment: bool = False


class Months(Widget):
    """The last months that there is room for, the oldest first, each named, with the years below."""

    DEFAULT_CSS = """
    Months { height: 8; padding: 0 1; color: $primary; }
    Months > .months--name { color: $foreground; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"months--name"}

    def __init__(self, months: Sequence[Month], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._months = tuple(months)

    def render(self) -> Text:
        """The bars, the months, the years."""
        lines = month_lines(self._months, self.size.width, self.size.height)
        names = self.get_component_rich_style("months--name", partial=True)
        labels = labels_of(self.size.height)
        text = Text("\n".join(lines[:-labels]), no_wrap=True, overflow="crop", end="")
        for line in lines[-labels:]:
            text.append(f"\n{line}", style=names)
        return text


def months_of(
    names: Sequence[str], counts: Sequence[int], unknown: Collection[str], flagged: Collection[str]
) -> list[Month]:
    """The months of a release with its gaps, in their order."""
    held = dict(zip(names, counts, strict=True))
    return [Month(name, held.get(name), name in flagged) for name in sorted({*names, *unknown})]


def labels_of(height: int) -> int:
    """How many lines below the bars name the months."""
    return 2 if height >= _ROOMY else 1


def month_lines(months: Sequence[Month], width: int, height: int) -> list[str]:
    """The picture as lines: bars as high as there is room for, then the months, then the years where there is room."""
    labels = labels_of(height)
    rows = max(1, height - labels)
    each = min(_WIDEST, max(3, width // max(1, len(months))))
    shown = months[-(width // each) :] if width >= each else ()
    drawn = bars([month.count or 0 for month in shown], rows)
    lines = [
        "".join(_cell(letter, month, each - 1) for letter, month in zip(line, shown, strict=True)) for line in drawn
    ]
    if labels == 1:
        return [*lines, "".join(_short(month.name).ljust(each) for month in shown)]
    return [*lines, "".join(month.name[4:].ljust(each) for month in shown), _years(shown, each)]


def _short(name: str) -> str:
    """A month by its first letter, January by its year: ``26``."""
    return name[2:4] if name.endswith("01") else _LETTERS[int(name[4:]) - 1]


def _cell(letter: str, month: Month, wide: int) -> str:
    """One month's part of a line of bars."""
    if month.count is None:
        letter = UNKNOWN if letter == "·" else " "
        return letter.ljust(wide + 1)
    if month.fragment and letter not in " ·":
        letter = FRAGMENT
    return f"{letter * wide} "


def _years(shown: Sequence[Month], each: int) -> str:
    """Each year under its first month that is shown, where there is room for it."""
    line, room = "", len(shown) * each
    for place, month in enumerate(shown):
        if (place == 0 or month.name[4:] == "01") and len(line) <= place * each <= room - _YEAR:
            line = line.ljust(place * each) + month.name[:4] + " "
    return line.ljust(room)[:room]
