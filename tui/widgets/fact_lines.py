"""Lines of facts at the head of a page."""

from __future__ import annotations

from rich.text import Text
from textual.app import RenderResult

from tui.widgets.figures import cut_text
from tui.widgets.static import Static


class FactLines(Static):
    """Facts, one a line; where they are not to be wrapped, no number is cut at the end of a line.

    Where there is no room for every line, the last that is shown says how many are not.
    """

    def render(self) -> RenderResult:
        """The lines as far as there is room."""
        facts = self.content
        if self.styles.text_wrap != "nowrap" or not isinstance(facts, Text):
            return super().render()
        width = self.content_size.width
        if not width:
            return facts
        lines, most = list(facts.split("\n", allow_blank=True)), self.styles.max_height
        if most is not None and most.is_cells and len(lines) > (height := int(most.value)):
            lines = [*lines[: height - 1], _last(lines[height - 1], width, len(lines) - height)]
        return Text("\n").join(cut_text(line, width) for line in lines)


def _last(line: Text, width: int, more: int) -> Text:
    """A line with how many more there are behind it."""
    told = f" {more} more"
    shown = cut_text(line, width - len(told) - 2).copy()
    return shown.append(told if shown.plain.endswith("…") else f" …{told}")
