"""Verbs on the night: owner, critical incident, tension, series, and a unit to where it happened."""

from __future__ import annotations

from dataclasses import replace

from core.actions import OWNERS
from core.applying import Unfit, all_or_none
from core.due_times import parse_due
from core.errors import Problem
from core.incident_series import Proposed
from core.tension import LEVELS, SORTS, about
from db import incident_marks, incident_series, tension
from db.actions import Subject
from db.incidents import Incident
from tui.dialogs.form import Field, Values, why_field
from tui.verbs import deployments
from tui.verbs.actions import due_field
from tui.verbs.choosing import the_one, ward_names
from tui.verbs.context import VerbContext
from tui.views.source import Record, details

_REVIEW = "+24h"


def own(context: VerbContext) -> None:
    """Ask who owns the incidents."""
    session = context.session
    subjects = _incidents(context)

    def save(values: Values) -> str:
        incident_marks.give_owner(session.store, subjects, values["owner"], meeting_id=session.meeting_id)
        return f"{values['owner']} owns {context.about}"

    context.ask(f"Owner: {context.about}", [Field("owner", "Owner (role)", choices=OWNERS)], save)


def critical(context: VerbContext) -> None:
    """Ask why an incident is declared critical."""
    session = context.session
    [subject] = _incidents(replace(context, records=[context.record]))
    said = incident_marks.marks(session.store).get(subject.ref)
    if said is not None and said.critical_by:
        all_or_none([Unfit(subject.ref, subject.label, f"was declared critical by {said.critical_by} already")])

    def save(values: Values) -> str:
        incident_marks.declare_critical(
            session.store, subject, values["reason"], by=session.chair, meeting_id=session.meeting_id
        )
        return f"{subject.label} declared a critical incident: {values['reason']}"

    context.ask(f"Critical incident: {subject.label}", [why_field()], save)


def note_tension(context: VerbContext) -> None:
    """Ask where tension is, of which sort and level, and when it is looked at again."""
    session = context.session
    wards = ward_names(session.store)

    def save(values: Values) -> str:
        code = wards[the_one(values["ward"], wards)] if values["ward"] else ""
        tension.raise_tension(
            session.store,
            ward_code=code,
            community=values["community"],
            sort=values["sort"],
            level=values["level"],
            reason=values["reason"],
            review_at=parse_due(values["review"], session.now()),
            meeting_id=session.meeting_id,
        )
        return (
            f"Tension in {about(values['ward'], values['community'])} noted: {values['sort']}, level {values['level']}"
        )

    fields = [
        Field("ward", "Ward", choices=list(wards), needed=False),
        Field("community", "or group", needed=False),
        Field("sort", "Sort", choices=SORTS, only=True, hint=", ".join(SORTS)),
        Field("level", "Level", "3", choices=[str(level) for level in LEVELS], only=True, hint="1 to 6"),
        due_field("review", "Look again", _REVIEW, session),
        why_field(),
    ]
    context.ask("Note tension", fields, save)


def end_tension(context: VerbContext) -> None:
    """Ask why a note of tension ends."""
    session = context.session
    record = context.record
    [number] = replace(context, records=[record]).numbers("tension")
    if tension.note_of(session.store, number).ended_at is not None:
        all_or_none([Unfit(record.subject.ref, record.subject.label, "has ended")])

    def save(values: Values) -> str:
        tension.end_tension(session.store, number, values["reason"], meeting_id=session.meeting_id)
        return f"{record.subject.label} ended: {values['reason']}"

    context.ask(f"End: {record.subject.label}", [why_field()], save)


def accept_series(context: VerbContext) -> None:
    """Accept what is proposed as a series."""
    session, record = context.session, context.record
    found = details([record], Proposed)
    if not found:
        all_or_none([Unfit(record.subject.ref, record.subject.label, "is no series that is proposed")])
    series = found[0]

    def change() -> str:
        incident_series.accept_series(
            session.store, series.refs, series.reason, accepted_by=session.chair, meeting_id=session.meeting_id
        )
        return f"Series accepted: {record.subject.label}: {series.reason}"

    context.make(change)


def send(context: VerbContext) -> None:
    """Send a unit to the ward of an incident."""
    found = details([context.record], Incident)
    code = found[0].ward_code if found else ""
    if not code:
        raise Problem(f"{context.record.subject.label} has no ward that is known. Send a unit from the list of wards.")
    name = context.record.facts.get("ward", code)
    deployments.deploy(replace(context, records=[Record(Subject("ward", code, name))]))


def _incidents(context: VerbContext) -> list[Subject]:
    """The incidents. Raises DoesNotApply where one of the rows is none."""
    subjects = [record.subject for record in context.records]
    all_or_none([None if one.kind == "incident" else Unfit(one.ref, one.label, "is no incident") for one in subjects])
    return subjects
