"""Bids of the demo: each is raised on its day by its BCU, decided by the weekly meeting after it, answered a week on.

What a bid was given is in the files of units of its days (:func:`core.demo.words_places.sent_on`).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.demo.words import COMMAND
from core.demo.words_places import A_WEEK, WAITING, WEEKLY, AskedFor, answers_of, asked_before
from db import actions, bids, granting
from db.actions import Subject
from db.meetings import MeetingView
from db.store import Store


class PastBids:
    """The bids of the weeks before: two a week, raised in the two days before the weekly meeting."""

    def __init__(self, store: Store, first: date, as_of: date) -> None:
        self._store = store
        self._first = first
        self._as_of = as_of
        self._to_come = as_of + timedelta(days=(WEEKLY - as_of.weekday()) % 7)
        self._open: list[tuple[int, AskedFor]] = []
        self._sent: list[tuple[int, int, AskedFor]] = []

    def raise_on(self, day: date) -> None:
        """Raise what is asked for on the afternoon of a day."""
        weekly = _weekly_after(day)
        for nth, asked in enumerate(asked_before(weekly)):
            asked_on = max(weekly - timedelta(days=A_WEEK - nth), self._first)
            if asked_on == day and weekly < self._as_of:
                self._open.append((_raise(self._store, asked, weekly), asked))
        last = _weekly_before(self._as_of)
        for nth, asked in enumerate(WAITING):
            if day == max(self._as_of - timedelta(days=len(WAITING) - 1 - nth), last):
                number = _raise(self._store, asked, self._to_come)
                if nth + 1 < len(WAITING):  # the last that came in is still to be scored
                    bids.score_bid(self._store, number, *answers_of(asked))

    def settle(self, meeting: MeetingView, now: datetime) -> None:
        """Hear what came of the units that were sent, and decide what was asked for before the weekly meeting.

        Whoever is given a unit owes the result to the first weekly meeting after its last day.
        """
        today = now.date()
        for owed in [one for one in self._sent if _ended(self._store, one[0], today)]:
            action, number, asked = owed
            result = asked.result.format(n=asked.days)
            actions.close_actions(self._store, [action], result, meeting_id=meeting.id)
            bids.tell_result(self._store, number, result, meeting_id=meeting.id)
            self._sent.remove(owed)
        for number, asked in self._open:
            answers, sure = answers_of(asked)
            bids.score_bid(self._store, number, answers, sure, meeting_id=meeting.id)
            granting.decide_bid(self._store, number, asked.outcome, asked.reason.format(n=asked.days), meeting.id)
            if asked.sent:
                self._sent.append((self._owed(meeting, number, asked, now), number, asked))
        self._open.clear()

    def _owed(self, meeting: MeetingView, number: int, asked: AskedFor, now: datetime) -> int:
        """Ask for the result of a bid that is given something: the number of the action."""
        last = asked.ahead + (asked.given or asked.days) - 1
        due = now + timedelta(days=last - last % 7 + 7)
        wanted = asked.resource.format(n=asked.days)
        about = Subject("bid", str(number), f"{asked.bcu} BCU: {wanted}")
        words = (
            f"Tell the weekly meeting what came of it in {asked.place}: {asked.problem[0].lower()}{asked.problem[1:]}"
        )
        [action] = actions.raise_actions(
            self._store, [about], words, COMMAND, due, meeting_id=meeting.id, kind=meeting.kind, item="bids"
        )
        return action


def _ended(store: Store, action: int, today: date) -> bool:
    """Whether the result of a bid is due by a day."""
    [row] = store.read.rows("SELECT due_at FROM action WHERE id = :id", id=action)
    return datetime.fromisoformat(row["due_at"]).date() <= today


def _weekly_after(day: date) -> date:
    """The day of the weekly meeting that a bid raised in the afternoon of a day comes to."""
    return day + timedelta(days=(WEEKLY - day.weekday() - 1) % 7 + 1)


def _weekly_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - WEEKLY - 1) % 7 + 1)


def _raise(store: Store, asked: AskedFor, weekly: date) -> int:
    """Put a bid on the list, with the days that it is for, counted from the meeting that decides it."""
    starts = weekly + timedelta(days=asked.ahead)
    ends = starts + timedelta(days=asked.days - 1)
    when = f"{starts:%a %d/%m}" if asked.days == 1 else f"{starts:%a %d/%m} to {ends:%a %d/%m}"
    wanted = asked.resource.format(n=asked.days)
    return bids.make_bid(store, f"{asked.bcu} BCU", asked.bcu, asked.problem, wanted, asked.place, when)
