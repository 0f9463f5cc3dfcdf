"""Bids of the demo: each is raised on its day by its BCU, and decided by the weekly meeting after it."""

from __future__ import annotations

from datetime import date, timedelta

from core.demo.words_places import BIDS, WAITING, AskedFor
from db import bids
from db.meetings import MeetingView
from db.store import Store

_WEEKLY = 2


class PastBids:
    """The bids of the weeks before: two a week, raised in the two days before the weekly meeting."""

    def __init__(self, store: Store, first: date, as_of: date) -> None:
        self._store = store
        self._first = first
        self._as_of = as_of
        self._to_come = as_of + timedelta(days=(_WEEKLY - as_of.weekday()) % 7)
        self._open: list[tuple[int, AskedFor]] = []

    def raise_on(self, day: date) -> None:
        """Raise what is asked for on the afternoon of a day."""
        weekly = _weekly_after(day)
        for nth in range(2):
            asked_on = max(weekly - timedelta(days=2 - nth), self._first)
            if asked_on == day and weekly < self._as_of:
                asked = BIDS[(2 * (weekly.toordinal() // 7) + nth) % len(BIDS)]
                self._open.append((_raise(self._store, asked, weekly), asked))
        last = _weekly_before(self._as_of)
        for nth, asked in enumerate(WAITING):
            if day == max(self._as_of - timedelta(days=len(WAITING) - 1 - nth), last):
                _raise(self._store, asked, self._to_come)

    def settle(self, meeting: MeetingView) -> None:
        """Decide what was asked for before the weekly meeting."""
        for number, asked in self._open:
            bids.decide_bid(self._store, number, asked.outcome, asked.reason.format(n=asked.days), meeting.id)
        self._open.clear()


def _weekly_after(day: date) -> date:
    """The day of the weekly meeting that a bid raised in the afternoon of a day comes to."""
    return day + timedelta(days=(_WEEKLY - day.weekday() - 1) % 7 + 1)


def _weekly_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - _WEEKLY - 1) % 7 + 1)


def _raise(store: Store, asked: AskedFor, weekly: date) -> int:
    """Put a bid on the list, with the days that it is for, counted from the meeting that decides it."""
    starts = weekly + timedelta(days=asked.ahead)
    ends = starts + timedelta(days=asked.days - 1)
    when = f"{starts:%a %d/%m}" if asked.days == 1 else f"{starts:%a %d/%m} to {ends:%a %d/%m}"
    wanted = asked.resource.format(n=asked.days)
    return bids.make_bid(store, f"{asked.bcu} BCU", asked.bcu, asked.problem, wanted, asked.place, when)
