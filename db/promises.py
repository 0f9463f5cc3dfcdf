"""What was said, what happened: the promises of the last meeting beside what came of them, and what is due today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.actions import Rag
from core.days import london
from core.deployments import State
from core.scope import scope_of
from db import actions, bids, decisions, deployments, meetings, record
from db.actions import ActionView
from db.decisions import DecisionView
from db.deployments import REFUSED, DeploymentView, UnitView
from db.meetings import MeetingView
from db.patrols import hours_of
from db.record import Deed
from db.store import Store
from db.subjects import Subject

_AWAY = timedelta(days=28)
"""How long ago who comes back may have chaired: what was said before that the register alone tells."""


@dataclass(frozen=True)
class Promise:
    """One thing that was said, and what happened.

    kind: action, decision, deployment or expected. about: whom or what it is about. words: what was said. by: who
    promised or decided it. came: what came of it, in words. kept: whether it came to a result; None where that is not
    yet to be said. table, row_id: the row that it is. on: the day of the meeting that said it, None where only its own
    day brings it. action: as it is now, where it is one.
    """

    kind: str
    about: Subject
    words: str
    by: str
    came: str
    kept: bool | None
    table: str
    row_id: int
    action: ActionView | None = None
    on: date | None = None


def promises(
    store: Store, meeting: MeetingView, now: datetime, chair: str = ""
) -> tuple[Sequence[MeetingView], list[Promise]]:
    """The last sealed meeting of the kind and scope with what it promised; then what was expected by today.

    chair: who comes back: every meeting since the last that they chaired, that one too, the earliest first; what was
    said in several of them is told once. An expectation comes by itself on its day, whichever meeting it was said in,
    until something has come of it.
    """
    held = _held_since(store, meeting, chair)
    found: dict[tuple[str, int], Promise] = {}
    for one in held:
        for deed in record.deeds(store, one):
            if (promise := _promise(store, deed, now)) is not None:
                found.setdefault((promise.table, promise.row_id), replace(promise, on=one.as_of))
    for promise in _expected(store, meeting, now):
        found.setdefault((promise.table, promise.row_id), promise)
    return held, list(found.values())


def _held_since(store: Store, meeting: MeetingView, chair: str) -> Sequence[MeetingView]:
    """The last meeting that was held before; where others chaired since who comes back did, all from theirs on."""
    rows = store.read.rows(
        "SELECT id, as_of, chair FROM meeting WHERE kind = :kind AND scope = :scope AND as_of < :before "
        "AND sealed_at IS NOT NULL ORDER BY as_of, id",
        kind=meeting.kind,
        scope=meeting.scope,
        before=f"{meeting.as_of}",
    )
    since = f"{meeting.as_of - _AWAY}"
    theirs = [n for n, row in enumerate(rows) if row["chair"].casefold() == chair.casefold() and row["as_of"] >= since]
    return [meetings.meeting(store, row["id"]) for row in (rows[theirs[-1] :] if theirs else rows[-1:])]


def _promise(store: Store, deed: Deed, now: datetime) -> Promise | None:
    """What a deed of the last meeting promised; None where it promised nothing."""
    words = deed.words
    if deed.table == "action" and words.what in ("action", "carried"):
        action = actions.action(store, deed.row_id, now)
        came = _came(action)
        return Promise("action", action.subject, words.words, action.owned_by, *came, "action", action.id, action)
    if deed.table == "decision":
        decision = decisions.decision(store, deed.row_id)
        return Promise(
            "decision", words.about, decision.decision, words.by, *_held(decision, london(now).date()), "decision",
            decision.id,
        )  # fmt: skip
    if deed.table in ("deployment", "deployment_record") and words.what in ("deployed", "granted"):
        if deed.table == "deployment_record":
            came = _sent(store, deed.row_id, now)
        else:  # an earlier version wrote into the row of the unit: it is only known how that stands now
            units = deployments.units(store, now)
            came = _unit(next((unit for unit in units if unit.unit == words.about.ref), None))
        return Promise("deployment", words.about, words.words, words.by, *came, deed.table, deed.row_id)
    return None


def _came(action: ActionView) -> tuple[str, bool | None]:
    """What became of an action, and whether it came to a result."""
    expected = f"; expected {action.expected} by {_day(action.expected_on)}" if action.expected else ""
    if action.status != "open":
        return f"{action.status}: {action.result}{expected}", action.status == "done"
    late = "overdue, " if action.rag is Rag.RED else ""
    due = f"due {london(action.due_at):%d/%m %H:%M}"
    carried = f", carried {action.carried}x" if action.carried else ""
    state = "" if action.state == "open" else f", {action.state.partition(', ')[2]}"
    return f"open, {late}{due}{carried}{state}{expected}", False if late else None


def _held(decision: DecisionView, today: date) -> tuple[str, bool | None]:
    if decision.amended_by is not None:
        return f"amended by decision {decision.amended_by}", None
    if due := decision.due(today):
        return f"due: {due}", None
    said = decision.rationale
    on = f", review {_day(said.review_on)}" if said.review_on else ""
    expected = f"; expected {said.expected} by {_day(said.expected_on)}" if said.expected else ""
    return f"stands{on}{expected}", None


def _sent(store: Store, number: int, now: datetime) -> tuple[str, bool | None]:
    """What a deployment came to by a moment, and whether it was as it was said; hours are those of the clock."""
    one = deployments.deployment(store, number, now)
    if one is None:
        return "not known: no such deployment any longer", None
    words, kept = _stood(one)
    if one.state in (State.ON, State.OVER):
        given = sum(hours_of(one, sent) for sent in one.units)
        planned = sum(hours_of(one, sent, planned=True) for sent in one.units)
        of = f" of {planned:,.0f} planned" if planned else ""
        words += f"; {given:,.0f}{of} officer-hours by the clock"
    bid = None if one.bid is None else bids.bid(store, one.bid)
    if bid is not None and bid.result:
        words += f"; result: {bid.result}"
    elif bid is not None and bid.result_due is not None:
        words += f"; its result is due on {london(bid.result_due):%d/%m}"
    return words, kept


def _stood(one: DeploymentView) -> tuple[str, bool | None]:
    """How a deployment stands, since or until when and why."""
    until = f"{london(one.until):%d/%m %H:%M}" if one.until else "further notice"
    why = f": {one.stopped_why}" if one.stopped_why else ""
    if one.state is State.ON:
        return f"on, until {until}", None
    if one.state is State.PLANNED:
        waits = [sent.asked for sent in one.units if sent.waits]
        asked = f"; asked for, no answer yet: {', '.join(dict.fromkeys(waits))}" if waits else ""
        return f"planned{f', from {london(one.starts):%d/%m %H:%M}' if one.starts else ''}{asked}", None
    if one.state is State.OVER:
        early = one.stopped is not None and (one.ends is None or one.stopped < one.ends)
        return (f"ended early {until}{why}", False) if early else (f"over since {until}", True)
    refused = [sent for sent in one.units if sent.answer == REFUSED]
    if refused:
        return f"refused: {'; '.join(sent.answer_why for sent in refused)}", False
    return f"cancelled{f' {london(one.stopped):%d/%m %H:%M}' if one.stopped else ', nobody answered'}{why}", False


def _unit(unit: UnitView | None) -> tuple[str, bool | None]:
    if unit is None:
        return "not known: no such unit any longer", None
    where = f" in {unit.ward}" if unit.ward else ""
    return f"{unit.state.value}{where}", None


def _expected(store: Store, meeting: MeetingView, now: datetime) -> list[Promise]:
    """What is expected by the day of a meeting, in its scope."""
    today, scope = meeting.as_of, scope_of(meeting.scope)
    found = [
        Promise(
            "expected", one.subject, f"{one.expected} (action {one.id}: {one.action})", one.owned_by, *_came(one),
            "action", one.id, one,
        )
        for one in actions.open_actions(store, now)
        if one.expected_on and one.expected_on <= str(today) and scope.takes_in(one.scope)
    ]  # fmt: skip
    for one in decisions.decisions(store, scope):
        said = one.rationale
        if one.amended_by is None and said.expected_on and said.expected_on <= str(today):
            words = f"{said.expected} (decision {one.id}: {one.decision})"
            came = f"expected by {_day(said.expected_on)}: amend the decision with what came of it"
            found.append(Promise("expected", one.subject, words, one.decided_by, came, None, "decision", one.id))
    return found


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m}" if text else "no day"
