"""One sentence, one form: what a chair says of a person or a place in one breath, saved as one undoable command."""

from __future__ import annotations

from dataclasses import replace

from core.action_rules import templates_for
from core.cohorts import cohort_named
from core.days import day_of
from core.decisions import Rationale, refuse_without_day
from core.deployments import NOW
from core.due_times import parse_due
from core.errors import Problem
from core.owners import owner_named
from core.proposals import BY_NAME, Proposal
from core.text import named
from db import memberships
from db.deploying import task
from db.deployments import board
from db.owners import known_owners, loads
from db.restrictions import cohort_of, cohorts_seen
from tui.dialogs.field import Field, Values
from tui.session import Session
from tui.verbs.actions import details_of, due_field, raise_on
from tui.verbs.choosing import ward_names
from tui.verbs.context import VerbContext
from tui.verbs.decisions import day_typed, decide_on, expected_fields, shown_now
from tui.verbs.deployments import USUAL
from tui.verbs.sending import Sending


def say(context: VerbContext) -> None:
    """Ask for action, owner, cohort, unit and decision together; what is left empty is not done."""
    session = context.session
    people = [record for record in context.records if record.subject.kind == "person"]
    sending = _sending(context)

    def save(values: Values) -> str:
        done = _wanted(values)
        if values["cohort"] and not people:
            raise Problem("Only people are taken into a cohort. Leave it empty here.")
        with session.store.together(f"{context.about}: {named(done)}", meeting=session.meeting_id):
            if values["action"]:
                _raise(context, values)
            if values["cohort"]:
                _adopt(context, values)
            if values["unit"]:
                _send(sending, values)
            if values["decision"]:
                _decide(context, values)
        return f"{context.about}: {', '.join(done)}"

    def beside(values: Values) -> str:
        return sending.beside(_sent(values)) if values["unit"] else ""

    context.ask(f"In one sentence: {context.about}", _fields(session, sending), save, beside=beside)


def _sending(context: VerbContext) -> Sending:
    """What is known of units and wards; the ward of the one row is where a unit goes, else it is asked for."""
    session = context.session
    codes = [record.subject.ref for record in context.records if record.subject.kind == "ward"]
    code = codes[0] if len(codes) == 1 else ""
    return Sending(session, board(session.store, session.now()), ward_names(session.store), (), code)


def _sent(values: Values) -> Values:
    """The same values with those that a form that only sends units asks for, as that begins with them."""
    usual = {"tactic": USUAL, "starts": NOW, "until": "+8h", "ward": ""}
    return {**dict.fromkeys(_TERMS, ""), **usual, **values}


_TERMS = (
    "place", "objective", "dose", "vehicles", "authority", "measure", "compared", "end_test", "legacy",
)  # fmt: skip
"""What the form that only sends units asks for besides."""


def _send(sending: Sending, values: Values) -> None:
    session = sending.session
    draft = sending.draft(_sent(values))
    task(session.store, draft, why=values["reason"], accepted=sending.shown, meeting_id=session.meeting_id)


def _wanted(values: Values) -> list[str]:
    """What is to be done, in a word each. Raises Problem where nothing is, or where nothing takes what is expected."""
    wanted = [what for what in ("action", "cohort", "unit", "decision") if values[what]]
    if not wanted:
        raise Problem("Write an action, a cohort, a unit or a decision: nothing is typed yet.")
    if not {"action", "decision"} & set(wanted) and (values["expected"] or values["expected_on"]):
        raise Problem("What is expected goes with an action or a decision. Write one of them, or leave it empty.")
    return wanted


def _fields(session: Session, sending: Sending) -> list[Field]:
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
        if values["unit"]:
            sending.over_rule(_sent(values))

    return [
        Field("action", "What must be done", needed=False, choices=[one.text for one in templates_for("person")]),
        Field("owner", "Owner (role, or role and name)", needed=False, choices=offers, check=owner),
        replace(due_field("due", "Due", "+24h", session), needed=False, check=due),
        Field("cohort", "Into the cohort", needed=False, choices=cohorts, check=cohort),
        *_unit_fields(sending),
        Field("decision", "Decision", needed=False),
        *expected_fields(session),
        Field("reason", "Reason", needed=False, hint="for cohort and decision, or to over-rule a clash", check=why),
    ]  # fmt: skip


def _unit_fields(sending: Sending) -> list[Field]:
    """Which unit is sent, and where to unless the row is a ward."""

    def unit(values: Values) -> None:
        if values["unit"]:
            sending.sent(values)

    def ward(values: Values) -> None:
        if values["unit"] and not values["ward"]:
            raise Problem("To the ward is needed where a unit is sent: write where it goes.")
        if values["unit"]:
            sending.ward(values)

    every = sorted(sending.board.units, key=lambda one: not one.is_free)
    label = "Unit sent there" if sending.ward_code else "Unit sent"
    says = {one.unit: one.state.value for one in every}
    hint = f"{USUAL}, now, for 8 h; t sends with all terms"
    asked = [Field("unit", label, needed=False, choices=list(says), says=says, hint=hint, check=unit)]
    if not sending.ward_code:
        asked.append(Field("ward", "To the ward", needed=False, choices=list(sending.wards), check=ward))
    return asked


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
        Proposal(record.subject.ref, BY_NAME, dict(record.facts))
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
