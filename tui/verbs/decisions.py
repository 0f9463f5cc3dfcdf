"""Verbs on decisions: the long form by the National Decision Model, and the entry that amends an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from core.days import iso, london
from core.decisions import Rationale, refuse_accepted_by_no_one, refuse_without_day, refuse_without_end
from core.errors import Problem
from db import decisions, releases
from db.actions import Subject
from db.decisions import DecisionView
from tui.dialogs.field import Field, Values, why_field
from tui.session import Session
from tui.verbs.context import PLAIN, VerbContext, day_hint, day_means, typed_day


def decide(context: VerbContext) -> None:
    """Ask for a decision on the records; the facts as shown are kept with it."""

    def save(values: Values) -> str:
        decide_on(context, values["decision"], values["reason"], Rationale(shown=shown_now(context.session)))
        return f"Decision on {context.about} recorded: {values['decision']}"

    fields = [Field("decision", "Decision"), why_field()]
    context.ask(f"Decision on {context.about}", fields, save)


def decide_in_full(context: VerbContext) -> None:
    """Ask for a decision with threat, powers, options, dissent, review, accepted risk and expectation."""
    about = [(record.subject, record.facts) for record in context.records]
    _ask(context, f"Decision in full on {context.about}", about, None)


def decide_on(context: VerbContext, decision: str, reason: str, rationale: Rationale) -> None:
    """Record a decision of who chairs on each of the records, the facts as shown. Raises as ``db.decisions.decide``."""
    session = context.session
    decisions.decide(
        session.store,
        [(record.subject, record.facts) for record in context.records],
        decision,
        reason,
        decided_by=session.chair,
        meeting_id=session.meeting_id,
        item=context.item,
        rationale=rationale,
    )


def amend(context: VerbContext) -> None:
    """Ask for the decision that takes the place of an earlier one, which stays as it was."""
    record = context.record
    if record.subject.kind != "decision":
        raise Problem("Only a decision is amended. d on any row records a new one.")
    old = decisions.decision(context.session.store, int(record.subject.ref))
    if old.amended_by is not None:
        raise Problem(f"Decision {old.id} was amended already, by decision {old.amended_by}: amend that one.")
    _ask(context, f"Amend decision {old.id}: {old.decision}", [(old.subject, old.facts)], old)


def _ask(
    context: VerbContext, title: str, about: Sequence[tuple[Subject, Mapping[str, str]]], old: DecisionView | None
) -> None:
    session = context.session

    def save(values: Values) -> str:
        decisions.decide(
            session.store,
            about,
            values["decision"],
            values["reason"],
            decided_by=values["decider"] or session.chair,
            meeting_id=session.meeting_id,
            item=context.item,
            rationale=rationale_of(values, session),
            amends=None if old is None else old.id,
        )
        labels = ", ".join(subject.label for subject, _ in about[:1])
        return f"Decision on {labels} {'recorded' if old is None else 'amended'}: {values['decision']}"

    context.ask(title, _fields(session), save)


def _fields(session: Session) -> list[Field]:
    """What the long form asks, in the order of the model; only decision and reason are needed."""

    def more(key: str, label: str, hint: str = "") -> Field:
        return Field(key, label, needed=False, hint=hint)

    def by(values: Values) -> None:
        refuse_accepted_by_no_one(values["risk"], values["risk_by"])

    def until(values: Values) -> None:
        refuse_without_end(values["risk"], day_typed(values["risk_until"], session))

    return [
        Field("decision", "Decision"),
        more("threat", "Threat and working strategy"),
        more("powers", "Powers and policy"),
        more("options", "Options considered"),
        more("dissent", "Dissent", "who thought otherwise, and what"),
        Field("decider", "Who decides", session.chair, needed=False, holds=PLAIN),
        day_field("review_on", "Review on", session),
        more("risk", "Risk accepted"),
        replace(more("risk_by", "Risk accepted by"), check=by),
        replace(day_field("risk_until", "Risk accepted until", session), check=until),
        *expected_fields(session),
        why_field(),
    ]  # fmt: skip


def day_field(key: str, label: str, session: Session) -> Field:
    """A field for a day that may be left out; a day that has passed, or is none, is said at the field."""
    return Field(
        key, label, needed=False, hint=f"{day_hint(session)}; may be left out", holds=PLAIN, means=day_means(session),
        check=lambda values: day_typed(values[key], session),
    )  # fmt: skip


def day_typed(text: str, session: Session) -> str:
    """A typed day as ``2026-11-28``, empty where none was typed. Raises Problem where it is none or has passed.

    A meeting may look at an earlier day than that on which it is held: what has passed since is refused here, too.
    """
    if not text.strip():
        return ""
    day = iso(typed_day(text, session)) or ""
    if date.fromisoformat(day) < max(session.as_of, london(session.now()).date()):
        raise Problem(f"'{text}' has passed. Give a later day.")
    return day


def rationale_of(values: Values, session: Session) -> Rationale:
    """What was typed into the long form, with what is shown on the screen by its numbers. Raises Problem."""
    said = {
        name: values.get(name, "") for name in ("threat", "powers", "options", "dissent", "risk", "risk_by", "expected")
    }
    days = {name: day_typed(values.get(name, ""), session) for name in ("review_on", "risk_until", "expected_on")}
    return Rationale(**said, **days, shown=shown_now(session))


def shown_now(session: Session) -> dict[str, str]:
    """By what numbers what is shown now is shown again: the ranking, the release, the day of the records."""
    shown = {"day": f"{session.as_of}"}
    if session.run_id is not None:
        shown["ranking"] = str(session.run_id)
    with suppress(Problem):  # no release is held
        shown["release"] = session.counted_from or releases.release(session.store).name
    return shown


def expected_fields(session: Session, expected: str = "", day: str = "") -> list[Field]:
    """What is to come of an action or a decision and by when; both may be left out, and what stands there may stay."""

    def by(values: Values) -> None:
        typed = values["expected_on"]
        refuse_without_day(values["expected"], typed if typed == day else day_typed(typed, session))

    return [
        Field("expected", "What is expected of it", expected, needed=False, hint="two arrests"),
        replace(day_field("expected_on", "Expected by", session), value=day, check=by),
    ]


def uk_of(day: str) -> str:
    """A stored day, ``2026-11-28``, as a form shows it; empty where there is none."""
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else ""
