"""Bids for resources: with their score, who could fill each, and what came of what was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType

from core.days import london
from db import bids
from db.actions import Subject
from db.bids import BidView
from db.deployments import board
from db.granting import could_fill
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """A bid, who could fill it, and whether its result is due."""

    bid: BidView
    fill: str
    owes: bool

    @property
    def outcome(self) -> str:
        """The outcome in a word; of one whose result is due, that."""
        return "RESULT DUE" if self.owes else self.bid.outcome or "open"


def _score(row: _Row) -> str:
    value = row.bid.score.value
    return "?" if value is None else f"{value:.0f}"


_MEANS = {
    "": Meaning.DUE,
    "granted": Meaning.DONE,
    "part": Meaning.DONE,
    "deferred": Meaning.HELD,
    "refused": Meaning.ENDED,
}
_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("requester", "who asks", 9, show=lambda row: row.bid.requester),
    ListColumn(
        "score",
        "score",
        5,
        "right",
        show=_score,
        sort=lambda row: row.bid.score.value,
        means=lambda row: Meaning.UNKNOWN if row.bid.score.value is None else None,
    ),
    ListColumn("resource", "for what", 16, grow=True, show=lambda row: row.bid.resource),
    ListColumn("problem", "problem", 18, grow=True, priority=2, show=lambda row: row.bid.problem),
    ListColumn("place", "where", 10, show=lambda row: row.bid.place),
    ListColumn("starts", "when", 22, show=lambda row: row.bid.starts, sort=lambda row: row.bid.starts),
    ListColumn(
        "outcome",
        "outcome",
        10,
        show=lambda row: row.outcome,
        holds=PLAIN,
        means=lambda row: Meaning.LATE if row.owes else _MEANS.get(row.bid.outcome),
    ),
)


class BidsView(View):
    """Open and deferred bids, those decided in this meeting, and those whose result is due."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "No bids. Put one on the list with n."
    noun = "bids"
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("outcome", "bid", "score", "result", "why", "action", "decision"),
    ]

    def read(self) -> tuple[Source, str]:
        """The bids as they stand, those to decide by their score."""
        now = self.session.now()
        standing = board(self.session.store, now)
        listed = bids.bids(self.session.store, self.session.meeting_id, now)
        rows = [_Row(bid, could_fill(standing, bid), bid.owes(now)) for bid in listed]
        waiting = sum(1 for bid in listed if not bid.outcome)
        due = sum(row.owes for row in rows)
        lines = Lines.of(_COLUMNS, rows, key=lambda row: row.bid.id, record=_record)
        return lines, f"Bids for resources, {waiting} to decide" + (f", {due} whose result is due" if due else "")


def _record(row: _Row) -> Record:
    bid = row.bid
    reason = f"; {bid.outcome}: {bid.reason}" if bid.outcome else f"; could fill it: {row.fill}"
    made_of = f"{bid.requester} ({bid.bcu}): {bid.problem}; {bid.resource}, {bid.place}, {bid.starts}{reason}"
    made_of += f"; score {bid.score.words}" if bid.score.words else ""
    made_of += f"; deployment {bid.deployment}" if bid.deployment else ""
    made_of += f"; result due {london(bid.result_due):%d/%m/%Y}" if bid.result_due and not bid.result else ""
    made_of += f"; result: {bid.result}" if bid.result else ""
    subject = Subject("bid", str(bid.id), f"{bid.requester}: {bid.resource}")
    facts = {"outcome": bid.outcome or "open", "score": bid.score.words or "not scored"}
    return Record(subject, facts, made_of, wall=f"bid {bid.id} ({bid.bcu})")
