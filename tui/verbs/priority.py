"""Verbs on priority wards: the composite proposes, a named person adopts; keeping and dropping have a reason, too."""

from __future__ import annotations

from core.days import day_of, uk
from core.errors import Problem
from core.text import counted
from db import priority_wards
from db.priority_wards import Proposal
from tui.dialogs.form import Values
from tui.verbs.adopting import adoption, adoption_fields, ending, ending_fields, review_fields
from tui.verbs.context import VerbContext, typed_day

_REVIEW_DAYS = 28
"""A priority is looked at again after four weekly meetings: a project default, no published rule."""


def adopt(context: VerbContext) -> None:
    """Ask for reason, adopting person and review date, then make the wards priorities."""
    session = context.session
    wards = [record for record in context.records if record.subject.kind == "ward"]
    if not wards:
        raise Problem("Only wards become priority wards. Stand on a ward and press it again.")
    proposals = [
        record.put_forward or Proposal(record.subject.ref, "put forward by name", dict(record.facts))
        for record in wards
    ]

    def save(values: Values) -> str:
        priority_wards.adopt(session.store, proposals, **adoption(values, session))
        return f"{counted(len(proposals), 'priority ward')} adopted"

    fields = adoption_fields(session, proposals[0].proposed_by, _REVIEW_DAYS)
    context.ask(f"Priority ward: {context.about}", fields, save)


def drop(context: VerbContext) -> None:
    """Ask for the reason and who decides, then end the priorities."""
    session = context.session
    ids = _adopted(context)

    def save(values: Values) -> str:
        priority_wards.drop(session.store, ids, **ending(values, session))
        return f"{counted(len(ids), 'priority ward')} dropped"

    context.ask(f"Drop as priority: {context.about}", ending_fields(session), save)


def review(context: VerbContext) -> None:
    """Ask until when the wards stay priorities."""
    session = context.session
    ids = _adopted(context)
    today = day_of(session.as_of)

    def save(values: Values) -> str:
        until = typed_day(values["review_on"], session)
        priority_wards.review(
            session.store, ids, on=today, review_on=until, reason=values["reason"], meeting_id=session.meeting_id
        )
        return f"{counted(len(ids), 'priority ward')} confirmed, next review on {uk(until)}"

    context.ask(f"Confirmed: {context.about}", review_fields(session, _REVIEW_DAYS), save)


def weights(context: VerbContext) -> None:
    """Change the weights of the composite; who would move is shown before they are kept."""
    from tui.dialogs.weights import WeightsScreen

    def kept(words: str | None) -> None:
        if words:
            context.done(words)

    context.push(WeightsScreen(context.session), kept)


def _adopted(context: VerbContext) -> list[int]:
    found = [record.adopted for record in context.records if record.adopted is not None]
    if not found:
        raise Problem("No ward here is a priority ward. A makes one.")
    return found
