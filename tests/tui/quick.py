"""What the program does for eyes alone, and for itself again at every start: left out where no test asks for it.

A pilot has no terminal, yet every frame is painted for it; what a test reads of the screen is painted when it reads it.
A style sheet is parsed anew by every program; its rules depend on the theme alone. The detail waits for the cursor to
rest; a test that waits for the screen to come to rest would wait for that at every row.
"""

from __future__ import annotations

from functools import partialmethod
from itertools import count
from typing import Any

import pytest
from rich.console import Console
from textual._compositor import Compositor
from textual.cache import LRUCache
from textual.css.stylesheet import Stylesheet

from tui.views import detail
from tui.widgets.list_ahead import LookAhead

LOOK_AHEAD = LookAhead.go_on
"""How the program waits to draw ahead of the keys."""
PAUSE = detail._PAUSE
"""Seconds that the program lets the cursor rest before the detail reads more."""
_PARSED: dict[tuple[tuple[str, str], ...], LRUCache[Any, Any]] = {}
_begin = Stylesheet.__init__
_set_variables = Stylesheet.set_variables
_paint = Compositor.render_update
_frames = count()
"""Counts what was to be painted."""


def _take_rules(sheet: Stylesheet, variables: dict[str, str]) -> None:
    sheet._parse_cache = _PARSED.setdefault(tuple(sorted(variables.items())), LRUCache(1024))


def _begin_with_rules(sheet: Stylesheet, *, variables: dict[str, str] | None = None) -> None:
    _begin(sheet, variables=variables)
    _take_rules(sheet, variables or {})


def _change_rules(sheet: Stylesheet, variables: dict[str, str]) -> None:
    sheet._parse_cache = LRUCache(1)  # what is shared is not emptied
    _set_variables(sheet, variables)
    _take_rules(sheet, variables)


def share_rules(patch: pytest.MonkeyPatch) -> None:
    """Parse the rules of style once for all programs of this process."""
    patch.setattr(Stylesheet, "__init__", _begin_with_rules)
    patch.setattr(Stylesheet, "set_variables", _change_rules)


def _paint_what_is_read(compositor: Compositor, full: bool = False, *others: Any, **named: Any) -> Any:
    """Paint a whole screen that is asked for; forget what is to be painted of one that nobody sees."""
    if full:
        return _paint(compositor, full, *others, **named)
    next(_frames)
    compositor._dirty_regions.clear()
    return None


def _paint_each(compositor: Compositor, *others: Any, **named: Any) -> Any:
    next(_frames)
    return _paint(compositor, *others, **named)


def frame() -> int:
    """A number that grows by one at every call, and by more where anything was to be painted between."""
    return next(_frames)


def paint_what_is_read(patch: pytest.MonkeyPatch) -> None:
    """Paint no frame but those that are read."""
    patch.setattr(Compositor, "render_update", _paint_what_is_read)


def paint_every_frame(patch: pytest.MonkeyPatch) -> None:
    """Paint every frame, as before a terminal."""
    patch.setattr(Compositor, "render_update", _paint_each)


def name_pictures_alike(patch: pytest.MonkeyPatch) -> None:
    """Give every picture the same name for its styles: else it is made of the words of every cell, spelt out."""
    patch.setattr(Console, "export_svg", partialmethod(Console.export_svg, unique_id="terminal"))


def draw_nothing_ahead(patch: pytest.MonkeyPatch) -> None:
    """Draw no line before it is in sight: whether one was would depend on how quick the machine is."""
    patch.setattr(LookAhead, "go_on", lambda *_: None)


def draw_ahead_at_once(patch: pytest.MonkeyPatch) -> None:
    """Draw ahead as soon as the list was painted."""
    patch.setattr(LookAhead, "go_on", lambda ahead, *_: ahead._widget.call_next(ahead._do))


def rest_at_once(patch: pytest.MonkeyPatch) -> None:
    """Let the cursor count as resting as soon as it stands."""
    patch.setattr(detail, "_PAUSE", 0.0)
