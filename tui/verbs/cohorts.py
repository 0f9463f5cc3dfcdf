"""Verbs on cohorts: a rank or a rule proposes, a named person adopts; leaving and staying have a reason, too."""

from __future__ import annotations

from collections.abc import Sequence

from core.cohorts import Cohort, cohort_named
from core.days import day_of, uk
from core.errors import Problem
from core.text import counted
from db import memberships
from db.memberships import Proposal
from tui.dialogs.cohort import cohort_pick
from tui.dialogs.form import Values
from tui.verbs.adopting import adoption, adoption_fields, ending, ending_fields, review_fields
from tui.verbs.context import VerbContext, typed_day
from tui.views.source import Record


def adopt(context: VerbContext) -> None:
    """Ask for the cohort where the rows do not say it, then for reason, adopting person and review date."""
    people = [record for record in context.records if record.subject.kind == "person"]
    if not people:
        raise Problem("Only people are taken into a cohort. Stand on a person and press it again.")
    if people[0].cohort:
        _ask_adoption(context, people, cohort_named(people[0].cohort))
        return

    def chosen(key: str | None) -> None:
        if key:
            _ask_adoption(context, people, cohort_named(key))

    context.push(cohort_pick(f"Take {context.about} into"), chosen)


def _ask_adoption(context: VerbContext, people: Sequence[Record], cohort: Cohort) -> None:
    session = context.session
    proposals = [record.proposal or Proposal(record.subject.ref, "put forward by name", {}) for record in people]

    def save(values: Values) -> str:
        memberships.adopt(session.store, cohort.key, proposals, **adoption(values, session))
        return f"{counted(len(proposals), 'person', 'people')} adopted into {cohort.title}"

    fields = adoption_fields(session, proposals[0].proposed_by, cohort.review_days)
    context.ask(f"{cohort.title}: {context.about}", fields, save)


def leave(context: VerbContext) -> None:
    """Ask for the reason and who decides, then end the memberships."""
    session = context.session
    ids = _memberships(context)

    def save(values: Values) -> str:
        memberships.leave(session.store, ids, **ending(values, session))
        return f"{counted(len(ids), 'membership')} ended"

    context.ask(f"Leaves: {context.about}", ending_fields(session), save)


def review(context: VerbContext) -> None:
    """Ask until when the memberships stand."""
    session = context.session
    ids = _memberships(context)
    today = day_of(session.as_of)
    after = min(cohort_named(memberships.member(session.store, number).cohort).review_days for number in ids)

    def save(values: Values) -> str:
        until = typed_day(values["review_on"], session)
        if until <= today:
            raise Problem(f"The next review, {uk(until)}, must lie after {uk(today)}.")
        memberships.review(session.store, ids, until, values["reason"], meeting_id=session.meeting_id)
        return f"{counted(len(ids), 'membership')} reviewed, next on {uk(until)}"

    context.ask(f"Reviewed: {context.about}", review_fields(session, after), save)


def _memberships(context: VerbContext) -> list[int]:
    found = [record.membership for record in context.records if record.membership is not None]
    if not found:
        raise Problem("No one here is in a cohort. A takes people into one.")
    return found
