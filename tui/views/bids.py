"""Bids for resources."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from db import bids
from db.actions import Subject
from db.bids import BidView
from tui.verb import verbs
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("requester", "who asks", 12),
    Column("resource", "for what", 18, grow=True),
    Column("problem", "problem", 18, grow=True, priority=1),
    Column("place", "where", 12),
    Column("starts", "when", 10),
    Column("outcome", "outcome", 9),
)


class BidsView(View):
    """Open and deferred bids, and those decided in this meeting."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No bids. Put one on the list with n."
    noun = "bids"
    BINDINGS: ClassVar[list[BindingType]] = verbs("outcome", "bid", "action", "decision")

    def read(self) -> tuple[Source, str]:
        """The bids as they stand."""
        found = bids.bids(self.session.store, self.session.meeting_id)
        waiting = sum(1 for bid in found if not bid.outcome)
        return Lines(_COLUMNS, [_line(bid) for bid in found]), f"Bids for resources, {waiting} to decide"


def _line(bid: BidView) -> Line:
    cells = (bid.requester, bid.resource, bid.problem, bid.place, bid.starts, bid.outcome or "open")
    reason = f"; {bid.outcome}: {bid.reason}" if bid.outcome else ""
    made_of = f"{bid.requester} ({bid.bcu}): {bid.problem}; {bid.resource}, {bid.place}, {bid.starts}{reason}"
    subject = Subject("bid", str(bid.id), f"{bid.requester}: {bid.resource}")
    return Line(bid.id, cells, Record(subject, {"outcome": bid.outcome or "open"}, made_of), cells)
