"""London at a glance: the boroughs as tiles, shaded by harm, by change, by who is out, planned or asked for there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from core.errors import Problem
from core.tile_map import tiles
from db.boroughs import London, london
from tui.commands import command
from tui.opening import Open
from tui.reading import Reading
from tui.safe import plain_lines, safe
from tui.screens.base import RoomScreen, page_head
from tui.screens.map_words import SHADINGS, Shading, elsewhere_lines, faces, heading, legend, made_of
from tui.session import Session
from tui.views.base import View
from tui.widgets.header import Head
from tui.widgets.static import Static
from tui.widgets.tile_map import TileMap


class MapPage(RoomScreen):
    """The map, its legend, and what the tile under the cursor is made of."""

    DEFAULT_CSS = """
    MapPage .heading { height: auto; max-height: 2; padding: 0 1; text-style: bold; }
    MapPage .elsewhere { height: auto; padding: 0 1; display: none; }
    MapPage .legend { height: 1; padding: 0 1; }
    MapPage .made-of { height: 3; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        command(
            "tab", "shade(1)", "shade by", "Shade by the next: harm, change, officers, units, tension", "map.shade"
        ),
        command("shift+tab", "shade(-1)", "shade before", "Shade by the one before", "map.shade_before", footer=False),
        command("escape", "leave", "back", "Go back", "map.back", footer=False),
    ]
    where = "London by borough"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._london: London | None = None
        self._shown = 0
        self._reading = Reading[London](self, self._take_in, self._say_failed)

    @property
    def shading(self) -> Shading:
        """What the map is shaded by now."""
        return SHADINGS[self._shown]

    def body(self) -> Iterable[Widget]:
        """What is shaded, the tiles, the legend, the borough under the cursor."""
        yield Static(safe("Reading…"), classes="heading")
        yield TileMap()
        yield Static("", classes="elsewhere")
        yield Static("", classes="legend")
        yield Static("", classes="made-of")

    def headed(self, head: Head) -> Head:
        """The map's own place in the head."""
        return page_head(self, head)

    def on_mount(self) -> None:
        """Read; the class above starts the clock."""
        self.query_one(TileMap).focus()
        self._read()

    def refresh_views(self, shows: View | None = None) -> None:
        """Read again: a unit may have been sent, an action closed."""
        self._read()
        super().refresh_views(shows)

    def _read(self) -> None:
        self._reading.start(partial(london, self.session.store))

    def _take_in(self, known: London) -> None:
        if self._london is None:
            self._begin_at_the_worst(known)
        self._london = known
        self.where = self.where if not known.elsewhere else "By borough"
        self.query_one(TileMap).display = not known.elsewhere
        self.query_one(".elsewhere").display = bool(known.elsewhere)
        self._write()

    def _begin_at_the_worst(self, london: London) -> None:
        first = next((one.name for one in london.boroughs.values() if one.rank == 1), "")
        for tile in tiles():
            if tile.borough == first:
                self.query_one(TileMap).here = tile

    def _say_failed(self, problem: Problem) -> None:
        self.query_one(".heading", Static).update(safe(problem.sentence))

    def _write(self) -> None:
        """Write all that depends on the figures and on the shading."""
        if self._london is None:
            return
        if self._london.elsewhere:
            self.query_one(".heading", Static).update(safe(self._london.elsewhere))
            self.query_one(".elsewhere", Static).update(plain_lines(elsewhere_lines(self._london)))
            return
        self.query_one(".heading", Static).update(safe(heading(self._london, self.shading)))
        self.query_one(".legend", Static).update(safe(legend(self._london, self.shading)))
        self.query_one(TileMap).faces = faces(self._london, self.shading)
        self._write_made_of()

    @on(TileMap.Moved)
    def _write_made_of(self) -> None:
        if self._london is None or self._london.elsewhere:
            return
        release = self._london.release.name if self._london.release else ""
        words = made_of(self._london.boroughs[self.query_one(TileMap).here.borough], release, len(self._london.months))
        self.query_one(".made-of", Static).update(Text(safe(words).plain))

    @on(TileMap.Chosen)
    def _open(self, message: TileMap.Chosen) -> None:
        message.stop()
        if self._london is None:
            return
        borough = self._london.boroughs[message.borough]
        if borough.bcu:
            self.post_message(View.PageWanted(Open("borough", (borough.name,))))
        else:
            self.notify(made_of(borough, ""), markup=False)

    def action_shade(self, step: int) -> None:
        """Shade by something else."""
        self._shown = (self._shown + step) % len(SHADINGS)
        self._write()
