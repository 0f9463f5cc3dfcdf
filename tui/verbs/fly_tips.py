"""Verbs on fly-tip sites: put one on the list, check it, plan against its issues, finish a step, close it."""

from __future__ import annotations

from core.days import day_of, uk
from core.errors import Problem
from core.fly_tips import FINDINGS, ISSUES, OWNERS, Issue
from core.text import counted
from db import fly_tips
from tui.dialogs.form import Field, Values, why_field
from tui.dialogs.pick import Choice, Pick
from tui.session import Session
from tui.verbs.choosing import the_one, ward_names
from tui.verbs.context import VerbContext, day_hint, typed_day, typed_number
from tui.widgets.columns import Column

_DUE_AFTER = 14
_OTHER = Issue("", "")
_ISSUE_COLUMNS = (Column("issue", "issue", 28, grow=True),)


def new_site(context: VerbContext) -> None:
    """Ask where it is and how often it was reported."""
    session = context.session
    wards = ward_names(session.store)

    def save(values: Values) -> str:
        code = wards[the_one(values["ward"], wards)]
        since = _past(values["since"], session)
        reports = typed_number(values["reports"], "Reports")
        fly_tips.add_site(session.store, values["place"], code, reports, since, meeting_id=session.meeting_id)
        return f"{values['place']} put on the list of fly-tip sites"

    fields = [
        Field("place", "Place"),
        Field("ward", "Ward", choices=list(wards)),
        Field("reports", "How often residents reported it"),
        Field("since", "Open since", uk(day_of(session.as_of))),
    ]
    context.ask("New fly-tip site", fields, save)


def check(context: VerbContext) -> None:
    """Ask what was found, and by whom, when sites were checked."""
    session = context.session
    ids = _open_sites(context)

    def save(values: Values) -> str:
        found, day = values["found"].casefold(), _past(values["day"], session)
        fly_tips.check(session.store, ids, day, values["by"], found, values["note"], meeting_id=session.meeting_id)
        return f"{context.about} checked: {found}"

    fields = [
        Field("found", "What was found", choices=FINDINGS, only=True, hint=", ".join(FINDINGS)),
        Field("by", "Checked by", choices=OWNERS),
        Field("day", "Checked on", uk(day_of(session.as_of))),
        Field("note", "Note", needed=False),
    ]
    context.ask(f"Checked: {context.about}", fields, save)


def plan(context: VerbContext) -> None:
    """Ask for the issue, then offer its standard action and ask who does it by when."""
    _open_sites(context)

    def chosen(issue: Issue | None) -> None:
        if issue is not None:
            _ask_step(context, issue)

    choices = [Choice(issue, (issue.title,), f"{issue.action}.") for issue in ISSUES]
    choices.append(Choice(_OTHER, ("another issue",), "Write issue and action yourself."))
    context.push(Pick(context.seen(f"What feeds {context.about}"), _ISSUE_COLUMNS, choices), chosen)


def _ask_step(context: VerbContext, issue: Issue) -> None:
    session = context.session
    ids = _open_sites(context)

    def save(values: Values) -> str:
        fly_tips.plan(
            session.store,
            ids,
            values["issue"],
            values["action"],
            values["owner"],
            _ahead(values["due"], session),
            meeting_id=session.meeting_id,
        )
        return f"{context.about}, into the plan: {values['issue']}"

    fields = [
        Field("issue", "Issue", issue.title),
        Field("action", "Action", issue.action),
        Field("owner", "Owner (role)", choices=OWNERS),
        Field("due", "Due", uk(day_of(session.as_of) + _DUE_AFTER), hint=day_hint(session)),
    ]
    context.ask(f"Plan for {context.about}", fields, save)


def finish_step(context: VerbContext) -> None:
    """Ask for the result of steps of a plan."""
    session = context.session
    ids = context.numbers("step")
    fly_tips.refuse_done(session.store, ids)

    def save(values: Values) -> str:
        day = _past(values["day"], session)
        fly_tips.finish_step(session.store, ids, day, values["result"], meeting_id=session.meeting_id)
        return f"{context.about} done: {values['result']}"

    fields = [Field("result", "Result"), Field("day", "Done on", uk(day_of(session.as_of)))]
    context.ask(f"Done: {context.about}", fields, save)


def close(context: VerbContext) -> None:
    """Ask for the reason and close the sites."""
    session = context.session
    ids = _open_sites(context)
    today = day_of(session.as_of)
    left = sum(site.steps_open for site in fly_tips.sites(session.store, today) if site.id in ids)

    def save(values: Values) -> str:
        fly_tips.close_site(session.store, ids, today, values["reason"], meeting_id=session.meeting_id)
        return f"{context.about} closed: {values['reason']}"

    hint = f"{counted(left, 'step')} of the plan still open" if left else ""
    context.ask(f"Close: {context.about}", [why_field(hint=hint)], save)


def _open_sites(context: VerbContext) -> list[int]:
    """The numbers of the sites. Raises DoesNotApply, before anyone is asked, where one is none or is closed."""
    numbers = context.numbers("site")
    fly_tips.refuse_closed(context.session.store, numbers)
    return numbers


def _past(text: str, session: Session) -> int:
    """A day up to the one the meeting looks at. Raises Problem for a later one."""
    day, today = typed_day(text, session), day_of(session.as_of)
    if day > today:
        raise Problem(f"'{text}' lies after {uk(today)}, the day looked at. Give that day or an earlier one.")
    return day


def _ahead(text: str, session: Session) -> int:
    """A day from the one the meeting looks at. Raises Problem for an earlier one."""
    day, today = typed_day(text, session), day_of(session.as_of)
    if day < today:
        raise Problem(f"'{text}' lies before {uk(today)}, the day looked at. Give that day or a later one.")
    return day
