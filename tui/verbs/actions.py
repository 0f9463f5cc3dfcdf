"""Verbs on the register: raise, close, carry and edit actions; record decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from core.actions import OWNERS, parse_due
from core.applying import Unfit, all_or_none
from core.children import ACTIONS, CHILD, EXPLOITED, with_exploitation
from core.days import day_of, london
from core.errors import Problem
from core.meetings import other_meeting
from core.text import named, plain
from db import actions, decisions
from db.actions import ActionView, Subject
from db.people import children
from tui.dialogs.field import SHORT, Field, Values, why_field
from tui.session import Session
from tui.verbs.context import VerbContext, coming, due_means
from tui.views.source import Record


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
        numbers = actions.raise_actions(
            session.store,
            subjects,
            values["action"],
            values["owner"],
            parse_due(values["due"], session.now()),
            meeting_id=session.meeting_id,
            kind=session.kind,
            item=context.item,
            words=words(values),
        )
        return f"{_numbered(numbers)} raised on {named([subject.label for subject in subjects])}"

    def words(values: Values) -> dict[str, str]:
        said = {ref: with_exploitation(values["action"], values["exploited"]) for ref in minors}
        return {**said, **{ref: f"{said.get(ref, values['action'])} ({after})" for ref, after in follows.items()}}

    fields = form_fields(session, due="+24h")
    if minors:
        offered = replace(fields[0], choices=ACTIONS, hint=f"{CHILD}: safeguarding, YOT, NRM, diversion first")
        asked = Field("exploited", "Is the child exploited?", choices=EXPLOITED, only=True, hint="yes, no or not known")
        fields = [offered, asked, *fields[1:]]
    context.ask(f"Action on {context.about}{f' ({CHILD})' if minors else ''}", fields, save)


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


def form_fields(session: Session, action: str = "", owner: str = "", *, due: str) -> list[Field]:
    """What a form asks of an action, with what it is now."""
    label = {key: field.label for key, field in actions.FIELDS.items()}
    return [
        Field("action", label["action"], action),
        Field("owner", label["owner"], owner, choices=_owners(session), says=_loads(session), longest=SHORT),
        _due_field("due", label["due"], due, session),
    ]


def _due_field(key: str, label: str, due: str, session: Session) -> Field:
    """What asks when something is due; what stands there already may stay."""
    return Field(
        key, label, due, hint=f"17:00, +24h, +3d, tomorrow, {coming(session.now())} 09:00", means=due_means(session),
        check=lambda values: None if values[key] == due and due[:1] != "+" else parse_due(values[key], session.now()),
    )  # fmt: skip


def _open_by_owner(session: Session) -> Counter[str]:
    return Counter(action.owner for action in actions.open_actions(session.store, session.now()))


def _owners(session: Session) -> list[str]:
    """The roles that own actions, those with the most of them first."""
    held = _open_by_owner(session)
    return sorted(OWNERS, key=lambda owner: -held[owner])


def _loads(session: Session) -> dict[str, str]:
    """How many actions each role has open, in words."""
    held = _open_by_owner(session)
    return {owner: f"{held[owner]} open" for owner in OWNERS}


def decide(context: VerbContext) -> None:
    """Ask for a decision on the records; the facts as shown are kept with it."""
    session = context.session

    def save(values: Values) -> str:
        decisions.decide(
            session.store,
            [(record.subject, record.facts) for record in context.records],
            values["decision"],
            values["reason"],
            decided_by=session.chair,
            meeting_id=session.meeting_id,
            item=context.item,
        )
        return f"Decision on {context.about} recorded: {values['decision']}"

    fields = [Field("decision", "Decision"), why_field()]
    context.ask(f"Decision on {context.about}", fields, save)


def close(context: VerbContext) -> None:
    """Ask for the result and close the actions."""
    ids = _open(context)

    def save(values: Values) -> str:
        actions.close_actions(context.session.store, ids, values["result"], meeting_id=context.session.meeting_id)
        return f"{_numbered(ids)} closed: {values['result']}"

    context.ask(f"Close: {context.about}", [why_field("result", "the result, as the papers show it")], save)


def carry(context: VerbContext) -> None:
    """Ask for the new time and the reason, and carry the actions."""
    ids = _open(context)
    session = context.session

    def save(values: Values) -> str:
        due = parse_due(values["due"], session.now())
        actions.carry_actions(session.store, ids, due, values["words"], meeting_id=session.meeting_id)
        return f"{_numbered(ids)} carried to {due:%d/%m %H:%M}: {values['words']}"

    fields = [_due_field("due", "New due time", "+24h", session), why_field("words")]
    context.ask(f"Carry: {context.about}", fields, save)


def escalate(context: VerbContext) -> None:
    """Ask the other meeting about the actions, with a reason; where it is this one that was asked, answer."""
    session, ids = context.session, _open(context)
    marked = [actions.action(session.store, number, session.now()) for number in ids]
    to_answer = [action for action in marked if action.escalated_to == session.kind]
    if to_answer and len(to_answer) < len(marked):
        raise Problem("Some of these wait for the answer of this meeting, others do not. Mark only the one kind.")
    if to_answer:
        _answer(context, to_answer)
        return
    actions.refuse_waiting(marked)
    other = other_meeting(session.kind)
    theirs = [action for action in marked if action.kind == other]
    all_or_none([Unfit(str(one.id), f"Action {one.id}", f"is the {other} meeting's own") for one in theirs])

    def save(values: Values) -> str:
        actions.escalate(session.store, ids, other, values["reason"], meeting_id=session.meeting_id)
        return f"{_numbered(ids)} escalated to {other}: {values['reason']}"

    context.ask(f"Escalate to {other}: {context.about}", [why_field()], save)


def _answer(context: VerbContext, asked: Sequence[ActionView]) -> None:
    session, ids = context.session, [action.id for action in asked]

    def save(values: Values) -> str:
        actions.answer(session.store, ids, values["answer"], meeting_id=session.meeting_id)
        return f"{_numbered(ids)} answered, back to {other_meeting(session.kind)}: {values['answer']}"

    hint = plain(asked[0].escalation) if len(asked) == 1 else ""
    context.ask(f"Answer: {context.about}", [why_field("answer", hint)], save)


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
        actions.edit_action(
            session.store, number, values["action"], values["owner"], due, meeting_id=session.meeting_id
        )
        kept = actions.action(session.store, number, session.now())  # another window may have changed other fields
        return f"Action {number} changed: {kept.action}"

    shown = f"{london(action.due_at):%d/%m/%Y %H:%M}"
    fields = form_fields(session, action.action, action.owner, due=shown)
    context.ask(f"Action {number} on {action.subject.label}", fields, save)


def _open(context: VerbContext) -> list[int]:
    """The numbers of the actions. Raises DoesNotApply, before anyone is asked, where one is none or is not open."""
    ids = context.numbers("action")
    actions.refuse_closed(context.session.store, ids)
    return ids


def _numbered(ids: Sequence[int]) -> str:
    return f"Action {named([str(number) for number in ids])}"
