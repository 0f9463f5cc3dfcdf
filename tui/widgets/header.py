"""The head of every screen: marking, meeting, agenda and item with its clock; below it what is said at the item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from textwrap import wrap
from typing import NamedTuple

from rich.text import Text
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from core.meetings import MARKING
from tui.means import Meaning, meant, of_load
from tui.widgets.figures import cut_text


class Head(NamedTuple):
    """What the head shows. stale: that the data are old, in words; empty if they are not. mark: beside the marking.

    where: the item of the meeting, else what is shown. of: the meeting, said where there is room. scope: whose it is;
    empty for the force's own. ticks: a mark an item of the agenda. share: how much of the item's minutes is gone, 1 at
    their end; None where none are counted.
    open, due, overdue: actions, None where they could not be counted. actions_of: which are counted. windows: in words
    that other rooms are open on the store.
    """

    where: str = ""
    of: str = ""
    scope: str = ""
    ticks: str = ""
    as_of: str = ""
    stale: str = ""
    clock: str = ""
    item: str = ""
    share: float | None = None
    item_clock: str = ""
    meeting_clock: str = ""
    open: int | None = None
    due: int | None = None
    overdue: int | None = None
    actions_of: str = "actions"
    windows: str = ""
    mark: str = ""


_GAP = "  "
_STEPS = 6
_LOW = 18
"""Lines of a screen so low that what is said at an item gives way to rows."""
_LEAST = 8
_NARROWEST = 20
_IN_BRACKETS = re.compile(r" \([^)]*\)")


class RoomHeader(Widget):
    """One line that is always there. Below it what is said at this item, in full, beside counts and clocks."""

    DEFAULT_CSS = """
    RoomHeader { dock: top; height: auto; background: $panel; color: $foreground; padding: 0 1; }
    """
    head: reactive[Head] = reactive(Head(), repaint=False)

    def watch_head(self) -> None:
        """Paint the new head, and lay the screen out again only where it takes another height."""
        self.refresh(layout=len(self._lines()) != self.outer_size.height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """How many lines there are in so many cells. Asked while the screen is laid out."""
        return len(self._lines_in(width))

    def render(self) -> Text:
        """The lines."""
        return Text("\n").join(self._lines())

    def _lines(self) -> list[Text]:
        """The lines, as wide as the head is or will be: to ask where it stands would lay the screen out once more."""
        return self._lines_in((self.outer_size.width or self.app.size.width) - self.gutter.width)

    def _lines_in(self, width: int) -> list[Text]:
        """The lines in so many cells, what matters most kept when there is little room."""
        return _lines_of(self.head, max(_NARROWEST, width), low=self.app.size.height < _LOW)


@lru_cache(maxsize=8)  # every layout of the screen asks how high they are; who is given them changes none
def _lines_of(head: Head, width: int, *, low: bool) -> list[Text]:
    """The lines of a head in so many cells; on a low screen what is said at the item is left out."""
    return [_first(head, width), *_below("" if low else head.item, _counted(head, low=low), width)]


def _first(head: Head, width: int) -> Text:
    """Marking, meeting, item, agenda, the item's clock, time: the bar goes first, then the meeting, then the ticks.

    Where even then it does not fit, what stands in brackets of a mark goes, then the item is cut. Where too little of
    it would be left, its clock goes as a whole.
    """
    time = Text(head.clock, style="bold")
    ticks, bar, clock = Text(head.ticks), _bar(head.share), _clock(head)
    where = Text(f"{head.scope} {head.where}".strip(), style="bold")
    full = Text(f"{head.of} {where.plain}".strip(), style="bold")
    every = [full, ticks, bar, clock], [full, ticks, clock], [where, ticks, bar, clock], [where, ticks, clock]
    lead = _lead(head.mark)
    for mark in dict.fromkeys((head.mark, _IN_BRACKETS.sub("", head.mark))):
        lead = _lead(mark)
        for shown in (*every, [where, clock]):
            line = _joined([lead, *shown])
            if line.cell_len + time.cell_len + 1 <= width:
                return _spread(line, time, width)
    room = width - lead.cell_len - time.cell_len - len(_GAP) - 1
    beside_clock = room - clock.cell_len - len(_GAP)
    if clock and beside_clock < _LEAST:  # a clock that is cut tells nothing
        return _spread(_joined([lead, cut_text(where, max(_LEAST, room))]), time, width)
    return _spread(_joined([lead, cut_text(where, max(_LEAST, beside_clock)), clock]), time, width)


def _lead(mark: str) -> Text:
    """The marking, and the mark beside it where there is one."""
    lead = Text(f" {MARKING} ", style="bold reverse")
    return lead.append(" ", style="not reverse").append(f" {mark} ", style="bold reverse") if mark else lead


def _clock(head: Head) -> Text:
    """The clock of the item: bold, in the colours of nearly over and over, the latter with its + in front."""
    share = head.share or 0.0
    return meant(head.item_clock, of_load(share) or Meaning.NOTED)


def _bar(share: float | None) -> Text:
    """How much of an item's minutes is gone, in six steps; nothing where none are counted."""
    if share is None:
        return Text()
    full = min(_STEPS, int(share * _STEPS))
    return Text("▰" * full + "▱" * (_STEPS - full), style=_clock(Head(share=share)).style)


def _counted(head: Head, *, low: bool) -> list[Text]:
    """The actions by how late they are, other windows, the meeting's clock and the day of the data."""
    of = "" if low and head.actions_of == "actions" else f"{head.actions_of}: "
    if head.open is None:
        counts = Text(f"{head.actions_of} not counted", style=Meaning.LATE)
    else:
        counts = Text(f"{of}{head.open} open, {head.due} due, ")
        counts.append(f"{head.overdue} overdue", style=Meaning.LATE if head.overdue else "")
    as_of = Text(f"{head.stale or 'data'} {head.as_of}", style=Meaning.DUE if head.stale else "")
    parts = [Text(head.windows, style="bold"), counts, Text(head.meeting_clock, style="bold"), as_of]
    return [part for part in parts if part]


def _below(said: str, counted: Sequence[Text], width: int) -> list[Text]:
    """What is said and what is counted: on one line where both fit, else what is said on lines of its own."""
    right = _joined(counted)
    if said and len(said) + len(_GAP) + right.cell_len <= width:
        return [_spread(Text(said), right, width)]
    lines = [Text(line) for line in item_lines(said, width)] if said else []
    if said and len(counted) > 1 and right.cell_len <= width:  # the clocks stand at the right edge, as elsewhere
        clocks = -2 if len(counted) > 2 else -1
        return [*lines, _spread(_joined(counted[:clocks]), _joined(counted[clocks:]), width)]
    return [*lines, *_filled(counted, width)]


def _filled(parts: Iterable[Text], width: int) -> list[Text]:
    """Parts in as few lines as hold them, at the right edge; none is cut."""
    lines: list[list[Text]] = [[]]
    for part in parts:
        if lines[-1] and _joined([*lines[-1], part]).cell_len > width:
            lines.append([])
        lines[-1].append(part)
    return [_spread(Text(), _joined(line), width) for line in lines]


def item_lines(item: str, width: int) -> list[str]:
    """What is said at an item in as many lines as it takes, the views on the first where they do not fit beside it."""
    if len(item) <= width:
        return [item]
    shown, bracket, said = item.partition("] ")
    parts = [f"{shown}]", said] if bracket else [item]
    return [line for part in parts for line in wrap(part, width)]


def _joined(parts: Iterable[Text]) -> Text:
    """Parts beside each other, those that say nothing left out."""
    return Text(_GAP).join([part for part in parts if part])


def _spread(left: Text, right: Text, width: int) -> Text:
    """Left and right on one line, the left cut where they would meet."""
    room = width - right.cell_len - 1
    left = cut_text(left, max(_LEAST, room)) if left else left
    gap = max(0, width - left.cell_len - right.cell_len)
    return Text.assemble(left, " " * gap, right, no_wrap=True, overflow="crop")
