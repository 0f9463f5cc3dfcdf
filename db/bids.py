"""Bids for resources: who asks, for what, where, when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from core.applying import Unfit, all_or_none, reason_given
from core.bids import OPEN, OUTCOMES
from core.errors import Conflict, Problem
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
    """Put a bid on the list and give its number. Raises Conflict where it is on the list or the meeting is sealed."""
    asked = {
        "requester": requester, "bcu": bcu, "problem": problem, "resource": resource, "place": place, "starts": starts,
    }  # fmt: skip
    with store.change(f"{requester}: {resource} put on the list of bids", meeting=meeting_id) as writing:
        for row in store.read.rows(f"SELECT id, {', '.join(asked)} FROM bid WHERE outcome = :open", open=OPEN):  # noqa: S608 - own names
            if all(row[column] == value for column, value in asked.items()):
                all_or_none([Unfit(str(row["id"]), f"Bid {row['id']}", "asks for this already")])
        return writing.insert("bid", **asked, made_at=writing.now, outcome=OPEN, reason="")


def decide_bid(store: Store, number: int, outcome: str, reason: str, meeting_id: int | None = None) -> None:
    """Grant, grant in part, defer or refuse a bid, with a reason.

    Raises Problem without one, Conflict where it is decided so already, where a sealed meeting has decided the bid or
    the meeting is sealed.
    """
    if outcome not in OUTCOMES:
        raise Problem(f"'{outcome}' is no outcome of a bid. Use one of: {', '.join(OUTCOMES)}.")
    why = reason_given(reason)
    with store.change(f"Bid {number} {outcome}", meeting=meeting_id) as writing:
        row = writing.row("bid", number)
        if row is None:
            raise Conflict("This bid is no longer in the store. Refresh with ctrl+r.")
        label = f"{row['requester']}: {row['resource']}"
        new = {"outcome": outcome, "reason": why, "meeting_id": meeting_id}
        if all(row[column] == value for column, value in new.items()):
            all_or_none([Unfit(str(number), label, f"is {outcome} already for this reason")])
        writing.update("bid", number, **new)
        writing.says(f"{label} {OUTCOMES[outcome].past}: {why}")


def bids(store: Store, meeting_id: int | None = None) -> list[BidView]:
    """The bids that are open, deferred, or were decided in this meeting: open ones first."""
    query = (
        "SELECT id, requester, bcu, problem, resource, place, starts, outcome, reason FROM bid "
        "WHERE outcome IN ('', 'deferred') OR meeting_id = :meeting "
        "ORDER BY CASE outcome WHEN '' THEN 0 ELSE 1 END, id"
    )
    return [from_row(BidView, row) for row in store.read.rows(query, meeting=meeting_id or 0)]
