"""Bids for resources: who asks, for what, where, when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from core.bids import OPEN, OUTCOMES
from core.errors import Problem
from db.store import Store
from db.store.rows import from_row


@dataclass(frozen=True)
class BidView:
    """One bid; ``outcome`` is empty while it is open."""

    id: int
    requester: str
    bcu: str
    problem: str
    resource: str
    place: str
    starts: str
    outcome: str
    reason: str


def make_bid(
    store: Store,
    requester: str,
    bcu: str,
    problem: str,
    resource: str,
    place: str,
    starts: str,
    *,
    meeting_id: int | None = None,
) -> int:
    """Put a bid on the list and give its number. Raises Conflict where the meeting is sealed."""
    with store.change(f"Bid by {requester}", meeting=meeting_id) as writing:
        return writing.insert(
            "bid",
            requester=requester,
            bcu=bcu,
            problem=problem,
            resource=resource,
            place=place,
            starts=starts,
            made_at=writing.now,
            outcome=OPEN,
            reason="",
        )


def decide_bid(store: Store, number: int, outcome: str, reason: str, meeting_id: int | None = None) -> None:
    """Grant, grant in part, defer or refuse a bid, with a reason.

    Raises Problem without one, Conflict where a sealed meeting has decided the bid or the meeting is sealed.
    """
    if outcome not in OUTCOMES:
        raise Problem(f"'{outcome}' is no outcome of a bid. Use one of: {', '.join(OUTCOMES)}.")
    if not reason.strip():
        raise Problem("A bid's outcome needs a reason.")
    with store.change(f"Bid {number} {outcome}", meeting=meeting_id) as writing:
        writing.update("bid", number, outcome=outcome, reason=reason.strip(), meeting_id=meeting_id)


def bids(store: Store, meeting_id: int | None = None) -> list[BidView]:
    """The bids that are open, deferred, or were decided in this meeting: open ones first."""
    query = (
        "SELECT id, requester, bcu, problem, resource, place, starts, outcome, reason FROM bid "
        "WHERE outcome IN ('', 'deferred') OR meeting_id = :meeting "
        "ORDER BY CASE outcome WHEN '' THEN 0 ELSE 1 END, id"
    )
    return [from_row(BidView, row) for row in store.read.rows(query, meeting=meeting_id or 0)]
