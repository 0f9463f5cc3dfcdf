"""London as a grid of tiles: a code, the letters of the command unit, a figure, and one of five steps of shade.

A step is told by its digit and by its fill, never by the colour alone; the tile of the cursor has a mark at its side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from core.tile_map import Tile, beside, tiles
from tui.commands import command

FILLS = ("·", "░", "▒", "▓", "█")
"""The fill of each step, the lightest first."""
UNKNOWN = "?"
_MARK = "▸"
_WIDEST, _HIGHEST = 20, 8
_ROOMY = 4
"""From so many lines a tile has its borough's name."""


@dataclass(frozen=True)
class Face:
    """What a tile shows: BCU letters, figure, step 1 to 5; None where the figure is not known.

    ``apart`` is a place that is not among those compared, and is grey.
    """

    bcu: str
    figure: str
    step: int | None
    apart: bool = False

    @property
    def said(self) -> str:
        """The step as a digit."""
        return "-" if self.apart else UNKNOWN if self.step is None else str(self.step)

    @property
    def fill(self) -> str:
        """The step as a fill."""
        return " " if self.apart else UNKNOWN if self.step is None else FILLS[self.step - 1]

    @property
    def style(self) -> str:
        """The style it is painted in."""
        shade = "apart" if self.apart else "unknown" if self.step is None else str(self.step)
        return f"tile-map--{shade}"


class TileMap(Widget, can_focus=True):
    """The tiles; keys go from one to the next by place."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tile-map--1", "tile-map--2", "tile-map--3", "tile-map--4", "tile-map--5",
        "tile-map--unknown", "tile-map--apart", "tile-map--cursor",
    }  # fmt: skip
    DEFAULT_CSS = """
    TileMap { height: 1fr; padding: 0 1; }
    TileMap > .tile-map--1 { background: $step-1-ground; color: $step-1-words; }
    TileMap > .tile-map--2 { background: $step-2-ground; color: $step-2-words; }
    TileMap > .tile-map--3 { background: $step-3-ground; color: $step-3-words; }
    TileMap > .tile-map--4 { background: $step-4-ground; color: $step-4-words; }
    TileMap > .tile-map--5 { background: $step-5-ground; color: $step-5-words; }
    TileMap > .tile-map--unknown { background: $panel; color: $foreground; }
    TileMap > .tile-map--apart { background: $surface; color: $text-muted; }
    TileMap > .tile-map--cursor { background: $foreground; color: $background; text-style: $chosen-text-style; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command("enter", "choose", "open", "Go into the borough: its wards, ranked", "map.open"),
        command("h,left", "move('left')", "left", "Go to the tile on the left", "map.left", footer=False),
        command("j,down", "move('down')", "down", "Go to the tile below", "map.down", footer=False),
        command("k,up", "move('up')", "up", "Go to the tile above", "map.up", footer=False),
        command("l,right", "move('right')", "right", "Go to the tile on the right", "map.right", footer=False),
    ]
    faces: reactive[Mapping[str, Face]] = reactive({})
    here: reactive[Tile] = reactive(tiles()[0])

    class Moved(Message):
        """Another tile is under the cursor."""

    class Chosen(Message):
        """Enter on a tile."""

        def __init__(self, borough: str) -> None:
            super().__init__()
            self.borough = borough

    def action_move(self, way: str) -> None:
        """Go one tile on."""
        self.here = beside(self.here, way)

    def action_choose(self) -> None:
        """Open the tile under the cursor."""
        self.post_message(self.Chosen(self.here.borough))

    def watch_here(self) -> None:
        """Say that the cursor has moved."""
        self.post_message(self.Moved())

    def render(self) -> Text:
        """The grid, as large as there is room for; where there is not for all of it, the part round the cursor."""
        columns, rows = max(tile.column for tile in tiles()), max(tile.row for tile in tiles())
        width = min(_WIDEST, max(9, self.size.width // columns))
        height = min(_HIGHEST, max(2, self.size.height // rows))
        across = _round(self.here.column, max(1, self.size.width // width), columns)
        margin = " " * max(0, (self.size.width - width * len(across)) // 2)
        text = Text(no_wrap=True, overflow="crop", end="")
        for row in _round(self.here.row, max(1, self.size.height // height), rows):
            placed = {tile.column: tile for tile in tiles() if tile.row == row}
            for line in range(height):
                text.append(margin)
                for column in across:
                    self._paint(text, placed.get(column), line, width, height)
                text.append("\n")
        return text

    def _paint(self, text: Text, tile: Tile | None, line: int, width: int, height: int) -> None:
        """One line of one tile, or of the gap where none stands."""
        gap = int(height > _ROOMY)
        if tile is None or line >= height - gap:
            text.append(" " * width)
            return
        face = self.faces.get(tile.borough, Face("", "", None))
        fill, words = tile_lines(tile, face, width - 1, height - gap)[line]
        here = tile == self.here
        text.append(_MARK if here and line == 0 else " ", style="bold")
        style = self.get_component_rich_style("tile-map--cursor" if here else face.style)
        text.append(fill, style=style)
        text.append(words, style=style + Style(bold=True) if line == 0 else style)


def _round(here: int, fit: int, last: int) -> range:
    """The rows, or columns, that are shown of 1 to *last* where so many fit: those round the one of the cursor."""
    first = max(1, min(here - fit // 2, last - fit + 1))
    return range(first, min(last, first + fit - 1) + 1)


def tile_lines(tile: Tile, face: Face, width: int, height: int) -> list[tuple[str, str]]:
    """The lines of a tile, each so wide, its fill before its words: code, BCU and step; name; figure; fill."""
    head = f"{tile.code} {face.bcu}".ljust(width - 1)[: width - 1] + face.said
    if height <= 2:
        return [("", head), (face.fill, face.figure[: width - 1].rjust(width - 1))]
    lines = [("", head), ("", face.figure[:width].rjust(width)), *[(face.fill * width, "")] * (height - 2)]
    if height >= _ROOMY:
        lines[1:3] = [("", tile.label[:width].ljust(width)), lines[1]]
    return lines
