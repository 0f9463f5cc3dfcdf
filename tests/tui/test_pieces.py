"""What is written to the terminal in pieces leaves there what a whole frame would, whatever is in front."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import Any

import pyte
import pytest
from rich.segment import Segment
from textual._compositor import ChopsUpdate, CompositorUpdate
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from db.store import Store
from tests.tui.keyboard import MakeApp, seated
from tests.tui.quick import draw_ahead_at_once
from tui.quick_screen import QuickScreen
from tui.widgets.record_list import RecordList

pytestmark = pytest.mark.usefixtures("frames")
_KEYS = (
    ("j", "k", "g", "G", "pagedown", "pageup", "j j j", "space"),
    ("slash s m enter", "escape", "s", "right", "z"),
    ("tab", "p", "H", "a K n o", "escape", "question_mark", "escape"),
    ("enter", "w", "T", "escape", "5 B", "tab", "h", "escape"),
    ("colon w e s t", "vertical_line", "t", "escape", "u", "i X", "space space equals_sign", "escape"),
)
"""Moves, what changes a list, what lies over it, the pages behind it, and what is picked from or said."""
_STEPS = 24
_NARROWER = 8
"""After so many steps the window becomes narrower by one, and after as many again it is as it was."""
_NAMES = (
    ("\u6f22\u5b57\u30c6\u30b9\u30c8", "Al"),
    ("\u05e9\u05dc\u05d5\u05dd", "\u0645\u062d\u0645\u062f"),
    ("ZOE\u0308", "\ud55c\uad6d"),
)
_WIDE = "a\u6f22\u5b57b "


class Terminal:
    """A terminal of a program's size, and how much was written to it as pieces."""

    def __init__(self, app: App[Any], pieces: int = 0) -> None:
        self._app = app
        self._screen = pyte.Screen(*app.size)
        self._stream = pyte.Stream(self._screen)
        self.pieces = pieces

    def take(self, update: object) -> None:
        """Write a frame, as the program does."""
        if isinstance(update, CompositorUpdate):
            self._stream.feed(update.render_segments(self._app.console))
            self.pieces += isinstance(update, ChopsUpdate)

    @property
    def cells(self) -> list[list[object]]:
        """What stands in each cell, line by line."""
        lines = self._screen.buffer
        return [[lines[y][x] for x in range(self._screen.columns)] for y in range(self._screen.lines)]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each frame that is written from now on."""
    frames: list[object] = []
    monkeypatch.setattr(App, "_display", lambda _app, _screen, update: frames.append(update))
    return frames


@pytest.mark.parametrize(
    ("view", "size"), [("suspects", (120, 40)), ("deployments", (80, 24)), (None, (200, 60))], ids=str
)
async def test_after_every_key_the_terminal_shows_what_a_whole_frame_would(
    view: str | None,
    size: tuple[int, int],
    make_app: MakeApp,
    written: list[object],
    city: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of people whose names are wide, or written from the right; lines that come into sight next are drawn before."""
    draw_ahead_at_once(monkeypatch)
    _name_anew(city)
    dice = random.Random(f"{view} {size}")
    async with seated(make_app(view=view), size=size) as chair:
        terminal = Terminal(chair.app)
        terminal.take(await chair.painted())
        for step in range(_STEPS):
            if step and step % _NARROWER == 0:
                await chair.pilot.resize_terminal(size[0] - step // _NARROWER % 2, size[1])
                terminal = Terminal(chair.app, terminal.pieces)
                terminal.take(await chair.painted())
            keys = dice.choice(dice.choice(_KEYS)).split()
            for key in keys:
                written.clear()
                await chair.keys(key)
                for update in written:
                    terminal.take(update)
            whole = Terminal(chair.app)
            whole.take(await chair.painted())
            assert terminal.cells == whole.cells, " ".join(keys)
            for shown in chair.app.screen.query(RecordList):
                shown._painter.forget_lines()
            anew = Terminal(chair.app)
            anew.take(await chair.painted())
            assert whole.cells == anew.cells, f"{' '.join(keys)}: a line that is kept is another when it is drawn anew"
        assert terminal.pieces >= _STEPS


def _name_anew(store: Store) -> None:
    """Give most people names in wide letters, in letters from right to left, and with marks over them."""
    with closing(sqlite3.connect(store.path)) as held, held:
        for place, names in enumerate(_NAMES):
            held.execute("UPDATE person_version SET surname = ?, forenames = ? WHERE id % 4 = ?", (*names, place))


class Written(Widget):
    """Lines of wide and narrow letters that become others."""

    said = 0

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        words = (_WIDE[self.said % 5 :] + _WIDE * width)[: width + y]
        return Strip([Segment(words)]).adjust_cell_length(width)


class Layered(QuickScreen, Screen[None]):
    """Four widgets, each before a part of one behind it; the edges of the screen cut off two of them."""

    def compose(self) -> ComposeResult:
        yield from (Written(id=name) for name in ("back", "between", "front", "corner"))


class OfLayers(App[None]):
    """Shows them."""

    CSS = """
    Layered { layers: back between front corner; }
    Written { position: absolute; }
    #back { layer: back; width: 30; height: 10; }
    #between { layer: between; width: 11; height: 6; offset: 5 2; }
    #front { layer: front; width: 12; height: 5; offset: 23 4; }
    #corner { layer: corner; width: 8; height: 4; offset: -3 -2; }
    """

    def get_default_screen(self) -> Layered:
        return Layered()


async def test_pieces_of_widgets_before_one_another_are_those_of_a_whole_frame(written: list[object]) -> None:
    dice = random.Random(7)
    app = OfLayers()
    async with app.run_test(size=(33, 12)) as pilot:
        await pilot.pause()
        terminal = Terminal(app)
        terminal.take(app.screen._compositor.render_update(full=True))
        widgets = list(app.screen.query(Written))
        for nth in range(24):
            written.clear()
            for widget in dice.sample(widgets, dice.randint(1, 4)):
                widget.said += 1
                x, y = dice.randrange(widget.size.width), dice.randrange(widget.size.height)
                widget.refresh(*([] if nth % 3 else [Region(0, y, x + 1, 2), Region(0, 0, widget.size.width, 1)]))
                if not nth % 3:
                    widget.refresh()
            await pilot.pause()
            app.screen._on_timer_update()
            for update in written:
                terminal.take(update)
            whole = Terminal(app)
            whole.take(app.screen._compositor.render_update(full=True))
            assert terminal.cells == whole.cells, nth
        assert terminal.pieces > 12


async def test_a_part_of_a_widget_is_written_as_far_as_it_was_to_be(written: list[object]) -> None:
    app = OfLayers()
    async with app.run_test(size=(33, 12)) as pilot:
        await pilot.pause()
        written.clear()
        app.screen.query_one("#back", Written).refresh(Region(2, 3, 8, 1))
        await pilot.pause()
        app.screen._on_timer_update()
        update = next(one for one in written if isinstance(one, ChopsUpdate))
        assert update.spans == [(3, 2, 10)]
        assert {x: strip.cell_length for x, strip in update.chops[3].items() if strip} == {2: 3, 5: 5}
        assert sum(map(len, update.chops)) == 2
        assert app.screen._compositor.render_update() is None, "what was written is not written again"
