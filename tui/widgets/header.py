"""The head of every screen: marking, meeting and item, data as of, clocks, action counts."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from core.meetings import MARKING
from tui.widgets.figures import cut_text


@dataclass(frozen=True)
class Head:
    """What the head shows. ``stale`` says in words that the data are old; empty if they are not."""

    where: str = ""
    as_of: str = ""
    stale: str = ""
    clock: str = ""
    item: str = ""
    item_clock: str = ""
    open: int = 0
    due: int = 0
    overdue: int = 0


class RoomHeader(Widget):
    """Two lines that are always there, and in a meeting a third: what is said at this item."""

    DEFAULT_CSS = """
    RoomHeader { dock: top; height: auto; background: $panel; color: $foreground; padding: 0 1; }
    """
    head: reactive[Head] = reactive(Head(), layout=True)

    def render(self) -> Text:
        """The lines, what matters most kept when there is little room."""
        width = max(20, self.size.width - 2)
        head = self.head
        where = Text(f" {MARKING} ", style="bold reverse").append(f" {head.where}", style="bold not reverse")
        as_of = Text(f"{head.stale or 'data'} {head.as_of}", style="bold" if head.stale else "")
        as_of.append(f"  {head.clock}", style="bold not reverse")
        counts = Text(f"actions: {head.open} open, {head.due} due, ")
        counts.append(f"{head.overdue} overdue", style="bold" if head.overdue else "")
        lines = [_spread(where, as_of, width), _spread(Text(head.item_clock, style="bold"), counts, width)]
        if head.item:
            lines.append(cut_text(Text(head.item), width))
        return Text("\n").join(lines)


def _spread(left: Text, right: Text, width: int) -> Text:
    """Left and right on one line, the left cut where they would meet."""
    room = width - right.cell_len - 1
    left = cut_text(left, max(8, room))
    gap = max(1, width - left.cell_len - right.cell_len)
    return Text.assemble(left, " " * gap, right, no_wrap=True, overflow="crop")
