"""Read-back: every action and decision of this meeting, then the seal."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from core.days import london
from db import actions, bids, decisions
from db.actions import Subject
from db.bids import BidView
from db.decisions import DecisionView
from db.read_back import PlaceChange, place_changes
from tui.session import Session
from tui.verb import verbs
from tui.views.actions import action_line
from tui.views.base import View
from tui.views.source import Line, Lines, Record, Source
from tui.widgets.record_list import Column

_COLUMNS = (
    Column("what", "what", 8),
    Column("words", "read back", 24, grow=True),
    Column("subject", "about", 16, grow=True),
    Column("owner", "owner", 16),
    Column("due", "due", 11, "right"),
)
_DECISIONS_FROM, _BIDS_FROM, _PLACES_FROM = 1 << 40, 1 << 41, 1 << 42
"""Keys of decisions, bids and places start here, so that they cannot be taken for actions."""


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
        raised = actions.raised_in(self.session.store, meeting.id, self.session.now())
        taken = decisions.taken_in(self.session.store, meeting.id)
        lines = []
        for one in raised:
            whole = action_line(one, self.session)
            about, due = self.session.about(one.subject), f"{london(one.due_at):%d/%m %H:%M}"
            cells = ("action", one.action, about, one.owner, due)
            lines.append(Line(one.id, cells, whole.record, cells))
        lines += [_decision(one, self.session) for one in taken]
        lines += [_place(number, one) for number, one in enumerate(place_changes(self.session.store, meeting))]
        lines += [_bid(one) for one in bids.bids(self.session.store, meeting.id) if one.outcome]
        heading = "Read back, then S seals" if meeting.sealed_at is None else "Sealed: this is what was read back"
        return Lines(_COLUMNS, lines), heading


def _decision(one: DecisionView, session: Session) -> Line:
    about = replace(one.subject, label=session.about(one.subject))
    cells = ("decision", one.decision, about.label, one.decided_by, f"{london(one.decided_at):%d/%m %H:%M}")
    shown = ", ".join(f"{name} {value}" for name, value in one.facts.items())
    made_of = f"{one.decision}; because {one.reason}; as shown: {shown}"
    record = Record(Subject("decision", str(one.id), one.decision), {}, made_of, about)
    return Line(_DECISIONS_FROM + one.id, cells, record, cells)


def _place(number: int, one: PlaceChange) -> Line:
    cells = (one.what, one.words, one.ward.label, one.by, "")
    made_of = f"{one.ward.label}: {one.words}; because {one.why}"
    return Line(_PLACES_FROM + number, cells, Record(one.ward, {}, made_of), cells)


def _bid(one: BidView) -> Line:
    cells = ("bid", f"{one.outcome}: {one.resource}", one.place, one.requester, one.starts)
    record = Record(
        Subject("bid", str(one.id), one.resource), {}, f"{one.resource}: {one.outcome}, because {one.reason}"
    )
    return Line(_BIDS_FROM + one.id, cells, record, cells)
