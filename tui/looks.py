"""How the room looks: a theme for Textual and a style for every meaning, made from the colours of one palette."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rich.style import Style
from rich.theme import Theme as Styles
from textual.theme import Theme

from tui.means import TONES, Tone
from tui.palettes import NO_COLOUR, NO_COLOUR_HERE, PALETTES, Depth, Ground, Palette, Tones

FIRST = Ground.DARK
"""The look where nothing says another."""
NAME = "look"
"""The name that the choice of a look is remembered by."""
_PLAIN = {
    "block-cursor-text-style": "bold reverse",
    "block-cursor-blurred-text-style": "reverse",
    "head-text-style": "bold underline",
    "chosen-text-style": "bold reverse",
}
"""Without colour, what a ground tells elsewhere is told by weight."""
_PAPERS = {
    "markdown.h1": "bold",
    "markdown.h2": "bold underline",
    "markdown.h3": "bold",
    "markdown.h4": "underline",
    "markdown.code": "bold",
    "markdown.code_block": "none",
    "markdown.block_quote": "none",
    "markdown.item.bullet": "bold",
    "markdown.item.number": "bold",
    "markdown.list": "none",
    "markdown.hr": "none",
    "markdown.link": "underline",
    "markdown.link_url": "underline",
    "markdown.table.border": "none",
    "markdown.table.header": "bold",
}
"""How papers are shown: by weight alone, for rich's own colours are not read on every ground."""
_COLOURED = {
    "block-cursor-text-style": "bold",
    "block-cursor-blurred-text-style": "none",
    "head-text-style": "bold",
    "chosen-text-style": "bold",
}


class Look(NamedTuple):
    """A theme, and the style of every meaning under the name that rich is asked for."""

    theme: Theme
    styles: Styles


def look(ground: Ground, depth: Depth) -> Look:
    """The look on a ground in a terminal of so many colours; without colour there is one for every ground."""
    if depth is Depth.NONE:
        theme = _theme(ground, PALETTES[ground, Depth.TRUE], _PLAIN)
        return Look(theme, _styles(NO_COLOUR, NO_COLOUR_HERE))
    palette = PALETTES[ground, depth]
    return Look(_theme(ground, palette, _COLOURED), _styles(palette.tones, palette.here))


def _styles(tones: Tones, here: Tones) -> Styles:
    """The style of every meaning, elsewhere and on the row of the cursor."""
    styles: dict[str, str | Style] = {name: Style.parse(style) for name, style in _PAPERS.items()}
    for meaning, tone in TONES.items():
        styles[meaning.value] = Style.parse(tones[tone])
        styles[meaning.here] = Style.parse(here[tone])
    return Styles(styles, inherit=True)


def _theme(ground: Ground, palette: Palette, weights: Mapping[str, str]) -> Theme:
    return Theme(
        name=ground.value,
        primary=palette.primary,
        secondary=palette.secondary,
        accent=palette.accent,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.surface,
        panel=palette.panel,
        boost=palette.lifted,
        warning=_colour(palette, Tone.AMBER),
        error=palette.red,
        success=_colour(palette, Tone.GREEN),
        dark=ground is not Ground.LIGHT,
        variables={**_variables(palette), **weights},
    )


def _colour(palette: Palette, tone: Tone) -> str:
    """The colour of words of a tone; that of all words where its style names none."""
    found = Style.parse(palette.tones[tone]).color
    return palette.text if found is None or found.triplet is None else found.triplet.hex


def _variables(palette: Palette) -> dict[str, str]:
    """The colours that rules of style name beside those of every theme."""
    steps = {
        f"step-{number}-{part}": colour
        for number, both in enumerate(palette.steps, 1)
        for part, colour in zip(("ground", "words"), both, strict=True)
    }
    return {
        "block-cursor-foreground": palette.cursor_text,
        "block-cursor-background": palette.cursor,
        "block-cursor-blurred-foreground": palette.blurred_text,
        "block-cursor-blurred-background": palette.blurred,
        "marked-background": palette.marked,
        "marked-foreground": palette.marked_text,
        "even-background": palette.even,
        "text": palette.text,
        "text-muted": palette.soft,
        "text-disabled": palette.soft,
        "text-error": palette.red,
        "text-warning": _colour(palette, Tone.AMBER),
        "text-success": _colour(palette, Tone.GREEN),
        "text-primary": palette.primary,
        "text-secondary": palette.secondary,
        "text-accent": palette.accent,
        "foreground-muted": palette.soft,
        "foreground-disabled": palette.soft,
        "border": palette.primary,
        "border-blurred": palette.soft,
        "scrollbar": palette.soft,
        "scrollbar-background": palette.ground,
        "input-selection-background": palette.cursor,
        "input-selection-foreground": palette.cursor_text,
        "input-cursor-background": palette.text,
        "input-cursor-foreground": palette.ground,
        **steps,
    }


def ground_named(name: object) -> Ground | None:
    """The ground of a name, as it was remembered; None for anything else."""
    return next((ground for ground in Ground if ground.value == name), None)


def depth_of(color_system: str | None) -> Depth:
    """How many colours a terminal has, by rich's name for it; none where it names none."""
    if color_system is None:
        return Depth.NONE
    return Depth.SIXTEEN if color_system == "windows" else Depth(color_system)
