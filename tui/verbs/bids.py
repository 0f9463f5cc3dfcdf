"""Verbs on bids: put one on the list, decide it."""

from __future__ import annotations

from core.bids import OUTCOMES
from core.geography import bcus
from db import bids
from db.areas import Areas, areas
from tui.dialogs.form import Field, Values, why_field
from tui.verbs.context import VerbContext


def new_bid(context: VerbContext) -> None:
    """Ask who asks, for what, where and when."""

    def save(values: Values) -> str:
        bids.make_bid(
            context.session.store,
            values["requester"],
            values["bcu"].upper() if values["bcu"].upper() in bcus() else values["bcu"],
            values["problem"],
            values["resource"],
            values["place"],
            values["starts"],
            meeting_id=context.session.meeting_id,
        )
        return f"{values['requester']}: {values['resource']} put on the list of bids"

    fields = [
        Field("requester", "Who asks"),
        _who_for(areas(context.session.store)),
        Field("problem", "Problem"),
        Field("resource", "For what"),
        Field("place", "Where"),
        Field("starts", "When"),
    ]
    context.ask("New bid for resources", fields, save)


def _who_for(held: Areas) -> Field:
    """Which command unit asks; of another force than London's, which borough or district."""
    if held.london:
        return Field("bcu", "BCU", choices=list(bcus()), only=True, hint=", ".join(bcus()))
    return Field("bcu", "District", choices=list(held.boroughs), hint=held.words)


def decide_bid(context: VerbContext) -> None:
    """Ask for the outcome and its reason."""
    about = context.record.subject.label
    [number] = context.numbers("bid")

    def save(values: Values) -> str:
        outcome = values["outcome"].casefold()
        bids.decide_bid(context.session.store, number, outcome, values["reason"], context.session.meeting_id)
        return f"{about} {OUTCOMES[outcome].past}: {values['reason']}"

    fields = [
        Field("outcome", "Outcome", choices=list(OUTCOMES), only=True, hint=", ".join(OUTCOMES)),
        why_field(),
    ]
    context.ask(f"Outcome: {context.about}", fields, save)
