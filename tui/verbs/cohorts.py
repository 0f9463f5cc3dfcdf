"""Verbs on cohorts: a rank or a rule proposes, a named person adopts; leaving and staying have a reason, too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from core.cohorts import Cohort, cohort_named
from core.errors import Problem
from db import memberships
from db.registers import MEMBERSHIPS
from tui.dialogs.cohort import cohort_pick
from tui.verbs.context import VerbContext
from tui.verbs.registers import RegisterVerbs, ask_adoption, proposal_of
from tui.views.registers import RegisterRow
from tui.views.source import Record, details

_COHORTS = RegisterVerbs(
    kept=MEMBERSHIPS,
    end=memberships.leave,
    keep=memberships.review,
    end_title="Leaves",
    review_title="Reviewed",
)


def adopt(context: VerbContext) -> None:
    """Ask for the cohort where the rows do not say it, then for reason, adopting person and review date."""
    people = _COHORTS.rows(context)
    cohort = next((row.group for row in details(people[:1], RegisterRow)), "")
    if cohort:
        _ask_adoption(context, people, cohort_named(cohort))
        return

    def chosen(key: str | None) -> None:
        if key:
            _ask_adoption(context, people, cohort_named(key))

    context.push(
        cohort_pick(context.session.store, context.seen(f"Take {context.about} into"), lists_only=True), chosen
    )


def _ask_adoption(context: VerbContext, people: Sequence[Record], cohort: Cohort) -> None:
    if cohort.is_register:
        raise Problem(cohort.not_adopted, "A register")
    proposals = [proposal_of(record, {}) for record in people]
    adopt_them = partial(memberships.adopt, context.session.store, cohort.key, proposals)
    toast = f"{context.about} {MEMBERSHIPS.register.adopted.format(group=cohort.title)}"
    ask_adoption(context, cohort.title, proposals[0].proposed_by, cohort.review_days, adopt_them, toast)


def leave(context: VerbContext) -> None:
    """Ask for the reason and who decides, then end the memberships."""
    _COHORTS.ask_end(context)


def review(context: VerbContext) -> None:
    """Ask until when the memberships stand."""
    ids = _COHORTS.entries(context)
    cohorts = {memberships.member(context.session.store, number).cohort for number in ids}
    _COHORTS.ask_review(context, min(cohort_named(cohort).review_days for cohort in cohorts))
