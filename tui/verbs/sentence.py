"""One sentence, one form: what a chair says of a person or a place in one breath, saved as one undoable command."""

from __future__ import annotations

from dataclasses import replace

from core.action_rules import templates_for
from core.actions import parse_due
from core.cohorts import cohort_named
from core.days import day_of
from core.decisions import Rationale, refuse_without_day
from core.errors import Problem
from core.owners import owner_named
from core.text import named
from db import memberships
from db.memberships import Proposal
from db.owners import known_owners, loads
from db.users import cohort_of, cohorts_seen
from tui.dialogs.field import Field, Values
from tui.session import Session
from tui.verbs.actions import details_of, raise_on
from tui.verbs.context import VerbContext
from tui.verbs.decisions import day_typed, decide_on, expected_fields, shown_now


def say(context: VerbContext) -> None:
    """Ask for action, owner, cohort and decision together; what is left empty is not done."""
    session = context.session
    people = [record for record in context.records if record.subject.kind == "person"]

    def save(values: Values) -> str:
        done = _wanted(values)
        if values["cohort"] and not people:
            raise Problem("Only people are taken into a cohort. Leave it empty here.")
        with session.store.together(f"{context.about}: {named(done)}", meeting=session.meeting_id):
            if values["action"]:
                _raise(context, values)
            if values["cohort"]:
                _adopt(context, values)
            if values["decision"]:
                _decide(context, values)
        return f"{context.about}: {', '.join(done)}"

    context.ask(f"In one sentence: {context.about}", _fields(session), save)


def _wanted(values: Values) -> list[str]:
    """What is to be done, in a word each. Raises Problem where nothing is, or where nothing takes what is expected."""
    wanted = [what for what in ("action", "cohort", "decision") if values[what]]
    if not wanted:
        raise Problem("Write an action, a cohort or a decision: nothing is typed yet.")
    if wanted == ["cohort"] and (values["expected"] or values["expected_on"]):
        raise Problem("What is expected goes with an action or a decision. Write one of them, or leave it empty.")
    return wanted


def _fields(session: Session) -> list[Field]:
    offers = [load.offer for load in loads(session.store, session.now(), session.meeting_id)]
    cohorts = [key for key, cohort in cohorts_seen(session.store).items() if not cohort.is_register]

    def owner(values: Values) -> None:
        if values["action"]:
            owner_named(values["owner"], known_owners(session.store))

    def due(values: Values) -> None:
        if values["action"]:
            parse_due(values["due"], session.now())

    def cohort(values: Values) -> None:
        if values["cohort"]:
            cohort_of(session.store, values["cohort"])

    def why(values: Values) -> None:
        if (values["cohort"] or values["decision"]) and not values["reason"]:
            raise Problem("A reason is needed for a cohort and for a decision. Write it in a few words.")

    return [
        Field("action", "What must be done", needed=False, choices=[one.text for one in templates_for("person")]),
        Field("owner", "Owner (role, or role and name)", needed=False, choices=offers, check=owner),
        Field("due", "Due", "+24h", needed=False, hint="17:00, +24h, +3d, tomorrow", check=due),
        Field("cohort", "Into the cohort", needed=False, choices=cohorts, check=cohort),
        Field("decision", "Decision", needed=False),
        *expected_fields(session),
        Field("reason", "Reason", needed=False, hint="for cohort and decision", check=why),
    ]


def _raise(context: VerbContext, values: Values) -> None:
    session = context.session
    owner = owner_named(values["owner"], known_owners(session.store))
    expected_on = day_typed(values["expected_on"], session)
    refuse_without_day(values["expected"], expected_on)
    about, due = [record.subject for record in context.records], parse_due(values["due"], session.now())
    details = replace(details_of(None, owner.name), expected=values["expected"], expected_on=expected_on)
    raise_on(context, about, values["action"], owner.role, due, details)


def _adopt(context: VerbContext, values: Values) -> None:
    session, today = context.session, day_of(context.session.as_of)
    cohort = cohort_named(values["cohort"])
    proposals = [
        Proposal(record.subject.ref, "by name", dict(record.facts))
        for record in context.records
        if record.subject.kind == "person"
    ]
    memberships.adopt(
        session.store,
        cohort.key,
        proposals,
        since=today,
        reason=values["reason"],
        adopted_by=session.chair,
        review_on=today + cohort.review_days,
        meeting_id=session.meeting_id,
    )


def _decide(context: VerbContext, values: Values) -> None:
    session = context.session
    alone = not values["action"]  # the expectation stands with the action where there is one
    said = Rationale(
        expected=values["expected"] if alone else "",
        expected_on=day_typed(values["expected_on"], session) if alone else "",
        shown=shown_now(session),
    )
    decide_on(context, values["decision"], values["reason"], said)
