"""Verbs on cohorts: a rank or a rule proposes, a named person adopts; leaving and staying have a reason, too."""

from __future__ import annotations

from collections.abc import Sequence

from core.cohorts import Cohort, cohort_named
from core.days import day_of, uk
from core.errors import Problem
from core.text import counted
from db import memberships
from db.memberships import Proposal
from tui.screens.cohort import cohort_pick
from tui.screens.form import Field, Values
from tui.verbs.acting import DAY_HINT, Acting, typed_day
from tui.views.source import Record


def adopt(acting: Acting) -> None:
    """Ask for the cohort where the rows do not say it, then for reason, adopting person and review date."""
    people = [record for record in acting.records if record.subject.kind == "person"]
    if not people:
        raise Problem("Only people are taken into a cohort. Stand on a person and press it again.")
    if people[0].cohort:
        _ask_adoption(acting, people, cohort_named(people[0].cohort))
        return

    def chosen(key: str | None) -> None:
        if key:
            _ask_adoption(acting, people, cohort_named(key))

    acting.push(cohort_pick(f"Take {acting.about} into"), chosen)


def _ask_adoption(acting: Acting, people: Sequence[Record], cohort: Cohort) -> None:
    session = acting.session
    today = day_of(session.as_of)
    proposals = [record.proposal or Proposal(record.subject.ref, "put forward by name", {}) for record in people]

    def save(values: Values) -> str:
        memberships.adopt(
            session.store,
            cohort.key,
            proposals,
            since=typed_day(values["since"], session),
            reason=values["reason"],
            adopted_by=values["adopted_by"],
            review_on=typed_day(values["review_on"], session),
            meeting_id=session.meeting_id,
        )
        return f"{counted(len(proposals), 'person', 'people')} adopted into {cohort.title}"

    fields = [
        Field("reason", "Reason", hint=f"proposed by: {proposals[0].proposed_by}"),
        Field("adopted_by", "Adopted by", session.chair),
        Field("since", "Since", uk(today)),
        Field("review_on", "Review on", uk(today + cohort.review_days), hint=DAY_HINT),
    ]
    acting.ask(f"{cohort.title}: {acting.about}", fields, save)


def leave(acting: Acting) -> None:
    """Ask for the reason and who decides, then end the memberships."""
    session = acting.session
    ids = _memberships(acting)

    def save(values: Values) -> str:
        on = day_of(session.as_of)
        memberships.leave(
            session.store, ids, on=on, reason=values["reason"], by=values["by"], meeting_id=session.meeting_id
        )
        return f"{counted(len(ids), 'membership')} ended"

    acting.ask(f"Leaves: {acting.about}", [Field("reason", "Reason"), Field("by", "Decided by", session.chair)], save)


def review(acting: Acting) -> None:
    """Ask until when the memberships stand."""
    session = acting.session
    ids = _memberships(acting)
    today = day_of(session.as_of)
    after = min(cohort_named(memberships.member(session.store, number).cohort).review_days for number in ids)

    def save(values: Values) -> str:
        until = typed_day(values["review_on"], session)
        if until <= today:
            raise Problem(f"The next review, {uk(until)}, must lie after {uk(today)}.")
        memberships.review(session.store, ids, until, values["reason"], meeting_id=session.meeting_id)
        return f"{counted(len(ids), 'membership')} reviewed, next on {uk(until)}"

    fields = [
        Field("review_on", "Next review on", uk(today + after), hint=DAY_HINT),
        Field("reason", "Reason", needed=False, hint="empty: as it stands"),
    ]
    acting.ask(f"Reviewed: {acting.about}", fields, save)


def _memberships(acting: Acting) -> list[int]:
    found = [record.membership for record in acting.records if record.membership is not None]
    if not found:
        raise Problem("No one here is in a cohort. A takes people into one.")
    return found
