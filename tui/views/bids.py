"""Bids for resources: with their score, who could fill each, and what came of what was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType

from core.bids import OUTCOMES, is_settled
from core.days import london
from core.text import counted
from db import bids
from db.actions import Subject
from db.bids import BidTerms, BidView
from db.deployments import board
from db.granting import could_fill, given_words
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column


@dataclass(frozen=True)
class _Row:
    """A bid, who could fill it, what it was given, and whether its result is due."""

    bid: BidView
    fill: str
    given: str
    owes: bool

    @property
    def outcome(self) -> str:
        """The outcome in a word; of one whose result is due, or whose units never left, that."""
        if self.bid.given_nothing:
            return "stood down"
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
        means=lambda row: Meaning.LATE if row.owes else _MEANS.get("" if row.bid.given_nothing else row.bid.outcome),
    ),
)


class BidsView(View):
    """Open and deferred bids, those decided in this meeting, and those whose result is due."""

    DEFAULT_CSS = """
    BidsView Detail { height: 8; max-height: 29vh; }
    """
    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    title = "Bids"
    only_in_meetings = True
    empty = "No bids. Put one on the list with n."
    noun = "bids"
    BINDINGS: ClassVar[list[BindingType]] = [
        *verbs("outcome", "bid", "score", "result", "why", "action", "decision"),
    ]

    def read(self) -> tuple[Source, str]:
        """The bids as they stand, those to decide by their score."""
        now, scope = self.session.now(), self.session.looks_at
        standing = board(self.session.store, now)
        listed = bids.bids(self.session.store, self.session.meeting_id, now, scope)
        self.empty = (
            BidsView.empty
            if scope.is_force
            else f"No bids of {scope.bcu or scope.name}. n puts one, * shows the force's."
        )
        rows = [_Row(bid, could_fill(standing, bid), self._given(bid, now), bid.owes(now)) for bid in listed]
        waiting = sum(1 for bid in listed if not bid.outcome)
        due = sum(row.owes for row in rows)
        lines = Lines.of(_COLUMNS, rows, key=lambda row: row.bid.id, record=_record)
        whose = "" if scope.is_force else f" of {scope.bcu or scope.name}"
        nothing = sum(bid.given_nothing for bid in listed)
        said = f", {nothing} whose units were stood down before they left" if nothing else ""
        said += f", {due} whose result is due" if due else ""
        return lines, f"Bids for resources{whose}, {waiting} to decide{said}"

    def _given(self, bid: BidView, now: datetime) -> str:
        return given_words(self.session.store, bid.deployment, now) if bid.deployment else ""


def _record(row: _Row) -> Record:
    bid = row.bid
    parts = [f"{bid.requester} ({bid.bcu}): {bid.problem}", f"{bid.resource}, {bid.place}, {bid.starts}"]
    parts += [f"{OUTCOMES[bid.outcome].past}: {bid.reason.rstrip('.')}"] if bid.outcome in OUTCOMES else []
    parts += [row.given] if row.given else []
    parts += ["so it was given nothing and owes no result"] if bid.given_nothing else []
    if bid.result_due and not bid.result:
        parts.append(f"result {'is due since' if row.owes else 'due'} {london(bid.result_due):%d/%m/%Y}")
    parts += [f"result: {bid.result}"] if bid.result else []
    parts.append(f"score {bid.score.words}" if bid.score.words else "not scored")
    parts += [f"could fill it: {row.fill}"] if not is_settled(bid.outcome) else []
    subject = Subject("bid", str(bid.id), f"{bid.requester}: {bid.resource}")
    facts = {"outcome": bid.outcome or "open", "score": bid.score.words or "not scored"}
    made_of = "; ".join([*parts, *_terms(bid.terms)])
    return Record(subject, facts, made_of, wall=f"bid {bid.id} ({bid.bcu})")


def _terms(terms: BidTerms) -> list[str]:
    """What else a bid says, each with what it answers; nothing of what it leaves out."""
    officers = [counted(terms.officers, "officer")] if terms.officers else []
    said = {
        "tactic": terms.tactic, "skills": terms.skills, "objective": terms.objective, "serves": terms.control_strategy,
        "risk if nothing is given": terms.risk, "community": terms.community, "ends when": terms.exit,
        "measured by": terms.measure,
    }  # fmt: skip
    return officers + [f"{label}: {words}" for label, words in said.items() if words]
