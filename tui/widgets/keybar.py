"""The foot of every screen: the keys that work here, or what is waited for."""

from __future__ import annotations

from collections.abc import Callable

from rich.text import Text
from textual.app import App
from textual.events import Resize

from tui.commands import HELP, foot_words, for_footer, live
from tui.means import Meaning
from tui.widgets.static import Static


def waits_at_foot(app: App[object]) -> Callable[[str], None]:
    """Says at the foot of every screen what is waited for; empty words where nothing is any longer."""

    def waits(words: str) -> None:
        for screen in app.screen_stack:
            for foot in screen.query(KeyBar):
                foot.wait(words)

    return waits


class KeyBar(Static):
    """Shows the live commands of the screen it is on; one that does not apply now is dimmed."""

    DEFAULT_CSS = """
    KeyBar { height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    _waits_for = ""

    def wait(self, words: str) -> None:
        """Say in place of the keys what is waited for; empty words where nothing is any longer."""
        self._waits_for = words
        self.redraw()

    def on_mount(self) -> None:
        """Follow the screen's commands as the focus moves."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.redraw())
        self.call_after_refresh(self.redraw)

    def on_resize(self, _event: Resize) -> None:
        """Show as many as there is room for."""
        self.redraw()

    def redraw(self) -> None:
        """Write the keys that work now."""
        if not self.is_mounted:
            return
        if self._waits_for:
            self.update(Text(self._waits_for, style="bold reverse", no_wrap=True, overflow="ellipsis"), layout=False)
            return
        if not self.screen.is_current:
            return
        room = max(1, self.size.width - 2)
        shown = for_footer(live(self.screen), self.size.width)
        text = Text(no_wrap=True, overflow="ellipsis")
        for one in shown:
            if text:
                text.append(" " * (max(2, room - text.cell_len - len(foot_words(one))) if one.foot is HELP else 2))
            key = foot_words(one).split(" ")[0]
            text.append(key, style="bold" if one.enabled else Meaning.NOUGHT)
            text.append(foot_words(one)[len(key) :], style="" if one.enabled else Meaning.NOUGHT)
        if text != self.content:
            self.update(text, layout=False)  # the line keeps its height: nothing else on the screen moves
