"""Read-back: every action and decision of this meeting, then the seal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import BindingType

from core.days import london
from db import actions, bids, decisions
from db.actions import ActionView, Subject
from db.bids import BidView
from db.decisions import DecisionView
from db.read_back import PlaceChange, place_changes
from tui.session import Session
from tui.verb import verbs
from tui.views.actions import action_record, as_shown
from tui.views.base import View
from tui.views.column import ListColumn
from tui.views.source import Lines, Record, Source
from tui.widgets.record_list import Column

_DECISIONS_FROM, _BIDS_FROM, _PLACES_FROM = 1 << 40, 1 << 41, 1 << 42
"""Keys of decisions, bids and places start here, so that they cannot be taken for actions."""


@dataclass(frozen=True)
class _Row:
    """What is read back of an action, a decision, a place or a bid. *at*: a moment in seconds where *due* is one."""

    key: int
    what: str
    words: str
    about: str
    owner: str
    due: str
    record: Record
    at: float | None = None


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("what", "what", 8, show=lambda row: row.what),
    ListColumn("words", "read back", 24, grow=True, show=lambda row: row.words),
    ListColumn("subject", "about", 16, grow=True, show=lambda row: row.about),
    ListColumn("owner", "owner", 16, show=lambda row: row.owner),
    ListColumn(
        "due", "due", 11, "right", show=lambda row: row.due, sort=lambda row: row.due if row.at is None else row.at
    ),
)


class ReadbackView(View):
    """What was decided and who does what by when."""

    columns: ClassVar[tuple[Column, ...]] = _COLUMNS
    empty = "Nothing was raised or decided yet. S seals the meeting."
    noun = "to read back"
    BINDINGS: ClassVar[list[BindingType]] = verbs("seal", "edit", "why", "action", "decision")

    def read(self) -> tuple[Source, str]:
        """What this meeting has raised and decided so far."""
        meeting = self.session.meeting
        if meeting is None:
            return Lines(_COLUMNS, ()), ""
        store, session = self.session.store, self.session
        rows = [
            *(_action(raised, session) for raised in actions.raised_in(store, meeting.id, session.now())),
            *(_decision(taken, session) for taken in decisions.taken_in(store, meeting.id)),
            *(_place(number, change) for number, change in enumerate(place_changes(store, meeting))),
            *(_bid(bid) for bid in bids.bids(store, meeting.id) if bid.outcome),
        ]
        heading = "Read back, then S seals" if meeting.sealed_at is None else "Sealed: this is what was read back"
        return Lines.of(_COLUMNS, rows, key=lambda row: row.key, record=lambda row: row.record), heading


def _action(raised: ActionView, session: Session) -> _Row:
    action = as_shown(raised, session)
    due = actions.FIELDS["due"].words(action)
    record, at = action_record(action), action.due_at.timestamp()
    return _Row(action.id, "action", action.action, action.subject.label, action.owner, due, record, at)


def _decision(decision: DecisionView, session: Session) -> _Row:
    about = replace(decision.subject, label=session.about(decision.subject))
    shown = ", ".join(f"{name} {value}" for name, value in decision.facts.items())
    made_of = f"{decision.decision}; because {decision.reason}; as shown: {shown}"
    return _Row(
        key=_DECISIONS_FROM + decision.id,
        what="decision",
        words=decision.decision,
        about=about.label,
        owner=decision.decided_by,
        due=f"{london(decision.decided_at):%d/%m %H:%M}",
        record=Record(Subject("decision", str(decision.id), decision.decision), {}, made_of, about),
        at=decision.decided_at.timestamp(),
    )


def _place(number: int, change: PlaceChange) -> _Row:
    ward = change.ward
    record = Record(ward, {}, f"{ward.label}: {change.words}; because {change.why}")
    return _Row(_PLACES_FROM + number, change.what, change.words, ward.label, change.by, "", record)


def _bid(bid: BidView) -> _Row:
    made_of = f"{bid.resource}: {bid.outcome}, because {bid.reason}"
    record = Record(Subject("bid", str(bid.id), bid.resource), {}, made_of)
    words = f"{bid.outcome}: {bid.resource}"
    return _Row(_BIDS_FROM + bid.id, "bid", words, bid.place, bid.requester, bid.starts, record)
