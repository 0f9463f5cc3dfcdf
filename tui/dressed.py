"""A program that has looks: of what they are made for its terminal, which of them it wears, and how that changes."""

from __future__ import annotations

import os
from typing import Self

from textual.app import App
from textual.driver import Driver
from textual.events import Resize
from textual.screen import Screen
from textual.theme import Theme

from tui.looks import FIRST, ground_named, look
from tui.palettes import Depth, Ground


class Dressed(App[None]):
    """Wears one of the looks. NO_COLOR leaves no colour at all: what is read then has the terminal's own colours."""

    def __init__(self, depth: Depth = Depth.TRUE, driver_class: type[Driver] | None = None) -> None:
        """*depth*: how many colours the terminal has."""
        without = "NO_COLOR" in os.environ or depth is Depth.NONE
        self._ruled_by = ""
        self._looks = {ground: look(ground, Depth.NONE if without else depth) for ground in Ground}
        super().__init__(driver_class=driver_class, ansi_color=True if without else None)
        self.no_color = without
        for made in self._looks.values():
            self.register_theme(made.theme)
        self.console.push_theme(self._looks[FIRST].styles)
        self.wear(FIRST)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What rules of style name, for themes that are none of the looks."""
        return self._looks[FIRST].theme.variables

    def on_mount(self) -> None:
        """Paint again what is on the screen when the look changes: its words have the styles of the one before."""
        self.theme_changed_signal.subscribe(self, self._paint_again)

    def on_resize(self, event: Resize) -> None:
        """Paint the whole screen where a terminal comes back to the size that is painted already.

        It was smaller in between and has lost lines, but the toolkit compares sizes and would paint nothing.
        """
        if self.screen_stack and event.size == self.screen.outer_size:
            self.screen.refresh()

    def refresh(self, *, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint the screen again, laid out anew; neither where the toolkit asks for both because a dialog has closed.

        It asks twice, though the screen below has the size of the app, and is painted whole since it is on top again.
        """
        if layout and self.screen_stack and self.screen.size == self.size:
            return self
        return super().refresh(repaint=repaint, layout=layout, recompose=recompose)

    @property
    def _background_screens(self) -> list[Screen[object]]:
        """The screens that are seen through the one on top, none where it covers them.

        The toolkit asks only whether those below are seen through: each tick of a room below painted a whole page anew.
        """
        covered = not self.screen_stack or self.screen.styles.background.a == 1
        return [] if covered else super()._background_screens

    def wear(self, ground: Ground) -> None:
        """Wear the look of a ground from now on."""
        self._put_on(ground)
        self.theme = ground.value
        if not self.is_running:
            self._ruled_by = self.theme
            self.stylesheet.set_variables(self.get_css_variables())

    def refresh_css(self, animate: bool = True) -> None:
        """Read the rules of style anew for another look. The toolkit asks for it at the start, too: nothing to do then.

        What rules of style name was told before the first of them was read.
        """
        if self._ruled_by != self.theme:
            self._ruled_by = self.theme
            super().refresh_css(animate)

    def _put_on(self, ground: Ground) -> None:
        """Words that are painted from now on have the styles of a look."""
        self.console.pop_theme()
        self.console.push_theme(self._looks[ground].styles)

    def _paint_again(self, theme: Theme) -> None:
        ground = ground_named(theme.name)
        if ground is None:
            return
        self._put_on(ground)
        for screen in self.screen_stack:
            for widget in screen.walk_children():
                widget.notify_style_update()
                widget.refresh()
