"""The curves of a backtest, as large as there is room for."""

from __future__ import annotations

from rich.text import Text
from textual.widget import Widget

from core.backtest_plot import plot
from core.backtest_words import Backtest
from core.text import plain


class Curves(Widget):
    """Share of harm held against n, a letter for each ranking; nothing until there is something to show."""

    DEFAULT_CSS = """
    Curves { height: 14; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: Backtest | None = None

    def show(self, found: Backtest) -> None:
        """Draw these curves."""
        self._found = found
        self.refresh()

    def render(self) -> Text:
        """The lines of the plot."""
        if self._found is None:
            return Text("")
        width, height = self.content_size
        lines = [plain(line) for line in plot(self._found, width, height)]
        return Text("\n".join(lines), no_wrap=True, overflow="crop", end="")
