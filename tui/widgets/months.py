"""A ward's months as bars: what is a fragment is drawn hollow, what is not held is a question mark and never zero."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.widget import Widget

from tui.widgets.weeks import bars

_LABELS = 2
_WIDEST = 5
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
    """

    def __init__(self, months: Sequence[Month], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._months = tuple(months)

    def render(self) -> Text:
        """The bars, the months, the years."""
        lines = month_lines(self._months, self.size.width, self.size.height)
        text = Text("\n", no_wrap=True, overflow="crop", end="").join(
            Text(line, style="" if number < len(lines) - _LABELS else "not bold") for number, line in enumerate(lines)
        )
        text.no_wrap = True
        return text


def months_of(
    names: Sequence[str], counts: Sequence[int], unknown: Collection[str], flagged: Collection[str]
) -> list[Month]:
    """The months of a release with its gaps, in their order."""
    held = dict(zip(names, counts, strict=True))
    return [Month(name, held.get(name), name in flagged) for name in sorted({*names, *unknown})]


def month_lines(months: Sequence[Month], width: int, height: int) -> list[str]:
    """The picture as lines: bars as high as there is room for, then the months, then the years."""
    rows = max(1, height - _LABELS)
    each = min(_WIDEST, max(3, width // max(1, len(months))))
    shown = months[-(width // each) :] if width >= each else ()
    drawn = bars([month.count or 0 for month in shown], rows)
    lines = [
        "".join(_cell(letter, month, each - 1) for letter, month in zip(line, shown, strict=True)) for line in drawn
    ]
    names = "".join(month.name[4:].ljust(each) for month in shown)
    return [*lines, names, _years(shown, each)]


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
    line = ""
    for place, month in enumerate(shown):
        if (place == 0 or month.name[4:] == "01") and len(line) <= place * each:
            line = line.ljust(place * each) + month.name[:4] + " "
    return line.ljust(len(shown) * each)
