"""Which picture covers which widget and which colour: every one of them stands in some picture that is kept."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from rich.text import Text
from textual.widget import Widget

import tui.widgets
from tests.tui.grid import stops
from tests.tui.keyboard import Chair, MakeApp, seated
from tui.means import HERE, TONES, Meaning, Tone
from tui.views.base import View
from tui.widgets.list_cursor import CursorList

SNAPSHOTS = Path(__file__).parents[2] / "snapshots"
KEPT = {path.stem.rpartition("[")[2].rstrip("]") for path in SNAPSHOTS.rglob("*.svg")}
BASES = {"CursorList", "Entry", "MarkedList", "OwnText"}
"""Widgets that others are made of."""
ELSEWHERE = {
    "StatusLine": "decided",
    "Weeks": "timeline",
    "Months": "ward",
    "Shares": "ward",
    "Curves": "backtest",
}
"""Widgets that no screen of the daily meeting has in sight, and a picture that shows them."""


def _widgets() -> set[str]:
    """Every widget of the program."""
    found = set()
    for module in pkgutil.iter_modules(tui.widgets.__path__):
        for one in vars(importlib.import_module(f"tui.widgets.{module.name}")).values():
            if isinstance(one, type) and issubclass(one, Widget) and one.__module__.startswith("tui.widgets."):
                found.add(one.__name__)
    return found - BASES


def _seen(chair: Chair) -> tuple[set[str], set[Tone]]:
    """The widgets on the screen, and the tones of the cells of its lists."""
    screens = [*chair.app._background_screens, chair.app.screen]
    widgets = {type(one).__name__ for screen in screens for one in screen.walk_children() if one.display}
    lists = (records for screen in screens for records in screen.query(CursorList))
    widgets |= {type(one.vertical_scrollbar).__name__ for one in lists if one.show_vertical_scrollbar}
    tones = set()
    for view in chair.app.screen.query(View):
        if view.display:
            for row in view.source.cells(view.records.keys[:40]):
                for cell in row:
                    styles = [cell.style, *(span.style for span in cell.spans)] if isinstance(cell, Text) else []
                    tones |= {TONES[Meaning(style)] for style in styles if isinstance(style, str) and style in HERE}
    return widgets, tones


async def test_every_widget_and_every_tone_stands_in_a_picture(make_app: MakeApp) -> None:
    widgets: dict[str, str] = {name: where for name, where in ELSEWHERE.items() if where in KEPT}
    tones: dict[Tone, str] = {}
    async with seated(make_app(), size=(120, 40)) as chair:
        async for name in stops(chair):
            picture = {"map": "london-by-harm", "form": "form-with-an-error"}.get(name, name)
            if picture not in KEPT:
                continue
            seen, coloured = _seen(chair)
            widgets |= dict.fromkeys(seen - widgets.keys(), picture)
            tones |= dict.fromkeys(coloured - tones.keys(), picture)
    assert _widgets() - widgets.keys() == set()
    assert set(Tone) - tones.keys() == set()
