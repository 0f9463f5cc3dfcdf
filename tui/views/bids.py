"""Bids for resources."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from db import bids
from db.actions import Subject
from db.bids import BidView
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS: tuple[ListColumn[BidView], ...] = (
    ListColumn("requester", "who asks", 12, show=lambda bid: bid.requester),
    ListColumn("resource", "for what", 18, grow=True, show=lambda bid: bid.resource),
    ListColumn("problem", "problem", 18, grow=True, priority=1, show=lambda bid: bid.problem),
    ListColumn("place", "where", 12, show=lambda bid: bid.place),
    ListColumn("starts", "when", 22, show=lambda bid: bid.starts, sort=lambda bid: bid.starts),
    ListColumn("outcome", "outcome", 9, show=lambda bid: bid.outcome or "open", holds=PLAIN),
)


class BidsView(View):
    """Open and deferred bids, and those decided in this meeting."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No bids. Put one on the list with n."
    noun = "bids"
    BINDINGS: ClassVar[list[BindingType]] = verbs("outcome", "bid", "why", "action", "decision")

    def read(self) -> tuple[Source, str]:
        """The bids as they stand."""
        listed = bids.bids(self.session.store, self.session.meeting_id)
        waiting = sum(1 for bid in listed if not bid.outcome)
        lines = Lines.of(_COLUMNS, listed, key=lambda bid: bid.id, record=_record)
        return lines, f"Bids for resources, {waiting} to decide"


def _record(bid: BidView) -> Record:
    reason = f"; {bid.outcome}: {bid.reason}" if bid.outcome else ""
    made_of = f"{bid.requester} ({bid.bcu}): {bid.problem}; {bid.resource}, {bid.place}, {bid.starts}{reason}"
    subject = Subject("bid", str(bid.id), f"{bid.requester}: {bid.resource}")
    facts = {"outcome": bid.outcome or "open"}
    return Record(subject, facts, made_of, wall=f"bid {bid.id} ({bid.bcu})")
