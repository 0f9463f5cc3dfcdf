"""A person's weeks as bars, one beside the other, and a caret under the week that is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from core.days import uk
from core.text import in_days

BARS = "▁▂▃▄▅▆▇█"
NOTHING = "·"


class Weeks(Widget):
    """Harm by week, the oldest first, the last ending on *as_of* (a day number); ``day`` is where the caret stands."""

    DEFAULT_CSS = """
    Weeks { height: 2; padding: 0 1; color: $primary; }
    Weeks.-caret { height: 3; }
    """
    day: reactive[int | None] = reactive(None)
    values: reactive[tuple[float, ...]] = reactive(())

    def __init__(self, values: Sequence[float], as_of: int, *, caret: bool = False, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes="-caret" if caret else "")
        self.set_reactive(Weeks.values, tuple(values))
        self._as_of = as_of
        self._caret = caret

    def show(self, values: Sequence[float], as_of: int) -> None:
        """Show other weeks; *as_of* is the day number on which the last ends."""
        self._as_of = as_of
        self.values = tuple(values)
        self.refresh()

    def point(self, day: int | None) -> None:
        """Put the caret under the week of a day."""
        self.day = day

    def render(self) -> Text:
        """Two lines of bars; with a caret, a third that says which week it is."""
        each = max(1, self.size.width // max(1, len(self.values)))
        lines = [Text("".join(bar * each for bar in line)) for line in bars(self.values)]
        if self._caret:
            lines.append(Text(self.caret_line(each), style="bold not dim", overflow="ellipsis"))
        text = Text("\n").join(lines)
        text.no_wrap = True
        return text

    def caret_line(self, each: int) -> str:
        """The caret under its week, with the week's last day and harm beside it; a day outside is said in words."""
        if self.day is None:
            return ""
        place = place_of(self.day, self._as_of, len(self.values))
        if place is None:
            side = "after" if self.day > self._as_of else "before"
            return f"{uk(self.day)}: {side} these {len(self.values)} weeks"
        ends = self._as_of - 7 * (len(self.values) - 1 - place)
        words = f"week to {uk(ends)}: {in_days(self.values[place])}"
        at = place * each
        if at + 2 + len(words) <= self.size.width:
            return f"{' ' * at}^ {words}"
        return f"{words} ^".rjust(at + 1)


def place_of(day: int, as_of: int, many: int) -> int | None:
    """Which of so many weeks a day lies in, the last ending on *as_of*; None outside."""
    back = (as_of - day) // 7
    return many - 1 - back if 0 <= back < many else None


def bars(values: Sequence[float], rows: int = 2) -> tuple[str, ...]:
    """So many lines of bars as high as the values are; nothing is a dot, the least of anything is seen."""
    most = max(values, default=0.0)
    steps = rows * len(BARS)
    heights = [0 if value <= 0 else max(1, round(value / most * steps)) for value in values]
    return tuple(_bar_line(heights, (rows - 1 - row) * len(BARS)) for row in range(rows))


def _bar_line(heights: Sequence[int], above: int) -> str:
    """The line of the bars that begins so many steps above their foot."""
    return "".join(
        BARS[min(height - above, len(BARS)) - 1] if height > above else NOTHING if not above else " "
        for height in heights
    )
