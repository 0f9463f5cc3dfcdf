"""The ways to write the action register: raise, carry, update, edit and close actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from core.action_rules import evidence_given, result_given, source_of
from core.applying import Unfit, all_or_none, reason_given
from core.days import stamp, uk_moment
from core.errors import Problem
from core.scope import FORCE
from core.text import named
from db.action_updates import say
from db.action_views import Details
from db.store import Store
from db.store.rows import lookup
from db.subjects import Subject, labels

if TYPE_CHECKING:
    from db.store.journal import Values, Writing


_NO_DETAILS = Details()
_ORIGIN = ("source", "template")
"""The details that say where an action came from: they stay what they are when it is changed."""


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
    details: Details = _NO_DETAILS,
    scope: str = FORCE,
) -> list[int]:
    """Put one action per subject on the register; gives their numbers. scope: whose, where no meeting says it.

    words: what the action says in place of *action* for some of the subjects, by reference.

    Raises Conflict where the meeting is sealed.
    """
    with store.change("Raise actions", meeting=meeting_id) as writing:
        held = None if meeting_id is None else writing.row("meeting", meeting_id)
        scope = held["scope"] if held else scope
        numbers = [
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
                scope=scope,
                **replace(details, source=details.source or source_of(subject.kind)).columns(),
            )
            for subject in subjects
        ]
        writing.says(f"{numbered(numbers)} raised on {labels(subjects)}: {action.strip()}")
    return numbers


def close_actions(
    store: Store,
    ids: Sequence[int],
    result: str,
    *,
    status: str = "done",
    evidence: str = "",
    meeting_id: int | None = None,
) -> None:
    """Close actions with a result, and with evidence where their template asks for it.

    Raises Problem without a result, for one that says nothing and without evidence that is asked for, Conflict where
    one is closed already or the meeting is sealed.
    """
    came = result_given(result)
    closed = "closed" if status == "done" else status
    with store.change(f"{numbered(ids)} {closed}: {came}", meeting=meeting_id) as writing:
        for number, row in zip(ids, all_open(writing, ids), strict=True):
            given = evidence_given(row["template"], evidence) if status == "done" else evidence.strip()
            writing.update(
                "action",
                number,
                status=status,
                result=came,
                evidence=given,
                closed_at=writing.now,
                closed_by=writing.who,
                closed_meeting_id=meeting_id,
                escalated_to="",
            )
            say(writing, number, meeting_id, "closed", f"{status}: {came}")


def update_actions(
    store: Store, ids: Sequence[int], words: str, *, decided_at: datetime | None = None, meeting_id: int | None = None
) -> None:
    """Write down how far open actions are. decided_at: when it was so, now if None.

    Raises Problem without words, or for a time that is still to come; Conflict where one is closed or the meeting is
    sealed.
    """
    told = reason_given(words)
    then = None if decided_at is None else stamp(decided_at)
    with store.change(f"{numbered(ids)} updated: {told}", meeting=meeting_id, decided_at=then) as writing:
        all_open(writing, ids)
        if then is not None and then > writing.now:
            raise Problem(f"An update is of what was, and {uk_moment(then)} is still to come. Give an earlier time.")
        for number in ids:
            say(writing, number, meeting_id, "update", told, then)


def carry_actions(
    store: Store, ids: Sequence[int], due: datetime, words: str, *, meeting_id: int | None = None
) -> None:
    """Carry open actions to a later time, with the reason.

    Raises Problem without one, Conflict where an action is closed or due at that time or later, or the meeting is
    sealed.
    """
    why, at = reason_given(words), stamp(due)
    with store.change("Carry actions", meeting=meeting_id) as writing:
        rows = all_open(writing, ids)
        all_or_none([_due_late_enough(row, at) for row in rows])
        for number, row in zip(ids, rows, strict=True):
            writing.update("action", number, due_at=at)
            say(writing, number, meeting_id, "carried", f"carried from {uk_moment(row['due_at'])}: {why}")
        was = f" from {uk_moment(rows[0]['due_at'])}" if len(rows) == 1 else ""
        writing.says(f"{numbered(ids)} carried{was} to {uk_moment(at)}: {why}")


def _due_late_enough(row: Values, at: str) -> Unfit | None:
    number, due = row["id"], row["due_at"]
    return Unfit(str(number), numbered([number]), f"is due {uk_moment(due)} already") if due >= at else None


def edit_action(
    store: Store,
    number: int,
    action: str,
    owner: str,
    due: datetime,
    *,
    details: Details | None = None,
    meeting_id: int | None = None,
) -> None:
    """Change the words, owner or time of an open action; what it said until then stays with its updates.

    Raises Conflict where it is closed or says this already, or the meeting is sealed.
    """
    with store.change("Change an action", meeting=meeting_id) as writing:
        [row] = all_open(writing, [number])
        others = {} if details is None else details.columns()
        for origin in _ORIGIN:
            others.pop(origin, None)
        new = writing.typed("action", number, action=action.strip(), owner=owner.strip(), due_at=stamp(due), **others)
        if all(row[column] == value for column, value in new.items()):
            all_or_none([Unfit(str(number), numbered([number]), "says this already")])
        writing.update("action", number, **new)
        writing.says(f"{numbered([number])} changed: {new.get('action', row['action'])}")
        was = f"{row['action']} ({row['owner']}, due {uk_moment(row['due_at'])})"
        say(writing, number, meeting_id, "edited", f"edited; was: {was}")


def all_open(writing: Writing, ids: Sequence[int]) -> list[Values]:
    """Actions that are open. Raises Conflict, which names those that are not."""
    rows = [writing.row("action", number) for number in ids]
    all_or_none([_not_open(number, row["status"] if row else None) for number, row in zip(ids, rows, strict=True)])
    return [row for row in rows if row is not None]


def _not_open(number: int, status: str | None) -> Unfit | None:
    if status == "open":
        return None
    state = "is no longer in the store" if status is None else f"is {'closed' if status == 'done' else status} already"
    return Unfit(str(number), numbered([number]), state)


def refuse_closed(store: Store, ids: Sequence[int]) -> None:
    """Raise Conflict, which names them, where actions are not open: before anyone is asked for what is not kept."""
    found: dict[int, str] = lookup(store.read.rows("SELECT id, status FROM action"))
    all_or_none([_not_open(number, found.get(number)) for number in ids])


def numbered(ids: Sequence[int]) -> str:
    """Actions by their numbers, short enough to be read aloud."""
    return f"Action {named([str(number) for number in ids])}"
