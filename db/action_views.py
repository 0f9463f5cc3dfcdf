"""The action register as it is read: one frozen value an action, with its letter, and what is counted of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple

from core.action_rules import evidence_asked
from core.actions import SOON, Rag, is_due, is_stale, rag, undone
from core.days import london, moment_of, stamp
from core.scope import FORCE, WHOLE_FORCE, Scope
from db.action_updates import ANSWERED, ESCALATED
from db.store import Store
from db.store.engine import Row
from db.store.rows import from_row, lookup
from db.subjects import Subject


@dataclass(frozen=True)
class Details:
    """What an action says beside its words, owner and time, as it is stored; all of it may be left out.

    owner_name: who holds the owner's role. source: what it comes from; as what it is about says if empty. template: the
    key of the template that it is raised by. expected: what is to come of it by *expected_on*, a day ``2026-11-28``.
    """

    owner_name: str = ""
    source: str = ""
    partner: str = ""
    priority: str = ""
    template: str = ""
    expected: str = ""
    expected_on: str = ""

    def columns(self) -> dict[str, str]:
        """Each detail by the name of its column, without blanks around it."""
        return {name: getattr(self, name).strip() for name in _DETAILS}


_DETAILS = tuple(field.name for field in fields(Details))


@dataclass(frozen=True, kw_only=True)
class ActionView(Details):
    """One action as a list shows it, with its letter and its details. Moments are aware and in UTC.

    kind: the kind of meeting that raised it. escalated_to: the kind of meeting that must answer, empty where none must;
    escalation: with which words it was escalated. answered: the answer, while nothing was done about it since.
    owner: a role. carried: how often it was carried. evidence: what was named when it was closed. stale: whether only
    that it had no update since the last meeting makes it amber.
    """

    id: int
    meeting_id: int | None
    kind: str
    item: str
    subject: Subject
    action: str
    owner: str
    set_at: datetime
    due_at: datetime
    status: str
    result: str
    closed_by: str
    rag: Rag
    updates: int
    scope: str = FORCE
    escalated_to: str = ""
    escalation: str = ""
    answered: str = ""
    evidence: str = ""
    carried: int = 0
    stale: bool = False

    @property
    def owned_by(self) -> str:
        """Role and name of its owner, as far as they are known."""
        return f"{self.owner} ({self.owner_name})" if self.owner_name else self.owner

    @property
    def evidence_asked(self) -> str:
        """What must be named when it is closed; empty where nothing must."""
        return evidence_asked(self.template)

    @property
    def state(self) -> str:
        """Its status in words, with whom it waits for or who has answered."""
        if self.escalated_to:
            return f"{self.status}, escalated to {self.escalated_to}"
        return f"{self.status}, {self.answered.partition(':')[0]}" if self.answered else self.status


class ActionField(NamedTuple):
    """One field of an action: its title in lists and papers, its words, and the label that a form asks for it by."""

    title: str
    words: Callable[[ActionView], str]
    label: str = ""


FIELDS = {
    "no": ActionField("no.", lambda action: str(action.id)),
    "rag": ActionField("RAG", lambda action: action.rag.value),
    "subject": ActionField("about", lambda action: action.subject.label),
    "action": ActionField("action", lambda action: action.action, "What must be done"),
    "owner": ActionField("owner", lambda action: action.owned_by, "Owner (role, or role and name)"),
    "due": ActionField("due", lambda action: f"{london(action.due_at):%d/%m %H:%M}", "Due"),
    "status": ActionField("status", lambda action: action.state),
    "result": ActionField("result", lambda action: _result(action), "Result"),
}
"""What a paper says of an action, field by field. Lists and forms take titles, words and labels from here."""


def _result(action: ActionView) -> str:
    return f"{action.result} (evidence: {action.evidence})" if action.evidence else action.result


class Counts(NamedTuple):
    """How many actions are open, of them due soon, of them overdue (red): see ``core.actions.rag``.

    One that is amber only because nothing was said of it is not due.
    """

    open: int
    due: int
    overdue: int


_ACTIONS = (
    "SELECT a.*, MAX(a.set_at, COALESCE((SELECT MAX(u.at) FROM action_update u WHERE u.action_id = a.id), '')) AS "
    "touched, CASE a.status WHEN 'open' THEN (SELECT MAX(m.opened_at) FROM meeting m WHERE m.kind = a.meeting_kind "
    "AND m.scope = a.scope AND m.sealed_at <= :now) END AS last_meeting, "
    "(SELECT COUNT(*) FROM action_update u WHERE u.action_id = a.id) AS updates, "
    "(SELECT COUNT(*) FROM action_update u WHERE u.action_id = a.id AND u.kind = 'carried') AS carried, "
    "(SELECT words FROM action_update u WHERE u.action_id = a.id ORDER BY u.id DESC LIMIT 1) AS latest, "
    "(SELECT words FROM action_update u WHERE u.action_id = a.id AND a.escalated_to <> '' AND words LIKE :escalated "
    "ORDER BY u.id DESC LIMIT 1) AS escalation FROM action a "
)
_OF = "(:kind = '' OR a.meeting_kind = :kind OR a.escalated_to IN (:kind, :kind || ' ' || :scope))"
"""What of the register is of a kind of meeting: what it has raised, and what waits for its answer."""


def _of(kind: str | None, scope: Scope) -> tuple[str, dict[str, object]]:
    """The condition that an action is of a kind of meeting, of every kind if None, and of a scope; with its values.

    Of a scope is what it or a part of it raised, and what is handed to one of its meetings (``core.addresses``).
    """
    values: dict[str, object] = {"kind": kind or "", "scope": scope.name}
    if scope.is_force:
        return _OF, values
    names = {f"s{number}": name for number, name in enumerate(dict.fromkeys((scope.name, *scope.boroughs)))}
    there = ", ".join(f":{name}" for name in names)
    handed = "SUBSTR(a.escalated_to, INSTR(a.escalated_to || ' ', ' ') + 1)"
    return f"{_OF} AND (a.scope IN ({there}) OR {handed} IN ({there}))", values | names


_AS_STORED = (*_DETAILS, "evidence", "carried")


def _read(store: Store, where: str, now: datetime, **values: object) -> list[ActionView]:
    now = now.replace(microsecond=0)  # as stored stamps are, so that counts and letters agree at every moment
    rows = store.read.rows(_ACTIONS + where, escalated=f"{ESCALATED}%", now=stamp(now), **values)
    return [_view(row, now) for row in rows]


def _view(row: Row, now: datetime) -> ActionView:
    due_at, kind, latest = moment_of(row["due_at"]), row["meeting_kind"], row["latest"] or ""
    last = moment_of(row["last_meeting"]) if row["last_meeting"] else None
    stale = is_stale(moment_of(row["touched"]), last)
    letter = rag(row["status"], due_at, now, kind, stale=stale)
    return ActionView(
        id=row["id"],
        meeting_id=row["meeting_id"],
        kind=kind,
        item=row["item"],
        subject=Subject(row["subject_kind"], row["subject_ref"], row["subject"]),
        action=row["action"],
        owner=row["owner"],
        set_at=moment_of(row["set_at"]),
        due_at=due_at,
        status=row["status"],
        result=row["result"],
        closed_by=row["closed_by"],
        rag=letter,
        updates=row["updates"],
        scope=row["scope"],
        escalated_to=row["escalated_to"],
        escalation=row["escalation"] or "",
        **{name: row[name] for name in _AS_STORED},
        stale=stale and letter is Rag.AMBER and not is_due(due_at, now, kind),
        answered=latest if row["status"] == "open" and latest.startswith(ANSWERED) else "",
    )


def action(store: Store, number: int, now: datetime) -> ActionView:
    """One action. Raises Conflict where it is gone."""
    found = _read(store, "WHERE a.id = :id", now, id=number)
    if not found:
        raise undone(number)
    return found[0]


def open_actions(store: Store, now: datetime, kind: str | None = None, scope: Scope = WHOLE_FORCE) -> list[ActionView]:
    """Every open action of a scope, by due time; of a kind of meeting what it raised or has to answer.

    Remembered until anything is written: of a seal checklist, minutes and report ask.
    """
    condition, values = _of(kind, scope)
    where = f"WHERE a.status = 'open' AND {condition} ORDER BY a.due_at, a.id"
    version = (now, kind, scope, store.last_entry())
    return list(store.remember("open actions", version, lambda: _read(store, where, now, **values)))


def every_action(store: Store, now: datetime) -> list[ActionView]:
    """Every action: the open ones by due time, then the closed ones, the latest first."""
    order = "a.status <> 'open', CASE a.status WHEN 'open' THEN a.due_at END, a.closed_at DESC, a.id"
    return _read(store, f"ORDER BY {order}", now)


def raised_in(store: Store, meeting_id: int, now: datetime) -> list[ActionView]:
    """The actions raised in a meeting, in order."""
    return _read(store, "WHERE a.meeting_id = :id ORDER BY a.id", now, id=meeting_id)


def about(store: Store, subject: Subject, now: datetime) -> list[ActionView]:
    """Every action about a person, ward or unit, the open ones first."""
    where = (
        "WHERE a.subject_kind = :kind AND a.subject_ref = :ref "
        "ORDER BY CASE a.status WHEN 'open' THEN 0 ELSE 1 END, a.due_at"
    )
    return _read(store, where, now, kind=subject.kind, ref=subject.ref)


def open_by_subject(store: Store, kind: str) -> dict[str, int]:
    """Open actions per reference of a kind of subject."""
    query = (
        "SELECT subject_ref, COUNT(*) FROM action WHERE status = 'open' AND subject_kind = :kind GROUP BY subject_ref"
    )
    return lookup(store.read.rows(query, kind=kind))


def counts(store: Store, now: datetime, kind: str | None = None, scope: Scope = WHOLE_FORCE) -> Counts:
    """The figures that stand on every screen: those of :func:`open_actions`, counted in the store."""
    condition, values = _of(kind, scope)
    soon = " ".join(f"WHEN '{name}' THEN :soon{nth}" for nth, name in enumerate(SOON))
    ahead = {f"soon{nth}": stamp(now + time) for nth, time in enumerate(SOON.values())}
    row = store.read.rows(
        "SELECT COUNT(*) AS open, COUNT(CASE WHEN due_at < :now THEN 1 END) AS overdue, "  # noqa: S608
        f"COUNT(CASE WHEN due_at >= :now AND due_at <= CASE meeting_kind {soon} ELSE :soon0 END THEN 1 END) AS due "
        f"FROM action a WHERE status = 'open' AND {condition}",
        now=stamp(now),
        **values,
        **ahead,
    )[0]
    return from_row(Counts, row)


def counted_in(listed: Sequence[ActionView]) -> Counts:
    """The same figures of actions that were read, by their letters."""
    letters = [action.rag for action in listed]
    due = letters.count(Rag.AMBER) - sum(action.stale for action in listed)
    return Counts(len(letters), due, letters.count(Rag.RED))
