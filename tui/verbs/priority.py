"""Verbs on priority wards: the composite proposes, a named person adopts; keeping and dropping have a reason, too."""

from __future__ import annotations

from functools import partial

from core.registers import PRIORITY_REVIEW_DAYS
from db import priority_wards
from db.registers import PRIORITY_WARDS
from tui.verbs.context import VerbContext
from tui.verbs.registers import RegisterVerbs, ask_adoption, proposal_of

_PRIORITIES = RegisterVerbs(
    kept=PRIORITY_WARDS,
    end=priority_wards.drop,
    keep=priority_wards.review,
    end_title="Drop as priority",
    review_title="Confirmed",
)


def adopt(context: VerbContext) -> None:
    """Ask for reason, adopting person and review date, then make the wards priorities."""
    proposals = [proposal_of(record, dict(record.facts)) for record in _PRIORITIES.rows(context)]
    adopt_them = partial(priority_wards.adopt, context.session.store, proposals)
    toast = f"{context.about} {PRIORITY_WARDS.register.adopted}"
    ask_adoption(context, "Priority ward", proposals[0].proposed_by, PRIORITY_REVIEW_DAYS, adopt_them, toast)


def drop(context: VerbContext) -> None:
    """Ask for the reason and who decides, then end the priorities."""
    _PRIORITIES.ask_end(context)


def review(context: VerbContext) -> None:
    """Ask until when the wards stay priorities."""
    _PRIORITIES.ask_review(context, PRIORITY_REVIEW_DAYS)


def weights(context: VerbContext) -> None:
    """Change the weights of the composite; who would move is shown before they are kept."""
    from tui.dialogs.weights import WeightsScreen

    def kept(words: str | None) -> None:
        if words:
            context.done(words)

    context.push(WeightsScreen(context.session), kept)
