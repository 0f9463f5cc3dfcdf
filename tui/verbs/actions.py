"""Verbs on the register: raise, close, carry and edit actions; record decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from core.action_rules import Template, priorities, result_given, templates, templates_for
from core.addresses import address_of, is_for
from core.applying import Unfit, all_or_none
from core.children import ACTIONS, CHILD, EXPLOITED, with_exploitation
from core.days import day_of, london, uk
from core.decisions import refuse_without_day
from core.due_times import parse_due, read_moment
from core.errors import Problem
from core.meetings import other_meeting
from core.owners import LONGEST, Owner, owner_named
from core.scope import FORCE
from core.text import named, plain
from db import actions, meetings
from db import templates as meeting_templates
from db.actions import ActionView, Details, Subject
from db.owners import known_owners, load_of, loads
from db.people import children
from tui.dialogs.field import Field, Values, why_field
from tui.session import Session
from tui.verbs.context import VerbContext, coming, due_means
from tui.verbs.decisions import day_typed, expected_fields, uk_of
from tui.views.source import Record

_DUE = "+24h"


def raise_action(context: VerbContext) -> None:
    """Ask for an action on the records, with its owner and due time."""
    session = context.session
    subjects = _about(context.records)
    minors = _children(context, subjects)
    follows = _follows(context.records)

    def save(values: Values) -> str:
        for record in context.records:
            if record.subject.kind == "action":  # another window may have undone it since the form was opened
                actions.action(session.store, int(record.subject.ref), session.now())
        template = template_of(values["action"])
        text = template.text if template else values["action"]
        owner = owner_of(session, values["owner"] or (template.owner if template else ""))
        due = template.due if template and values["due"] == _DUE else values["due"]
        moment = parse_due(due, session.now())
        details = details_of(template, owner.name)
        numbers = raise_on(context, subjects, text, owner.role, moment, details, words(text, values))
        return f"{_numbered(numbers)} raised on {named([subject.label for subject in subjects])}{away(session, owner)}"

    def words(text: str, values: Values) -> dict[str, str]:
        said = {ref: with_exploitation(text, values["exploited"]) for ref in minors}
        return {**said, **{ref: f"{said.get(ref, text)} ({after})" for ref, after in follows.items()}}

    fields = form_fields(session, due=_DUE, kind=subjects[0].kind if subjects else "")
    if minors:
        offered = replace(fields[0], choices=ACTIONS, hint=f"{CHILD}: safeguarding, YOT, NRM, diversion first")
        asked = Field("exploited", "Is the child exploited?", choices=EXPLOITED, only=True, hint="yes, no or not known")
        fields = [offered, asked, *fields[1:]]
    context.ask(f"Action on {context.about}{f' ({CHILD})' if minors else ''}", fields, save)


def raise_on(
    context: VerbContext,
    about: Sequence[Subject],
    text: str,
    owner: str,
    due: datetime,
    details: Details,
    words: Mapping[str, str] | None = None,
) -> list[int]:
    """Raise an action about each subject in the meeting and the scope of the room; gives their numbers.

    owner: a role. words: what is said in place of *text* for some of the subjects, by reference.
    """
    session = context.session
    return actions.raise_actions(
        session.store,
        about,
        text,
        owner,
        due,
        meeting_id=session.meeting_id,
        kind=session.kind,
        item=context.item,
        words=words,
        details=details,
        scope=session.scope.name,
    )


def _about(records: Sequence[Record]) -> list[Subject]:
    """What new actions are about: of an action that is followed by another, what that one is about, once."""
    return list(dict.fromkeys(_followed(record) or record.subject for record in records))


def _followed(record: Record) -> Subject | None:
    return record.opens if record.subject.kind == "action" else None


def _follows(records: Sequence[Record]) -> dict[str, str]:
    """Which actions the new ones follow, in words, by the reference of what they are about."""
    numbers: dict[str, list[str]] = {}
    for record in records:
        if (subject := _followed(record)) is not None:
            numbers.setdefault(subject.ref, []).append(record.subject.ref)
    return {ref: f"follows action {named(of)}" for ref, of in numbers.items()}


def _children(context: VerbContext, subjects: Sequence[Subject]) -> frozenset[str]:
    """The references of the children among the records: their own actions are offered then (DOMAIN2.md section 4)."""
    refs = {subject.ref for subject in subjects if subject.kind == "person"}
    session = context.session
    return children(session.store, day_of(session.as_of)) & refs if refs else frozenset()


def form_fields(session: Session, action: str = "", owner: str = "", *, due: str, kind: str = "") -> list[Field]:
    """What a form asks of an action, with what it is now. kind: of the record; its templates are offered."""
    label = {key: field.label for key, field in actions.FIELDS.items()}
    offers = [template.title for template in templates_for(kind)]

    def owned(values: Values) -> None:
        stays = bool(owner) and values["owner"] == owner
        if not stays and not (not values["owner"] and template_of(values["action"])):
            owner_of(session, values["owner"])

    offered = _offered(session)
    hint = "or a template: →" if offers else ""
    return [
        Field("action", label["action"], action, choices=offers, hint=hint),
        Field(
            "owner", label["owner"], owner, choices=list(offered), says=offered, longest=LONGEST, check=owned,
            needed=False,
        ),
        due_field("due", label["due"], due, session),
    ]  # fmt: skip


def due_field(key: str, label: str, due: str, session: Session) -> Field:
    """The field that asks when something is due; what stands there already may stay."""
    return Field(
        key, label, due, hint=f"17:00, +24h, tomorrow 10:00, friday, {coming(session.now())} 09:00",
        means=due_means(session),
        check=lambda values: None if values[key] == due and due[:1] != "+" else parse_due(values[key], session.now()),
    )  # fmt: skip


def _offered(session: Session) -> dict[str, str]:
    """Roles and names, who is in the room first, each with what they have open and overdue, in words."""
    return {load.owner.words: load.says for load in loads(session.store, session.now(), session.meeting_id)}


def owner_of(session: Session, text: str) -> Owner:
    """The owner that was typed or offered. Raises Problem for one in no role."""
    return owner_named(text, known_owners(session.store))


def away(session: Session, owner: Owner) -> str:
    """What is said of an owner who is not in the room, to stand after what was done; empty where they are."""
    said = load_of(session.store, owner, session.now(), session.meeting_id).sentence
    return f". {said}" if said else ""


def template_of(text: str) -> Template | None:
    """The template whose title was typed as the action; None where it is no title."""
    return next((one for one in templates().values() if one.title.casefold() == text.strip().casefold()), None)


def details_of(template: Template | None, owner_name: str = "") -> Details:
    """What an action says beside its words, as its template has it."""
    if template is None:
        return Details(owner_name=owner_name, priority="normal")
    return Details(owner_name=owner_name, source=template.source, priority=template.priority, template=template.key)


def close(context: VerbContext) -> None:
    """Ask for the result and close the actions."""
    ids = _open(context)
    session = context.session
    asked = [one for number in ids if (one := actions.action(session.store, number, session.now()).evidence_asked)]

    def save(values: Values) -> str:
        evidence = values.get("evidence", "")
        actions.close_actions(session.store, ids, values["result"], evidence=evidence, meeting_id=session.meeting_id)
        return f"{_numbered(ids)} closed: {values['result']}"

    hint = "what came of it, as the papers show it"
    fields = [Field("result", "Result", hint=hint, check=lambda values: result_given(values["result"]))]
    if asked:
        fields.insert(0, Field("evidence", "Evidence", hint=asked[0]))
    context.ask(f"Close: {context.about}", fields, save)


def update(context: VerbContext) -> None:
    """Ask how far the actions are, and since when that is so."""
    ids = _open(context)
    session = context.session

    def save(values: Values) -> str:
        then = read_moment(values["decided"], session.now()) if values["decided"] else None
        actions.update_actions(session.store, ids, values["words"], decided_at=then, meeting_id=session.meeting_id)
        return f"{_numbered(ids)} updated: {values['words']}"

    def was(values: Values) -> None:
        if values["decided"] and read_moment(values["decided"], session.now()) > session.now():
            raise Problem(f"'{values['decided']}' is still to come: an update is of what was.")

    hint = f"{uk(day_of(london(session.now())) - 1)} 09:00: when it was so; now if left out"
    fields = [Field("words", "How far it is"), Field("decided", "As of", needed=False, hint=hint, check=was)]
    context.ask(f"Update: {context.about}", fields, save)


def carry(context: VerbContext) -> None:
    """Ask for the new time and the reason, and carry the actions."""
    ids = _open(context)
    session = context.session

    def save(values: Values) -> str:
        due = parse_due(values["due"], session.now())
        actions.carry_actions(session.store, ids, due, values["words"], meeting_id=session.meeting_id)
        return f"{_numbered(ids)} carried to {due:%d/%m %H:%M}: {values['words']}"

    fields = [due_field("due", "New due time", "+24h", session), why_field("words")]
    context.ask(f"Carry: {context.about}", fields, save)


def escalate(context: VerbContext) -> None:
    """Ask the other meeting about the actions, with a reason; where it is this one that was asked, answer.

    Those that wait for another meeting are taken back.
    """
    session, ids = context.session, _open(context)
    marked = [actions.action(session.store, number, session.now()) for number in ids]
    to_answer = [one for one in marked if is_for(one.escalated_to, session.kind, session.scope.name, one.scope)]
    if to_answer and len(to_answer) < len(marked):
        raise Problem("Some of these wait for the answer of this meeting, others do not. Mark only the one kind.")
    if to_answer:
        _answer(context, to_answer)
        return
    if all(one.escalated_to for one in marked):
        _take_back(context, marked)
        return
    actions.refuse_waiting(marked)
    there_are = addressees(session)
    if len(there_are) == 1:
        _refuse_own(marked, there_are[0])

    def save(values: Values) -> str:
        to = values.get("to", there_are[0])
        if "to" in values:
            to = str(address_of(to, meeting_templates.names(session.store.path)))
            _refuse_own(marked, to)
        actions.escalate(session.store, ids, to, values["reason"], meeting_id=session.meeting_id)
        return f"{_numbered(ids)} escalated to {to}: {values['reason']}"

    if len(there_are) == 1:
        context.ask(f"Escalate to {there_are[0]}: {context.about}", [why_field()], save)
        return
    hint = "a meeting, then a scope: as bcu-daily NW"
    to = Field("to", "To which meeting", there_are[0], choices=there_are, hint=hint)
    context.ask(f"Escalate, or hand to another meeting: {context.about}", [why_field(), to], save)


def addressees(session: Session) -> tuple[str, ...]:
    """The meetings that actions can be handed to from here: the other one of this scope, then those of other scopes."""
    held = dict.fromkeys((one.kind, one.scope) for one in meetings.meetings(session.store))
    elsewhere = [f"{kind} {scope}" for kind, scope in held if scope != session.scope.name]
    force = [] if session.scope.is_force else [f"daily {FORCE}"]
    return tuple(dict.fromkeys((other_meeting(session.kind), *force, *elsewhere)))


def _refuse_own(marked: Sequence[ActionView], to: str) -> None:
    """Raise DoesNotApply where actions would be handed to the meeting that they are of."""
    own = [one for one in marked if is_for(to, one.kind, one.scope, one.scope)]
    all_or_none([Unfit(str(one.id), f"Action {one.id}", f"is the {to} meeting's own") for one in own])


def _answer(context: VerbContext, asked: Sequence[ActionView]) -> None:
    session, ids = context.session, [action.id for action in asked]
    back = dict.fromkeys(one.kind if one.scope == session.scope.name else f"{one.kind} {one.scope}" for one in asked)

    def save(values: Values) -> str:
        actions.answer(session.store, ids, values["answer"], meeting_id=session.meeting_id)
        return f"{_numbered(ids)} answered, back to {named(list(back))}: {values['answer']}"

    hint = plain(asked[0].escalation) if len(asked) == 1 else ""
    context.ask(f"Answer: {context.about}", [Field("answer", "Answer", hint=hint)], save)


def _take_back(context: VerbContext, waiting: Sequence[ActionView]) -> None:
    session, ids = context.session, [action.id for action in waiting]
    whom = named(list(dict.fromkeys(one.escalated_to for one in waiting)))

    def save(values: Values) -> str:
        actions.take_back(session.store, ids, values["reason"], meeting_id=session.meeting_id)
        return f"{_numbered(ids)} taken back from {whom}: {values['reason']}"

    hint = plain(waiting[0].escalation) if len(waiting) == 1 else ""
    context.ask(f"Take back from {whom}: {context.about}", [why_field(hint=hint)], save)


def edit(context: VerbContext) -> None:
    """Change one open action."""
    session = context.session
    record = context.record
    if record.subject.kind != "action":
        raise Problem("Only actions are changed; a decision is amended by a new one, with d.")
    [number] = _open(context)
    action = actions.action(session.store, number, session.now())

    def save(values: Values) -> str:
        due = action.due_at if values["due"] == shown else parse_due(values["due"], session.now())
        same = values["owner"] == action.owned_by
        owner = Owner(action.owner, action.owner_name) if same else owner_of(session, values["owner"])
        expected_on = action.expected_on if values["expected_on"] == day else day_typed(values["expected_on"], session)
        refuse_without_day(values["expected"], expected_on)
        details = Details(
            owner_name=owner.name,
            partner=values["partner"],
            priority=values["priority"],
            expected=values["expected"],
            expected_on=expected_on,
        )
        actions.edit_action(
            session.store, number, values["action"], owner.role, due, details=details, meeting_id=session.meeting_id
        )
        kept = actions.action(session.store, number, session.now())  # another window may have changed other fields
        return f"Action {number} changed: {kept.action}"

    shown = f"{london(action.due_at):%d/%m/%Y %H:%M}"
    day = uk_of(action.expected_on)
    fields = [
        *form_fields(session, action.action, action.owned_by, due=shown),
        Field("partner", "Partner", action.partner, needed=False),
        Field("priority", "Priority", action.priority, choices=priorities(), only=True, needed=False),
        *expected_fields(session, action.expected, day),
    ]
    context.ask(f"Action {number} on {action.subject.label}", fields, save)


def _open(context: VerbContext) -> list[int]:
    """The numbers of the actions. Raises DoesNotApply, before anyone is asked, where one is none or is not open."""
    ids = context.numbers("action")
    actions.refuse_closed(context.session.store, ids)
    return ids


def _numbered(ids: Sequence[int]) -> str:
    return f"Action {named([str(number) for number in ids])}"
