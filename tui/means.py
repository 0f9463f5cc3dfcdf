"""What colour means on every screen: a list declares a meaning, and a look (``tui.looks``) says how that is shown.

Red is overdue, wanted and over time; amber due, at large and nearly over; green done and free; grey held and ended;
blue sent; up and down have the colour of harm that rises and falls. A meaning always stands on a word or a sign, so
that nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from rich.text import Text

from core.text import plain


class Tone(StrEnum):
    """How meanings are shown: every look has a style for each, on the ground and on the row of the cursor."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"
    BLUE = "blue"
    UP = "up"
    DOWN = "down"
    BAR = "bar"
    FAINT = "faint"
    STRONG = "strong"
    UNKNOWN = "unknown"


class Meaning(StrEnum):
    """What a word or a sign is coloured for. Its value is the style that rich knows in the program."""

    LATE = "means.late"
    WANTED = "means.wanted"
    OVER_TIME = "means.over_time"
    MISSING = "means.missing"
    DUE = "means.due"
    AT_LARGE = "means.at_large"
    NEARLY_OVER = "means.nearly_over"
    ON_TIME = "means.on_time"
    DONE = "means.done"
    FREE = "means.free"
    HELD = "means.held"
    ENDED = "means.ended"
    SENT = "means.sent"
    RISING = "means.rising"
    FALLING = "means.falling"
    BAR = "means.bar"
    NOUGHT = "means.nought"
    NOTED = "means.noted"
    UNKNOWN = "means.unknown"

    @property
    def here(self) -> str:
        """The style on the row of the cursor."""
        return f"{self.value}.here"


TONES: Mapping[Meaning, Tone] = {
    Meaning.LATE: Tone.RED,
    Meaning.WANTED: Tone.RED,
    Meaning.OVER_TIME: Tone.RED,
    Meaning.MISSING: Tone.RED,
    Meaning.DUE: Tone.AMBER,
    Meaning.AT_LARGE: Tone.AMBER,
    Meaning.NEARLY_OVER: Tone.AMBER,
    Meaning.ON_TIME: Tone.GREEN,
    Meaning.DONE: Tone.GREEN,
    Meaning.FREE: Tone.GREEN,
    Meaning.HELD: Tone.GREY,
    Meaning.ENDED: Tone.GREY,
    Meaning.SENT: Tone.BLUE,
    Meaning.RISING: Tone.UP,
    Meaning.FALLING: Tone.DOWN,
    Meaning.BAR: Tone.BAR,
    Meaning.NOUGHT: Tone.FAINT,
    Meaning.NOTED: Tone.STRONG,
    Meaning.UNKNOWN: Tone.UNKNOWN,
}
_NEARLY = 0.8
"""The part of its time from which an item is nearly over."""
_HIGH = 4
"""The level of tension from which it stands out."""
HERE: Mapping[str, str] = {meaning.value: meaning.here for meaning in Meaning}
"""The style of each meaning on the row of the cursor, by its style elsewhere."""
_STATUSES: Mapping[str, Meaning] = {
    "wanted": Meaning.WANTED,
    "at large": Meaning.AT_LARGE,
    "unlawfully at large": Meaning.WANTED,
    "remand": Meaning.HELD,
    "on remand": Meaning.HELD,
    "remanded": Meaning.HELD,
    "in custody": Meaning.HELD,
    "serving": Meaning.HELD,
    "recalled": Meaning.HELD,
    "in prison": Meaning.HELD,
    "hospital order": Meaning.HELD,
    "dead": Meaning.ENDED,
    "deceased": Meaning.ENDED,
    "deported": Meaning.ENDED,
    "abroad": Meaning.ENDED,
}


def of_status(status: str) -> Meaning | None:
    """What the status of a named suspect means; None where it has no colour, as bail has none.

    The statuses are free words of an extract; those that are known are told by their first words.
    """
    words = " ".join(status.split()).casefold()
    exact = _STATUSES.get(words)
    if exact is not None:
        return exact
    return next((meaning for known, meaning in _STATUSES.items() if words.startswith(known)), None)


def of_move(move: str) -> Meaning | None:
    """What a move between two ranks means, told by its first sign: up is a rise in harm, down a fall."""
    return {"+": Meaning.RISING, "▲": Meaning.RISING, "-": Meaning.FALLING, "▼": Meaning.FALLING}.get(move[:1])


def of_change(change: float | None) -> Meaning | None:
    """What a change of a figure of harm means; None where nothing changed. An unknown change is marked as such."""
    if change is None:
        return Meaning.UNKNOWN
    if not change:
        return None
    return Meaning.RISING if change > 0 else Meaning.FALLING


def of_level(level: int | None) -> Meaning | None:
    """What a level of tension means: the upper half of the six stands out, our own choice; None where it does not."""
    return None if level is None or level < _HIGH else Meaning.DUE if level == _HIGH else Meaning.LATE


def of_load(part: float) -> Meaning | None:
    """What a clock means that has used a *part* of its time: amber from four fifths on, red when it is over."""
    if part > 1:
        return Meaning.OVER_TIME
    return Meaning.NEARLY_OVER if part >= _NEARLY else None


def meant(words: str, meaning: Meaning | None) -> Text:
    """Words in the style of their meaning, as plain text; a look that has none leaves them as they are."""
    text = Text(plain(words), no_wrap=True, overflow="ellipsis", end="")
    if meaning is not None and text.plain:
        text.stylize(meaning.value)  # as a span: rich looks its name up among the styles of the look
    return text
