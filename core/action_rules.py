"""Rules of actions as data: what no result is, where actions come from, when they are escalated, and templates.

Source: DOMAIN.md section 7 (action log); the values are ``core/data/actions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from core.days import london
from core.errors import NotFound, Problem
from core.text import counted

_WORD = re.compile(r"[^\W_]+(?:/[^\W_]+)?", re.UNICODE)
_LEAST = 2
"""Letters that a word has at least; one letter says nothing."""


class Template(NamedTuple):
    """An action that is raised again and again, ready to be taken as it is.

    due: as it is typed. about: the kinds of records that it is offered on. source: what it comes from, empty where the
    record says. evidence: what must be named when it is closed, empty where nothing must.
    """

    key: str
    title: str
    text: str
    owner: str
    due: str
    about: tuple[str, ...]
    priority: str = "normal"
    source: str = ""
    evidence: str = ""


class Escalation(NamedTuple):
    """When an action goes to the other meeting by rule: carried so often, or overdue beyond so much time."""

    carried: int
    overdue: timedelta

    def reason(self, carried: int, due: datetime, since: datetime | None, now: datetime) -> str:
        """The rule that an action meets, in words; empty where it meets none.

        carried: how often it was carried. due: when it is due. since: when the other meeting last answered or
        an escalation was last taken back, None where neither was; only what came after counts: *carried* is counted
        from there, too.
        """
        if carried >= self.carried:
            return f"carried {counted(carried, 'time')}; the rule is {self.carried}"
        late = now - (due if since is None else max(due, since))
        if late > self.overdue:
            return f"overdue since {london(due):%d/%m/%Y %H:%M}; the rule is {_time(self.overdue)}"
        return ""


def _time(length: timedelta) -> str:
    hours = int(length.total_seconds()) // 3600
    return counted(hours // 24, "day") if hours % 24 == 0 else counted(hours, "hour")


@cache
def _data() -> Mapping[str, Any]:
    import tomllib
    from pathlib import Path

    return tomllib.loads((Path(__file__).parent / "data" / "actions.toml").read_text(encoding="utf-8"))


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(_data()["results"]["empty"].split())


def says_nothing(result: str) -> bool:
    """Whether a result is none: no word at all, or none but words that say only that it is over."""
    words = [word for word in _WORD.findall(result.casefold()) if len(word) >= _LEAST]
    return all(word in _empty_words() for word in words)


def result_given(result: str) -> str:
    """A result without spaces around it. Raises Problem, with an example, where it does not say what came of it."""
    came, example = " ".join(result.split()), _data()["results"]["example"]
    if not came:
        raise Problem(f"The result is needed: what came of it, in words, as '{example}'.")
    if says_nothing(came):
        raise Problem(f"'{came}' does not say what came of it. Write it in words, as '{example}'.")
    return came


def sources() -> Sequence[str]:
    """What an action can come from."""
    return tuple(_data()["sources"])


def source_of(kind: str) -> str:
    """What an action comes from that is raised on a record of a kind; the meeting where the kind says nothing."""
    return str(_data()["source_of"].get(kind, "meeting"))


def source_named(text: str) -> str:
    """A source as it is written in the data. Raises Problem, which names them all, for another."""
    return _either("source", text, sources())


def priorities() -> Sequence[str]:
    """The priorities, the highest first."""
    return tuple(_data()["priorities"])


def priority_named(text: str) -> str:
    """A priority as it is written in the data. Raises Problem, which names them all, for another."""
    return _either("priority", text, priorities())


def _either(what: str, text: str, known: Sequence[str]) -> str:
    found = next((one for one in known if one.casefold() == text.strip().casefold()), None)
    if found is None:
        raise Problem(f"'{text.strip()}' is no {what}. Use one of: {', '.join(known)}.")
    return found


def escalation(kind: str) -> Escalation:
    """When actions of a kind of meeting are escalated by rule; as the daily's where the kind has no rule of its own."""
    rules = _data()["escalation"]
    rule = rules.get(kind, rules["daily"])
    return Escalation(int(rule["carried"]), timedelta(hours=int(rule["overdue_hours"])))


@cache
def templates() -> Mapping[str, Template]:
    """Every template by its key."""
    made = (Template(**{**one, "about": tuple(one["about"])}) for one in _data()["templates"])
    return {template.key: template for template in made}


def template_named(text: str) -> Template:
    """A template by key or title. Raises NotFound, which names them, for another."""
    words = text.strip().casefold()
    for template in templates().values():
        if words in (template.key, template.title.casefold()):
            return template
    raise NotFound(f"There is no template '{text.strip()}'. Use one of: {', '.join(templates())}.")


def templates_for(kind: str) -> Sequence[Template]:
    """The templates that are offered on a kind of record, those of one owner before those of a walk-through."""
    walked = {key for keys in _data()["walks"].values() for key in keys}
    fitting = [template for template in templates().values() if kind in template.about]
    return sorted(fitting, key=lambda template: template.key in walked)


def walk(name: str) -> Sequence[Template]:
    """The templates that one key of a walk-through raises together. Raises KeyError for a walk that is not known."""
    return tuple(templates()[key] for key in _data()["walks"][name])


def evidence_asked(template: str) -> str:
    """What must be named when an action of a template is closed; empty where nothing must or none is its template."""
    found = templates().get(template)
    return found.evidence if found else ""


def evidence_given(template: str, evidence: str) -> str:
    """A reference of evidence without spaces around it. Raises Problem where the kind of action asks for one."""
    asked, given = evidence_asked(template), " ".join(evidence.split())
    if asked and not given:
        raise Problem(f"Evidence is needed for this kind of action: {asked}.")
    return given
