"""The look of the room as it opens, and the keys that are typed before it is there."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from tui.asked import Asked
from tui.looks import FIRST, NAME, ground_named
from tui.terminal import ground_by_environment, ground_of

if TYPE_CHECKING:
    from tui.app import TaskingApp

_PATIENCE = 5.0
"""Seconds that keys wait for a list at most."""


def dress(app: TaskingApp, asked: Asked) -> None:
    """Wear the look that was chosen, else that of the terminal's ground as far as it is known; follow what it tells."""
    light = asked.look(monotonic())
    chosen = ground_named(app.session.remembered.get(NAME)) or ground_by_environment()
    app.wear(chosen or ground_of(light) or FIRST)
    asked.ready = partial(takes_keys, app, monotonic() + _PATIENCE)
    if chosen is None:
        asked.hears = partial(_follow, app)


def takes_keys(app: TaskingApp, until: float) -> bool:
    """Whether the room has a list that keys go to, or that moment has come."""
    stack = app.screen_stack
    return monotonic() > until or (bool(stack) and stack[-1].focused is not None)


def _follow(app: TaskingApp, light: bool) -> None:
    """Wear the look of the ground that was told while the room is open: by the thread that reads keys."""
    if (ground := ground_of(light)) is not None:
        app.call_later(app.wear, ground)
