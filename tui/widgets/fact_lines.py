"""Lines of facts at the head of a page."""

from __future__ import annotations

from rich.text import Text
from textual.app import RenderResult

from tui.widgets.figures import cut_text
from tui.widgets.static import Static


class FactLines(Static):
    """Facts, one a line; where they are not to be wrapped, no number is cut at the end of a line."""

    def render(self) -> RenderResult:
        """The lines as far as there is room."""
        facts = self.content
        if self.styles.text_wrap != "nowrap" or not isinstance(facts, Text):
            return super().render()
        width = self.content_size.width
        if not width:
            return facts
        return Text("\n").join(cut_text(line, width) for line in facts.split("\n", allow_blank=True))
