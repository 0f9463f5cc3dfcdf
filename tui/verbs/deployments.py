"""Verbs on units: deploy, stand down, change a deployment, answer what is asked for, uplift, availability."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from core.authority import Authority, authority_of, refuse_too_long
from core.days import clock_words, london
from core.deployment_measures import refuse_own
from core.deployments import NOW, parse_dose, parse_end, parse_start
from core.errors import Problem
from core.tactics import TACTICS
from core.text import named
from db import deploying, deployment_changes, deployments
from db.deployment_changes import ANSWERS, Terms
from db.deployments import UnitView
from db.ward_map import name_of
from tui.dialogs.field import SHORT, Field, Values, why_field
from tui.verbs.choosing import several, typed_of, ward_names, ward_places
from tui.verbs.context import PLAIN, VerbContext, coming, typed_number
from tui.verbs.sending import Sending

USUAL = "high-visibility patrol"
"""What a unit is sent to do where nothing else is said."""
_UPLIFT = re.compile(r"([+-]?)(\d{1,4})", re.ASCII)


def deploy(context: VerbContext) -> None:
    """Send units to a ward by one form: from a ward ask which units, from units ask which ward."""
    session, store = context.session, context.session.store
    board = deployments.board(store, session.now())
    sending = Sending(session, board, ward_names(store), _units_of(context, board.units), _ward_of(context))

    def save(values: Values) -> str:
        draft, now = sending.draft(values), session.now()
        units = sending.sent(values)
        whom = ", ".join(dict.fromkeys(unit.whom for unit in units if unit.whom))
        of_whom = "" if session.projector else f" ({whom})"  # the words of a file
        names = f"{named([unit.unit for unit in units])} {f'asked for{of_whom} and ' if whom else ''}sent"
        deploying.task(store, draft, why=values["reason"], accepted=sending.shown, meeting_id=session.meeting_id)
        why = f": {values['reason']}" if values["reason"] else ""
        since = f" from {clock_words(draft.starts, now)}" if draft.starts > now else ""
        return f"{names} to {name_of(store, draft.ward_code)}{since} until {clock_words(draft.ends, now)}{why}"

    context.ask(f"Deploy: {context.about}", _fields(sending), save, beside=sending.beside)


def _units_of(context: VerbContext, units: Sequence[UnitView]) -> list[UnitView]:
    """The units among the rows; none where only a ward is."""
    known = {unit.unit: unit for unit in units}
    found = [known.get(record.subject.ref) for record in context.records if record.subject.kind == "unit"]
    return [unit for unit in found if unit is not None]


def _ward_of(context: VerbContext) -> str:
    """The ward among the rows, empty where only units are. Raises Problem for two."""
    wards = [record.subject.ref for record in context.records if record.subject.kind == "ward"]
    if len(wards) > 1:
        raise Problem("Two wards are marked. Take the mark of one away with space: units go to one ward at a time.")
    return wards[0] if wards else ""


def _fields(sending: Sending) -> list[Field]:
    board, units = sending.board, sending.units
    free = [unit.unit for unit in board.units if unit.is_free]
    where = []
    if not units:
        every = list(dict.fromkeys([*free, *(unit.unit for unit in board.units)]))
        asked = sum(unit.is_free and bool(unit.whom) for unit in board.units)
        others = f", {asked} of them to be asked for" if asked else ""
        hint = f"{len(free)} free{others}; a comma between two"
        says = {unit.unit: unit.state.value for unit in board.units}
        where = [Field("unit", "Unit", choices=every, hint=hint, says=says, check=sending.sent)]
    if not sending.ward_code:
        says = ward_places(sending.session.store, sending.wards)
        wards = list(sending.wards)
        where.append(Field("ward", "Ward", choices=wards, says=says, longest=SHORT, check=sending.ward))
    on = next((unit.on for unit in units if unit.on), None)
    tactic = on.tactic if on and on.tactic in TACTICS and not TACTICS[on.tactic].authority else USUAL
    return [
        *where,
        Field("tactic", "Tactic", tactic, choices=tuple(TACTICS), only=True),
        Field(
            "starts", "From", NOW, hint=_time_hint(sending.session.now()), holds=PLAIN, check=sending.start, half=True
        ),
        Field("until", "Until", sending.usual_end, hint="+8h counts from the start", check=sending.span, half=True),
        Field("place", "Streets", needed=False, hint="or a site: a ward is no hot spot", longest=SHORT),
        Field("objective", "Objective", needed=False, hint="what it is to achieve"),
        _dose("", "visits x minutes, as 12 x 15"),
        Field("vehicles", "Vehicles", needed=False, hint="of a convoy", check=sending.vehicles, half=True),
        Field("authority", "Authority", needed=False, hint="section 60: rank; grounds; area", check=sending.authority),
        Field("measure", "Measure", needed=False, hint="empty: the one proposed", half=True),
        Field(
            "compared",
            "Against",
            needed=False,
            hint="empty: the wards proposed; else names with ; between",
            check=sending.compared,
            half=True,
        ),
        *_handing_back(),
        replace(why_field(hint=sending.leaves(), needed=False), check=sending.over_rule),
    ]


def _dose(value: str, hint: str) -> Field:
    return Field("dose", "Dose", value, needed=False, hint=hint, check=lambda v: parse_dose(v["dose"]), half=True)


def _handing_back(end_test: str = "", legacy: str = "") -> list[Field]:
    """What shows that a deployment is done, and what the borough keeps of it."""
    return [
        Field("end_test", "Ends when", end_test, needed=False, hint="what shows that it is done", half=True),
        Field("legacy", "Leaves behind", legacy, needed=False, hint="what the borough keeps", half=True),
    ]


def stand_down(context: VerbContext) -> None:
    """Ask for the reason, then free the units."""
    store = context.session.store
    units = _known(context)
    deploying.refuse_free(units)
    ids = [unit.id for unit in units if unit is not None]

    def save(values: Values) -> str:
        deploying.stand_down(store, ids, values["reason"], meeting_id=context.session.meeting_id)
        return f"{context.about} stood down: {values['reason']}"

    context.ask(f"Stand down: {context.about}", [why_field()], save)


def _known(context: VerbContext) -> list[UnitView | None]:
    """The units of the rows, None for a row that is none. Raises DoesNotApply where a row is a ward."""
    context.only("unit")
    units = {unit.unit: unit for unit in deployments.units(context.session.store, context.session.now())}
    return [units.get(record.subject.ref) for record in context.records]


def _one(context: VerbContext) -> UnitView:
    """The unit of the one row. Raises Problem where several are marked, or it is gone."""
    name = context.record.subject.label
    unit = _known(context)[0]
    if unit is None:
        raise Problem(f"{name} is no longer in the store. Refresh with ctrl+r.")
    return unit


def change(context: VerbContext) -> None:
    """Change what was fixed when a unit's deployment was tasked: end, objective, measure, end test, legacy."""
    session, unit = context.session, _one(context)
    on = unit.on
    if on is None:
        raise Problem(f"{unit.unit} is free: there is no deployment to change. t sends it somewhere.")
    wards = ward_names(session.store)
    against = typed_of(on.compared, wards)

    def until(values: Values) -> datetime | None:
        if not values["until"]:
            return None
        if on.ends is not None and values["until"] == _typed(on.ends):
            return on.ends
        return parse_end(values["until"], on.starts or session.now())

    def authority(values: Values) -> Authority:
        return authority_of(on.tactic, values["authority"])

    def span(values: Values) -> None:
        ends, given = until(values), Authority()
        with suppress(Problem):  # what the authority lacks is said at its own field
            given = authority(values)
        if ends is not None and on.starts is not None:
            refuse_too_long(given, on.starts, ends)

    def compared(values: Values) -> tuple[str, ...]:
        codes = on.compared if values["compared"] == against else several(values["compared"], wards)
        refuse_own(on.ward_code, codes)
        return codes

    def save(values: Values) -> str:
        vehicles = typed_number(values["vehicles"], "Vehicles") if values["vehicles"] else None
        terms = Terms(
            values["objective"], values["measure"], until(values), values["end_test"], values["legacy"],
            parse_dose(values["dose"]), vehicles, values["authority"], values["place"], compared(values),
        )  # fmt: skip
        deployment_changes.change(session.store, on.id, terms, values["reason"], meeting_id=session.meeting_id)
        return f"Deployment of {unit.unit} changed: {values['reason']}"

    dose = f"{on.dose.visits} x {on.dose.minutes}" if on.dose else ""
    fields = [
        Field("until", "Until", _typed(on.ends), needed=on.ends is not None, check=span, holds=PLAIN),
        Field("place", "Streets", on.place, needed=False, longest=SHORT),
        Field("objective", "Objective", on.objective, needed=False),
        Field("measure", "Measure", on.measure, needed=False, hint="a change is said in the papers", half=True),
        Field(
            "compared",
            "Against",
            against,
            needed=False,
            hint="comparison wards, with ; between",
            check=compared,
            half=True,
        ),
        *_handing_back(on.end_test, on.legacy),
        _dose(dose, "visits x minutes"),
        Field("vehicles", "Vehicles", str(on.vehicles or ""), needed=False, half=True),
        Field("authority", "Authority", on.authority.typed, needed=False, check=authority),
        why_field(),
    ]
    context.ask(f"Change the deployment of {unit.unit}", fields, save)


def _typed(moment: datetime | None) -> str:
    return f"{london(moment):%d/%m/%Y %H:%M}" if moment else ""


def answer(context: VerbContext) -> None:
    """Write down what whoever was asked for the marked units said."""
    store, units = context.session.store, _known(context)
    deployment_changes.refuse_not_asked(units)
    ids = [unit.id for unit in units if unit is not None]

    def save(values: Values) -> str:
        said = values["answer"].casefold()
        deployment_changes.answer(store, ids, said, values["reason"], meeting_id=context.session.meeting_id)
        return f"{context.about} {said}: {values['reason']}"

    fields = [Field("answer", "Answer", choices=ANSWERS, only=True, hint=" or ".join(ANSWERS)), why_field()]
    context.ask(f"Answer: {context.about}", fields, save)


def uplift(context: VerbContext) -> None:
    """Officers that a unit receives or lends, from whom or to whom, until when."""
    session, unit = context.session, _one(context)

    def officers(values: Values) -> int:
        match = _UPLIFT.fullmatch(values["officers"])
        if match is None or not int(match[2]):
            raise Problem(f"'{values['officers']}' is no number of officers. Write +6 for received, -4 for lent.")
        return -int(match[2]) if match[1] == "-" else int(match[2])

    def save(values: Values) -> str:
        many, (starts, ends) = officers(values), _span(values, session.now())
        deployment_changes.lend(
            session.store, unit.id, many, values["whom"], starts, ends, values["reason"], meeting_id=session.meeting_id
        )
        way = "received from" if many > 0 else "lent to"
        return f"{unit.unit}: {abs(many)} {way} {values['whom']}: {values['reason']}"

    fields = [
        Field("officers", "Officers", hint="+6 received, -4 lent", check=officers, holds=PLAIN),
        Field("whom", "From or to whom"),
        *_span_fields(session.now),
        why_field(),
    ]
    context.ask(f"Uplift: {unit.unit}", fields, save)


def away(context: VerbContext) -> None:
    """Say that the marked units are not to be sent for a time, and why; of those that are away, that they are back."""
    session, units = context.session, _known(context)
    ids = [unit.id for unit in units if unit is not None]
    if units and all(unit is not None and unit.is_away(session.now()) for unit in units):
        _back(context, ids)
        return

    def save(values: Values) -> str:
        starts, ends = _span(values, session.now())
        deployment_changes.set_away(session.store, ids, starts, ends, values["reason"], meeting_id=session.meeting_id)
        return f"{context.about} not available: {values['reason']}"

    context.ask(f"Not available: {context.about}", [*_span_fields(session.now), why_field()], save)


def _back(context: VerbContext, ids: Sequence[int]) -> None:
    def save(values: Values) -> str:
        session = context.session
        deployment_changes.set_available(session.store, ids, values["reason"], meeting_id=session.meeting_id)
        return f"{context.about} available again: {values['reason']}"

    context.ask(f"Available again: {context.about}", [why_field()], save)


def _span(values: Values, now: datetime) -> tuple[datetime, datetime | None]:
    starts = parse_start(values["starts"], now)
    return starts, parse_end(values["until"], starts) if values["until"] else None


def _time_hint(now: datetime) -> str:
    return f"{NOW}, +2h or {coming(now)} 09:00; later is planned"


def _span_fields(now: Callable[[], datetime]) -> list[Field]:
    return [
        Field(
            "starts",
            "From",
            NOW,
            hint=_time_hint(now()),
            holds=PLAIN,
            check=lambda values: parse_start(values["starts"], now()),
        ),
        Field(
            "until",
            "Until",
            "+8h",
            needed=False,
            hint="empty: until further notice",
            holds=PLAIN,
            check=lambda values: _span(values, now()),
        ),
    ]
