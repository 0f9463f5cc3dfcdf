"""Screens that do once what Textual does again: giving styles as a screen is first shown, cutting lines for a frame."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual._compositor import Compositor
from textual.app import App
from textual.events import Compose, Event, ScreenResume
from textual.message_pump import MessagePump
from textual.screen import Screen

from tui.pieces import PieceCompositor


class QuickScreen(MessagePump):
    """Comes before the kind of screen that it is said of.

    Each widget has its styles when it is mounted, and what changes the looks changes those of every screen. To go over
    all of them again, when the screen is shown and when it first hears of its size, takes a tenth of the time in which
    a form or a room opens. Its frames are put together from what changed alone (:mod:`tui.pieces`).
    """

    def __init__(self, *values: Any, **named: Any) -> None:
        super().__init__(*values, **named)
        self._compositor: Compositor = PieceCompositor()

    async def on_event(self, event: Event) -> None:
        """Handle an event; a screen is in the style of its size before it has widgets, and to be shown changes none."""
        if isinstance(event, ScreenResume):
            event.refresh_styles = False
        if isinstance(event, Compose) and isinstance(self, Screen):
            self.add_class(*_of_this_size(self.app))
        await super().on_event(event)


def _of_this_size(app: App[Any]) -> Iterable[str]:
    """The classes of style that the app has for its width and its height. The toolkit gives them after a layout."""
    for breakpoints, cells in (
        (app.HORIZONTAL_BREAKPOINTS, app.size.width),
        (app.VERTICAL_BREAKPOINTS, app.size.height),
    ):
        yield from (name for _, name in sorted(one for one in breakpoints or () if one[0] <= cells)[-1:])
