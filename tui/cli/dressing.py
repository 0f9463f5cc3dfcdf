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


def dress(app: TaskingApp, asked: Asked) -> None:
    """Wear the look that was chosen, else that of the terminal's ground as far as it is known; follow what it tells."""
    light = asked.look(monotonic())
    chosen = ground_named(app.session.remembered.get(NAME)) or ground_by_environment()
    app.wear(chosen or ground_of(light) or FIRST)
    asked.ready = partial(takes_keys, app)
    if chosen is None:
        asked.hears = partial(_follow, app)


def takes_keys(app: TaskingApp) -> bool:
    """Whether the room is made, with the list that keys go to: however long that takes, they wait for it."""
    stack = app.screen_stack
    return bool(stack) and stack[-1].is_mounted


def _follow(app: TaskingApp, light: bool) -> None:
    """Wear the look of the ground that was told while the room is open: by the thread that reads keys."""
    if (ground := ground_of(light)) is not None:
        app.call_later(app.wear, ground)
