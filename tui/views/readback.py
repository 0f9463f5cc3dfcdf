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
from tui.verb import verbs
from tui.views.actions import action_record, owner_on_a_wall
from tui.views.base import View
from tui.views.column import IDENTITY, PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.wall import HIDDEN, called
from tui.widgets.record_list import Column

_DECISIONS_FROM, _BIDS_FROM, _PLACES_FROM = 1 << 40, 1 << 41, 1 << 42
"""Keys of decisions, bids and places start here, so that they cannot be taken for actions."""


@dataclass(frozen=True)
class _Row:
    """What is read back of an action, a decision, a place or a bid.

    *at*: a moment in seconds where *due* is one. *wall*: the words, *about_on_a_wall*: what it is about, on a wall.
    """

    key: int
    what: str
    words: str
    about: str
    owner: str
    due: str
    record: Record
    at: float | None = None
    wall: str = ""
    about_on_a_wall: str = HIDDEN
    owner_typed: bool = False


_COLUMNS: tuple[ListColumn[_Row], ...] = (
    ListColumn("what", "what", 8, show=lambda row: row.what, holds=PLAIN),
    ListColumn("words", "read back", 24, grow=True, show=lambda row: row.words, instead=lambda row: row.wall or HIDDEN),
    ListColumn(
        "subject",
        "about",
        16,
        grow=True,
        show=lambda row: row.about,
        holds=IDENTITY,
        instead=lambda row: row.about_on_a_wall,
    ),
    ListColumn(
        "owner",
        "owner",
        16,
        show=lambda row: row.owner,
        instead=lambda row: owner_on_a_wall(row.owner) if row.owner_typed else row.owner,
    ),
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
        store, now = self.session.store, self.session.now()
        rows = [
            *(_action(raised) for raised in actions.raised_in(store, meeting.id, now)),
            *(_decision(taken) for taken in decisions.taken_in(store, meeting.id)),
            *(_place(number, change) for number, change in enumerate(place_changes(store, meeting))),
            *(_bid(bid) for bid in bids.bids(store, meeting.id) if bid.outcome),
        ]
        heading = "Read back, then S seals" if meeting.sealed_at is None else "Sealed: this is what was read back"
        return Lines.of(_COLUMNS, rows, key=lambda row: row.key, record=lambda row: row.record), heading


def _action(action: ActionView) -> _Row:
    due = actions.FIELDS["due"].words(action)
    record, at = action_record(action), action.due_at.timestamp()
    about = action.subject
    return _Row(
        action.id, "action", action.action, about.label, action.owner, due, record, at,
        about_on_a_wall=called(about, hidden=True), owner_typed=True,
    )  # fmt: skip


def _decision(decision: DecisionView) -> _Row:
    about = decision.subject
    shown = ", ".join(f"{name} {value}" for name, value in decision.facts.items())
    made_of = f"{decision.decision}; because {decision.reason}; as shown: {shown}"
    return _Row(
        key=_DECISIONS_FROM + decision.id,
        what="decision",
        words=decision.decision,
        about=about.label,
        owner=decision.decided_by,
        due=f"{london(decision.decided_at):%d/%m %H:%M}",
        record=Record(
            Subject("decision", str(decision.id), decision.decision), {}, made_of, about, wall=f"as shown: {shown}"
        ),
        at=decision.decided_at.timestamp(),
        about_on_a_wall=called(about, hidden=True),
    )


def _place(number: int, change: PlaceChange) -> _Row:
    ward = change.ward
    record = Record(ward, {}, f"{ward.label}: {change.words}; because {change.why}")
    row = _Row(_PLACES_FROM + number, change.what, change.words, ward.label, change.by, "", record)
    return replace(row, about_on_a_wall=ward.label)


def _bid(bid: BidView) -> _Row:
    made_of = f"{bid.resource}: {bid.outcome}, because {bid.reason}"
    record = Record(Subject("bid", str(bid.id), bid.resource), {}, made_of)
    words = f"{bid.outcome}: {bid.resource}"
    row = _Row(_BIDS_FROM + bid.id, "bid", words, bid.place, bid.requester, bid.starts, record)
    return replace(row, wall=bid.outcome, owner_typed=True)
