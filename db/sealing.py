"""Sealing a meeting: what is still open is said first; the papers are made of what the sealing itself reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from core.actions import Rag
from core.addresses import is_for
from core.days import london
from core.errors import Problem
from core.scope import scope_of
from core.text import counted
from db import actions, bids, meeting_notes, meetings, papers, record
from db.actions import ActionView
from db.gaps import gaps
from db.meetings import MeetingView, Papers
from db.record_words import ANSWERED
from db.store import Store

Write = Callable[[MeetingView, str, str], Sequence[Path]]
"""Writes minutes and report of a meeting into files of one folder, and gives them. May raise Problem."""


def checklist(store: Store, meeting: MeetingView, now: datetime, at: str = "") -> list[str]:
    """What a chair is told before the seal, a sentence each: whatever is still open.

    at: the key of the item the meeting is at, which counts as visited.
    """
    here = actions.open_actions(store, now, scope=scope_of(meeting.scope))  # those that its list and its head count
    return [
        *_not_called(store, meeting),
        *_not_visited(store, meeting, at),
        *_overdue(store, meeting, here),
        *_not_answered(meeting, here),
        *_open_bids(store, meeting),
        *_parked(store, meeting),
        *_stopped(store, meeting),
        *_not_told(store, meeting),
        *(f"Data gap: {gap}" for gap in gaps(store, meeting, now)),
    ]


def _not_called(store: Store, meeting: MeetingView) -> list[str]:
    roles = [present.role for present in meetings.attendance(store, meeting.id) if not present.state]
    return [f"Not called: {', '.join(roles)}."] if roles else []


def _not_visited(store: Store, meeting: MeetingView, at: str) -> list[str]:
    done = {deed.item.key for deed in record.deeds(store, meeting)}  # in another window, too, which has no clock
    visited = {*meetings.spent(store, meeting.id), *done, at}
    items = [f"{number} {item.title}" for number, item in enumerate(meeting.agenda.items, 1) if item.key not in visited]
    return [f"Not visited: {', '.join(items)}."] if items else []


def _overdue(store: Store, meeting: MeetingView, here: Sequence[ActionView]) -> list[str]:
    red = [action for action in here if action.rag is Rag.RED]
    answered = {deed.row_id for deed in record.deeds(store, meeting) if deed.words.what == ANSWERED}
    late = [str(action.id) for action in red if not action.escalated_to and action.id not in answered]
    return (
        [f"{counted(len(late), 'action')} overdue, neither closed, carried, escalated nor answered: {', '.join(late)}."]
        if late
        else []
    )


def _not_answered(meeting: MeetingView, here: Sequence[ActionView]) -> list[str]:
    asked = [one for one in here if is_for(one.escalated_to, meeting.kind, meeting.scope, one.scope)]
    numbers = ", ".join(str(action.id) for action in asked)
    return [f"{counted(len(asked), 'action')} escalated to this meeting and not answered: {numbers}."] if asked else []


def _open_bids(store: Store, meeting: MeetingView) -> list[str]:
    if not any("bids" in item.views for item in meeting.agenda.items):
        return []
    listed = bids.bids(store, meeting.id, scope=scope_of(meeting.scope))
    undecided = [bid.requester for bid in listed if not bid.outcome]
    nothing = [bid.requester for bid in listed if bid.given_nothing]
    said = [f"{counted(len(undecided), 'bid')} not decided: {', '.join(undecided)}."] if undecided else []
    if nothing:
        several = f"{counted(len(nothing), 'bid')} given nothing, as the units were stood down before they left"
        said.append(f"{several}: {', '.join(nothing)}.")
    return said


def _parked(store: Store, meeting: MeetingView) -> list[str]:
    aside = [note.subject.label for note in meeting_notes.parked(store, meeting.id)]
    return [f"{len(aside)} parked and not taken up again: {', '.join(aside)}."] if aside else []


def _stopped(store: Store, meeting: MeetingView) -> list[str]:
    """That the clock stands, so that no item has the time since."""
    pause = meeting_notes.paused(store, meeting.id)
    return [f"The clock was stopped at {london(pause.at):%H:%M}: no item has the time since."] if pause else []


def _not_told(store: Store, meeting: MeetingView) -> list[str]:
    number = record.not_known(store, meeting)
    made = f"{counted(number, 'change')} made by an older version while this meeting was open"
    return [f"{made}: it is not known whether of this meeting. 'tasking journal' lists them."] if number else []


def seal(store: Store, meeting_id: int, over: Sequence[str] = (), write: Write | None = None) -> MeetingView:
    """Seal a meeting on its papers; gives it as it was sealed.

    over: the checklist that the chair went on over. write: writes the papers; where it fails nothing is sealed.

    Raises Conflict where the meeting is sealed already, and whatever *write* raises.
    """

    written: list[Path] = []

    def make() -> Papers:
        meeting, now = meetings.meeting(store, meeting_id), store.now()
        minutes = papers.minutes(store, meeting, now, over)
        report = papers.report(store, meeting, now)
        if write is not None:
            written.extend(write(meeting, minutes, report))
        folder = str(written[0].parent) if written else ""
        return Papers(minutes, report, folder, len(written))

    try:
        meetings.seal_meeting(store, meeting_id, make, over)
    except Problem:
        for path in written:  # the papers of a meeting that is not sealed must not lie about
            path.unlink(missing_ok=True)
        raise
    return meetings.meeting(store, meeting_id)
