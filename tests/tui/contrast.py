"""The contrast of everything that is read in a picture of the screen, in as many colours as a terminal has."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from rich._palettes import EIGHT_BIT_PALETTE, STANDARD_PALETTE
from rich.color import Color, ColorSystem

from tui.palettes import Depth

READ, DIMMED, DRAWN = 4.5, 3.0, 3.0
"""The least contrast of words, of words behind a form, and of bars (WCAG 2.1, 1.4.3 and 1.4.11)."""
_CELL, _LINE = 12.2, 24.4
_TOP = 1.5
_STYLE = re.compile(r"\.terminal-(r\d+) \{ fill: (#[0-9a-fA-F]{6})")
_GROUND = re.compile(r'<rect fill="(#[0-9a-fA-F]{6})" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="[\d.]+"')
_PIECE = re.compile(r'<text class="terminal-(r\d+)" x="([\d.]+)" y="([\d.]+)" [^>]*>([^<]*)</text>')
_FRAME = re.compile(r"[\s\u2500-\u257f▊▎▐▌▕▏▔]*")
"""What draws the frame of a box and tells nothing."""
_BAR = re.compile(r"[\s\u2580-\u259f·]*")
_SYSTEMS = {Depth.EIGHT_BIT: ColorSystem.EIGHT_BIT, Depth.SIXTEEN: ColorSystem.STANDARD}
_PALETTES = {ColorSystem.EIGHT_BIT: EIGHT_BIT_PALETTE, ColorSystem.STANDARD: STANDARD_PALETTE}


class Read(NamedTuple):
    """Words as they stand in a picture: where, in which colour on which ground, and their contrast."""

    line: int
    column: int
    words: str
    colour: str
    ground: str
    contrast: float

    @property
    def drawn(self) -> bool:
        """Whether it is a bar and no word."""
        return _BAR.fullmatch(self.words) is not None


def contrast(colour: str, ground: str, depth: Depth = Depth.TRUE) -> float:
    """The contrast of two colours as a terminal of so many colours shows them (WCAG 2.1)."""
    lighter, darker = sorted((_light(shown(colour, depth)), _light(shown(ground, depth))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def shown(colour: str, depth: Depth) -> tuple[int, int, int]:
    """A colour (``#rrggbb``) as a terminal of so many colours shows it."""
    found = Color.parse(colour)
    system = _SYSTEMS.get(depth)
    if system is not None:
        number = found.downgrade(system).number
        assert number is not None
        red, green, blue = _PALETTES[system][number]
        return red, green, blue
    assert found.triplet is not None
    return found.triplet.red, found.triplet.green, found.triplet.blue


def _light(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def read(picture: str, depth: Depth = Depth.TRUE) -> Iterator[Read]:
    """Everything that is read in a picture as Textual writes it, frames left out."""
    styles = dict(_STYLE.findall(picture))
    grounds: dict[int, list[tuple[float, float, str]]] = {}
    for colour, x, y, width in _GROUND.findall(picture):
        line = round((float(y) - _TOP) / _LINE)
        grounds.setdefault(line, []).append((float(x), float(x) + float(width), colour))
    for style, x, y, words in _PIECE.findall(picture):
        shown_words = html.unescape(words).replace("\xa0", " ")
        if _FRAME.fullmatch(shown_words) or style not in styles:
            continue
        line, start = round((float(y) - 20) / _LINE), float(x)
        left = start + _CELL * (len(shown_words) - len(shown_words.lstrip()))
        behind = [colour for begin, end, colour in grounds.get(line, ()) if begin - 1 <= left < end - 1]
        ground = behind[-1] if behind else "#000000"
        colour = styles[style]
        yield Read(line, round(start / _CELL), shown_words, colour, ground, contrast(colour, ground, depth))


def faint(picture: str, depth: Depth = Depth.TRUE, least: float = READ) -> list[str]:
    """What in a picture is not read easily enough, a sentence each; *least*: the contrast that words must have."""
    return [
        f"{one.line}:{one.column} {one.words.strip()!r} is {one.colour} on {one.ground}, {one.contrast:.2f}"
        for one in read(picture, depth)
        if one.contrast < (min(least, DRAWN) if one.drawn else least) - 0.005
    ]
