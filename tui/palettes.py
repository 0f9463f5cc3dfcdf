"""The colours of every look: three grounds, each in true colour, 256 and 16 colours, and a look without colour.

Of 16 colours the values are those of the VGA text mode, which the Linux console has and rich matches by; a terminal
that paints its 16 otherwise paints these. Of 256 colours, shades are of the cube of six steps, so that none turns into
another hue. Every pair of a tone and a ground has a contrast of 4.5 to 1 or more (WCAG 2.1, 1.4.3), which a test holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from tui.means import Tone


class Ground(StrEnum):
    """What a look stands on; its value is the name that the palette offers it by."""

    DARK = "dark"
    LIGHT = "light"
    CONTRAST = "high-contrast"


class Depth(StrEnum):
    """How many colours a terminal has; its value is rich's name for that."""

    TRUE = "truecolor"
    EIGHT_BIT = "256"
    SIXTEEN = "standard"
    NONE = "none"


Tones = Mapping[Tone, str]


class Palette(NamedTuple):
    """The colours of one look. tones, here: the style of each tone, on the ground and on the row of the cursor.

    steps: ground and words of the five shades of the map, the lightest first.
    """

    ground: str
    surface: str
    even: str
    panel: str
    lifted: str
    text: str
    soft: str
    primary: str
    secondary: str
    accent: str
    cursor: str
    cursor_text: str
    blurred: str
    blurred_text: str
    marked: str
    marked_text: str
    red: str
    steps: tuple[tuple[str, str], ...]
    tones: Tones
    here: Tones

    @property
    def grounds(self) -> tuple[str, ...]:
        """What words and tones are read on, but for the row of the cursor and the shades of the map."""
        return (self.ground, self.surface, self.even, self.panel, self.lifted, self.marked)


def _tones(
    red: str, amber: str, green: str, grey: str, blue: str, up: str, down: str, bar: str, faint: str
) -> dict[Tone, str]:
    return {
        Tone.RED: f"bold {red}",
        Tone.AMBER: f"bold {amber}",
        Tone.GREEN: green,
        Tone.GREY: grey,
        Tone.BLUE: f"bold {blue}",
        Tone.UP: f"bold {up}",
        Tone.DOWN: down,
        Tone.BAR: bar,
        Tone.FAINT: faint,
        Tone.STRONG: "bold",
        Tone.UNKNOWN: "bold reverse",
    }


_DARK = Palette(
    ground="#11151c", surface="#171c25", even="#1b212c", panel="#222936", lifted="#2a3342",
    text="#d8dee9", soft="#a9b3c3", primary="#7aa2f7", secondary="#9ece6a", accent="#e0af68",
    cursor="#24477a", cursor_text="#ffffff", blurred="#31405a", blurred_text="#ffffff",
    marked="#3b3425", marked_text="#f5ead2", red="#ff9aa2",
    steps=(
        ("#1f2d4d", "#d8dee9"), ("#2b4273", "#ffffff"), ("#3a5a9c", "#ffffff"), ("#7aa2f7", "#0b0e14"),
        ("#bcd0ff", "#0b0e14"),
    ),
    tones=_tones(
        "#ff9aa2", "#f0bd6c", "#9ece6a", "#a9b3c3", "#7dcfff", "#ff9e8a", "#7fd6b4", "#7aa2f7", "#a0aaba"
    ),
    here=_tones(
        "#ffb4b4", "#ffd58a", "#c3f096", "#c9d3e3", "#a6e3ff", "#ffb9a8", "#a8f0d5", "#a9c6ff", "#c9d3e3"
    ),
)  # fmt: skip
_DARK_256 = Palette(
    ground="#121212", surface="#1c1c1c", even="#262626", panel="#303030", lifted="#3a3a3a",
    text="#d7d7d7", soft="#b2b2b2", primary="#87afff", secondary="#afd75f", accent="#d7af5f",
    cursor="#005f87", cursor_text="#ffffff", blurred="#3a3a3a", blurred_text="#ffffff",
    marked="#00005f", marked_text="#ffffff", red="#ffafaf",
    steps=(
        ("#00005f", "#ffffff"), ("#005f87", "#ffffff"), ("#005faf", "#ffffff"), ("#87afff", "#000000"),
        ("#afd7ff", "#000000"),
    ),
    tones=_tones(
        "#ffafaf", "#ffd787", "#afff87", "#d0d0d0", "#87ffff", "#ffaf87", "#87ffd7", "#afd7ff", "#d0d0d0"
    ),
    here=_tones(
        "#ffd7d7", "#ffffaf", "#afff87", "#e4e4e4", "#afffff", "#ffd7d7", "#afffd7", "#d7ffff", "#e4e4e4"
    ),
)  # fmt: skip
_RED_CHIP, _AMBER_CHIP, _GREEN_CHIP = "#ffffff on #aa0000", "#ffffff on #aa5500", "#000000 on #00aa00"
_BLUE_CHIP = "#ffffff on #0000aa"
_DARK_16 = Palette(
    ground="#000000", surface="#000000", even="#000000", panel="#000000", lifted="#000000",
    text="#aaaaaa", soft="#aaaaaa", primary="#55ffff", secondary="#55ff55", accent="#ffff55",
    cursor="#aaaaaa", cursor_text="#000000", blurred="#aaaaaa", blurred_text="#000000",
    marked="#000000", marked_text="#ffffff", red="#ff5555",
    steps=(
        ("#000000", "#aaaaaa"), ("#0000aa", "#ffffff"), ("#00aaaa", "#000000"), ("#aaaaaa", "#000000"),
        ("#ffffff", "#000000"),
    ),
    tones=_tones(
        "#ff5555", "#ffff55", "#55ff55", "#aaaaaa", "#55ffff", "#ff5555", "#55ff55", "#55ffff", "#aaaaaa"
    ),
    here=_tones(
        _RED_CHIP, _AMBER_CHIP, _GREEN_CHIP, "#000000", _BLUE_CHIP, _RED_CHIP, _GREEN_CHIP, "#000000", "#000000"
    ),
)  # fmt: skip
_LIGHT = Palette(
    ground="#f4f5f7", surface="#ffffff", even="#f3f5f8", panel="#e4e8ee", lifted="#eceff4",
    text="#1b2130", soft="#4a5364", primary="#1d4fb8", secondary="#2c6a1a", accent="#7a5200",
    cursor="#c9defa", cursor_text="#0b0e14", blurred="#d7dce5", blurred_text="#0b0e14",
    marked="#fbf0cf", marked_text="#241c00", red="#a8001c",
    steps=(
        ("#e3ebfb", "#1b2130"), ("#bcd0f5", "#0b0e14"), ("#8fb0ee", "#0b0e14"), ("#2f5fc4", "#ffffff"),
        ("#123a8c", "#ffffff"),
    ),
    tones=_tones(
        "#a8001c", "#7a4a00", "#2c6a1a", "#4a5364", "#0b5c8a", "#a3260b", "#0b6650", "#1d4fb8", "#4a5364"
    ),
    here=_tones(
        "#98001a", "#6b4100", "#215614", "#3c4455", "#0a4f78", "#8f2009", "#095543", "#173f94", "#3c4455"
    ),
)  # fmt: skip
_LIGHT_256 = Palette(
    ground="#eeeeee", surface="#ffffff", even="#eeeeee", panel="#e4e4e4", lifted="#eeeeee",
    text="#1c1c1c", soft="#444444", primary="#005faf", secondary="#005f00", accent="#5f5f00",
    cursor="#d7d7ff", cursor_text="#000000", blurred="#eeeeee", blurred_text="#000000",
    marked="#ffffaf", marked_text="#000000", red="#870000",
    steps=(
        ("#d7d7ff", "#000000"), ("#afafff", "#000000"), ("#87afff", "#000000"), ("#005faf", "#ffffff"),
        ("#00005f", "#ffffff"),
    ),
    tones=_tones(
        "#870000", "#5f5f00", "#005f00", "#444444", "#005f87", "#870000", "#005f5f", "#005faf", "#444444"
    ),
    here=_tones(
        "#870000", "#5f5f00", "#005f00", "#303030", "#00005f", "#870000", "#005f5f", "#00005f", "#303030"
    ),
)  # fmt: skip
_LIGHT_16 = Palette(
    ground="#ffffff", surface="#ffffff", even="#ffffff", panel="#ffffff", lifted="#ffffff",
    text="#000000", soft="#555555", primary="#0000aa", secondary="#0000aa", accent="#aa0000",
    cursor="#0000aa", cursor_text="#ffffff", blurred="#0000aa", blurred_text="#ffffff",
    marked="#ffffff", marked_text="#000000", red="#aa0000",
    steps=(
        ("#ffffff", "#000000"), ("#aaaaaa", "#000000"), ("#00aaaa", "#000000"), ("#0000aa", "#ffffff"),
        ("#000000", "#ffffff"),
    ),
    tones=_tones(
        "#aa0000", "#aa5500", _GREEN_CHIP, "#555555", "#0000aa", "#aa0000", _GREEN_CHIP, "#0000aa", "#555555"
    ),
    here=_tones(
        _RED_CHIP, _AMBER_CHIP, _GREEN_CHIP, "#ffffff", "#ffffff", _RED_CHIP, _GREEN_CHIP, "#ffffff", "#ffffff"
    ),
)  # fmt: skip
_CONTRAST = Palette(
    ground="#000000", surface="#000000", even="#000000", panel="#1c1c1c", lifted="#1c1c1c",
    text="#ffffff", soft="#e4e4e4", primary="#ffff00", secondary="#00ffff", accent="#ffffff",
    cursor="#ffff00", cursor_text="#000000", blurred="#ffffaf", blurred_text="#000000",
    marked="#00005f", marked_text="#ffffff", red="#ff8787",
    steps=(
        ("#000000", "#ffffff"), ("#00005f", "#ffffff"), ("#005faf", "#ffffff"), ("#87d7ff", "#000000"),
        ("#ffffff", "#000000"),
    ),
    tones=_tones(
        "#ff8787", "#ffd700", "#5fff5f", "#e4e4e4", "#5fffff", "#ff8787", "#5fff5f", "#ffff00", "#e4e4e4"
    ),
    here=_tones(
        "#870000", "#5f0000", "#005f00", "#303030", "#00005f", "#870000", "#005f00", "#000000", "#303030"
    ),
)  # fmt: skip
"""Its values are of the cube and of the greys, so that 256 colours show it as it is."""
_CONTRAST_16 = Palette(
    ground="#000000", surface="#000000", even="#000000", panel="#000000", lifted="#000000",
    text="#ffffff", soft="#ffffff", primary="#ffff55", secondary="#55ffff", accent="#ffffff",
    cursor="#aaaaaa", cursor_text="#000000", blurred="#aaaaaa", blurred_text="#000000",
    marked="#0000aa", marked_text="#ffffff", red="#ffffff",
    steps=_DARK_16.steps,
    tones=_tones(
        _RED_CHIP, "#ffff55", "#55ff55", "#ffffff", "#55ffff", _RED_CHIP, "#55ff55", "#ffff55", "#ffffff"
    ),
    here=_DARK_16.here,
)  # fmt: skip
PALETTES: Mapping[tuple[Ground, Depth], Palette] = {
    (Ground.DARK, Depth.TRUE): _DARK,
    (Ground.DARK, Depth.EIGHT_BIT): _DARK_256,
    (Ground.DARK, Depth.SIXTEEN): _DARK_16,
    (Ground.LIGHT, Depth.TRUE): _LIGHT,
    (Ground.LIGHT, Depth.EIGHT_BIT): _LIGHT_256,
    (Ground.LIGHT, Depth.SIXTEEN): _LIGHT_16,
    (Ground.CONTRAST, Depth.TRUE): _CONTRAST,
    (Ground.CONTRAST, Depth.EIGHT_BIT): _CONTRAST,
    (Ground.CONTRAST, Depth.SIXTEEN): _CONTRAST_16,
}
NO_COLOUR: Tones = {
    Tone.RED: "bold reverse",
    Tone.AMBER: "bold underline",
    Tone.GREEN: "",
    Tone.GREY: "",
    Tone.BLUE: "bold",
    Tone.UP: "bold",
    Tone.DOWN: "",
    Tone.BAR: "",
    Tone.FAINT: "",
    Tone.STRONG: "bold",
    Tone.UNKNOWN: "bold reverse",
}
"""Without colour a tone is told by its weight; what is read of it is the word that it stands on."""
NO_COLOUR_HERE: Tones = {**NO_COLOUR, Tone.RED: "bold underline not reverse", Tone.UNKNOWN: "bold not reverse"}
"""The row of the cursor is reversed as a whole, so what stands out in it is not."""
