"""Verbs on task force units: deploy, stand down."""

from __future__ import annotations

from core.actions import parse_due
from core.deployments import TACTICS
from core.errors import Problem
from db import deployments
from tui.dialogs.form import Field, Values
from tui.verbs.choosing import the_one, ward_names
from tui.verbs.context import VerbContext


def deploy(context: VerbContext) -> None:
    """Send a unit to a ward: from the ward list ask which unit, from the unit list ask which ward."""
    session = context.session
    units = {unit.unit: unit for unit in deployments.units(session.store)}
    wards = ward_names(session.store)
    record = context.record
    from_ward = record.subject.kind == "ward"
    free = [unit.unit for unit in units.values() if unit.status != "deployed"]

    def save(values: Values) -> str:
        unit = units.get(the_one(values["unit"], units) if from_ward else record.subject.ref)
        if unit is None:
            raise Problem("There is no such unit. Units: " + ", ".join(units))
        code = record.subject.ref if from_ward else wards[the_one(values["ward"], wards)]
        ends = parse_due(values["until"], session.now())
        deployments.deploy(
            session.store, unit.id, code, values["tactic"], session.now(), ends, meeting_id=session.meeting_id
        )
        return f"{unit.unit} deployed until {ends:%d/%m %H:%M}"

    where = (
        Field("unit", "Unit", free[0] if free else "", choices=[*free, *units], hint=f"{len(free)} free")
        if from_ward
        else Field("ward", "Ward", choices=list(wards))
    )
    fields = [where, Field("tactic", "Tactic", choices=tuple(TACTICS), only=True), Field("until", "Until", "+12h")]
    context.ask(f"Deploy: {context.about}", fields, save)


def stand_down(context: VerbContext) -> None:
    """Free the units; can be undone, so nothing is asked."""
    names = {record.subject.ref for record in context.records}
    ids = [unit.id for unit in deployments.units(context.session.store) if unit.unit in names]
    deployments.stand_down(context.session.store, ids, meeting_id=context.session.meeting_id)
    context.done("Stood down" if len(ids) == 1 else f"{len(ids)} units stood down")
