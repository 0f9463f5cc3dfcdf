"""The action register: what someone must do by a time, raised, carried and closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from core.actions import Rag, rag
from core.applying import Unfit, all_or_none, reason_given
from core.days import london, moment_of, stamp
from core.errors import Conflict
from core.text import named
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
) -> list[int]:
    """Put one action per subject on the register; gives their numbers. Raises Conflict where the meeting is sealed."""
    with store.change("Raise actions", meeting=meeting_id) as writing:
        numbers = [
            writing.insert(
                "action",
                meeting_id=meeting_id,
                meeting_kind=kind,
                item=item,
                subject_kind=subject.kind,
                subject_ref=subject.ref,
                subject=subject.label,
                action=action.strip(),
                owner=owner.strip(),
                set_at=writing.now,
                due_at=stamp(due),
                status="open",
                result="",
                closed_by="",
            )
            for subject in subjects
        ]
        writing.says(f"{_actions(numbers)} raised on {labels(subjects)}: {action.strip()}")
    return numbers


def labels(subjects: Sequence[Subject]) -> str:
    """What actions or decisions are about, by name."""
    return named([subject.label or subject.kind for subject in subjects])


def close_actions(
    store: Store, ids: Sequence[int], result: str, *, status: str = "done", meeting_id: int | None = None
) -> None:
    """Close actions with a result.

    Raises Problem without one, Conflict where one is closed already or the meeting is sealed.
    """
    came = reason_given(result)
    closed = "closed" if status == "done" else status
    with store.change(f"{_actions(ids)} {closed}: {came}", meeting=meeting_id) as writing:
        _all_open(writing, ids)
        for number in ids:
            writing.update(
                "action",
                number,
                status=status,
                result=came,
                closed_at=writing.now,
                closed_by=writing.who,
                closed_meeting_id=meeting_id,
            )
            _say(writing, number, meeting_id, f"{status}: {came}")


def carry_actions(
    store: Store, ids: Sequence[int], due: datetime, words: str, *, meeting_id: int | None = None
) -> None:
    """Carry open actions to a later time, with the reason.

    Raises Problem without one, Conflict where an action is closed or due at that time or later, or the meeting is
    sealed.
    """
    why, at = reason_given(words), stamp(due)
    with store.change("Carry actions", meeting=meeting_id) as writing:
        rows = _all_open(writing, ids)
        all_or_none([_due_late_enough(row, at) for row in rows])
        for number, row in zip(ids, rows, strict=True):
            writing.update("action", number, due_at=at)
            _say(writing, number, meeting_id, f"carried from {row['due_at']}: {why}")
        was = f" from {_when(rows[0]['due_at'])}" if len(rows) == 1 else ""
        writing.says(f"{_actions(ids)} carried{was} to {_when(at)}: {why}")


def _due_late_enough(row: Values, at: str) -> Unfit | None:
    number, due = row["id"], row["due_at"]
    return Unfit(str(number), _actions([number]), f"is due {_when(due)} already") if due >= at else None


def _when(moment: datetime | str) -> str:
    return f"{london(moment):%d/%m %H:%M}"


def edit_action(
    store: Store, number: int, action: str, owner: str, due: datetime, *, meeting_id: int | None = None
) -> None:
    """Change the words, owner or time of an open action; what it said until then stays with its updates.

    Raises Conflict where it is closed or says this already, or the meeting is sealed.
    """
    with store.change(f"{_actions([number])} changed: {action.strip()}", meeting=meeting_id) as writing:
        [row] = _all_open(writing, [number])
        new = {"action": action.strip(), "owner": owner.strip(), "due_at": stamp(due)}
        if all(row[column] == value for column, value in new.items()):
            all_or_none([Unfit(str(number), _actions([number]), "says this already")])
        writing.update("action", number, **new)
        was_due = f"{london(row['due_at']):%d/%m/%Y %H:%M}"
        _say(writing, number, meeting_id, f"edited; was: {row['action']} ({row['owner']}, due {was_due})")


def _all_open(writing: Writing, ids: Sequence[int]) -> list[Values]:
    """Actions that are open. Raises Conflict, which names those that are not."""
    rows = [writing.row("action", number) for number in ids]
    all_or_none([_not_open(number, row["status"] if row else None) for number, row in zip(ids, rows, strict=True)])
    return [row for row in rows if row is not None]


def _not_open(number: int, status: str | None) -> Unfit | None:
    if status == "open":
        return None
    state = "is no longer in the store" if status is None else f"is {'closed' if status == 'done' else status} already"
    return Unfit(str(number), _actions([number]), state)


def refuse_closed(store: Store, ids: Sequence[int]) -> None:
    """Raise Conflict, which names them, where actions are not open: before anyone is asked for what is not kept."""
    found: dict[int, str] = lookup(store.read.rows("SELECT id, status FROM action"))
    all_or_none([_not_open(number, found.get(number)) for number in ids])


def _say(writing: Writing, number: int, meeting_id: int | None, words: str) -> None:
    writing.insert(
        "action_update", action_id=number, meeting_id=meeting_id, at=writing.now, by=writing.who, words=words
    )


def _actions(ids: Sequence[int]) -> str:
    return f"Action {named([str(number) for number in ids])}"


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
