"""Does the meeting work? Read of the register: see ``core.loop``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from core.actions import Rag
from core.days import day_of, london, moment_of
from core.errors import Problem
from core.loop import MOST_WEEKS, DueDecision, ItemTime, Loop, OwnerLoad, age_in_days, by_week, span
from core.scope import Scope
from db import decisions, meetings
from db.action_views import ActionView, open_actions
from db.decisions import DecisionView
from db.meetings import MeetingView
from db.store import Store
from db.trail import RowOf

_HAPPENED = (
    "SELECT 'raised' AS kind, set_at AS at, scope, 'action' AS held_in, id FROM action "
    "UNION ALL SELECT 'closed', closed_at, scope, 'action', id FROM action "
    "WHERE status = 'done' AND closed_at IS NOT NULL "
    "UNION ALL SELECT u.kind, u.at, a.scope, 'action_update', u.id FROM action_update u "
    "JOIN action a ON a.id = u.action_id "
    "WHERE u.kind IN ('carried', 'escalated')"
)


def loop(store: Store, scope: Scope, today: date, now: datetime, weeks: int = 12) -> Loop:
    """What became of the promises of a scope in so many weeks up to a day. Raises Problem for a senseless number."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise Problem(f"The number of weeks is 1 to {MOST_WEEKS}, and not {weeks}.")
    first, last = span(day_of(today), weeks)
    happened = [
        (row["kind"], moment_of(row["at"])) for row in store.read.rows(_HAPPENED) if scope.takes_in(row["scope"])
    ]
    waiting = [action for action in open_actions(store, now) if scope.takes_in(action.scope)]
    raised = [day_of(london(at).date()) for kind, at in happened if kind == "raised"]
    return Loop(
        first,
        last,
        scope.name,
        by_week(first, weeks, [(kind, at) for kind, at in happened if day_of(london(at).date()) <= last]),
        max((age_in_days(action.set_at, now) for action in waiting), default=None),
        _items(store, scope, first, last),
        _due(store, scope, today),
        _owners(waiting),
        min(raised, default=None),
    )


def rows_behind(
    store: Store, scope: Scope, today: date, now: datetime, part: str, key: str, weeks: int = 12
) -> list[RowOf]:
    """The rows of the store that a line of the loop counts, by table and number.

    part: ``week`` with the day number of its Monday, ``owner`` with its name, ``item`` with its name, or ``decision``
    with its number as the key.
    """
    first, last = span(day_of(today), weeks)
    if part == "week":
        return _rows_of_week(store, scope, int(key), last)
    if part == "owner":
        waiting = [action for action in open_actions(store, now) if scope.takes_in(action.scope)]
        return [("action", action.id) for action in waiting if action.owned_by == key]
    if part == "item":
        return [("meeting", meeting.id) for meeting, _ in _timed(store, scope, first, last) if key in _names(meeting)]
    return [("decision", int(key))]


def _rows_of_week(store: Store, scope: Scope, monday: int, last: int) -> list[RowOf]:
    days = range(monday, min(monday + 6, last) + 1)
    return [
        (row["held_in"], row["id"])
        for row in store.read.rows(_HAPPENED)
        if scope.takes_in(row["scope"]) and day_of(london(moment_of(row["at"])).date()) in days
    ]


def _names(meeting: MeetingView) -> list[str]:
    return [f"{meeting.title}: {item.title}" for item in meeting.agenda.items]


def _owners(waiting: list[ActionView]) -> list[OwnerLoad]:
    owned: dict[str, list[Rag]] = {}
    for action in waiting:
        owned.setdefault(action.owned_by, []).append(action.rag)
    found = [OwnerLoad(owner, len(letters), letters.count(Rag.RED)) for owner, letters in owned.items()]
    return sorted(found, key=lambda one: (-one.overdue, -one.open, one.owner.casefold()))


def _items(store: Store, scope: Scope, first: int, last: int) -> list[ItemTime]:
    """Minutes of each item on average over the sealed meetings of these weeks, against its plan in the latest."""
    times: dict[str, tuple[int, list[int]]] = {}
    for meeting, spent in _timed(store, scope, first, last):
        for name, item in zip(_names(meeting), meeting.agenda.items, strict=True):
            times.setdefault(name, (item.minutes, []))[1].append(spent.get(item.key, 0))
    return [
        ItemTime(item, planned, round(sum(seconds) / len(seconds) / 60, 1), len(seconds))
        for item, (planned, seconds) in times.items()
    ]


def _timed(store: Store, scope: Scope, first: int, last: int) -> Iterator[tuple[MeetingView, Mapping[str, int]]]:
    """The sealed meetings of some days that kept a clock, each with the seconds of its items."""
    for meeting in meetings.meetings(store):
        if meeting.sealed_at is None or not first <= day_of(meeting.as_of) <= last:
            continue
        # Of one that kept no clock it is not known how long it took.
        if scope.takes_in(meeting.scope) and (spent := meetings.spent(store, meeting.id)):
            yield meeting, spent


def _due(store: Store, scope: Scope, today: date) -> list[DueDecision]:
    found = []
    for decision in decisions.decisions(store, scope):
        if due := decision.due(today):
            label = decision.subject.label
            found.append(DueDecision(decision.id, decision.decision, label, decision.decided_by, due, _day(decision)))
    return sorted(found, key=lambda one: (one.on, one.id))


def _day(decision: DecisionView) -> str:
    rationale = decision.rationale
    return min(day for day in (rationale.review_on, rationale.risk_until, rationale.expected_on) if day)
