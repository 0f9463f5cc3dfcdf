"""The action register: what someone must do by a time, raised, carried and closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.actions import Rag, rag
from core.days import london, moment_of, stamp
from core.errors import Conflict
from db.store import Store
from db.store.engine import Row
from db.store.rows import from_row, lookup

if TYPE_CHECKING:
    from db.store.journal import Values, Writing


@dataclass(frozen=True)
class Subject:
    """What an action or a decision is about: a person, a ward, a unit, an item of the agenda."""

    kind: str
    ref: str
    label: str


@dataclass(frozen=True)
class ActionView:
    """One action as a list shows it, with its letter. Moments are aware and in UTC."""

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


@dataclass(frozen=True)
class ActionField:
    """One field of an action: its title in lists and papers, its words, and the label that a form asks for it by."""

    title: str
    words: Callable[[ActionView], str]
    label: str = ""


FIELDS = {
    "no": ActionField("no.", lambda action: str(action.id)),
    "rag": ActionField("RAG", lambda action: action.rag.value),
    "subject": ActionField("about", lambda action: action.subject.label),
    "action": ActionField("action", lambda action: action.action, "What must be done"),
    "owner": ActionField("owner", lambda action: action.owner, "Owner (role)"),
    "due": ActionField("due", lambda action: f"{london(action.due_at):%d/%m %H:%M}", "Due"),
    "status": ActionField("status", lambda action: action.status),
    "result": ActionField("result", lambda action: action.result, "Result"),
}
"""What a paper says of an action, field by field. Lists and forms take titles, words and labels from here."""


@dataclass(frozen=True)
class Counts:
    """How many actions are open, of them due within a day, of them overdue."""

    open: int
    due: int
    overdue: int


def raise_actions(
    store: Store,
    subjects: Sequence[Subject],
    action: str,
    owner: str,
    due: datetime,
    *,
    meeting_id: int | None = None,
    kind: str = "daily",
    item: str = "",
    words: Mapping[str, str] | None = None,
) -> list[int]:
    """Put one action per subject on the register; gives their numbers. Raises Conflict where the meeting is sealed.

    words: what the action says in place of *action* for some of the subjects, by reference.
    """
    with store.change(_on("Raise action", subjects), meeting=meeting_id) as writing:
        return [
            writing.insert(
                "action",
                meeting_id=meeting_id,
                meeting_kind=kind,
                item=item,
                subject_kind=subject.kind,
                subject_ref=subject.ref,
                subject=subject.label,
                action=(words or {}).get(subject.ref, action).strip(),
                owner=owner.strip(),
                set_at=writing.now,
                due_at=stamp(due),
                status="open",
                result="",
                closed_by="",
            )
            for subject in subjects
        ]


def _on(what: str, subjects: Sequence[Subject]) -> str:
    label = subjects[0].label or subjects[0].kind
    return f"{what} on {label}" if len(subjects) == 1 else f"{what} on {len(subjects)} records"


def close_actions(
    store: Store, ids: Sequence[int], result: str, *, status: str = "done", meeting_id: int | None = None
) -> None:
    """Close actions with a result. Raises Conflict where one is closed already."""
    with store.change(_what("Close", ids), meeting=meeting_id) as writing:
        for number in ids:
            _open(writing, number, "An action in the selection is closed already. Refresh with ctrl+r.")
            writing.update(
                "action",
                number,
                status=status,
                result=result.strip(),
                closed_at=writing.now,
                closed_by=writing.who,
                closed_meeting_id=meeting_id,
            )
            _say(writing, number, meeting_id, f"{status}: {result.strip()}")


def carry_actions(
    store: Store, ids: Sequence[int], due: datetime, words: str = "", *, meeting_id: int | None = None
) -> None:
    """Carry open actions to a later time, with what was said."""
    with store.change(_what("Carry", ids), meeting=meeting_id) as writing:
        for number in ids:
            row = _open(writing, number, "An action in the selection is closed; only open ones are carried.")
            writing.update("action", number, due_at=stamp(due))
            _say(writing, number, meeting_id, f"carried from {row['due_at']}: {words.strip()}")


def edit_action(
    store: Store, number: int, action: str, owner: str, due: datetime, *, meeting_id: int | None = None
) -> None:
    """Change the words, owner or time of an open action; what it said until then stays with its updates.

    Raises Conflict where it is closed or the meeting is sealed.
    """
    with store.change(f"Edit action {number}", meeting=meeting_id) as writing:
        row = _open(writing, number, "This action is closed; only open ones are edited.")
        writing.update("action", number, action=action.strip(), owner=owner.strip(), due_at=stamp(due))
        was_due = f"{london(row['due_at']):%d/%m/%Y %H:%M}"
        _say(writing, number, meeting_id, f"edited; was: {row['action']} ({row['owner']}, due {was_due})")


def _open(writing: Writing, number: int, otherwise: str) -> Values:
    """An action that is open. Raises Conflict, which says *otherwise*."""
    row = writing.row("action", number)
    if row is None or row["status"] != "open":
        raise Conflict(otherwise)
    return row


def _say(writing: Writing, number: int, meeting_id: int | None, words: str) -> None:
    writing.insert(
        "action_update", action_id=number, meeting_id=meeting_id, at=writing.now, by=writing.who, words=words
    )


def _what(verb: str, ids: Sequence[int]) -> str:
    return f"{verb} action {ids[0]}" if len(ids) == 1 else f"{verb} {len(ids)} actions"


_ACTIONS = "SELECT a.*, (SELECT COUNT(*) FROM action_update u WHERE u.action_id = a.id) AS updates FROM action a "


def _views(rows: Iterable[Row], now: datetime) -> list[ActionView]:
    return [_view(row, now) for row in rows]


def _view(row: Row, now: datetime) -> ActionView:
    due_at, kind = moment_of(row["due_at"]), row["meeting_kind"]
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
        rag=rag(row["status"], due_at, now, kind),
        updates=row["updates"],
    )


def action(store: Store, number: int, now: datetime) -> ActionView:
    """One action. Raises Conflict where it is gone."""
    found = _views(store.read.rows(_ACTIONS + "WHERE a.id = :id", id=number), now)
    if not found:
        raise Conflict("This action is no longer in the store. Refresh with ctrl+r.")
    return found[0]


def updates(store: Store, number: int) -> list[tuple[datetime, str, str]]:
    """What was said about an action, the latest first: when, by whom, the words."""
    rows = store.read.rows(
        'SELECT at, "by", words FROM action_update WHERE action_id = :id ORDER BY id DESC', id=number
    )
    return [(moment_of(at), by, words) for at, by, words in rows]


def open_actions(store: Store, now: datetime, kind: str | None = None) -> list[ActionView]:
    """Every open action of a kind of meeting (of all if None): overdue first, then by due time."""
    where = "WHERE a.status = 'open' AND (:every OR a.meeting_kind = :kind) ORDER BY a.due_at, a.id"
    return _views(store.read.rows(_ACTIONS + where, every=kind is None, kind=kind or ""), now)


def raised_in(store: Store, meeting_id: int, now: datetime) -> list[ActionView]:
    """The actions raised in a meeting, in order."""
    return _views(store.read.rows(_ACTIONS + "WHERE a.meeting_id = :id ORDER BY a.id", id=meeting_id), now)


def closed_in(store: Store, meeting_id: int, now: datetime) -> list[ActionView]:
    """The actions closed or carried in a meeting, in order."""
    where = "WHERE a.id IN (SELECT action_id FROM action_update WHERE meeting_id = :id) ORDER BY a.id"
    return _views(store.read.rows(_ACTIONS + where, id=meeting_id), now)


def about(store: Store, subject: Subject, now: datetime) -> list[ActionView]:
    """Every action about a person, ward or unit, the open ones first."""
    where = (
        "WHERE a.subject_kind = :kind AND a.subject_ref = :ref "
        "ORDER BY CASE a.status WHEN 'open' THEN 0 ELSE 1 END, a.due_at"
    )
    return _views(store.read.rows(_ACTIONS + where, kind=subject.kind, ref=subject.ref), now)


def open_by_subject(store: Store, kind: str) -> dict[str, int]:
    """Open actions per reference of a kind of subject."""
    query = (
        "SELECT subject_ref, COUNT(*) FROM action WHERE status = 'open' AND subject_kind = :kind GROUP BY subject_ref"
    )
    return lookup(store.read.rows(query, kind=kind))


def counts(store: Store, now: datetime) -> Counts:
    """The figures that stand on every screen."""
    row = store.read.rows(
        "SELECT COUNT(*) AS open, COUNT(CASE WHEN due_at >= :now AND due_at <= :soon THEN 1 END) AS due, "
        "COUNT(CASE WHEN due_at < :now THEN 1 END) AS overdue FROM action WHERE status = 'open'",
        now=stamp(now),
        soon=stamp(now + timedelta(hours=24)),
    )[0]
    return from_row(Counts, row)
