"""Outcomes of a run-down: no action, deferred to a day, an action for each of four owners."""

from __future__ import annotations

from core.action_rules import walk
from core.applying import Unfit, all_or_none
from core.decisions import Rationale
from core.due_times import parse_due
from core.errors import Problem
from core.text import counted
from tui.dialogs.field import Field, Values, why_field
from tui.verbs.actions import details_of, raise_on
from tui.verbs.context import PLAIN, VerbContext, day_hint, day_means
from tui.verbs.decisions import day_typed, decide_on, shown_now, uk_of


def no_action(context: VerbContext) -> None:
    """Ask why nothing is done about the records, and record that as a decision."""

    def save(values: Values) -> str:
        decide_on(context, "No action", values["reason"], Rationale(shown=shown_now(context.session)))
        return f"No action on {context.about}: {values['reason']}"

    context.ask(f"No action on {context.about}", [why_field()], save)


def defer(context: VerbContext) -> None:
    """Ask until when the records are deferred and why: the decision is due for review on that day."""
    session = context.session

    def save(values: Values) -> str:
        day = day_typed(values["day"], session)
        decide_on(context, "Deferred", values["reason"], Rationale(review_on=day, shown=shown_now(session)))
        return f"{context.about} deferred to {uk_of(day)}: {values['reason']}"

    fields = [
        Field(
            "day", "Until", "+7d", hint=day_hint(session), holds=PLAIN, means=day_means(session),
            check=lambda values: day_typed(values["day"], session),
        ),
        why_field(),
    ]  # fmt: skip
    context.ask(f"Defer {context.about}", fields, save)


def four_owners(context: VerbContext) -> None:
    """Raise an action for each of four owners on every person, at once: pursue, prevent, protect, prepare."""
    session, about = context.session, [record.subject for record in context.records]
    all_or_none([None if one.kind == "person" else Unfit(one.ref, one.label, "is no person") for one in about])
    if not about:
        raise Problem("There is nobody to raise actions on.")
    templates = walk("v100")

    def change() -> str:
        with session.store.together(f"V100 actions on {context.about}", meeting=session.meeting_id):
            for template in templates:
                due = parse_due(template.due, session.now())
                raise_on(context, about, template.text, template.owner, due, details_of(template))
        return f"{counted(len(templates) * len(about), 'action')} raised on {context.about}"

    context.make(change)
