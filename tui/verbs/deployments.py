"""Verbs on task force units: deploy, stand down."""

from __future__ import annotations

from datetime import datetime

from core.days import clock_words
from core.deployments import NOW, TACTICS, parse_end, parse_start
from core.errors import Problem
from db import deployments
from db.deployments import UnitView
from db.ward_map import name_of
from tui.dialogs.field import SHORT, Field, Values, why_field
from tui.verbs.choosing import the_one, ward_names, ward_places
from tui.verbs.context import PLAIN, VerbContext, coming


def deploy(context: VerbContext) -> None:
    """Send a unit to a ward: from the ward list ask which unit, from the unit list ask which ward."""
    session = context.session
    units = {unit.unit: unit for unit in deployments.units(session.store)}
    wards = ward_names(session.store)
    record = context.record
    from_ward = record.subject.kind == "ward"
    free = [unit.unit for unit in units.values() if unit.state(session.now()).is_free]

    def save(values: Values) -> str:
        unit = units.get(the_one(values["unit"], units) if from_ward else record.subject.ref)
        if unit is None:
            raise Problem("There is no such unit. Units: " + ", ".join(units))
        code = record.subject.ref if from_ward else wards[the_one(values["ward"], wards)]
        starts, ends = _span(values, now := session.now())
        deployments.deploy(
            session.store, unit.id, code, values["tactic"], starts, ends,
            why=values["reason"], meeting_id=session.meeting_id,
        )  # fmt: skip
        why = f": {values['reason']}" if values["reason"] else ""
        since = f" from {clock_words(starts, now)}" if starts > now else ""
        return f"{unit.unit} sent to {name_of(session.store, code)}{since} until {clock_words(ends, now)}{why}"

    where = (
        Field(
            "unit",
            "Unit",
            free[0] if free else "",
            choices=list(dict.fromkeys([*free, *units])),
            hint=f"{len(free)} free",
            says={name: unit.state(session.now()).value for name, unit in units.items()},
            longest=SHORT,
        )
        if from_ward
        else Field("ward", "Ward", choices=list(wards), says=ward_places(session.store, wards), longest=SHORT)
    )
    why = why_field(hint=_leaves(None if from_ward else units.get(record.subject.ref), session.now()), needed=False)
    tactic = Field("tactic", "Tactic", choices=tuple(TACTICS), only=True)
    starts = Field(
        "starts", "From", NOW, hint=f"{NOW}, +2h or {coming(session.now())} 09:00; later is planned", holds=PLAIN,
        check=lambda values: parse_start(values["starts"], session.now()),
    )  # fmt: skip
    until = Field(
        "until", "Until", "+12h", hint="+12h counts from the start", check=lambda values: _span(values, session.now())
    )
    fields = [where, tactic, starts, until, why]
    context.ask(f"Deploy: {context.about}", fields, save)


def _span(values: Values, now: datetime) -> tuple[datetime, datetime]:
    """The start and the end as they were typed. Raises Problem where one will not do."""
    starts = parse_start(values["starts"], now)
    return starts, parse_end(values["until"], starts)


def _leaves(unit: UnitView | None, now: datetime) -> str:
    """When a reason is needed: where the unit leaves a ward that it is in."""
    if unit is None or not unit.state(now).is_sent:
        return "needed for a unit that is out"
    return f"needed to leave {unit.ward}"


def stand_down(context: VerbContext) -> None:
    """Ask for the reason, then free the units."""
    store = context.session.store
    units = {unit.unit: unit for unit in deployments.units(store)}
    found = [units.get(record.subject.ref) for record in context.records]
    deployments.refuse_not_deployed([(unit.unit, unit.status) if unit else None for unit in found])
    ids = [unit.id for unit in found if unit is not None]

    def save(values: Values) -> str:
        deployments.stand_down(store, ids, values["reason"], meeting_id=context.session.meeting_id)
        return f"{context.about} stood down: {values['reason']}"

    context.ask(f"Stand down: {context.about}", [why_field()], save)
