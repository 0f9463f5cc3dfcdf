"""Pictures of a cell's height: a figure as a bar beside others, and some weeks as a row of small bars."""

from __future__ import annotations

from collections.abc import Sequence

from tui.widgets.weeks import BARS, NOTHING

UNKNOWN = "?"
"""What stands for a day or a week that is not known: never nothing."""
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_FULL = "█"


def bar(value: float, most: float, width: int) -> str:
    """A figure as a bar, *most* as long as *width* cells; the least of anything is seen, nothing is empty."""
    if value <= 0 or most <= 0:
        return ""
    eighths = max(1, round(min(value / most, 1.0) * width * 8))
    return _FULL * (eighths // 8) + _EIGHTHS[eighths % 8]


def spark(values: Sequence[float | None]) -> str:
    """Weeks as bars of their height, one cell each: nothing is a dot, what is not known a question mark."""
    most = max((value for value in values if value is not None), default=0.0)
    return "".join(_step(value, most) for value in values)


def _step(value: float | None, most: float) -> str:
    if value is None:
        return UNKNOWN
    return NOTHING if value <= 0 or most <= 0 else BARS[max(1, round(value / most * len(BARS))) - 1]
