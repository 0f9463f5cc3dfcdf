"""Actions that go to the other meeting, by a key with a reason or by rule at an opening; the answer that comes back.

An escalation that was not answered can be taken back, with a reason: a rule proposes, a named person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.action_rules import escalation
from core.applying import Unfit, all_or_none, reason_given
from core.errors import Conflict
from core.meetings import other_meeting
from db.action_updates import ANSWERED, BY_RULE, ESCALATED, TAKEN_BACK, escalation_updates, say
from db.action_views import ActionView, open_actions
from db.action_writes import all_open, numbered
from db.store import Store

if TYPE_CHECKING:
    from db.store.journal import Values, Writing


def escalate(store: Store, ids: Sequence[int], to: str, reason: str, *, meeting_id: int | None = None) -> None:
    """Ask the other meeting about open actions; they stay open, and wait for its answer. *to*: its kind.

    Raises Problem without a reason, Conflict where one is closed, or waits for an answer already.
    """
    why = reason_given(reason)
    with store.change(f"{numbered(ids)} escalated to {to}: {why}", meeting=meeting_id) as writing:
        rows = all_open(writing, ids)
        all_or_none([_not_waiting(row["id"], row["escalated_to"]) for row in rows])
        for number in ids:
            writing.update("action", number, escalated_to=to)
            say(writing, number, meeting_id, "escalated", f"{ESCALATED}{to}: {why}")


def _not_waiting(number: int, kind: str) -> Unfit | None:
    return Unfit(str(number), numbered([number]), f"waits for the {kind} meeting already") if kind else None


def refuse_waiting(asked: Sequence[ActionView]) -> None:
    """Raise Conflict, which names them, where actions wait for an answer: before anyone is asked for a reason."""
    all_or_none([_not_waiting(action.id, action.escalated_to) for action in asked])


def answer(store: Store, ids: Sequence[int], words: str, *, meeting_id: int | None = None) -> None:
    """Answer actions that were escalated: they go back to the meeting that asked.

    Raises Problem without words, Conflict where one is closed or waits for no answer.
    """
    said = reason_given(words)
    with store.change(f"{numbered(ids)} answered: {said}", meeting=meeting_id) as writing:
        _end(writing, ids, meeting_id, "answered", ANSWERED, said)


def take_back(store: Store, ids: Sequence[int], reason: str, *, meeting_id: int | None = None) -> None:
    """Take escalations back that were not answered, by a key or by rule: the other meeting is asked no longer.

    The chair has decided, so that the rule begins to count anew, as after an answer.

    Raises Problem without a reason, Conflict where an action is closed or waits for no answer.
    """
    why = reason_given(reason)
    with store.change(f"{numbered(ids)} not escalated after all: {why}", meeting=meeting_id) as writing:
        _end(writing, ids, meeting_id, "taken back", TAKEN_BACK, why)


def _end(writing: Writing, ids: Sequence[int], meeting_id: int | None, kind: str, how: str, words: str) -> None:
    """Let some actions wait for no answer any more; *how* begins what is said of it, before the meeting that was asked.

    Raises Conflict where one is closed or waits for none.
    """
    rows = all_open(writing, ids)
    all_or_none([_waiting(row) for row in rows])
    for number, row in zip(ids, rows, strict=True):
        writing.update("action", number, escalated_to="")
        say(writing, number, meeting_id, kind, f"{how}{row['escalated_to']}: {words}")


def _waiting(row: Values) -> Unfit | None:
    number = row["id"]
    return None if row["escalated_to"] else Unfit(str(number), numbered([number]), "waits for no answer")


def escalate_by_rule(store: Store, *, meeting_id: int | None = None, scope: str) -> list[int]:
    """At the opening of a meeting, escalate what its rule says (DOMAIN.md section 7); gives the actions' numbers.

    Every open action of the scope that waits for no answer goes to the other meeting where it was carried too often, or
    is overdue for too long, since that last answered or it was last taken back. Each is a change of its own, which
    names the rule and can be undone alone.

    Raises Conflict where the meeting is sealed.
    """
    escalated = []
    for action, rule in beyond_rule(store, scope):
        try:
            escalate(store, [action.id], other_meeting(action.kind), f"{BY_RULE}{rule}", meeting_id=meeting_id)
        except Conflict:
            if any(action.id == still.id for still, _ in beyond_rule(store, scope)):
                raise
            continue  # another window that opened meanwhile has escalated it, or has closed it
        escalated.append(action.id)
    return escalated


def beyond_rule(store: Store, scope: str) -> list[tuple[ActionView, str]]:
    """The open actions of a scope that a rule escalates now, each with the rule in words."""
    now = store.now()
    waiting = [one for one in open_actions(store, now) if one.scope == scope and not one.escalated_to]
    said = escalation_updates(store, [action.id for action in waiting])
    found = []
    for action in waiting:
        updates = said.get(action.id, [])
        decided = [place for place, update in enumerate(updates) if update.kind != "carried"]
        since = updates[decided[-1]].entered_at if decided else None
        carried = sum(update.kind == "carried" for update in updates[decided[-1] if decided else 0 :])
        if rule := escalation(action.kind).reason(carried, action.due_at, since, now):
            found.append((action, rule))
    return found
