"""The head of every screen: marking, meeting and item, data as of, clocks, action counts."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from core.meetings import MARKING
from tui.widgets.figures import cut_text


@dataclass(frozen=True)
class Head:
    """What the head shows. stale: that the data are old, in words; empty if they are not. mark: beside the marking.

    actions_of: which actions are counted. windows: in words that other rooms are open on the store.
    """

    where: str = ""
    as_of: str = ""
    stale: str = ""
    clock: str = ""
    item: str = ""
    item_clock: str = ""
    open: int = 0
    due: int = 0
    overdue: int = 0
    actions_of: str = "actions"
    windows: str = ""
    mark: str = ""


_GAP = "  "
_WINDOWS_ROOM = 4
"""Cells that must be left where the windows are said beside clocks and counts; else they stand a line below."""


class RoomHeader(Widget):
    """Two lines that are always there, and in a meeting below them, in full, what is said at this item."""

    DEFAULT_CSS = """
    RoomHeader { dock: top; height: auto; background: $panel; color: $foreground; padding: 0 1; }
    """
    head: reactive[Head] = reactive(Head(), layout=True)

    def render(self) -> Text:
        """The lines, what matters most kept when there is little room."""
        width = max(20, self.size.width - 2)
        head = self.head
        where = Text(f" {MARKING} ", style="bold reverse")
        if head.mark:
            where.append(" ", style="not reverse").append(f" {head.mark} ", style="bold reverse")
        where.append(f" {head.where}", style="bold not reverse")
        as_of = Text(f"{head.stale or 'data'} {head.as_of}", style="bold" if head.stale else "")
        as_of.append(f"  {head.clock}", style="bold not reverse")
        counts = Text(f"{head.actions_of}: {head.open} open, {head.due} due, ")
        counts.append(f"{head.overdue} overdue", style="bold" if head.overdue else "")
        clocks = Text(head.item_clock, style="bold")
        windows = Text(head.windows, style="bold")
        spare = width - clocks.cell_len - counts.cell_len - windows.cell_len
        beside = spare >= _WINDOWS_ROOM or not (head.item and head.windows)
        if head.windows and beside:
            counts = Text.assemble(windows, _GAP, counts)
        lines = [_spread(where, as_of, width), _spread(clocks, counts, width)]
        if head.item:
            *above, last = item_lines(head.item, width)
            lines += [Text(line) for line in above]
            apart = not beside and len(last) + windows.cell_len >= width
            lines.append(Text(last) if beside or apart else _spread(Text(last), windows, width))
            if apart:
                lines.append(_spread(Text(), windows, width))
        return Text("\n").join(lines)


def item_lines(item: str, width: int) -> list[str]:
    """What is said at an item in as many lines as it takes, the views on the first where they do not fit beside it."""
    if len(item) <= width:
        return [item]
    shown, bracket, said = item.partition("] ")
    parts = [f"{shown}]", said] if bracket else [item]
    return [line for part in parts for line in wrap(part, width)]


def _spread(left: Text, right: Text, width: int) -> Text:
    """Left and right on one line, the left cut where they would meet."""
    room = width - right.cell_len - 1
    left = cut_text(left, max(8, room))
    gap = max(1, width - left.cell_len - right.cell_len)
    return Text.assemble(left, " " * gap, right, no_wrap=True, overflow="crop")
