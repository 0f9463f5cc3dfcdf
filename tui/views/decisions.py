"""Decisions: what was decided, why and by whom, what of it is due, and what took its place."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from core.days import day_of, iso, london
from core.decisions import DAYS, LABELS
from db import decisions
from db.actions import Subject
from db.decisions import DecisionView
from tui.means import Meaning
from tui.verb import verbs
from tui.views.base import View
from tui.views.column import IDENTITY, PLAIN, ListColumn
from tui.views.source import Lines, Record, Source
from tui.wall import called
from tui.widgets.record_list import Column


def _columns(today: str) -> tuple[ListColumn[DecisionView], ...]:
    """The columns; what is due on a day, ``2026-11-28``, is marked."""
    from datetime import date

    day = date.fromisoformat(today)

    def due(decision: DecisionView) -> Text:
        if decision.amended_by is not None:
            return Text(f"see {decision.amended_by}")
        return Text(words, style=Meaning.DUE) if (words := decision.due(day)) else Text("")

    return (
        ListColumn("no", "no.", 4, "right", show=lambda one: str(one.id), sort=lambda one: one.id),
        ListColumn(
            "at", "decided", 11, "right", show=lambda one: f"{london(one.decided_at):%d/%m %H:%M}",
            sort=lambda one: one.decided_at.timestamp(),
        ),
        ListColumn("due", "due", 15, show=due, holds=PLAIN),
        ListColumn(
            "subject", "about", 14, grow=True, show=lambda one: one.subject.label, holds=IDENTITY,
            instead=lambda one: called(one.subject, hidden=True),
        ),
        ListColumn("decision", "decision", 20, grow=True, show=lambda one: one.decision),
        ListColumn("why", "because", 20, grow=True, priority=1, show=lambda one: one.reason),
        ListColumn("by", "by", 16, priority=2, show=lambda one: one.decided_by, holds=PLAIN),
    )  # fmt: skip


class DecisionsView(View):
    """Every decision of the meetings of the place that is looked at, those first of which something is due."""

    columns: ClassVar[tuple[Column, ...]] = _columns("2000-01-01")
    title = "Decisions"
    empty = "Nothing has been decided yet. d on any row records a decision."
    noun = "decisions"
    BINDINGS: ClassVar[list[BindingType]] = verbs("amend", "as_shown", "action", "why")

    def read(self) -> tuple[Source, str]:
        """The decisions of the scope that is looked at."""
        session = self.session
        day, scope = iso(day_of(session.as_of)) or "", session.looks_at
        every = decisions.decisions(session.store, scope)
        self.empty = (
            DecisionsView.empty if scope.is_force else f"{scope.name} has decided nothing. * shows the force's."
        )
        ordered = sorted(every, key=lambda one: not one.due(session.as_of))
        columns = _columns(day)
        due = sum(bool(one.due(session.as_of)) for one in every)
        lines = Lines.of(columns, ordered, key=lambda one: one.id, record=decision_record)
        return lines, f"Decisions{'' if scope.is_force else f' of {scope.name}'}, {due or 'none'} due:"


def decision_record(decision: DecisionView) -> Record:
    """A decision as verbs see it; its line is the whole of it, Enter opens what it is about."""
    parts = [decision.decision, f"reason: {decision.reason}", f"by {decision.decided_by}", *rationale_words(decision)]
    if decision.facts:
        parts.append("as shown: " + ", ".join(f"{name} {value}" for name, value in decision.facts.items()))
    if shown := decision.rationale.shown:
        parts.append("from " + ", ".join(f"{name} {value}" for name, value in shown.items()))
    if decision.amends:
        parts.append(f"in place of decision {decision.amends}")
    if decision.amended_by:
        parts.append(f"decision {decision.amended_by} took its place")
    about = Subject("decision", str(decision.id), decision.decision)
    wall = f"decision {decision.id} on {called(decision.subject, hidden=True)}, {decision.decided_by}"
    rows = (("decision", decision.id),)
    told = "; ".join(part.removesuffix(".") for part in parts)  # whoever typed a sentence ended it
    return Record(about, {}, told, opens=decision.subject, wall=wall, why="journal", rows=rows)


def rationale_words(decision: DecisionView) -> list[str]:
    """The parts of its long form that say something, each with what it is called."""
    from datetime import date

    told = []
    for name, label in LABELS.items():
        value = getattr(decision.rationale, name)
        if value:
            told.append(f"{label}: {date.fromisoformat(value):%d/%m/%Y}" if name in DAYS else f"{label}: {value}")
    return told
