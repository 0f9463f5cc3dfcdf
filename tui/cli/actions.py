"""``tasking actions``: the register, and raising, updating and closing actions by the rules of the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import typer

from core import action_rules
from core.actions import Rag
from core.days import day_of, iso, london
from core.decisions import refuse_without_day
from core.due_times import parse_due, read_day, read_moment
from core.errors import NotFound, Problem
from core.owners import Owner, owner_named
from core.text import list_name
from db import actions, meetings, people, templates
from db.actions import ActionView, Details, Subject
from db.owners import known_owners, load_of
from db.store import Store
from db.ward_map import name_of
from tui.cli.common import existing, print_json, print_table, say
from tui.cli.options import LARGEST
from tui.cli.scope import scope_of_option

T = TypeVar("T")
WRITES = ("raise", "update", "close")
"""What can be done to an action."""


@dataclass(frozen=True)
class Asked:
    """What was typed behind ``actions``; None where an option was left out. Words are those without an option."""

    words: Sequence[str]
    owner: str | None
    scope: str | None
    meeting: str | None
    overdue: bool
    options: dict[str, str | None]
    """The options of what writes, by name as they are typed, ``--text``."""


_TAKES = {
    "raise": (
        *("--text", "--due", "--about", "--source", "--partner", "--priority", "--template", "--expect"),
        *("--expect-by", "--by"),
    ),
    "update": ("--words", "--decided", "--by"),
    "close": ("--result", "--evidence", "--by"),
}
_FIRST = {"raise": "--text", "update": "--words", "close": "--result"}
"""The option that words behind the command stand for."""


def run(path: Path | None, asked: Asked, *, json: bool) -> None:
    """List the register, or carry out what the first word says. Raises NotFound, Problem, Conflict, a usage error."""
    what = asked.words[0] if asked.words else ""
    if what and what not in WRITES:
        raise typer.BadParameter(f"'{what}'; write raise, update NUMBER, close NUMBER, or nothing to list them")
    _refuse_others(what, asked)
    with existing(path, asked.options["--by"]) as store:
        if not what:
            found = _listed(store, asked)
        else:
            number = {"raise": _raise, "update": _update, "close": _close}[what](store, asked)
            found = [actions.action(store, number, store.now())]
        if json:
            print_json({"entries": [_entry(action) for action in found]})
        elif what:
            _say_done(store, what, found[0])
        else:
            _print(found)


def _refuse_others(what: str, asked: Asked) -> None:
    """Raise a usage error for an option that does nothing here."""
    for option, value in asked.options.items():
        if value is not None and option not in _TAKES.get(what, ()):
            goes = " or ".join(name for name, taken in _TAKES.items() if option in taken)
            raise typer.BadParameter(f"goes with {goes}", param_hint=option)
    if what and asked.overdue:
        raise typer.BadParameter("goes with the list alone", param_hint="--overdue")
    if what in ("update", "close"):
        for option, value in (("--owner", asked.owner), ("--scope", asked.scope)):
            if value is not None:
                raise typer.BadParameter("goes with the list and with raise", param_hint=option)


def _of(option: str, read: Callable[[], T]) -> T:
    """What an option says. A problem with it becomes a usage error that names the option."""
    try:
        return read()
    except Problem as problem:
        raise typer.BadParameter(problem.sentence, param_hint=option) from None


# The list


def _listed(store: Store, asked: Asked) -> list[ActionView]:
    scope = scope_of_option(asked.scope)
    every = [one for one in actions.every_action(store, store.now()) if scope.takes_in(one.scope)]
    if asked.meeting is not None:
        every = _of("--meeting", lambda: _of_meeting(store, every, asked.meeting or ""))
    if asked.owner is not None:
        every = _of("--owner", lambda: _owned(store, every, asked.owner or ""))
    return [one for one in every if one.rag is Rag.RED] if asked.overdue else every


def _of_meeting(store: Store, every: Sequence[ActionView], text: str) -> list[ActionView]:
    """Those of a meeting by its number, or of a kind of meeting: what it raised and what waits for its answer."""
    if text in templates.names(store.path):
        return [one for one in every if text in (one.kind, one.escalated_to)]
    number = _meeting(store, text)
    return [one for one in every if one.meeting_id == number]


def _meeting(store: Store, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LARGEST):
        raise NotFound(f"'{text}' is no meeting. Write its number, or its kind, as daily.")
    return meetings.meeting(store, int(text)).id


def _owned(store: Store, every: Sequence[ActionView], text: str) -> list[ActionView]:
    words = text.strip().casefold()
    found = [one for one in every if words in map(str.casefold, (one.owner, one.owner_name, one.owned_by)) and words]
    if not found:
        owner = owner_named(text, known_owners(store))
        found = [one for one in every if (one.owner, one.owner_name) == (owner.role, owner.name)]
    return found


# What is done


def _raise(store: Store, asked: Asked) -> int:
    given, now = asked.options, store.now()
    template = _of("--template", lambda: _template(given["--template"]))
    text = _words(asked) or (template.text if template else "")
    if not text:
        raise typer.BadParameter("is needed: what must be done", param_hint="--text")
    wanted = asked.owner or (template.owner if template else "")
    owner = _of("--owner", lambda: owner_named(wanted, known_owners(store)))
    due = given["--due"] or (template.due if template else "")
    if not due:
        raise typer.BadParameter("is needed: when it is due, as 17:00, +24h or dd/mm/yyyy hh:mm", param_hint="--due")
    subject = _of("--about", lambda: _subject(store, given["--about"]))
    meeting, kind = _of("--meeting", lambda: _belongs_to(store, asked.meeting))
    scope = scope_of_option(asked.scope)
    moment = _of("--due", lambda: parse_due(due, now))
    details = _details(asked, owner, template, now)
    [number] = actions.raise_actions(
        store, [subject], text, owner.role, moment, meeting_id=meeting, kind=kind, details=details, scope=scope.name
    )
    return number


def _details(asked: Asked, owner: Owner, template: action_rules.Template | None, now: datetime) -> Details:
    given = asked.options
    expected, by = given["--expect"] or "", given["--expect-by"]
    expected_on = "" if by is None else _of("--expect-by", lambda: day_typed(by, now))
    _of("--expect", lambda: refuse_without_day(expected, expected_on))
    source, priority = given["--source"], given["--priority"]
    kind = template.source if template else ""
    return Details(
        owner_name=owner.name,
        source=kind if source is None else _of("--source", lambda: action_rules.source_named(source)),
        partner=given["--partner"] or "",
        priority=(
            (template.priority if template else "normal")
            if priority is None
            else _of("--priority", lambda: action_rules.priority_named(priority))
        ),
        template=template.key if template else "",
        expected=expected,
        expected_on=expected_on,
    )


def day_typed(text: str, now: datetime) -> str:
    """A day as it was typed, a date or a time from now, as ``2026-11-28``. Raises Problem where it is none or past."""
    day = read_day(text, now)
    if day < day_of(london(now).date()):
        raise Problem(f"'{text}' has passed. Give a later day.")
    return iso(day) or ""


def _template(text: str | None) -> action_rules.Template | None:
    return None if text is None else action_rules.template_named(text)


def _subject(store: Store, text: str | None) -> Subject:
    """What an action is about: a person by reference, a ward by code; the meeting's business where nothing is named."""
    if text is None:
        return Subject("item", "", "the meeting")
    ref = text.strip()
    with suppress(NotFound):
        found = people.person(store, ref)
        return Subject("person", ref, list_name(found.surname, found.forenames))
    if (name := name_of(store, ref)) != ref:
        return Subject("ward", ref, name)
    raise NotFound(f"No person has the reference '{text}', and no ward the code. 'tasking rank' and 'wards' list them.")


def _belongs_to(store: Store, text: str | None) -> tuple[int | None, str]:
    """The meeting that an action is raised in, and the kind whose register it is on."""
    if text is None or text in templates.names(store.path):
        return None, text or "daily"
    meeting = meetings.meeting(store, _meeting(store, text))
    return meeting.id, meeting.kind


def _update(store: Store, asked: Asked) -> int:
    number, decided = _number(asked), asked.options["--decided"]
    then = None if decided is None else _of("--decided", lambda: read_moment(decided, store.now()))
    if then is not None and then > store.now():
        raise typer.BadParameter(f"'{decided}' is still to come: an update is of what was", param_hint="--decided")
    actions.update_actions(
        store, [number], _words(asked), decided_at=then, meeting_id=_open_meeting(store, asked.meeting)
    )
    return number


def _close(store: Store, asked: Asked) -> int:
    number = _number(asked)
    result = _of("--result", lambda: action_rules.result_given(_words(asked)))
    action = actions.action(store, number, store.now())
    evidence = _of(
        "--evidence", lambda: action_rules.evidence_given(action.template, asked.options["--evidence"] or "")
    )
    actions.close_actions(store, [number], result, evidence=evidence, meeting_id=_open_meeting(store, asked.meeting))
    return number


def _open_meeting(store: Store, text: str | None) -> int | None:
    return None if text is None else _of("--meeting", lambda: _meeting(store, text))


def _number(asked: Asked) -> int:
    what, *more = asked.words
    if not more or not (more[0].isascii() and more[0].isdigit() and int(more[0]) <= LARGEST):
        raise typer.BadParameter(f"{what} is followed by the number of an action, as {what} 12")
    return int(more[0])


def _words(asked: Asked) -> str:
    """The words of an action, an update or a result: of the option, or behind the command."""
    what, *more = asked.words
    behind = " ".join(more if what == "raise" else more[1:])
    option = _FIRST[what]
    if behind and asked.options[option]:
        raise typer.BadParameter(f"'{behind}' stands for it already; give one of the two", param_hint=option)
    return behind or asked.options[option] or ""


# What is printed


def state_of(action: ActionView) -> str:
    """Its state in one word: open, escalated, answered, done or withdrawn."""
    if action.escalated_to:
        return "escalated"
    return "answered" if action.answered else action.status


def _entry(action: ActionView) -> dict[str, Any]:
    subject = action.subject
    return {
        "id": action.id,
        "text": action.action,
        "owner": action.owned_by,
        "due": action.due_at.isoformat(),
        "about": {"kind": subject.kind, "ref": subject.ref, "label": subject.label} if subject.ref else None,
        "rag": action.rag.value,
        "state": state_of(action),
        "scope": action.scope,
        "meeting": action.meeting_id,
        "carried": action.carried,
        "result": action.result or None,
    }


def _print(found: Sequence[ActionView]) -> None:
    if not found:
        say("No action is of that.")
        return
    heads = ("no.", "RAG", "due", "action", "about", "owner", "state", "meeting", "carried", "result")
    rows = [
        (
            one.id, one.rag.value, f"{london(one.due_at):%d/%m/%Y %H:%M}", one.action, one.subject.label, one.owned_by,
            one.state, one.kind, one.carried, one.result or "-",
        )
        for one in found
    ]  # fmt: skip
    print_table(heads, rows, right=(0, 8))
    totals = actions.counted_in([one for one in found if one.status == "open"])
    say(f"{totals.open} open, {totals.due} due, {totals.overdue} overdue; {len(found) - totals.open} closed.")


def _say_done(store: Store, what: str, action: ActionView) -> None:
    done = {"raise": "raised", "update": "updated", "close": "closed"}[what]
    came = f": {action.result}" if what == "close" else f": {action.action}; due {london(action.due_at):%d/%m/%Y %H:%M}"
    say(f"Action {action.id} {done}{came}; {action.owned_by}.")
    if what == "raise" and action.meeting_id is not None:
        load = load_of(store, Owner(action.owner, action.owner_name), store.now(), action.meeting_id)
        if load.sentence:
            say(f"{load.sentence}.")
